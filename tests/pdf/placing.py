"""Where the text of a PDF stands: each piece of marked content with its place on its page."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Matrix

from tests.pdf.reading import Element, instructions, read


class Piece(NamedTuple):
    """Text drawn at once; lengths in points, ``top`` and ``bottom`` from the top of the page."""

    page: int  # from 0
    number: int | None  # of the marked content; none for what is decoration
    left: float
    right: float
    top: float
    bottom: float
    size: float
    font: str


@lru_cache(maxsize=1)  # many rules are asked of one document after the other
def pieces(document: pikepdf.Pdf) -> tuple[Piece, ...]:
    """Return all text of a PDF, as it is drawn."""
    return tuple(piece for n, page in enumerate(document.pages) for piece in _of_page(n, page))


def lowest(document: pikepdf.Pdf) -> list[float]:
    """Return, for each page, how far down something reaches: text, a ruled line or a frame."""
    found = [max(_ruled(page), default=0.0) for page in document.pages]
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


PAINTED = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}


def _ruled(page: pikepdf.Page) -> Iterator[float]:
    """Yield how far down each line and frame reaches that is drawn on a page."""
    height = float(page.MediaBox[3])
    stack: list[Matrix] = []
    matrix = Matrix()
    path: list[float] = []
    for operands, operator in instructions(page):
        match operator:
            case "q":
                stack.append(matrix)
            case "Q":
                matrix = stack.pop()
            case "cm":
                matrix = Matrix(*map(float, operands)) @ matrix
            case "m" | "l":
                path.append(matrix.d * float(operands[1]) + matrix.f)
            case "re":
                y, h = float(operands[1]), float(operands[3])
                path += [matrix.d * y + matrix.f, matrix.d * (y + h) + matrix.f]
            case "n":
                path.clear()
            case _ if operator in PAINTED:
                yield from (height - y for y in path)
                path.clear()


def _of_page(number: int, page: pikepdf.Page) -> Iterator[Piece]:  # noqa: C901  # one case each
    height = float(page.MediaBox[3])
    fonts = {
        name: (_widths(font), str(font.BaseFont))
        for name, font in page.Resources.get("/Font", {}).items()
    }
    stack: list[Matrix] = []
    outer, inner = Matrix(), Matrix()
    marks: list[int | None] = []
    widths, name, size = fonts.get("", ({}, "")), "", 0.0
    for operands, operator in instructions(page):
        match operator:
            case "q":
                stack.append(outer)
            case "Q":
                outer = stack.pop()
            case "cm":
                outer = Matrix(*map(float, operands)) @ outer
            case "BT":
                inner = Matrix()
            case "Tm":
                inner = Matrix(*map(float, operands))
            case "Tf":
                widths, size = fonts[str(operands[0])], float(operands[1])
                name = widths[1]
            case "BDC" | "BMC":
                tag = operands[1] if len(operands) > 1 else None
                numbered = isinstance(tag, Dictionary) and "/MCID" in tag
                marks.append(int(tag["/MCID"]) if numbered else None)  # type: ignore[index]
            case "EMC":
                marks.pop()
            case "Tj" | "TJ":
                shown = operands[0] if operator == "TJ" else [operands[0]]
                place = inner @ outer
                wide = _width(shown, widths[0]) * size / 1000
                drawn = size * abs(place.d)
                baseline = height - place.f
                yield Piece(
                    number, next((m for m in reversed(marks) if m is not None), None),
                    place.e, place.e + wide * abs(place.a), baseline - drawn, baseline, drawn, name,
                )  # fmt: skip


def _width(shown: object, widths: dict[int, float]) -> float:
    total = 0.0
    for item in shown:  # type: ignore[attr-defined]
        if isinstance(item, pikepdf.String):
            raw = bytes(item)
            total += sum(
                widths.get(int.from_bytes(raw[at : at + 2]), 0) for at in range(0, len(raw), 2)
            )
        else:
            total -= float(item)
    return total


def _widths(font: pikepdf.Object) -> dict[int, float]:
    """Return the widths of the codes of a font, in thousandths of its size."""
    found: dict[int, float] = {}
    given = list(font.DescendantFonts[0].get("/W", Array()))
    while given:
        first, second = int(given.pop(0)), given.pop(0)
        if isinstance(second, Array):
            found |= {first + step: float(width) for step, width in enumerate(second)}
        else:
            width = float(given.pop(0))
            found |= dict.fromkeys(range(first, int(second) + 1), width)
    return found
