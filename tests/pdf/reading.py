"""What a screen reader reads: the tag tree of a PDF, with the text of its marked content."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name

# Kinds that are part of a line; all others begin and end one.
WITHIN_A_LINE = {"/Span", "/Em", "/Strong", "/Link", "/Code", "/Reference", "/Lbl", "/Note"}


@dataclass
class Element:
    """A structure element, with what is inside it: other elements and pieces of text."""

    kind: str
    source: Dictionary
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
                yield from kid._pieces()
            else:
                yield kid
        yield gap

    def named(self, *kinds: str) -> list["Element"]:
        """Return the elements of some kinds."""
        return [element for element in self.walk() if element.kind in kinds]


def read(document: pikepdf.Pdf) -> Element:
    """Return the tag tree as one element."""
    texts = {page.objgen: marked_text(page) for page in document.pages}
    root = Element("/Root", document.Root.StructTreeRoot)
    _fill(root, document.Root.StructTreeRoot.get("/K", Array()), None, texts)
    return root


def _fill(
    element: Element, found: pikepdf.Object, page: Dictionary | None, texts: dict[object, dict[int, str]]
) -> None:
    for kid in found if isinstance(found, Array) else [found]:
        if not isinstance(kid, Dictionary):
            assert page is not None
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
    marks: list[Dictionary | str] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                font = fonts[str(operands[0])]
            case "BDC":
                marks.append(operands[1] if isinstance(operands[1], Dictionary) else Dictionary())
                _add(letters, marks, str(marks[-1].get("/ActualText", "")))
            case "BMC":
                marks.append(str(operands[0]))
            case "EMC":
                marks.pop()
            case "Tj" | "TJ":
                strings = operands[0] if str(operator) == "TJ" else [operands[0]]
                shown = [_decoded(item, font) for item in strings if isinstance(item, pikepdf.String)]
                if "/ReversedChars" in marks:
                    shown = ["".join(reversed([letter for part in shown for letter in part]))]
                if not any(isinstance(m, Dictionary) and "/ActualText" in m for m in marks):
                    _add(letters, marks, "".join("".join(part) for part in shown))
    return letters


def _add(letters: dict[int, str], marks: list[Dictionary | str], text: str) -> None:
    """Add text to the innermost numbered content that is open."""
    numbers = [int(m.MCID) for m in marks if isinstance(m, Dictionary) and "/MCID" in m]
    if numbers:
        letters[numbers[-1]] = letters.get(numbers[-1], "") + text


def _decoded(shown: pikepdf.String, font: dict[bytes, str]) -> list[str]:
    raw = bytes(shown)
    return [font[raw[at : at + 2]] for at in range(0, len(raw), 2)]


def unicode_map(font: Dictionary) -> dict[bytes, str]:
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
