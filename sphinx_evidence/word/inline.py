"""The runs of a paragraph of Word as spans: words, look, links, fields, pictures, open changes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sphinx_evidence.word import fields
from sphinx_evidence.word.blocks import Citation, Open, Picture, Span
from sphinx_evidence.word.styles import Styles, W, on

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
_DEEPEST = 50  # fields in fields
_LETTERS = {
    f"{W}tab": " ", f"{W}ptab": " ", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}br": "\n",
}  # fmt: skip
CHANGES = {
    f"{W}ins": "inserted", f"{W}moveTo": "moved", f"{W}del": "deleted", f"{W}moveFrom": "moved",
}  # fmt: skip
GONE = {f"{W}del", f"{W}moveFrom"}
_GALLERIES = {"Table of Contents": "TOC", "Bibliographies": "BIBLIOGRAPHY"}
TRANSPARENT = {f"{W}smartTag", f"{W}customXml", f"{W}sdtContent", f"{W}dir", f"{W}bdo",
                f"{W}sdt", f"{W}hyperlink", f"{W}fldSimple"}  # fmt: skip


@dataclass(eq=False)
class Field:
    """A field that is being read: its code, then what it shows."""

    code: str = ""
    data: str = ""
    tag: str = ""
    shows: bool = False
    citation: Citation | None = None
    link: str = ""
    listed: bool = False
    contents: bool = False  # a table of contents, which repeats what is elsewhere

    def show(self) -> None:
        """From here on stands what the field shows."""
        self.shows = True
        words = self.code.split()
        kind = words[0].upper() if words else ""
        self.citation = fields.citation(self.code, self.data, self.tag)
        self.listed = fields.lists(self.code)
        self.contents = kind in {"TOC", "INDEX"}
        if kind == "HYPERLINK":
            quoted = self.code.split('"')
            target = quoted[1] if len(quoted) > 2 else words[-1]  # noqa: PLR2004
            self.link = f"#{target}" if r"\l" in words else target
        elif kind == "REF" and len(words) > 1:
            self.link = f"#{words[1]}"


@dataclass
class Inline:
    """Reads runs; fields reach over the ends of paragraphs, so that one reader reads them all."""

    styles: Styles
    links: dict[str, str]  # the addresses outside, by the ids of relations
    parts: dict[str, str]  # the names of pictures, by the ids of relations
    remarks: dict[str, Open]  # the comments, by their ids
    notes: dict[str, str] = field(default_factory=dict)  # number by kind and id, as they are called
    fields: list[Field] = field(default_factory=list)
    pages: int = 0  # page breaks so far
    boxes: list[Any] = field(default_factory=list)  # text boxes of this paragraph
    open: list[Open] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    first_page: int = 1  # of this paragraph
    shown: bool = False  # words of it

    def paragraph(self, element: Any) -> list[Span]:  # noqa: ANN401  # lxml has no types
        """The spans of a ``w:p``."""
        self.boxes, self.open, self.bookmarks = [], [], []
        self.first_page, self.shown = self.pages + 1, False
        spans = [*self._children(element, Span(""))]
        while self.fields and not self.fields[-1].shows:  # left open, it would hide what follows
            self.fields.pop()
        return spans

    def _children(self, element: Any, look: Span) -> Iterator[Span]:  # noqa: ANN401
        for child in element:
            tag = child.tag
            if tag == f"{W}r":
                yield from self._run(child, look)
            elif tag in CHANGES:
                yield from self._changed(child, look)
            elif tag in TRANSPARENT:
                yield from self._wrapped(child, look)
            elif tag == f"{W}bookmarkStart":
                self.bookmarks.append(child.get(f"{W}name", ""))
            elif tag == f"{_MC}AlternateContent":
                yield from self._children(_choice(child), look)
            elif tag in {f"{_M}oMath", f"{_M}oMathPara"}:
                words = "".join(each.text or "" for each in child.iter(f"{_M}t"))
                yield from self._words(replace(look, text=words))

    def _wrapped(self, element: Any, look: Span) -> Iterator[Span]:  # noqa: ANN401
        tag = element.tag
        if tag == f"{W}hyperlink":
            anchor = element.get(f"{W}anchor", "")
            address = self.links.get(element.get(f"{R}id", ""), "")
            link = address or (f"#{anchor}" if anchor else "#")
            yield from self._children(element, replace(look, link=link))
            return
        if tag not in {f"{W}fldSimple", f"{W}sdt"}:
            yield from self._children(element, look)
            return
        within = Field(element.get(f"{W}instr", "")) if tag == f"{W}fldSimple" else control(element)
        within.show()
        self.fields.append(within)
        inner = element if tag == f"{W}fldSimple" else element.iterfind(f"{W}sdtContent")
        for each in [inner] if inner is element else inner:
            yield from self._children(each, look)
        self.fields.remove(within)

    def _changed(self, element: Any, look: Span) -> Iterator[Span]:  # noqa: ANN401
        spans = []
        if element.tag in GONE:
            words = "".join(each.text or "" for each in element.iter(f"{W}delText", f"{W}t"))
        else:
            spans = [*self._children(element, look)]
            words = "".join(span.text for span in spans)
        if words.strip():
            author = element.get(f"{W}author", "")
            self.open.append(Open(CHANGES[element.tag], author, " ".join(words.split())))
        yield from spans

    def _run(self, run: Any, look: Span) -> Iterator[Span]:  # noqa: ANN401
        look, hidden = self._look(run, look)
        look = replace(look, element=run)
        for child in run:
            tag = child.tag
            if tag == f"{W}t" and hidden:
                self._hide(child.text or "")
            elif tag == f"{W}t":
                yield from self._words(replace(look, text=child.text or ""))
            elif tag in _LETTERS and child.get(f"{W}type") not in {"page", "column"}:
                yield from self._words(replace(look, text=_LETTERS[tag]))
            elif tag == f"{W}sym":
                yield from self._words(replace(look, text=_sign(child.get(f"{W}char", ""))))
            elif tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
                yield self._note(child, look)
            elif tag in {f"{W}drawing", f"{W}pict", f"{W}object", f"{_MC}AlternateContent"}:
                yield from self._drawn(child, look)
            else:
                self._mark(child)

    def _mark(self, child: Any) -> None:  # noqa: ANN401
        """Take in what shows nothing itself."""
        if child.tag == f"{W}fldChar":
            self._field(child)
        elif child.tag == f"{W}instrText" and self.fields and not self.fields[-1].shows:
            self.fields[-1].code += child.text or ""
        elif child.tag == f"{W}lastRenderedPageBreak":
            self.pages += 1
            self.first_page += not self.shown
        elif child.tag == f"{W}commentReference":
            remark = self.remarks.get(child.get(f"{W}id", ""))
            self.open += [remark] if remark else []

    def _hide(self, words: str) -> None:
        if words.strip() and not self.fields:  # those of a field are its data
            self.open.append(Open("hidden", "", " ".join(words.split())))

    def _look(self, run: Any, look: Span) -> tuple[Span, bool]:  # noqa: ANN401
        properties = run.find(f"{W}rPr")
        if properties is None:
            return look, False
        named = properties.find(f"{W}rStyle")
        style = self.styles["" if named is None else named.get(f"{W}val", "")]
        seen: dict[str, Any] = {"bold": style.bold, "italic": style.italic}
        hidden = False
        for each in properties:
            said = each.get(f"{W}val", "1")
            if each.tag == f"{W}b":
                seen["bold"] = on(said)
            elif each.tag == f"{W}i":
                seen["italic"] = on(said)
            elif each.tag == f"{W}vanish":
                hidden = on(said)
            elif each.tag == f"{W}vertAlign":
                seen |= {"raised": said == "superscript", "lowered": said == "subscript"}
        return replace(look, **seen), hidden

    def _words(self, span: Span) -> Iterator[Span]:
        """A span, with what the fields round it say of it."""
        showing = self.fields
        if not all(one.shows for one in showing) or any(one.contents for one in showing):
            return
        self.shown = True
        link = next((one.link for one in reversed(showing) if one.link), span.link)
        cited = next((one.citation for one in showing if one.citation), None)
        listed = any(one.listed for one in showing)
        if span.text:
            yield replace(span, link=link, citation=cited, listed=listed)

    def _field(self, sign: Any) -> None:  # noqa: ANN401
        kind = sign.get(f"{W}fldCharType", "")
        if kind == "begin" and len(self.fields) < _DEEPEST:
            data = sign.find(f"{W}fldData")
            self.fields.append(Field(data="" if data is None else data.text or ""))
        elif kind == "separate" and self.fields:
            self.fields[-1].show()
        elif kind == "end" and self.fields:
            ended = self.fields.pop()
            if self.fields and not self.fields[-1].shows:  # the data of EndNote
                self.fields[-1].data = self.fields[-1].data or ended.data

    def _note(self, child: Any, look: Span) -> Span:  # noqa: ANN401
        kind = child.tag.removeprefix(W).removesuffix("Reference")
        key = f"{kind} {child.get(f'{W}id', '')}"
        number = self.notes.setdefault(key, f"{len(self.notes) + 1}")
        return replace(look, note=number)

    def _drawn(self, child: Any, look: Span) -> Iterator[Span]:  # noqa: ANN401
        """Pictures and text boxes of a drawing, in the newer form where both are there."""
        if child.tag == f"{_MC}AlternateContent":
            for each in _choice(child):
                yield from self._drawn(each, look)
            return
        found = [*child.iter(f"{W}txbxContent")]
        self.boxes += [box for box in found if not _within(box, {*found})]
        if found:
            return
        named = next(child.iter(f"{_WP}docPr"), None)
        words = "" if named is None else named.get("descr", "") or ""
        for blip in child.iter(f"{_A}blip"):
            part = self.parts.get(blip.get(f"{R}embed", ""), "")
            address = "" if part else self.links.get(blip.get(f"{R}link", ""), "")
            yield replace(look, picture=Picture(part, address, words))
        for shape in child.iter(f"{_V}shape"):
            for data in shape.iter(f"{_V}imagedata"):
                part = self.parts.get(data.get(f"{R}id", ""), "")
                address = "" if part else self.links.get(data.get(f"{R}href", ""), "")
                picture = Picture(part, address, shape.get("alt", ""))
                yield replace(look, picture=picture)


def control(element: Any) -> Field:  # noqa: ANN401
    """A content control, as reference managers and Word use them, as a field."""
    within = Field()
    for each in element.iterfind(f"{W}sdtPr/{W}tag"):
        within.tag = each.get(f"{W}val", "")
    for each in element.iterfind(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery"):
        within.code = _GALLERIES.get(each.get(f"{W}val", ""), "")
    if within.tag.startswith("MENDELEY_BIBLIOGRAPHY"):
        within.code = "BIBLIOGRAPHY"
    return within


def _sign(code: str) -> str:
    """A letter by its number; a bullet for one that only a font of symbols has."""
    sign = chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else "\ue000"
    return "•" if "\ue000" <= sign <= "\uf8ff" or not sign.isprintable() else sign


def _choice(element: Any) -> Any:  # noqa: ANN401
    """The first form of content that is there in several."""
    first = element.find(f"{_MC}Choice")
    return first if first is not None else next(element.iter(f"{_MC}Fallback"), ())


def _within(box: Any, boxes: set[Any]) -> bool:  # noqa: ANN401
    return any(parent in boxes for parent in box.iterancestors(f"{W}txbxContent"))
