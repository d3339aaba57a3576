"""A Word document as the audit reads it, and back: which words of Word an offset means."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from sphinx_evidence.manuscripts import document as audited
from sphinx_evidence.manuscripts.document import Block, Document, Link
from sphinx_evidence.word.blocks import Kind, Manuscript, Paragraph, Span

_KINDS = {
    Kind.TITLE: audited.Kind.HEADING,
    Kind.HEADING: audited.Kind.HEADING,
    Kind.CAPTION: audited.Kind.CAPTION,
}
_NUMBERS = re.compile(r"\d[\d\s,;–-]{0,60}")  # raised, they cite by number
# As a person sees them: an asterisk is no mark here, and spaces that do not part are spaces.
_SEEN = str.maketrans({"*": "∗", "\xa0": " ", "\u2007": " ", "\u202f": " "})  # noqa: RUF001
_ROUND = re.compile(r"\(\d[\d\s,;–-]{0,60}\)")
_NAMED = 40  # letters of a heading that name it


@dataclass
class Rendered:
    """The text of a paragraph with marks; ``pieces`` say where in it the words of a span begin."""

    text: str = ""
    pieces: list[tuple[int, Span]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def add(self, span: Span, words: str, mark: int = 0) -> None:
        """Add words of a span, before whose own a mark of some letters may stand."""
        self.pieces.append((len(self.text) + mark, span))
        if span.link:
            end = len(self.text) + len(words)
            self.links.append(Link(len(self.text), end, span.link.removeprefix("#") and span.link))
        self.text += words


def as_document(manuscript: Manuscript, path: str) -> Document:
    """The document as the audit reads it: each note behind the paragraph that calls it."""
    notes: dict[str, list[Paragraph]] = defaultdict(list)
    for one in manuscript.paragraphs:
        if one.note:
            notes[one.note].append(one)
    return Document(path, _blocks(manuscript.paragraphs, notes))


def _blocks(paragraphs: Sequence[Paragraph], notes: dict[str, list[Paragraph]]) -> Iterator[Block]:
    heading = ""
    counts: Counter[str] = Counter()
    for one in paragraphs:
        if one.note:
            continue
        if one.kind in {Kind.TITLE, Kind.HEADING}:
            heading = _short(" ".join(filter(None, [one.label, one.text])))
            counts.clear()
            where = f"heading {heading}"
        else:
            counts["paragraph"] += 1
            where = _where(one, counts["paragraph"], heading)
        yield _block(one, _paged(one, where))
        calls = dict.fromkeys(span.note for span in one.spans if span.note)
        for number in calls:
            for note in notes.pop(number, ()):
                yield _block(note, _paged(one, f"note {number}"))


def _where(one: Paragraph, number: int, heading: str) -> str:
    within = f"{heading}, " if heading else ""
    if one.cell:
        return f"{within}table {one.cell.table + 1}, row {one.cell.row + 1}"
    return f"{within}paragraph {number}{' (in a box)' if one.box else ''}"


def _paged(one: Paragraph, where: str) -> str:
    if not one.page:
        return where
    pages = f"page {one.page}" if one.page == one.last_page else f"pages {one.page}–{one.last_page}"
    return f"{pages}, {where}"


def _short(heading: str) -> str:
    words = " ".join(heading.split())
    return f"“{words[:_NAMED].rstrip()}…”" if len(words) > _NAMED else f"“{words}”"


def _block(one: Paragraph, place: str) -> Block:
    made = rendered(one)
    kind = audited.Kind.NOTE if one.note else _KINDS.get(one.kind, audited.Kind.PARAGRAPH)
    level = max(one.level, 1) if kind is audited.Kind.HEADING else 0
    return Block(made.text, one.number, kind, level, place, tuple(made.links))


def rendered(one: Paragraph) -> Rendered:
    """The text of a paragraph, with the marks of Markdown for its look, and its number."""
    made = Rendered()
    if one.label:
        made.text = f"{'-' if one.label == '•' else one.label} "
    plain = one.kind in {Kind.TITLE, Kind.HEADING}
    for mark, group in groupby(one.spans, lambda span: "" if plain else _mark(span)):
        spans = [span for span in group if span.text]
        words = "".join(span.text for span in spans)
        inner = words.strip()
        shown = mark if inner and (mark != "^" or _NUMBERS.fullmatch(inner)) else ""
        first, last = len(words) - len(words.lstrip()), len(words.rstrip())
        at = 0
        for span in spans:
            end = at + len(span.text)
            opens, closes = bool(shown) and at <= first < end, bool(shown) and at < last <= end
            text = span.text.translate(_SEEN)
            if span.citation and _ROUND.fullmatch(text):  # a field says that it is no aside
                text = f"[{text[1:-1]}]"
            if closes:
                text = text[: last - at] + shown + text[last - at :]
            if opens:
                text = text[: first - at] + shown + text[first - at :]
            made.add(span, text, len(shown) if opens else 0)
            at = end
    made.text = re.sub(r"(?<=\n)\s+", lambda gap: " " * len(gap[0]), made.text)
    return made


def _mark(span: Span) -> str:
    if span.raised:
        return "^"
    return "**" * span.bold + "*" * span.italic
