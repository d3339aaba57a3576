"""Tables: the place of each cell in rows and columns, with what it covers."""

from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes


class Cell(NamedTuple):
    """A cell, its place, and how many columns and rows it covers."""

    entry: nodes.Element
    x: int
    y: int
    colspan: int
    rowspan: int


def cells(group: nodes.Element, kind: type[nodes.Element]) -> Iterator[Cell]:
    """Yield the cells of the head or of the body."""
    parts = [part for part in group.children if isinstance(part, kind)]
    rows = [row for part in parts for row in part.children if isinstance(row, nodes.row)]
    taken: set[tuple[int, int]] = set()  # places that cells from rows above reach down to
    for y, row in enumerate(rows):
        x = 0
        for entry in (child for child in row.children if isinstance(child, nodes.entry)):
            while (x, y) in taken:
                x += 1
            width, height = 1 + entry.get("morecols", 0), 1 + entry.get("morerows", 0)
            taken |= {(x + dx, y + dy) for dx in range(width) for dy in range(height)}
            yield Cell(entry, x, y, width, height)
