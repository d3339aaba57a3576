"""A copy of a Word document with a comment at each finding, for who mends it in Word."""

import io
from bisect import bisect_right
from collections.abc import Iterable
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.word.blocks import Manuscript
from sphinx_evidence.word.document import Rendered, rendered
from sphinx_evidence.word.styles import W

if TYPE_CHECKING:
    from docx.document import Document

AUTHOR, INITIALS = "sphinx-evidence", "SE"
_BETWEEN = "*^ \n"  # what may stand between the letters of words that are found
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def commented(document: "Document", manuscript: Manuscript, findings: Iterable[Finding]) -> bytes:
    """The document with comments, as a .docx. What is found in a note stands where it is called."""
    from docx.text.run import Run  # noqa: PLC0415  # an extra

    places = _Places(manuscript)
    for finding in findings:
        runs = places.runs(finding) or [document.add_paragraph().add_run("…")._r]  # noqa: SLF001
        marked = [Run(run, document) for run in runs]
        document.add_comment(marked, f"{finding} [{finding.rule}]", AUTHOR, INITIALS)
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


class _Places:
    """The runs of Word in which findings are; one that holds more is parted."""

    def __init__(self, manuscript: Manuscript) -> None:
        self.paragraphs = {one.number: one for one in manuscript.paragraphs}
        self.calls = {
            span.note: span.element
            for one in manuscript.paragraphs for span in one.spans if span.note
        }  # fmt: skip
        self.parted: dict[Any, list[tuple[int, Any]]] = {}  # each run that was, with what it is now

    def runs(self, finding: Finding) -> list[Any]:
        """The first and the last run; those of the whole paragraph where no words are given."""
        one = self.paragraphs.get(finding.line)
        if one is None:
            return []
        if one.note:
            return [self.calls[one.note]] if one.note in self.calls else []
        made, start = rendered(one), max(finding.column - 1, 0)
        found = self._between(made, start, _end(made.text, start, finding.words))
        if not found and finding.words:
            found = [span.element for span in one.spans if span.element is not None]
        # Deleted words, and pictures, have runs that show no letters.
        found = found or [*one.element.iterchildren(f"{W}r")]
        return [found[0], found[-1]] if found else []

    def _between(self, made: Rendered, start: int, end: int) -> list[Any]:
        found = [
            (at, span.element) for at, span in made.pieces
            if at < end and start < at + len(span.text) and span.element is not None
        ]  # fmt: skip
        if not found:
            return []
        (first, opening), (last, closing) = found[0], found[-1]
        begin = self._from(opening, start - first)
        stop = self._from(closing, end - last)
        chain = self.parted[closing]
        whole = chain[stop][0] < end - last  # it could not be parted there
        return [self.parted[opening][begin][1], chain[stop if whole else stop - 1][1]]

    def _from(self, run: Any, at: int) -> int:  # noqa: ANN401  # lxml has no types
        """Which part of a run begins at a letter, or holds it where it cannot be parted."""
        chain = self.parted.setdefault(run, [(0, run)])
        index = max(bisect_right(chain, at, key=lambda part: part[0]) - 1, 0)
        begin, part = chain[index]
        later = _behind(part, at - begin)
        if later is None:
            return index
        chain.insert(index + 1, (at, later))
        return index + 1


def _end(text: str, start: int, words: str) -> int:
    """Where words end in a text, which has marks and spaces that they may not have."""
    at = start
    for letter in words.replace(" ", ""):
        while at < len(text) and text[at] != letter and text[at] in _BETWEEN:
            at += 1
        at += 1
    return at


def _behind(run: Any, at: int) -> Any:  # noqa: ANN401
    """The new run of what stands behind ``at`` letters of a run of one text; none at its ends."""
    inner = [child for child in run if child.tag != f"{W}rPr"]
    words = inner[0].text or "" if len(inner) == 1 and inner[0].tag == f"{W}t" else ""
    if not 0 < at < len(words):
        return None
    later = deepcopy(run)
    run.addnext(later)
    for each, text in ((inner[0], words[:at]), (later.find(f"{W}t"), words[at:])):
        each.text = text
        each.set(_SPACE, "preserve")
    return later
