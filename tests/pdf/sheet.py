"""What is drawn on one page of a PDF: its text by marked content, where it stands, and its lines.

A page is read once for all who ask, as reading is most of what the tests of real PDFs take.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Matrix

READ = "q Q cm BT Tm Tf BDC BMC EMC Tj TJ Do m l re n S s f F f* B B* b b*"
PAINTED = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}


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


@dataclass
class Sheet:
    """What is drawn on a page; its number in the pieces is 0."""

    texts: dict[int, str] = field(default_factory=dict)  # by the number of marked content
    starts: dict[int, tuple[float, float]] = field(default_factory=dict)  # downwards, across
    pieces: list[Piece] = field(default_factory=list)
    ruled: list[float] = field(default_factory=list)  # how far down lines and frames reach
    bare: bool = False  # something is neither content nor artifact


class Mark(NamedTuple):
    """Marked content that is open."""

    number: int | None
    replaced: bool  # by what it says of itself
    backwards: bool


class Font(NamedTuple):
    """A font of a page: what its codes stand for, and how wide they are."""

    name: str
    letters: dict[bytes, str]
    widths: dict[int, float]


@dataclass(frozen=True)
class Drawn:
    """What tells a page from others; a font cut to its letters is named after them."""

    content: bytes
    fonts: tuple[tuple[str, str], ...]
    page: pikepdf.Page = field(compare=False)


def sheet(page: pikepdf.Page) -> Sheet:
    """Read a page, unless one that is drawn alike was read just before."""
    held = page.Contents
    streams = held if isinstance(held, Array) else [held]
    content = b"\n".join(stream.read_bytes() for stream in streams)
    fonts = page.Resources.get("/Font", {}).items()
    return _read(Drawn(content, tuple((key, str(font.BaseFont)) for key, font in fonts), page))


@lru_cache(maxsize=128)
def _read(drawn: Drawn) -> Sheet:  # noqa: C901, PLR0912, PLR0915  # one case for each operator
    page = drawn.page
    height = float(page.MediaBox[3])
    fonts = {
        name: Font(str(font.BaseFont), unicode_map(font), _widths(font))
        for name, font in page.Resources.get("/Font", {}).items()
    }
    found = Sheet()
    saved: list[Matrix] = []
    outer, inner = Matrix(), Matrix()
    font, size = Font("", {}, {}), 0.0
    marks: list[Mark] = []
    path: list[float] = []
    for instruction in pikepdf.parse_content_stream(page, READ):
        operands: list[Any] = [*instruction.operands]
        match str(instruction.operator):
            case "q":
                saved.append(outer)
            case "Q":
                outer = saved.pop()
            case "cm":
                outer = Matrix(*map(float, operands)) @ outer
            case "BT":
                inner = Matrix()
            case "Tm":
                inner = Matrix(*map(float, operands))
            case "Tf":
                font, size = fonts[str(operands[0])], float(operands[1])
            case "BDC" | "BMC":
                marks.append(_mark(operands))
                if marks[-1].replaced:
                    _add(found, marks, str(operands[1].ActualText))
            case "EMC":
                marks.pop()
            case "Do":
                found.bare |= not marks
            case "Tj" | "TJ" as operator:
                found.bare |= not marks
                shown = [*operands[0]] if operator == "TJ" else [operands[0]]
                for mark in marks:
                    if mark.number is not None:
                        found.starts.setdefault(mark.number, (-outer.f, outer.e))
                if not any(mark.replaced for mark in marks):
                    _add(
                        found, marks, _text(shown, font, backwards=any(m.backwards for m in marks))
                    )
                place = inner @ outer
                wide = _width(shown, font) * size / 1000 * abs(place.a)
                drawn_size = size * abs(place.d)
                baseline = height - place.f
                found.pieces.append(
                    Piece(
                        0, _innermost(marks), place.e, place.e + wide, baseline - drawn_size,
                        baseline, drawn_size, font.name,
                    )
                )  # fmt: skip
            case "m" | "l":
                path.append(outer.d * float(operands[1]) + outer.f)
            case "re":
                y, tall = float(operands[1]), float(operands[3])
                path += [outer.d * y + outer.f, outer.d * (y + tall) + outer.f]
            case "n":
                path.clear()
            case operator if operator in PAINTED:
                found.ruled += [height - y for y in path]
                path.clear()
    return found


def _mark(operands: list[Any]) -> Mark:
    given = operands[1] if len(operands) > 1 else None
    if not isinstance(given, Dictionary):  # a name, of properties that say nothing of text
        given = Dictionary()
    number = int(given["/MCID"]) if "/MCID" in given else None
    return Mark(number, "/ActualText" in given, str(operands[0]) == "/ReversedChars")


def _innermost(marks: list[Mark]) -> int | None:
    return next((mark.number for mark in reversed(marks) if mark.number is not None), None)


def _add(found: Sheet, marks: list[Mark], text: str) -> None:
    """Add text to the innermost numbered content that is open."""
    number = _innermost(marks)
    if number is not None:
        found.texts[number] = found.texts.get(number, "") + text


def _text(shown: list[Any], font: Font, *, backwards: bool) -> str:
    letters = [
        font.letters[raw[at : at + 2]]
        for item in shown
        if isinstance(item, pikepdf.String)
        for raw in [bytes(item)]
        for at in range(0, len(raw), 2)
    ]
    return "".join(reversed(letters) if backwards else letters)


def _width(shown: list[Any], font: Font) -> float:
    """How wide text is, in thousandths of its size."""
    total = 0.0
    for item in shown:
        if isinstance(item, pikepdf.String):
            raw = bytes(item)
            codes = (int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2))
            total += sum(font.widths.get(code, 0) for code in codes)
        else:
            total -= float(item)
    return total


def unicode_map(font: pikepdf.Object) -> dict[bytes, str]:
    """Return what the codes of a font stand for, from its ToUnicode map."""
    if "/ToUnicode" not in font:
        return {}
    table = font.ToUnicode.read_bytes().decode("latin1")
    found: dict[bytes, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[bytes.fromhex(code)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = bytes.fromhex(text).decode("utf-16-be")
            for step in range(int(last, 16) - int(first, 16) + 1):
                code = (int(first, 16) + step).to_bytes(len(first) // 2, "big")
                found[code] = start[:-1] + chr(ord(start[-1]) + step)
    return found


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
