"""Read plain text and Markdown, typed by hand or written by a converter, as a `Document`; pure."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sphinx_evidence.manuscripts.document import Block, Document, Kind, Link, Origin
from sphinx_evidence.manuscripts.marks import Cleaned, cleaned
from sphinx_evidence.text.lines import LINE_END, Lines

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_UNDERLINE = re.compile(r" {0,3}(?:={3,200}|-{3,200})[ \t]{0,20}$")
_TITLE = re.compile(r"(?!.*\d{4}).+")
_NOTE = re.compile(r" {0,3}\[\^([^\[\]\s]{1,60})\]:[ \t]{0,20}")


@dataclass(frozen=True)
class _Span:
    """A block by its offsets; ``label`` is that of a note."""

    start: int
    end: int
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    label: str = ""


def read(source: str, path: str) -> Document:
    """The document that ``source`` is."""
    source = LINE_END.sub("\n", source)
    found, lines = cleaned(source), Lines(source)
    spans = _in_order(found, list(_spans(found)))
    return Document(path, (_block(found, lines, span) for span in spans))


def _spans(found: Cleaned) -> Iterator[_Span]:
    """The blocks in the order of the file."""
    lines = Lines(found.text)
    opened: _Span | None = None
    label = ""  # of the note whose indented paragraphs may follow
    for start, line in zip(lines.starts, lines.texts, strict=False):
        heading, note = _HEADING.match(line), _NOTE.match(line)
        end = start + len(line)
        words = found.text[opened.start : opened.end] if opened and _UNDERLINE.match(line) else ""
        # A line below a work only parts it from what follows.
        if opened and opened.kind is Kind.PARAGRAPH and _TITLE.fullmatch(words):
            level = 1 if "=" in line else 2
            yield replace(opened, kind=Kind.HEADING, level=level)
            opened = None
        elif not line.strip() or heading or note:
            if opened:
                yield opened
            opened = None
            if heading:
                closed = re.sub(r"(?<=\s)#{1,200}$", "", line.rstrip()).rstrip()
                first = start + heading.end()
                yield _Span(first, max(start + len(closed), first), Kind.HEADING, len(heading[1]))
                label = ""
            elif note:
                label = note[1]
                opened = _Span(start + note.end(), end, Kind.NOTE, label=label)
        elif opened:
            opened = replace(opened, end=end)
        elif label and line.startswith(("    ", "\t")):
            opened = _Span(start, end, Kind.NOTE, label=label)
        else:
            opened, label = _Span(start, end), ""
    if opened:
        yield opened


def _in_order(found: Cleaned, spans: list[_Span]) -> Iterator[_Span]:
    """Each note follows the text that first refers to it; others stay where they are."""
    by_label: dict[str, list[_Span]] = defaultdict(list)
    for span in spans:
        if span.label:
            by_label[span.label].append(span)
    starts = [span.start for span in spans]
    following: dict[int, list[_Span]] = defaultdict(list)
    for offset, label in found.notes:
        index = bisect_right(starts, offset) - 1
        if index >= 0 and not spans[index].label:
            following[index] += by_label.pop(label, [])
    moved = {span.start for notes in following.values() for span in notes}
    for index, span in enumerate(spans):
        if span.start not in moved:
            yield from (span, *following[index])


def _block(found: Cleaned, lines: Lines, span: _Span) -> Block:
    """The block with the place of each of its characters."""
    ends = (hit.end() for hit in re.finditer("\n", found.text[span.start : span.end]))
    first, last = bisect_left(found.here, span.start), bisect_left(found.here, span.end)
    begins = sorted({0, *ends, *(at - span.start for at in found.here[first:last])})
    origins = tuple(
        Origin(begin, *lines.position(found.source(span.start + begin))) for begin in begins
    )
    at = bisect_left(found.links, (span.start, 0, ""))
    links = []
    while at < len(found.links) and found.links[at].start <= span.end:
        start, end, address = found.links[at]
        links.append(Link(start - span.start, min(end, span.end) - span.start, address))
        at += 1
    return Block(
        found.text[span.start : span.end],
        origins[0].line,
        span.kind,
        span.level,
        links=tuple(links),
        origins=origins,
    )
