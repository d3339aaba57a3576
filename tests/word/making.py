"""Word documents made in code: XML for the parts of a .docx, and the archive."""

import io
import zipfile
from collections.abc import Mapping
from html import escape

from tests.projects import PIXEL

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
RELATIONS = f"{OFFICE}/relationships"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{RELATIONS}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/>{more}</w:style>'
    for name, shown, more in (
        ("TitleA", "Title", ""),
        ("berschrift1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
        ("berschrift2", "heading 2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
        ("Own", "Own heading", '<w:basedOn w:val="berschrift2"/>'),
        ("Beschriftung", "caption", ""),
        ("Verzeichnis1", "toc 1", ""),
        ("Liste", "List", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
    )
)


def run(text: str, *, look: str = "") -> str:
    """A run; ``look`` are names of switches: ``b i``, or ``raised``."""
    switches = "".join(
        '<w:vertAlign w:val="superscript"/>' if one == "raised" else f"<w:{one}/>"
        for one in look.split()
    )
    return f'<w:r><w:rPr>{switches}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs in XML; what is no XML becomes a run."""
    inner = "".join(one if one.startswith("<") else run(one) for one in runs)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def item(*runs: str, number: int = 1, level: int = 0) -> str:
    """An item of a list."""
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(*runs, properties=numbered)


def numbering(*kinds: tuple[str, str]) -> str:
    """Lists 1, 2, …, each of a form and a text such as ``decimal`` and ``[%1]``."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">'
        + "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{text.replace("%1", f"%{level + 1}")}"/></w:lvl>'
            for level in range(3)
        )
        + "</w:abstractNum>"
        for at, (form, text) in enumerate(kinds, 1)
    )
    return abstract + "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>'
        for at in range(1, len(kinds) + 1)
    )


def complex_field(code: str, *shown: str, data: str = "") -> str:
    """A field as Word keeps it: its code, which may be parted, and what it shows."""
    parts = "".join(
        f'<w:r><w:instrText xml:space="preserve">{escape(code[at : at + 40])}</w:instrText></w:r>'
        for at in range(0, len(code), 40)
    )
    kept = f"<w:fldData>{data}</w:fldData>" if data else ""
    inner = "".join(one if one.startswith("<") else run(one) for one in shown)
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{kept}</w:fldChar></w:r>{parts}'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{inner}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def table(*rows: tuple[str, ...], header: bool = False) -> str:
    """A table of cells, each a text or XML."""
    made = ""
    for at, cells in enumerate(rows):
        head = "<w:trPr><w:tblHeader/></w:trPr>" if header and not at else ""
        inner = "".join(
            f"<w:tc>{one if one.startswith('<') else paragraph(one)}</w:tc>" for one in cells
        )
        made += f"<w:tr>{head}{inner}</w:tr>"
    return f"<w:tbl>{made}</w:tbl>"


def text_box(*paragraphs: str) -> str:
    """A run with a text box, in both forms that Word writes."""
    inner = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>"
        f"{inner}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        f"{inner}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def picture(alt: str = "", *, how: str = "embed", key: str = "picture") -> str:
    """A run with a picture that is in the archive, or with ``link`` elsewhere."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{escape(alt)}"/>'
        f'<a:blip r:{how}="{key}"/></wp:inline></w:drawing></w:r>'
    )


def docx(
    *body: str,
    parts: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """A .docx with a body; ``parts`` by kind, addresses of ``links`` by id, more ``files``."""
    inner = "".join(one if one.startswith("<") else paragraph(one) for one in body)
    given = {"styles": STYLES} | dict(parts or {})
    written = {"document": f"<w:body>{inner}</w:body>"} | given
    relations = "".join(_relation(kind, kind, f"{kind}.xml") for kind in given)
    relations += _relation("picture", "image", "media/image1.png")
    for key, address in (links or {}).items():
        kind = "image" if key.startswith("image") else "hyperlink"
        relations += _relation(key, kind, escape(address), ' TargetMode="External"')
    for at, name in enumerate(files or {}):
        if name.startswith("customXml/"):
            relations += _relation(f"own{at}", "customXml", f"../{name}")
    types = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{_TYPES}.'
        f'{"document.main" if kind == "document" else kind}+xml"/>'
        for kind in written
    )
    return archive({
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Default Extension="png" ContentType="image/png"/>{types}</Types>'
        ).encode(),
        "_rels/.rels": _relations(_relation("main", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _relations(relations),
        "word/media/image1.png": PIXEL,
        **{
            f"word/{kind}.xml": f"<w:{kind} {NAMESPACES}>{xml}</w:{kind}>".encode()
            for kind, xml in written.items()
        },
        **(files or {}),
    })  # fmt: skip


def archive(files: Mapping[str, bytes], *, packed: bool = True) -> bytes:
    """The bytes of an archive of files."""
    made = io.BytesIO()
    how = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(made, "w", how) as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    return made.getvalue()


def _relation(key: str, kind: str, target: str, mode: str = "") -> str:
    return f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>'


def _relations(inner: str) -> bytes:
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{namespace}">{inner}</Relationships>'.encode()
