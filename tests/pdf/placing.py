"""Where the text of a PDF stands: each piece of marked content with its place on its page."""

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from tests.pdf.reading import Element, read
from tests.pdf.sheet import Piece, sheet


def pieces(document: pikepdf.Pdf) -> list[Piece]:
    """Return all text of a PDF, as it is drawn."""
    return [
        piece._replace(page=number)
        for number, page in enumerate(document.pages)
        for piece in sheet(page).pieces
    ]


def lowest(document: pikepdf.Pdf) -> list[float]:
    """Return, for each page, how far down something reaches: text, a ruled line or a frame."""
    found = [max(sheet(page).ruled, default=0.0) for page in document.pages]
    for piece in pieces(document):
        if piece.number is not None:
            found[piece.page] = max(found[piece.page], piece.bottom)
    return found


def groups(document: pikepdf.Pdf, *kinds: str) -> list[tuple[str, list[Piece]]]:
    """Return the words and the pieces of each element of some kinds, with all that is in it.

    But for notes, which stand at the foot of a page.
    """
    found: dict[tuple[int, int], list[Piece]] = {}
    for piece in pieces(document):
        if piece.number is not None:
            found.setdefault((piece.page, piece.number), []).append(piece)
    numbers: dict[Any, int] = {page.objgen: n for n, page in enumerate(document.pages)}
    return [
        (element.text, [piece for own in parts for piece in own])
        for element in read(document).named(*kinds)
        if (
            parts := [
                own
                for inner, around, own in _placed(element, (), found, numbers)
                if "/Note" not in (*around, inner.kind)[1:]
            ]
        )
    ]


def by_content(document: pikepdf.Pdf) -> list[tuple[Element, tuple[str, ...], list[Piece]]]:
    """Return the elements that hold text themselves, in reading order, with those around them."""
    found: dict[tuple[int, int], list[Piece]] = {}
    for piece in pieces(document):
        if piece.number is not None:
            found.setdefault((piece.page, piece.number), []).append(piece)
    numbers: dict[Any, int] = {page.objgen: n for n, page in enumerate(document.pages)}
    return list(_placed(read(document), (), found, numbers))


def _placed(
    element: Element,
    around: tuple[str, ...],
    found: dict[tuple[int, int], list[Piece]],
    numbers: dict[Any, int],
) -> Iterator[tuple[Element, tuple[str, ...], list[Piece]]]:
    own = element.source.get("/K", Array())
    mine: list[Piece] = []
    for kid in own if isinstance(own, Array) else [own]:
        if isinstance(kid, int):
            mine += found.get((numbers[element.source.Pg.objgen], int(kid)), [])
        elif isinstance(kid, Dictionary) and "/MCID" in kid:
            page = kid.get("/Pg", element.source.get("/Pg", kid))
            mine += found.get((numbers[page.objgen], int(kid.MCID)), [])
    if mine:
        yield element, around, mine
    for inner in element.kids:
        if isinstance(inner, Element):
            yield from _placed(inner, (*around, element.kind), found, numbers)
