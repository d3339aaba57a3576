"""Reads a .docx by its styles and lists, as a screen reader does."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from sphinx_evidence.docx.walker import bookmark
from sphinx_evidence.docx.xml import Element
from tests.parity.content import Content, Heading, Link, Numbered, Target, plain
from tests.parity.pdf import LABELLED

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
CAPTIONS = {"Caption", "FigureCaption", "BoxTitle"}
COVER = {"Subtitle", "Imprint", "Notice", "TOCHeading", "toc1", "Between"}
REFERENCE = -1  # goes on with its notes alone
STEP = 400  # by which a definition is moved in below its term


@dataclass
class Item:
    """An item of a list that may go on, and how far it is moved in."""

    left: int
    number: int


def read_word(path: Path, site: Content) -> Content:
    """Read a .docx; a place in it has the name that the site gives it."""
    with zipfile.ZipFile(path) as archive:
        body, relations, notes = (  # the last of which not every document has
            etree.fromstring(archive.read(f"word/{name}"))
            if f"word/{name}" in archive.namelist() else etree.Element("none")
            for name in ("document.xml", "_rels/document.xml.rels", "footnotes.xml")
        )  # fmt: skip
    addresses = {one.get("Id"): one.get("Target") for one in relations}
    targets = {link.target for link in site.links}
    names = {bookmark(f"{one.page}#{one.place}"): one for one in targets}
    found = Content()
    for note in notes:
        if note.get(f"{W}type") is None:
            found.notes.append(words(note))
    _story(body[0], found)
    for paragraph in body.iter(f"{W}p"):
        if _style(paragraph) in COVER:
            continue
        found.images.extend(one.get("descr") for one in paragraph.iter(DRAWN))
        for link in paragraph.iter(f"{W}hyperlink"):
            if any(one.get(f"{W}val") == "footnotereference" for one in link.iter(f"{W}rStyle")):
                continue  # the mark of a note that stands above
            anchor, key = link.get(f"{W}anchor"), link.get(f"{R}id")
            target = Target(addresses[key]) if key else names.get(anchor, Target("nowhere"))
            found.links.append(Link(words(link), target))
    return found


def _story(story: Element, found: Content) -> None:
    """Note the headings, captions and items of a body or a cell."""
    items = Items(found)
    for block in story:
        if block.tag == f"{W}tbl":
            _table(block, found)
        elif block.tag == f"{W}p" and _style(block) not in COVER:
            style, text = _style(block), words(block)
            begins = block.find(f"{W}pPr/{W}numPr") is not None
            items.read(style, text, _left(block), begins=begins)
            if style == "Title" or style.startswith("Heading"):
                found.headings.append(Heading(1 if style == "Title" else int(style[-1]), text))
            elif style in CAPTIONS and (label := LABELLED.fullmatch(text)):
                found.numbered.append(Numbered(label[1], label[2]))


class Items:
    """The items of lists that are open, as paragraphs are read."""

    def __init__(self, found: Content) -> None:
        self.found = found
        self.open: list[Item] = []
        self.waiting = -1  # how far a definition will be moved in, whose term has been read

    def read(self, style: str, text: str, left: int, *, begins: bool) -> None:
        if style == "ReferenceNote":
            self.add_words(text)
            return
        self.open = [one for one in self.open if one.left < left + (not begins)]
        if style == "Term":
            self.waiting = left + STEP
            return
        if 0 <= self.waiting <= left:
            self.add(self.waiting)
        if begins:
            self.add(left)
        if style == "Bibliography":
            left = REFERENCE
            self.add(left)
        if self.open and self.open[-1].left == left:
            self.add_words(text)

    def add(self, left: int) -> None:
        self.waiting = -1
        self.open.append(Item(left, len(self.found.items)))
        self.found.items.append("")

    def add_words(self, text: str) -> None:
        number = self.open[-1].number
        self.found.items[number] = plain(f"{self.found.items[number]} {text}")


def _table(table: Element, found: Content) -> None:
    for cell in table.iter(f"{W}tc"):
        if any(_style(one) == "TableHeading" for one in cell.iterchildren(f"{W}p")):
            found.items.append(plain(" ".join(words(one) for one in cell.iter(f"{W}p"))))
        else:
            _story(cell, found)


def _style(paragraph: Element) -> str:
    return str(paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val"))


def _left(paragraph: Element) -> int:
    moved = paragraph.find(f"{W}pPr/{W}ind")
    return 0 if moved is None else int(moved.get(f"{W}left"))


def words(element: Element) -> str:
    """The words of an element, without the marks of notes."""
    return plain("".join(_pieces(element)))


def _pieces(element: Element) -> Iterator[str]:
    for one in element.iter(f"{W}t", f"{W}br", f"{W}p"):
        yield re.sub(r"\s+", " ", one.text or "") if one.tag == f"{W}t" else " "
