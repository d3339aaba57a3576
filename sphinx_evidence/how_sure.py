"""``{how-sure} LEVEL``: how far what a passage tells is known, and the works that this rests on."""

from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.diagnostics.finding import (
    Finding,
    Location,
    did_you_mean,
    display_path,
    nearest,
)
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.runtime.abort import faults
from sphinx_evidence.runtime.config import register
from sphinx_evidence.runtime.shared import SharedSettings, abort_on_faults

_NOT_STUDIED = "not studied"  # the one level that no work can be named for
LEVELS = ("many studies agree", "few or small studies", "contested", _NOT_STUDIED)


class HowSure(SphinxDirective):
    """One paragraph, with its level in words before it."""

    optional_arguments = 1  # one that is missing is a level that does not exist
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        """The paragraph; a plain one, which every builder can show."""
        level = self.arguments[0] if self.arguments else ""
        parsed = self.parse_content_to_nodes()
        if finding := self.fault(level, parsed):
            # What was typed is not lost as well: one mistake, one message.
            return [faults(findings=[finding]), nodes.paragraph("", level), *parsed]
        label = nodes.strong("", f"How sure: {level}.")
        words = parsed[0].children
        line = nodes.paragraph("", "", label, nodes.Text(" "), *words, classes=["how-sure"])
        self.set_source_info(line)
        return [line]

    def fault(self, level: str, parsed: list[nodes.Node]) -> Finding | None:
        """What is wrong, at the place of the directive."""
        source, line = self.get_source_info()
        place = Location(display_path(Path(source)), line)
        if level not in LEVELS:
            near = [f'"{name}"' for name in nearest(level, LEVELS, most=1)]
            remedy = did_you_mean(near, f"Write one of: {', '.join(LEVELS)}.")
            wrong = f'"{level}" is no level of how sure something is.'
        elif [type(node) for node in parsed] != [nodes.paragraph]:
            wrong = "{how-sure} does not hold one paragraph."
            remedy = "Write in one paragraph what the level rests on."
        elif level != _NOT_STUDIED and not _cites(parsed[0]):
            wrong = f'Nothing is cited for the level "{level}".'
            remedy = f'Cite what it rests on, as {{cite:p}}`key`, or write "{_NOT_STUDIED}".'
        else:
            return None
        return place.finding(Rule.HOW_SURE, wrong, remedy)


def _cites(node: nodes.Node) -> bool:
    """Whether a citation stands in it."""
    return any(link["refdomain"] == "cite" for link in node.findall(addnodes.pending_xref))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    register(app, SharedSettings)
    app.add_directive("how-sure", HowSure)
    app.connect("doctree-resolved", abort_on_faults)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
