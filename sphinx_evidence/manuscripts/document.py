"""A document as a person reads it, block by block, whatever file it comes from; pure.

A reader of files makes a `Block` of each heading, paragraph, caption, row and note, in the order in
which they are read: a note follows the paragraph that refers to it. `plain.py` does so for plain
text and Markdown. The text of a block is what a person sees, with the number or bullet of an item
and the marks of Markdown for ``*italics*``, ``**bold**`` and numbers that are ``^raised^``, and
without any other; line ends stand in it only where lines are wrapped.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate
from typing import NamedTuple

from sphinx_evidence.diagnostics.finding import Finding, Location
from sphinx_evidence.text.lines import Lines

GAP = "\n\n"  # between two blocks


class Kind(StrEnum):
    """What a block is; items, rows and what stands in boxes are paragraphs, too."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    NOTE = "note"


class Link(NamedTuple):
    """Words that lead to an address, by their offsets in a text."""

    start: int
    end: int
    address: str


class Origin(NamedTuple):
    """Where in the file the text from an offset on comes from, until the next origin."""

    offset: int
    line: int
    column: int


@dataclass(frozen=True)
class Block:
    """One block; ``line`` is where it begins in the file, or its number among the paragraphs.

    ``level`` is that of a heading, from 1. ``place`` is how a person finds the block, such as
    “page 3, second paragraph”, where lines are not seen. Without ``origins`` columns count from
    the first character of the text.
    """

    text: str
    line: int
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    place: str = ""
    links: tuple[Link, ...] = ()
    origins: tuple[Origin, ...] = ()


class Document:
    """The blocks of a file, and the one text that they are; offsets are those of this text."""

    def __init__(self, path: str, blocks: Iterable[Block]) -> None:
        """Join the texts of ``blocks``, with an empty line between two.

        ``path`` is that of the file as findings give it.
        """
        self.path, self.blocks = path, tuple(blocks)
        lengths = (len(block.text) + len(GAP) for block in self.blocks)
        self.starts = list(accumulate(lengths, initial=0))[: len(self.blocks)]
        self.text = GAP.join(block.text for block in self.blocks)
        self.lines = Lines(self.text)
        self._places = {block.line: block.place for block in self.blocks}

    def location(self, offset: int) -> Location:
        """Where in the file an offset is."""
        at = bisect_right(self.starts, offset) - 1
        if at < 0:
            return Location(self.path, 1, 1)
        block, inside = self.blocks[at], offset - self.starts[at]
        if not block.origins:
            return Location(self.path, block.line, inside + 1)
        nearest = bisect_right(block.origins, inside, key=lambda origin: origin.offset) - 1
        begin, line, column = block.origins[max(nearest, 0)]
        return Location(self.path, line, column + max(inside - begin, 0))

    def place(self, line: int) -> str:
        """A line of the file, as a person finds it."""
        return self._places.get(line) or f"line {line}"

    def as_seen(self, finding: Finding) -> Finding:
        """A finding with its place as a person finds it, where lines are not seen."""
        return replace(finding, where=self._places.get(finding.line, ""))

    def of(self, kind: Kind) -> Iterator[tuple[int, Block]]:
        """The blocks of a kind, with the offsets at which they begin."""
        spans = zip(self.starts, self.blocks, strict=True)
        return ((start, block) for start, block in spans if block.kind is kind)

    def links(self) -> Iterator[Link]:
        """Every link, by its offsets in the text."""
        for start, block in zip(self.starts, self.blocks, strict=True):
            for link in block.links:
                yield Link(start + link.start, start + link.end, link.address)
