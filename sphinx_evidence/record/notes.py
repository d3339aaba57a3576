"""``{edition-note}`ID` ``: a mark in a sentence, and at the foot a doubt that a reader may need.

The words are those of the line ``note`` of a change or a question in the editorial record, and
the note leads there: a page tells of its subject, the record of the history.
"""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

from docutils import nodes
from docutils.languages import get_language
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxRole
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.diagnostics.finding import (
    Finding,
    Location,
    did_you_mean,
    display_path,
    nearest,
)
from sphinx_evidence.record.data import Change, Question, load
from sphinx_evidence.record.settings import RecordSettings
from sphinx_evidence.rulebook.rule import Rule, Severity
from sphinx_evidence.runtime.abort import abort_on, faults
from sphinx_evidence.runtime.config import read, register
from sphinx_evidence.runtime.shared import SharedSettings, severities_of
from sphinx_evidence.text.source import check_file

_NAME = "edition-note"


def _path(env: BuildEnvironment) -> Path:
    return Path(env.srcdir, read(RecordSettings, env.config).record)


def _notes(path: Path) -> dict[str, Change | Question]:
    """What has a note, by its id; what is wrong with the record is told where it is shown."""
    try:
        check_file(path)
        record = load(path.read_text("utf-8-sig"), display_path(path))
    except (OSError, UnicodeDecodeError):
        return {}
    items: list[Change | Question] = [*record.changes, *record.questions]
    return {one.id: one for one in items if one.note}


def anchor(one: Change | Question) -> str:
    """The name of the place in the record where a change or a question stands."""
    return f"{type(one).__name__.lower()}-{one.id}"


class EditionNote(SphinxRole):
    """A mark, and the note that belongs to it."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The mark; the note waits for the end of the page."""
        path, document = _path(self.env), self.inliner.document
        self.env.note_dependency(str(path))
        notes = _notes(path)
        one = notes.get(self.text)
        if one is None:
            source, line = self.get_source_info()
            wrong = f'The editorial record has no note "{self.text}".'
            near = [f'"{name}"' for name in nearest(self.text, notes)]
            remedy = did_you_mean(near, f'Write note = "…" below id = "{self.text}" there.')
            place = Location(display_path(Path(source)), line)
            return [faults(findings=[place.finding(Rule.RECORD_NOTE, wrong, remedy)])], []
        marked = self.env.metadata[self.env.docname].setdefault(_NAME, [])
        name = f"{_NAME}-{one.id}"
        mark = nodes.footnote_reference(self.rawtext, refname=name, auto=1, classes=[_NAME])
        document.note_autofootnote_ref(mark)
        document.note_footnote_ref(mark)
        if one.id not in marked:
            marked.append(one.id)
            note = nodes.footnote("", self._words(one, path), names=[name], auto=1, classes=[_NAME])
            document.note_autofootnote(note)
            document.note_explicit_target(note, note)
        return [mark], []

    def _words(self, one: Change | Question, path: Path) -> nodes.paragraph:
        document = self.inliner.document
        memo = SimpleNamespace(
            document=document,
            reporter=document.reporter,
            language=get_language(document.settings.language_code, document.reporter),
        )
        parsed, _ = self.inliner.parse(f"{one.note} ", self.lineno, memo, nodes.paragraph())
        link = addnodes.pending_xref(
            "", nodes.inline("", "More in the record"), refdomain="std", reftype="ref",
            reftarget=anchor(one), refdoc=self.env.docname, refexplicit=True, refwarn=True,
        )  # fmt: skip
        words = nodes.paragraph("", "", *parsed, link, nodes.Text("."))
        for node in words.findall(nodes.Element):
            node.source, node.line = str(path), one.line
        return words


class EndOfPage(SphinxTransform):
    """Put the notes at the end of their page."""

    default_priority = 1  # before footnotes are sorted and numbered

    def apply(self, **_: object) -> None:
        """Take each that has no place yet."""
        for note in self.document.autofootnotes:
            if _NAME in note["classes"] and note.parent is None:
                self.document += note


def unmarked(env: BuildEnvironment) -> Iterator[Finding]:
    """A note that no page marks: nobody would read it."""
    if "evidence_record" not in env.config:  # this feature is not loaded
        return
    path = _path(env)
    marked = {name for page in env.metadata.values() for name in page.get(_NAME, ())}
    remedy = "Mark the sentence that it is about with {edition-note}`%s`, or delete the note."
    for name, one in _notes(path).items():
        if name not in marked:
            place = Location(display_path(path), one.line)
            wrong = f'No page marks the note "{name}".'
            yield place.finding(Rule.RECORD_NOTE, wrong, remedy % name)


def check_notes(app: Sphinx, env: BuildEnvironment) -> None:
    """Stop at such a note, where nothing has stopped before: the checks are not loaded."""
    alone = "sphinx_evidence.checks" not in app.extensions
    if alone and severities_of(app.config)[Rule.RECORD_NOTE] is Severity.ERROR:
        abort_on([*unmarked(env)])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the role."""
    register(app, RecordSettings, SharedSettings)
    app.add_role(_NAME, EditionNote())
    app.add_transform(EndOfPage)
    app.connect("env-check-consistency", check_notes)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
