"""What Typst 0.15 leaves to be done to a PDF: tags, what links say, compression.

- ISO 14289-1 (PDF/UA-1), 7.5: header cells are TH, and say by Scope what they head, unless the
  cells name their headers. Typst names column headers only, so in tables with row headers Scope
  takes over.
- A box, an admonition, a card or a table set as a list is a Sect with the title as its /T.
  Of the groups in ISO 32000-1, 14.8.4.2, Art is for a text of its own, such as an article in a
  newspaper, Div has no meaning, BlockQuote is another's words, and Aside came with PDF 2.0 only.
  Sect is also what HTML's <section> with a name becomes, so both formats tell the same.
"""

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TypeVar

import pikepdf
from pikepdf import Array, Dictionary, Name

from sphinx_evidence.pdf.descriptions import Places, annotations, describe, describe_marks
from sphinx_evidence.pdf.facts import Facts


def finished(pdf: bytes, facts: Facts) -> bytes:
    """Return the PDF, tagged in full.

    It is compressed too: Typst writes the tags plain, which makes the file four times as large.
    The bytes are the same for the same input. Raises ValueError if the PDF has not exactly
    as many tables and links as ``facts``.
    """
    with pikepdf.open(BytesIO(pdf)) as document:
        found = _sorted(document)
        for table, stub in _pairs("tables", found["tables"], facts.stubs):
            if stub:
                _mark(table, stub)
        for group in found["groups"]:
            _make_section(group)
        places = Places(document, facts.page)
        for link, words in _pairs("links", found["links"], facts.links):
            describe(link, words, places)
        for entry in found["entries"]:
            for annotation in annotations(entry):
                describe(entry, facts.headings.get(str(annotation.get("/Dest")), ""), places)
        describe_marks(found["marks"])
        _put_in_logical_order(document)
        written = BytesIO()
        document.save(
            written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
    return written.getvalue()


def _sorted(document: pikepdf.Pdf) -> dict[str, list[Dictionary]]:
    """Return the elements that need a touch, by what they are, in reading order."""
    kinds = ("tables", "groups", "links", "entries", "marks")
    found: dict[str, list[Dictionary]] = {kind: [] for kind in kinds}
    for element, around in _elements(document.Root.StructTreeRoot.K):
        match str(element.S), around[-2:]:
            case "/Table", _:
                found["tables"].append(element)
            case "/Div", _ if _title(element):
                found["groups"].append(element)
            case "/Link", (*_, "/Reference"):
                found["entries"].append(element)  # of the list of contents
            case "/Link", (outer, "/Lbl") if outer != "/LI":
                found["marks"].append(element)  # of footnotes: a label, but not of a list item
            case "/Link", _:
                found["links"].append(element)
    return found


T = TypeVar("T")


def _pairs(
    kind: str, found: Sequence[Dictionary], known: Sequence[T]
) -> Iterator[tuple[Dictionary, T]]:
    if len(found) != len(known):
        raise ValueError(f"the PDF has {len(found)} {kind}, the document {len(known)}")
    return zip(found, known, strict=True)


_WORD = re.compile(rb"/ReversedChars BMC.*?\nEMC", re.DOTALL)
_REVERSED = re.compile(rb"(?:%b){2,}" % _WORD.pattern, re.DOTALL)


def _put_in_logical_order(document: pikepdf.Pdf) -> None:
    """Let words written from right to left follow each other as they are read.

    Typst draws them from left to right and marks each as reversed; each says where it is drawn.
    """
    for page in document.pages:
        drawn = page.Contents.read_bytes()
        if b"/ReversedChars" in drawn:
            page.Contents = document.make_stream(_REVERSED.sub(_turned, drawn))


def _turned(words: re.Match[bytes]) -> bytes:
    return b"".join(reversed(_WORD.findall(words[0])))


def _title(group: Dictionary) -> Dictionary | None:
    """Return the heading that the template writes as the first thing of a group."""
    first = next(iter(_kids(group)), None)
    return first if first is not None and str(first.S).startswith("/H") and "/T" in first else None


def _make_section(group: Dictionary) -> None:
    """Name a group by its title, which is no heading of the document."""
    title = _title(group)
    if title is not None:
        group.S = Name.Sect
        group.T = title.T
        title.S = Name.P
        del title.T


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
    """Yield the children of an element that are elements, of any kind or of some kinds."""
    found = element.get("/K", Array())
    for kid in found if isinstance(found, Array) else [found]:
        if isinstance(kid, Dictionary) and "/S" in kid and (not kinds or kid.S in kinds):
            yield kid


def _elements(root: pikepdf.Object) -> Iterator[tuple[Dictionary, tuple[str, ...]]]:
    """Yield all elements in reading order, each with the kinds of those around it."""
    pending: list[tuple[pikepdf.Object, tuple[str, ...]]] = [(root, ())]
    while pending:
        item, around = pending.pop()
        if isinstance(item, Array):
            pending.extend((kid, around) for kid in reversed(list(item)))
        elif isinstance(item, Dictionary) and "/S" in item:
            yield item, around
            if "/K" in item:
                pending.append((item.K, (*around, str(item.S))))
