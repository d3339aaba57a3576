"""Read a Word document as a person sees it, in its order, the notes behind the text."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lxml import etree

from sphinx_evidence.manuscripts.year import begins_with_author, has_year
from sphinx_evidence.word.blocks import Cell, Kind, Manuscript, Open, Paragraph
from sphinx_evidence.word.fields import sources
from sphinx_evidence.word.inline import Inline, control
from sphinx_evidence.word.styles import Numbering, Style, Styles, W, said, value

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.part import Part

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
# No sentence, and no caption.
_HEADING = re.compile(r"(?!(?:Table|Fig|Figure|Box)\.?\s?\d)[^\n]{0,88}[^\W_][?!)”’]?")
_WORK = 60  # letters that a work of the list has at least
_CONTENTS = ("toc ", "table of figures")
_PARTS = {"styles", "footnotes", "endnotes", "comments", "commentsExtended"}


def read_word(document: "Document") -> Manuscript:
    """Every paragraph of a document, with its place and look."""
    related = document.part.rels.values()
    parts = {
        one.reltype.rpartition("/")[2]: one.target_part
        for one in related if not one.is_external
    }  # fmt: skip
    own = {str(n): one.target_part.blob for n, one in enumerate(related)
           if not one.is_external and one.reltype.endswith("/customXml")}  # fmt: skip
    reader = _Reader(document, parts)
    return Manuscript(reader.read(), sources(own))


def read_pictures(document: "Document") -> dict[str, bytes]:
    """The pictures in a document, by the names of their parts."""
    related = [one for one in document.part.rels.values() if not one.is_external]
    return {
        str(one.target_part.partname): one.target_part.blob
        for one in related if one.reltype.endswith("/image")
    }  # fmt: skip


def roots_of(document: "Document") -> dict[str, Any]:
    """The parts of a document that are XML, by the kind of their relation."""
    return {
        kind: _root(one.target_part.blob)
        for one in document.part.rels.values()
        if not one.is_external and (kind := one.reltype.rpartition("/")[2]) in _PARTS
    }


def _root(blob: bytes | None) -> Any:  # noqa: ANN401  # lxml has no types
    try:
        return None if blob is None else etree.fromstring(blob, _PARSER)
    except etree.LxmlError:  # a part that is damaged is as if it were not there
        return None


def _related(part: "Part") -> tuple[dict[str, str], dict[str, str]]:
    """The addresses of links and the names of pictures in a part, by the ids that it gives them."""
    related = part.rels.items()
    return (
        {key: one.target_ref for key, one in related if one.is_external},
        {key: str(one.target_part.partname) for key, one in related
         if not one.is_external and one.reltype.endswith("/image")},
    )  # fmt: skip


class _Reader:
    """Walks through the blocks of a document."""

    def __init__(self, document: "Document", parts: dict[str, "Part"]) -> None:
        self.body: Any = document.element.body
        self.parts = parts
        self.styles = Styles.of(self._part("styles"))
        self.numbering = Numbering(self._part("numbering"))
        self.roots = {kind: self._part(f"{kind}s") for kind in ("footnote", "endnote")}
        self.inline = Inline(
            self.styles, *_related(document.part), _remarks(self._part("comments"))
        )
        self.paragraphs: list[Paragraph] = []
        self.tables = self.boxes = 0

    def _part(self, kind: str) -> Any:  # noqa: ANN401  # lxml has no types
        return _root(self.parts[kind].blob) if kind in self.parts else None

    def read(self) -> list[Paragraph]:
        """The paragraphs of the body, then those of the notes in the order of their calls."""
        self._blocks(self.body)
        done: set[str] = set()
        while left := [key for key in self.inline.notes if key not in done]:  # a note may call one
            for key in left:
                done.add(key)
                self._note(key, self.inline.notes[key])
        if not self.inline.pages:  # no program has said where pages end
            self.paragraphs = [replace(one, page=0, last_page=0) for one in self.paragraphs]
        return [*_with_bold_headings(self.paragraphs)]

    def _note(self, key: str, number: str) -> None:
        kind, _, name = key.partition(" ")
        root = self.roots[kind]
        if root is not None:  # whose links are of its own
            self.inline.links, self.inline.parts = _related(self.parts[f"{kind}s"])
        for note in () if root is None else root:
            if note.get(f"{W}id") == name:
                self._blocks(note, note=number)
                return

    def _blocks(self, element: Any, **place: Any) -> None:  # noqa: ANN401
        bordered = False
        for child in element:
            tag = child.tag
            if tag == f"{W}p":
                bordered = self._paragraph(child, bordered=bordered, **place)
            elif tag == f"{W}tbl":
                self._table(child, **place)
                bordered = False
            elif tag == f"{W}sdt":
                within = control(child)
                within.show()
                self.inline.fields.append(within)
                for content in child.iterfind(f"{W}sdtContent"):
                    self._blocks(content, **place)
                if within in self.inline.fields:
                    self.inline.fields.remove(within)
            elif tag in {f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"}:
                self._blocks(child, **place)

    def _table(self, table: Any, **place: Any) -> None:  # noqa: ANN401
        rows = [[*_cells(row)] for row in _rows(table)]
        if len(rows) == 1 and len(rows[0]) == 1 and "cell" not in place:
            if "box" not in place:
                self.boxes += 1
                place = place | {"box": self.boxes}
            self._blocks(rows[0][0], **place)
            return
        number, self.tables = self.tables, self.tables + 1
        for at, (row, cells) in enumerate(zip(_rows(table), rows, strict=True)):
            head = row.find(f"{W}trPr/{W}tblHeader") is not None
            column = 0
            for cell in cells:
                merged = cell.find(f"{W}tcPr/{W}vMerge")
                if merged is None or merged.get(f"{W}val") == "restart":
                    where = place.get("cell") or Cell(number, at, column, head)
                    self._blocks(cell, **(place | {"cell": where}))
                span = value(cell, "tcPr/gridSpan", "1")
                column += int(span) if span.isdigit() and len(span) < 4 else 1  # noqa: PLR2004

    def _paragraph(self, element: Any, *, bordered: bool, **place: Any) -> bool:  # noqa: ANN401
        """Read one paragraph; gives whether it is in a frame."""
        name = value(element, "pPr/pStyle")
        style = said(element, self.styles[name])
        spans = self.inline.paragraph(element)
        pages = self.inline.first_page, self.inline.pages + 1
        bookmarks, opened, inner = self.inline.bookmarks, self.inline.open, self.inline.boxes
        text = "".join(span.text for span in spans)
        framed = style.bordered and bool(text.strip()) and "cell" not in place
        if framed and "box" not in place:
            self.boxes += not bordered
            place = place | {"box": self.boxes}
        label, kind, level = "", *_kind(style)
        if (
            kind is Kind.HEADING
            and len(text) > _WORK
            and begins_with_author(text)
            and has_year(text)
        ):
            kind, level = Kind.TEXT, 0  # a work of the list, whatever its style
        if style.list_id and text.strip():
            label, _ = self.numbering.label(style.list_id, style.list_level)
            if label and kind is Kind.TEXT:
                kind, level = Kind.ITEM, style.list_level
        shows = opened or any(span.text.strip() or span.picture or span.note for span in spans)
        if shows and not style.name.startswith(_CONTENTS):
            read = Paragraph(
                len(self.paragraphs) + 1, kind, spans, level, label, *pages,
                bookmarks=bookmarks, open=opened, style=style.name, element=element, **place,
            )  # fmt: skip
            self.paragraphs.append(read)
        for box in inner:
            self.boxes += 1
            self._blocks(box, **({"box": self.boxes} | place))
        return framed


def _kind(style: Style) -> tuple[Kind, int]:
    if style.name in {"title", "heading title"}:
        return Kind.TITLE, 0
    if style.outline >= 0:
        return Kind.HEADING, style.outline + 1
    digits = style.name.removeprefix("heading ")
    if digits != style.name and digits.isdigit() and len(digits) == 1:
        return Kind.HEADING, int(digits)
    return (Kind.CAPTION if style.name == "caption" else Kind.TEXT), 0


def _with_bold_headings(paragraphs: list[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs; short ones all in bold are headings, as many authors make them.

    One that stands there twice is left from the head of a page.
    """
    level, times = 0, Counter(one.text.strip() for one in paragraphs)
    for one in paragraphs:
        text = one.text.strip()
        words = [span for span in one.spans if span.text.strip()]
        if one.kind is Kind.HEADING:
            level = one.level
        plain = one.kind is Kind.TEXT and not (one.cell or one.box or one.note) and times[text] < 2  # noqa: PLR2004
        if plain and words and all(span.bold for span in words) and _HEADING.fullmatch(text):
            yield replace(one, kind=Kind.HEADING, level=min(level + 1, 6))
        else:
            yield one


def _rows(table: Any) -> Iterator[Any]:  # noqa: ANN401
    for child in table:
        if child.tag == f"{W}tr":
            yield child
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"}:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:  # noqa: ANN401
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml"}:
            yield from _cells(child)


def _remarks(root: Any) -> dict[str, Open]:  # noqa: ANN401
    remarks = {}
    for each in () if root is None else root.iter(f"{W}comment"):
        words = " ".join("".join(text.text or "" for text in each.iter(f"{W}t")).split())
        remarks[each.get(f"{W}id", "")] = Open(words, each.get(f"{W}author", ""), "")
    return remarks
