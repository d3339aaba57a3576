"""``{editorial-record} FILE`` and ``{open-questions} FILE``: the record as sections and lists."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata, OptionSpec

from sphinx_evidence.diagnostics.finding import (
    Finding,
    Location,
    did_you_mean,
    display_path,
    nearest,
    not_utf8,
)
from sphinx_evidence.record.data import Change, Question, Record, load
from sphinx_evidence.record.notes import anchor
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.runtime.abort import faults
from sphinx_evidence.runtime.config import register
from sphinx_evidence.runtime.shared import SharedSettings, abort_on_faults
from sphinx_evidence.text.source import check_file


class _RecordDirective(SphinxDirective):
    """Reads the file named by the argument, relative to the page."""

    required_arguments = 1
    final_argument_whitespace = True

    def load(self) -> Record:
        """The record; the gate reports its faults at their own lines and stops the build."""
        relative, absolute = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(relative)
        self.path = absolute
        try:
            check_file(Path(absolute))
            text = Path(absolute).read_text("utf-8-sig")
        except UnicodeDecodeError as error:
            return Record(findings=[not_utf8(Path(absolute), error)])
        except OSError as error:
            source, line = self.get_source_info()
            remedy = "Correct the name of the file in the directive."
            wrong = f'"{self.arguments[0]}" cannot be read: {error.strerror}.'
            finding = Finding(display_path(Path(source)), line, Rule.RECORD_FILE, wrong, remedy)
            return Record(findings=[finding])
        return load(text, display_path(Path(absolute)))

    def run(self) -> list[nodes.Node]:
        """The record as nodes, or its faults."""
        record = self.load()
        return [faults(findings=record.findings)] if record.findings else self.render(record)

    def render(self, record: Record) -> list[nodes.Node]:
        """The nodes of a sound record."""
        raise NotImplementedError

    def text(self, text: str, line: int) -> list[nodes.Node]:
        """Parse markup; what is wrong in it is reported at the record's own line."""
        parsed = self.parse_text_to_nodes(text)
        for node in parsed:
            for inner in node.findall(nodes.Element):
                inner.source, inner.line = self.path, line
        return parsed

    def fields(self, pairs: Sequence[tuple[str, list[nodes.Node]]]) -> nodes.field_list:
        """A list of named texts."""
        return nodes.field_list(
            "",
            *(
                nodes.field("", nodes.field_name("", name), nodes.field_body("", *body))
                for name, body in pairs
                if body
            ),
        )

    def links(self, pages: Sequence[str], line: int) -> list[nodes.Node]:
        """Links to pages by their titles."""
        paragraph = nodes.paragraph()
        for page in pages:
            if page != pages[0]:
                paragraph += nodes.Text("; ")
            link = addnodes.pending_xref(
                "", nodes.inline("", page), refdomain="std", reftype="doc", reftarget=f"/{page}",
                refdoc=self.env.docname, refexplicit=False, refwarn=True,
            )  # fmt: skip
            link.source, link.line = self.path, line
            paragraph += link
        return [paragraph] if pages else []


class EditorialRecord(_RecordDirective):
    """One section for each kind of change: of all, or of those that ``:kinds:`` names.

    With ``:brief:``, each change is one paragraph and not a list of named texts.
    """

    option_spec: ClassVar[OptionSpec] = {
        "kinds": directives.unchanged_required,
        "brief": directives.flag,
    }

    def render(self, record: Record) -> list[nodes.Node]:
        """A sentence that counts, then the sections."""
        names = [kind.id for kind in record.kinds]
        wanted = self.options.get("kinds", " ".join(names)).split()
        if unknown := [self.unknown(name, names) for name in wanted if name not in names]:
            return [faults(findings=unknown)]
        sum_up = f"{len(record.changes)} changes, of {len(record.kinds)} kinds."
        made: list[nodes.Node] = [] if "kinds" in self.options else [nodes.paragraph("", sum_up)]
        first = 1  # the changes are numbered through, to speak of them by, also over pages
        for kind in record.kinds:
            changes = [change for change in record.changes if change.kind == kind.id]
            first += len(changes)
            if kind.id not in wanted:
                continue
            section = nodes.section("", nodes.title("", kind.title), names=[f"changes-{kind.id}"])
            self.set_source_info(section)
            self.state.document.note_explicit_target(section, section)
            section += self.text(kind.intro, 1)
            numbers = range(first - len(changes), first)
            items = [self.item(*one) for one in zip(numbers, changes, strict=True)]
            section += nodes.bullet_list("", *items, classes=["record"])
            made.append(section)
        return made

    def unknown(self, name: str, names: Sequence[str]) -> Finding:
        """A kind that the record does not have."""
        source, line = self.get_source_info()
        near = [f'"{one}"' for one in nearest(name, names)]
        remedy = did_you_mean(near, f"Use one of: {', '.join(names)}.")
        place = Location(display_path(Path(source)), line)
        return place.finding(Rule.RECORD_KIND, f'The record has no kind "{name}".', remedy)

    def item(self, number: int, change: Change) -> nodes.list_item:
        """One change."""
        where = nodes.paragraph("", "", nodes.strong("", f"{number}. {change.where}"))
        where += nodes.Text(f" ({_lines(change.lines)})" if change.lines else "")
        named = [
            ("The source says", change.says),
            ("This edition says", change.ours),
            ("Why", change.why),
            ("Evidence", change.evidence),
            ("Note for readers", change.note),
        ]
        pairs = [(name, self.text(text, change.line)) for name, text in named if text]
        name = anchor(change)
        self.env.domains.standard_domain.note_hyperlink_target(name, self.env.docname, name)
        if "brief" not in self.options:
            pairs.append(("Pages", self.links(change.pages, change.line)))
            return nodes.list_item("", where, self.fields(pairs), ids=[name])
        for label, parsed in pairs:
            where += [nodes.Text(" "), nodes.emphasis("", f"{label}:"), nodes.Text(" ")]
            where += [word for part in parsed for word in part.children]
        return nodes.list_item("", where, ids=[name])


class OpenQuestions(_RecordDirective):
    """One section for each question."""

    def render(self, record: Record) -> list[nodes.Node]:
        """The questions in the order of the file."""
        return [self.section(question) for question in record.questions]

    def section(self, question: Question) -> nodes.section:
        """What is asked, and what is known."""
        name = anchor(question)
        section = nodes.section("", nodes.title("", question.title), names=[name])
        section["classes"].append("open-question")
        self.set_source_info(section)
        self.state.document.note_explicit_target(section, section)
        pairs = [
            ("Question", self.text(question.ask, question.line)),
            ("What is known", self.text(question.known, question.line)),
            ("Note for readers", self.text(question.note, question.line)),
        ]
        if question.cites:
            works = f"{{cite:t}}`{','.join(question.cites)}`."
            pairs.append(("Works", self.text(works, question.line)))
        if question.lines:
            where = nodes.Text(_lines(question.lines).capitalize())
            pairs.append(("In the source", [nodes.paragraph("", "", where, nodes.Text("."))]))
        section += self.fields(pairs)
        return section


def _lines(lines: Sequence[int]) -> str:
    """``line 27`` or ``lines 27, 29 and 31``."""
    words = [str(line) for line in lines]
    if len(words) == 1:
        return f"line {words[0]}"
    return f"lines {', '.join(words[:-1])} and {words[-1]}"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the two directives."""
    register(app, SharedSettings)
    app.add_directive("editorial-record", EditorialRecord)
    app.add_directive("open-questions", OpenQuestions)
    app.connect("doctree-resolved", abort_on_faults)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
