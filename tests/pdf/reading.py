"""What a screen reader reads: the tag tree of a PDF, with the text of its marked content."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from tests.pdf.sheet import sheet

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
    texts: Texts = {page.objgen: sheet(page).texts for page in document.pages}
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
