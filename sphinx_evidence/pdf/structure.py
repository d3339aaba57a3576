"""What Typst 0.15 leaves to be done to a PDF: tags of row headers, and compression.

Pure: nothing here knows Sphinx or docutils.
ISO 14289-1 (PDF/UA-1), 7.5: header cells are TH, and say by Scope what they head, unless the
cells name their headers. Typst names column headers only, so in these tables Scope takes over.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name


def finished(pdf: bytes, stubs: Sequence[int]) -> bytes:
    """Return the PDF with the first ``stubs[n]`` columns of its n-th table tagged as row headers.

    It is compressed too: Typst writes the tags plain, which makes the file four times as large.
    The bytes are the same for the same input. Raises ValueError if the PDF has not exactly
    ``len(stubs)`` tables.
    """
    with pikepdf.open(BytesIO(pdf)) as document:
        tables = list(_elements(document.Root.StructTreeRoot.K, "/Table"))
        if len(tables) != len(stubs):
            raise ValueError(f"the PDF has {len(tables)} tables, the document has {len(stubs)}")
        for table, stub in zip(tables, stubs, strict=True):
            if stub:
                _mark(table, stub)
        written = BytesIO()
        document.save(
            written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
    return written.getvalue()


def _mark(table: Dictionary, stub: int) -> None:
    """Give the cells of the first columns, below the header rows, the scope of their row."""
    for body in _kids(table, "/TBody"):
        taken: set[tuple[int, int]] = set()  # places that cells from rows above reach down to
        for y, row in enumerate(_kids(body, "/TR")):
            x = 0
            for cell in [*_kids(row, "/TD", "/TH")]:
                while (x, y) in taken:
                    x += 1
                width, height = _span(cell, "/ColSpan"), _span(cell, "/RowSpan")
                taken |= {(x + dx, y + dy) for dx in range(width) for dy in range(height)}
                _drop_headers(cell)
                if x < stub:
                    cell.S = Name.TH
                    cell.A = Array([*_attributes(cell), Dictionary(O=Name.Table, Scope=Name.Row)])


def _drop_headers(cell: Dictionary) -> None:
    """Remove the list of headers: it would hide the row headers, which it does not name."""
    for attributes in _attributes(cell):
        if "/Headers" in attributes:
            del attributes["/Headers"]


def _span(cell: Dictionary, name: str) -> int:
    return next((int(a[name]) for a in _attributes(cell) if name in a), 1)


def _attributes(element: Dictionary) -> list[Dictionary]:
    found = element.get("/A", Array())
    several = found if isinstance(found, Array) else [found]
    return [item for item in several if isinstance(item, Dictionary)]


def _kids(element: Dictionary, *kinds: str) -> Iterator[Dictionary]:
    """Yield the children of an element that are elements of a kind."""
    found = element.get("/K", Array())
    for kid in found if isinstance(found, Array) else [found]:
        if isinstance(kid, Dictionary) and kid.get("/S") in kinds:
            yield kid


def _elements(root: pikepdf.Object, kind: str) -> Iterator[Dictionary]:
    """Yield all elements of a kind in reading order."""
    pending = [root]
    while pending:
        item = pending.pop()
        if isinstance(item, Array):
            pending.extend(reversed(list(item)))
        elif isinstance(item, Dictionary):
            if item.get("/S") == kind:
                yield item
            if "/K" in item:
                pending.append(item.K)
