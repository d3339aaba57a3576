"""The look of the copy: styles that a screen reader names, lists that Word numbers."""

from typing import TYPE_CHECKING

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from sphinx_evidence.docx.xml import Element, make

if TYPE_CHECKING:
    from docx.document import Document

FONT, CODE = "Arial", "Courier New"
DARK, LINK, QUIET = "1F3A5F", "0B4A8F", "404040"  # each at 7:1 or more on white
GROUND = "EEF3F8"  # of boxes
MARGIN = Cm(2.5)
WIDTH = Cm(21) - 2 * MARGIN  # of the text, on A4
HEIGHT = Cm(22)  # of a picture, which leaves room for its caption
STEP = 400  # twentieths of a point, by which what is within a list is moved in
DEEPEST = 9  # levels of headings and lists that Word has

# Name, of which other, letters in points, space before and after; then what is so of it.
_PARAGRAPHS = (
    ("Normal", "", 11, 0, 0, ""),
    ("Body Text", "Normal", 11, 0, 8, ""),
    ("Title", "Normal", 26, 60, 12, "bold dark"),
    ("Subtitle", "Normal", 14, 0, 18, "dark"),
    ("Imprint", "Normal", 11, 0, 4, ""),
    ("Notice", "Body Text", 11, 14, 8, "framed"),
    ("TOC Heading", "Normal", 20, 0, 12, "bold dark next page"),
    ("toc 1", "Normal", 11, 0, 4, ""),
    ("Heading 1", "Normal", 20, 0, 12, "bold dark next page"),
    ("Heading 2", "Normal", 15, 18, 6, "bold dark next"),
    ("Heading 3", "Normal", 12, 14, 4, "bold dark next"),
    *((f"Heading {level}", "Normal", 11, 12, 4, "bold dark next") for level in range(4, 10)),
    ("Rubric", "Body Text", 11, 8, 4, "bold next"),
    ("Summary", "Body Text", 13, 0, 10, ""),
    ("How Sure", "Body Text", 11, 0, 8, "bar"),
    ("Source", "Body Text", 9.5, 2, 10, "quiet"),
    ("Note", "Body Text", 9.5, 0, 8, "quiet"),
    ("Caption", "Normal", 10.5, 10, 6, "bold dark next"),
    ("Figure Caption", "Caption", 10.5, 4, 8, "dark"),
    ("Box Title", "Caption", 11.5, 4, 6, "bold dark next"),
    ("Picture", "Normal", 11, 10, 4, "next"),
    ("List Bullet", "Body Text", 11, 0, 4, ""),
    ("List Number", "Body Text", 11, 0, 4, ""),
    ("List Continue", "Body Text", 11, 0, 4, ""),
    ("Quote", "Body Text", 11, 4, 8, "bar"),
    ("Term", "Body Text", 11, 8, 2, "bold next"),
    ("Definition", "Body Text", 11, 0, 6, ""),
    ("Code", "Normal", 9.5, 4, 8, "code"),
    ("Table Text", "Normal", 10, 2, 2, ""),
    ("Table Heading", "Table Text", 10, 2, 2, "bold next"),
    ("Bibliography", "Body Text", 11, 6, 2, "hanging next"),
    ("Reference Note", "Note", 9.5, 0, 2, "moved"),
    ("footnote text", "Normal", 9.5, 0, 2, ""),
    ("footer", "Normal", 9, 0, 0, "quiet"),
    ("Between", "Normal", 4, 0, 0, ""),
)  # fmt: skip


def dress(document: "Document", language: str) -> None:
    """Give the document its styles and its sheet, in place of those of the library."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN
    for style in list(document.styles):
        if style.name not in {"Default Paragraph Font", "Normal Table", "No List", "Table Grid"}:
            style.delete()
    for name, base, size, before, after, more in _PARAGRAPHS:
        _paragraph_style(document, name, base, (size, before, after), more.split())
    _character_style(document, "Hyperlink", make("color", val=LINK), make("u", val="single"))
    _character_style(document, "footnote reference", make("vertAlign", val="superscript"))
    fonts = {f"{at}": CODE for at in ("ascii", "hAnsi", "cs")}
    _character_style(document, "Code Words", make("rFonts", **fonts))
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
    defaults.clear()
    defaults.append(
        make("rPr", make("rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT),
             make("sz", val=22), make("lang", val=language))
    )  # fmt: skip


def _paragraph_style(
    document: "Document", name: str, base: str, sizes: tuple[float, float, float], more: list[str]
) -> None:
    size, before, after = sizes
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.hidden, style.quick_style = False, True
    if base:
        style.base_style = document.styles[base]
    else:
        style.element.set(qn("w:default"), "1")
    style.font.size = Pt(size)
    style.font.bold = "bold" in more
    ink = DARK if "dark" in more else QUIET if "quiet" in more else "000000"
    style.font.color.rgb = RGBColor.from_string(ink)
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), 1.2
    shape.keep_with_next, shape.page_break_before = "next" in more, "page" in more
    shape.widow_control = True
    if "hanging" in more:
        shape.left_indent, shape.first_line_indent = Pt(20), Pt(-20)
    if "moved" in more:
        shape.left_indent = Pt(20)
    if "code" in more:
        style.font.name = CODE
    properties = style.element.get_or_add_pPr()
    sides = {"framed": ("top", "left", "bottom", "right"), "bar": ("left",)}
    for how, drawn in sides.items():
        if how in more:
            lines = [make(side, val="single", sz=12, space=6, color=DARK) for side in drawn]
            properties.insert_element_before(
                make("pBdr", *lines), "w:shd", "w:spacing", "w:ind", "w:outlineLvl"
            )
            shape.left_indent = shape.right_indent = Pt(12)
    if name.startswith("Heading "):
        properties.append(make("outlineLvl", val=int(name[-1]) - 1))


def _character_style(document: "Document", name: str, *properties: Element) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    style.element.append(make("rPr", *properties))


class Numbering:
    """The lists of the document, each of which Word numbers from its own beginning."""

    def __init__(self, document: "Document") -> None:
        """Forget those of the library."""
        self.root: Element = document.part.numbering_part.element
        for child in list(self.root):
            self.root.remove(child)
        self.lists = 0
        self._bullets = 0

    def bullets(self) -> int:
        """The number of the list that all lists with bullets are."""
        self._bullets = self._bullets or self._add("bullet", "•", 1)
        return self._bullets

    def numbers(self, form: str, around: tuple[str, str], start: int) -> int:
        """The number of one more list; ``around`` are the signs before and after a number."""
        return self._add(form, around, start)

    def _add(self, form: str, text: str | tuple[str, str], start: int) -> int:
        self.lists += 1
        kind = make("abstractNum", make("multiLevelType", val="hybridMultilevel"),
                    abstractNumId=self.lists)  # fmt: skip
        for level in range(DEEPEST):
            sign = text if isinstance(text, str) else f"%{level + 1}".join(text)
            kind.append(
                make(
                    "lvl", make("start", val=start), make("numFmt", val=form),
                    make("lvlText", val=sign), make("lvlJc", val="left"),
                    make("pPr", make("ind", left=STEP * (level + 1), hanging=STEP)),
                    ilvl=level,
                )
            )  # fmt: skip
        number = make("num", make("abstractNumId", val=self.lists), numId=self.lists)
        # Word wants every kind before the first list.
        self.root.insert(self.lists - 1, kind)
        self.root.append(number)
        return self.lists


def emu(size: str, room: int) -> int:
    """The width that a docutils length means, in the units of drawings; 0 for none.

    Raises ValueError for what is no length.
    """
    number = size.strip().rstrip("%abcdefghijklmnopqrstuvwxyz")
    unit = size.strip()[len(number) :]
    units = {
        "": 9525, "px": 9525, "pt": 12700, "mm": 36000, "cm": 360000, "in": 914400,
        "em": 139700, "rem": 139700, "%": room / 100,
    }  # fmt: skip
    if size and (unit not in units or not number.replace(".", "", 1).isdecimal()):
        raise ValueError(f"not a length: {size}")
    return int(float(number) * units[unit]) if size else 0
