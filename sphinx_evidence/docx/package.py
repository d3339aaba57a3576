"""The archive of a .docx: its parts, what is said of it, and the same bytes for the same words."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import imagesize
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn

from sphinx_evidence.docx.styles import HEIGHT, dress
from sphinx_evidence.docx.xml import Element, field, make, run, words
from sphinx_evidence.word.origins import NAMESPACE, Origin, Origins, digest_of

_DOTS = 300  # an inch, of a drawing
_SCREEN = 96  # an inch, of a picture whose points are those of a screen
# A picture of any size would fill any memory, so it is made as large as it will be shown.
_PAGE = """\
#set page(width: auto, height: auto, margin: 0pt)
#context {{
  let size = measure(image("{file}"))
  image("{file}", width: calc.min({wanted}, {width}pt, {height}pt * (size.width / size.height)))
}}
"""
_OURS = "{5B3F7C1E-2D7A-4A53-9C5E-6E1D1C0A77B1}"  # Word wants an identifier of each part
_NOT_OURS = ("/stylesWithEffects", "/customXml", "/thumbnail")  # of the library's own template


@dataclass(frozen=True)
class Facts:
    """What is said of the document."""

    title: str
    author: str
    language: str
    foot: str  # what stands at the foot of each page
    page: str  # before its number
    time: int  # of the build, in seconds


class Package:
    """A document that is being written."""

    def __init__(self, facts: Facts, images: Path, home: Callable[[Path], str]) -> None:
        """Begin with an empty document; ``home`` names a file in the project."""
        self.facts, self.images, self.home = facts, images, home
        self.document = docx.Document()
        dress(self.document, facts.language)
        self._settings()
        self._foot()
        self.body: Element = self.document.element.body
        self.sheet = self.body.sectPr
        for child in list(self.body):
            self.body.remove(child)
        self.ids = {f"{style.name}": f"{style.style_id}" for style in self.document.styles}
        self.notes: dict[str, int] = {}  # the numbers of footnotes
        self.note_part: Any = None
        self.origins = Origins()

    def style_id(self, name: str) -> str:
        """What the parts call a style."""
        return self.ids[name]

    def note(self, path: Path, line: int, text: str) -> str:
        """Note where a paragraph comes from; the name of its bookmark."""
        name = self.home(path)
        if name not in self.origins.files:
            # Of conf.py no line is known, so it is always looked through for the words.
            known = path.is_file() and path.suffix != ".py"
            self.origins.files[name] = digest_of(path.read_bytes()) if known else ""
        return self.origins.add(Origin(name, line, text))

    def footnote(self, number: int) -> tuple[Any, Element]:
        """The part of the footnotes, and a new one in it."""
        if self.note_part is None:
            rules = [
                make("footnote", make("p", run(make(kind))), type=kind, id=at)
                for at, kind in ((-1, "separator"), (0, "continuationSeparator"))
            ]
            package = self.document.part.package
            self.note_part = XmlPart(
                PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES,
                make("footnotes", *rules), package,
            )  # fmt: skip
            self.document.part.relate_to(self.note_part, RELATIONSHIP_TYPE.FOOTNOTES)
        made = make("footnote", id=number)
        self.note_part.element.append(made)
        return self.note_part, made

    def image(self, name: str, wanted: int, room: int) -> Any:  # noqa: ANN401  # lxml has no types
        """A picture in a line, as wide as is wanted where that fits; 0 is for its own width.

        Raises ValueError for what cannot be drawn.
        """
        path, inch = self.images / name, _SCREEN
        content = path.read_bytes()
        if path.suffix == ".svg":
            content, inch, wanted = _drawn(path, wanted, room), _DOTS, 0
        across, down = imagesize.get(io.BytesIO(content))
        if across <= 0 or down <= 0:
            raise ValueError("it is no picture")
        width = min(wanted or across * 914400 // inch, room, HEIGHT * across // down)
        return self.document.part.new_pic_inline(io.BytesIO(content), width, None)

    def _settings(self) -> None:
        root = self.document.settings.element
        for name in ("compat", "themeFontLang", "savePreviewPicture", "rsids", "proofState"):
            for found in root.findall(qn(f"w:{name}")):
                found.clear()
                if name != "compat":
                    root.remove(found)
        office = "http://schemas.microsoft.com/office/word"
        now = make("compatSetting", name="compatibilityMode", uri=office, val=15)
        root.find(qn("w:compat")).append(now)  # otherwise Word says that it is an old document
        root.find(qn("w:defaultTabStop")).addprevious(make("trackRevisions"))
        document = self.document.core_properties
        document.title, document.author = self.facts.title, self.facts.author
        document.language, document.comments = self.facts.language, ""
        document.last_modified_by, document.revision = self.facts.author, 1
        document.created = document.modified = datetime.fromtimestamp(self.facts.time, UTC)

    def _foot(self) -> None:
        foot = self.document.sections[0].footer.paragraphs[0]._p  # noqa: SLF001  # the one way
        foot.append(run(words(f"{self.facts.foot} · {self.facts.page} ")))
        foot.extend([field("PAGE", "1"), run(words(" / ")), field("NUMPAGES", "1")])

    def save(self) -> bytes:
        """The bytes of the .docx."""
        self.body.append(self.sheet)
        part = self.document.part
        for relations in (part.rels, part.package.rels):
            for key, one in list(relations.items()):
                if one.reltype.endswith(_NOT_OURS):
                    relations.pop(key)
        self._keep_origins()
        written = io.BytesIO()
        self.document.save(written)
        packed = io.BytesIO()
        with zipfile.ZipFile(written) as old, zipfile.ZipFile(packed, "w") as new:
            for name in old.namelist():
                # With the same date, whenever it is made.
                new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
        return packed.getvalue()

    def _keep_origins(self) -> None:
        package = self.document.part.package
        kept = Part(
            PackURI("/customXml/item1.xml"), "application/xml", self.origins.to_xml(), package
        )
        office = "http://schemas.openxmlformats.org/officeDocument/2006"
        told = (
            f'<ds:datastoreItem ds:itemID="{_OURS}" xmlns:ds="{office}/customXml"><ds:schemaRefs>'
            f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
        )
        about = Part(
            PackURI("/customXml/itemProps1.xml"), CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES,
            told.encode(), package,
        )  # fmt: skip
        kept.relate_to(about, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
        self.document.part.relate_to(kept, RELATIONSHIP_TYPE.CUSTOM_XML)


def _drawn(path: Path, wanted: int, room: int) -> bytes:
    """A drawing as a picture: not every program that opens a .docx can draw it."""
    import typst  # noqa: PLC0415  # needs the extra

    page = _PAGE.format(
        file=path.name, wanted=f"{wanted / 12700}pt" if wanted else "size.width",
        width=room / 12700, height=HEIGHT / 12700,
    )  # fmt: skip
    fonts = Path(__file__).parent.parent / "pdf" / "fonts"
    try:
        return bytes(
            typst.compile(  # type: ignore[call-overload]  # a source in bytes
                page.encode(), root=path.parent, format="png", ppi=_DOTS, font_paths=[fonts],
                ignore_system_fonts=True,
            )
        )  # fmt: skip
    except typst.TypstError as error:
        raise ValueError(error.message) from error
