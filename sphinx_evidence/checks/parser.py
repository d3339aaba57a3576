"""Catches what docutils and MyST say while a page is read, and says it as findings.

The findings are kept in the doctree, so the gate reports them in every build, once, with or
without ``-j``, and also where the page has not been read again.
"""

import logging
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import Directive, directives, roles
from docutils.parsers.rst.directives.admonitions import BaseAdmonition
from docutils.parsers.rst.directives.images import Image
from docutils.parsers.rst.directives.tables import Table
from docutils.parsers.rst.languages import en
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.locale import __
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.logging import is_suppressed_warning
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.boxes import BoxDirective
from sphinx_evidence.checks.circles import names_itself
from sphinx_evidence.checks.followups import Lost
from sphinx_evidence.checks.unread import unread_pages
from sphinx_evidence.citations.plain_text import markup_of
from sphinx_evidence.diagnostics.finding import Finding, display_path
from sphinx_evidence.markup.directive_slips import block_of, check_directives
from sphinx_evidence.markup.parser_messages import Rephraser
from sphinx_evidence.markup.vocabulary import Vocabulary
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text import notebooks
from sphinx_evidence.text.lines import Lines

# The loggers of MyST, of docutils and of toctree: filters on them work in every process that reads.
_FOOTNOTES = "sphinx.sphinxcontrib.bibtex.foot_roles"
LOGGERS = (
    "sphinx.myst_parser.warnings_", "sphinx.sphinx.util.docutils",
    "sphinx.sphinx.directives.other", _FOOTNOTES,
)  # fmt: skip
_NO_KEY = re.compile(r'could not find bibtex key "(.*)"', re.DOTALL)
_NO_PAGE = "toctree contains reference to nonexisting document %r"
_INCLUDE = re.compile(r"\s*(?:[`:~]{3,}\{include\}|\.\. include::)")
CONTAINERS = (BaseAdmonition, BoxDirective, Image, Table)  # a figure is an image


class slips(nodes.Invisible, nodes.Element):  # noqa: N801  # docutils names a node as its tag
    """Carries the ``findings`` of a page, and as ``lost`` what broken directives were to define.

    ``unknown`` are the keys in its footnotes that had no entry, with their lines.
    """


class DropSlips(SphinxPostTransform):
    """No writer sees what was for the checks alone."""

    default_priority = 5

    def run(self, **kwargs: object) -> None:  # noqa: ARG002  # docutils' signature
        """Take them out."""
        for node in list(self.document.findall(slips)):
            node.parent.remove(node)


class ParserMessages(logging.Filter):
    """Takes the messages that have a finding in their place from the log."""

    def __init__(self, app: Sphinx) -> None:
        """Begin with nothing caught."""
        super().__init__()
        self.app = app
        self.caught: list[Finding] = []
        self.unknown: list[tuple[str, int]] = []

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What a page can use, once every extension has been set up."""
        return vocabulary(self.app.env)

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the log keeps the message."""
        # Said once more by docutils and MyST, with the place.
        if record.msg in {__("unknown role name: %s"), __("unknown directive name: %s")}:
            return False
        named = record.args[0] if record.msg == __(_NO_PAGE) and record.args else None  # type: ignore[index]
        if named in unread_pages(self.app.env):
            return False
        if named and named == self.app.env.docname:
            toctree: nodes.Element = record.location  # type: ignore[attr-defined]  # Sphinx's own
            self.caught.append(names_itself(self.app.env, self.app.env.docname, toctree))
            return False
        kind, subtype = getattr(record, "type", "") or "", getattr(record, "subtype", "") or ""
        path, line = self._place(record)
        suppressed = is_suppressed_warning(kind, subtype, self.app.config.suppress_warnings)
        if suppressed or not path.is_file():
            return True
        if record.name == _FOOTNOTES and (key := _NO_KEY.fullmatch(record.getMessage())):
            self.unknown.append((key[1], line))
            return False
        source = Lines(path.read_text("utf-8", "replace"))
        if path.suffix == notebooks.SUFFIX:
            line = notebooks.line_of(source.text, line)
        rephraser = Rephraser(source, display_path(path), markup_of(path), self.vocabulary)
        finding = rephraser.finding(record.getMessage(), line)
        if finding:
            self.caught.append(finding)
        return finding is None

    def _place(self, record: logging.LogRecord) -> tuple[Path, int]:
        """The file and line of a message: docutils gives its path, MyST the page."""
        match getattr(record, "location", None):
            case str(text):
                name, _, line = text.rpartition(":")
                return Path(name), int(line) if line.isdigit() else 1
            case (str(docname), int(line)):
                return Path(self.app.env.doc2path(docname)), line
        return Path(), 1

    def keep(self, app: Sphinx, doctree: nodes.document) -> None:
        """Put what was caught into the doctree, with what no parser says."""
        path = Path(app.env.doc2path(app.env.docname))
        source = Lines(path.read_text("utf-8", "replace"))
        unreported = check_directives(
            source, display_path(path), self.vocabulary, markup=markup_of(path)
        )
        findings, unknown = [*self.caught, *unreported], [*self.unknown]
        self.caught.clear()
        self.unknown.clear()
        if findings or unknown:
            blocks = [
                (block_of(source, one.line, markup=markup_of(path)), one.remedy) for one in findings
                if one.rule is not Rule.PAGE_CIRCLE  # the list is there all the same
            ]  # fmt: skip
            lost = [
                Lost(display_path(path), block, _words(source, block, remedy))
                for block, remedy in blocks
                if block
            ]
            doctree += slips(findings=findings, lost=lost, unknown=unknown)


def _words(source: Lines, block: range, remedy: str) -> frozenset[str]:
    """What other pages may refer to in a block; nobody knows what is in a file that is missing."""
    included = _INCLUDE.match(source.line(block.start))
    return frozenset() if included else frozenset(_names(source, block, remedy))


def _names(source: Lines, block: range, remedy: str) -> Iterator[str]:
    """Its names, terms, pages, keys; what it is."""
    yield from re.findall(r"[{ ]([\w-]+)(?:\}|::)", remedy)
    for number in block:
        line = source.line(number).strip()
        if line:
            yield line.casefold()
        if found := re.match(r":?[\w-]+:?\s+(\S+)$", line):
            yield found[1].casefold()


def vocabulary(env: BuildEnvironment) -> Vocabulary:
    """The names of docutils, of Sphinx and its domains, and of extensions."""
    # docutils has no public list of names; its languages name its own.
    known: dict[str, object] = {name: _built_in(name) for name in en.directives}
    known |= directives._directives  # type: ignore[attr-defined]  # noqa: SLF001
    role_names = {*en.roles, *roles._roles}  # type: ignore[attr-defined]  # noqa: SLF001
    for domain in env.domains.sorted():
        prefix = "" if domain.name == "std" else f"{domain.name}:"
        known |= {f"{prefix}{name}": cls for name, cls in domain.directives.items()}
        role_names |= {f"{prefix}{name}" for name in domain.roles}
    containers = {
        name for name, cls in known.items() if isinstance(cls, type) and issubclass(cls, CONTAINERS)
    }

    def options(name: str) -> set[str]:
        return set(getattr(known.get(name), "option_spec", None) or ())

    return Vocabulary(role_names, known.keys(), options, containers)


def _built_in(name: str) -> type[Directive] | None:
    """The class of one of docutils' own directives, which it loads by name."""
    found, _ = directives.directive(name, en, nodes.document(None, None))  # type: ignore[arg-type]
    return found


def listen(app: Sphinx) -> None:
    """Hear what is said from here to the end of the build."""
    messages = ParserMessages(app)
    for name in LOGGERS:
        logging.getLogger(name).addFilter(messages)
    # Last: other listeners may read the page's text.
    app.connect("doctree-read", messages.keep, priority=900)
    app.connect("build-finished", lambda *_: _stop_listening(messages))


def _stop_listening(messages: ParserMessages) -> None:
    for name in LOGGERS:
        logging.getLogger(name).removeFilter(messages)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Listen to the parsers."""
    app.add_post_transform(DropSlips)
    app.connect("builder-inited", listen)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
