"""What a screen reader reads: the tag tree of a PDF, with the text of its marked content."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

# Kinds that are part of a line; all others begin and end one.
WITHIN_A_LINE = {"/Span", "/Em", "/Strong", "/Link", "/Code", "/Reference", "/Lbl", "/Note"}


Texts = dict[Any, dict[int, str]]  # by page, then by the number of marked content


@dataclass
class Element:
    """A structure element, with what is inside it: other elements and pieces of text."""

    kind: str
    source: pikepdf.Object
    kids: list["Element | str"] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        """Yield this element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    @property
    def text(self) -> str:
        """Return the text as it is read, with single spaces."""
        return " ".join("".join(self._pieces()).split())

    def _pieces(self) -> Iterator[str]:
        gap = "" if self.kind in WITHIN_A_LINE else " "
        yield gap
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid._pieces()  # noqa: SLF001  # of the same class
            else:
                yield kid
        yield gap

    def named(self, *kinds: str) -> list["Element"]:
        """Return the elements of some kinds."""
        return [element for element in self.walk() if element.kind in kinds]


def read(document: pikepdf.Pdf) -> Element:
    """Return the tag tree as one element."""
    texts: Texts = {page.objgen: marked_text(page) for page in document.pages}
    root = Element("/Root", document.Root.StructTreeRoot)
    _fill(root, root.source.get("/K", Array()), Dictionary(), texts)
    return root


def _fill(element: Element, found: pikepdf.Object, page: pikepdf.Object, texts: Texts) -> None:
    for kid in found if isinstance(found, Array) else [found]:
        if not isinstance(kid, Dictionary):
            element.kids.append(texts[page.objgen].get(int(kid), ""))
        elif "/S" in kid:
            inner = Element(str(kid.S), kid)
            element.kids.append(inner)
            if "/K" in kid:
                _fill(inner, kid.K, kid.get("/Pg", page), texts)
        elif "/MCID" in kid:
            element.kids.append(texts[kid.get("/Pg", page).objgen].get(int(kid.MCID), ""))


# -- Text -------------------------------------------------------------------------


def marked_text(page: pikepdf.Page) -> dict[int, str]:
    """Return the text of a page by the number of its marked content."""
    fonts = {name: unicode_map(font) for name, font in page.Resources.get("/Font", {}).items()}
    letters: dict[int, str] = {}
    font: dict[bytes, str] = {}
    marks: list[pikepdf.Object | str] = []
    for operands, operator in instructions(page):
        match operator:
            case "Tf":
                font = fonts[str(operands[0])]
            case "BDC":
                mark = operands[1] if isinstance(operands[1], Dictionary) else Dictionary()
                marks.append(mark)
                _add(letters, marks, str(mark.get("/ActualText", "")))
            case "BMC":
                marks.append(str(operands[0]))
            case "EMC":
                marks.pop()
            case "Tj" | "TJ":
                strings = operands[0] if operator == "TJ" else [operands[0]]
                shown = [
                    _decoded(item, font) for item in strings if isinstance(item, pikepdf.String)
                ]
                if "/ReversedChars" in marks:
                    shown = [list(reversed(part)) for part in reversed(shown)]
                if not any(isinstance(m, Dictionary) and "/ActualText" in m for m in marks):
                    _add(letters, marks, "".join("".join(part) for part in shown))
    return letters


def instructions(page: pikepdf.Page) -> Iterator[tuple[list[Any], str]]:
    """Yield the operands and the name of each operator that draws a page."""
    for operands, operator in pikepdf.parse_content_stream(page):  # type: ignore[misc]  # tuples
        yield list(operands), str(operator)


def _add(letters: dict[int, str], marks: list[pikepdf.Object | str], text: str) -> None:
    """Add text to the innermost numbered content that is open."""
    numbers = [int(m.MCID) for m in marks if isinstance(m, Dictionary) and "/MCID" in m]
    if numbers:
        letters[numbers[-1]] = letters.get(numbers[-1], "") + text


def _decoded(shown: pikepdf.String, font: dict[bytes, str]) -> list[str]:
    raw = bytes(shown)
    return [font[raw[at : at + 2]] for at in range(0, len(raw), 2)]


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
