"""What PDF/UA-1 (ISO 14289-1) and the readers of a PDF ask of its structure.

The numbers are those of the clauses of ISO 14289-1:2014.
"""

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.pdf.reading import Element, read
from tests.pdf.sheet import sheet

STANDARD = {  # ISO 32000-1, 14.8.4
    "Annot", "Art", "BibEntry", "BlockQuote", "Caption", "Code", "Div", "Document", "Figure",
    "Form", "Formula", "H1", "H2", "H3", "H4", "H5", "H6", "Index", "L", "LBody", "LI", "Lbl",
    "Link", "NonStruct", "Note", "P", "Part", "Private", "Quote", "Reference", "Sect", "Span",
    "TBody", "TD", "TFoot", "TH", "THead", "TOC", "TOCI", "TR", "Table",
}  # fmt: skip
PARENTS = {
    "/TH": {"/TR"}, "/TD": {"/TR"}, "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
    "/LI": {"/L"}, "/LBody": {"/LI"}, "/TOCI": {"/TOC"},
}  # fmt: skip


def faults(document: pikepdf.Pdf) -> list[str]:
    """Return what is wrong with a PDF, in words; empty if nothing is."""
    tree = read(document)
    return [
        *_of_document(document),
        *_of_pages(document),
        *_of_fonts(document),
        *_of_kinds(document, tree),
        *_of_headings(tree),
        *_of_tables(tree),
        *_of_figures(tree),
        *_of_links(document, tree),
        *_of_notes(tree),
    ]


def _of_document(document: pikepdf.Pdf) -> Iterator[str]:
    root = document.Root
    if not str(root.get("/Lang", "")):
        yield "7.2: the document has no language"
    if not root.get("/MarkInfo", Dictionary()).get("/Marked"):
        yield "7.1: the document is not marked as tagged"
    if not root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle"):
        yield "7.1: the title is not displayed"
    claims = document.open_metadata()
    wanted_claims = {"pdfuaid:part": "1", "pdfaid:part": "2", "pdfaid:conformance": "A"}
    for name, wanted in wanted_claims.items():
        if claims.get(name) != wanted:
            yield f"5: the metadata do not claim {name} {wanted}"
    if not claims.get("dc:title"):
        yield "7.1: the metadata have no title"
    if "/Outlines" not in root:
        yield "7.17: there are no bookmarks"
    if "/PageLabels" not in root:
        yield "7.16: the pages have no labels"


def _of_pages(document: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(document.pages, 1):
        if page.get("/Annots") and page.get("/Tabs") != Name.S:
            yield f"7.18.3: on page {number}, the tab order is not that of the structure"
        if sheet(page).bare:
            yield f"7.1: on page {number}, something is neither content nor artifact"


def _of_fonts(document: pikepdf.Pdf) -> Iterator[str]:
    fonts = (font for page in document.pages for font in page.Resources.get("/Font", {}).values())
    for font in {font.objgen: font for font in fonts}.values():
        name = str(font.BaseFont)
        if "/ToUnicode" not in font:
            yield f"7.21.7: the font {name} has no ToUnicode map"
        inner = font.DescendantFonts[0].FontDescriptor
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.keys()):
            yield f"7.21.4: the font {name} is not embedded"


def _of_kinds(document: pikepdf.Pdf, tree: Element) -> Iterator[str]:
    roles = document.Root.StructTreeRoot.get("/RoleMap", Dictionary())
    for outer in tree.walk():
        for element in (kid for kid in outer.kids if isinstance(kid, Element)):
            meant = str(roles.get(element.kind, element.kind))
            if meant.removeprefix("/") not in STANDARD:
                yield f"7.1: {element.kind} is no standard kind"
            if outer.kind not in PARENTS.get(element.kind, {outer.kind}):
                yield f"7.2: {element.kind} stands in {outer.kind}"


def _of_headings(tree: Element) -> Iterator[str]:
    level = 0
    for heading in tree.named("/H1", "/H2", "/H3", "/H4", "/H5", "/H6"):
        following = int(heading.kind[-1])
        if following > level + 1:
            yield f"7.4.2: “{heading.text}” skips a level of heading"
        if not heading.text:
            yield "7.4: a heading is empty"
        level = following
    if not level:
        yield "7.4: there is no heading"


def _of_tables(tree: Element) -> Iterator[str]:
    for table in tree.named("/Table"):
        if not table.named("/TH"):
            yield f"7.5: the table “{table.text[:40]}” has no header cell"
        known = {str(cell.source.get("/ID", "")) for cell in table.named("/TH")}
        by_names = all(_attribute(cell, "/Headers") is not None for cell in table.named("/TD"))
        for cell in table.named("/TH"):
            if _attribute(cell, "/Scope") is None and not by_names:
                yield f"7.5: the header cell “{cell.text}” does not say what it heads"
        for cell in table.named("/TD"):
            names = _attribute(cell, "/Headers")
            if names is not None and not {str(name) for name in names} <= known:
                yield f"7.5: the cell “{cell.text[:40]}” names a header cell that is not there"


def _of_figures(tree: Element) -> Iterator[str]:
    for figure in tree.named("/Figure"):
        if not str(figure.source.get("/Alt", "")).strip():
            yield "7.3: a figure has no alternative text"


def _of_links(document: pikepdf.Pdf, tree: Element) -> Iterator[str]:
    tagged = set()
    for link in tree.named("/Link"):
        for kid in link.source.K if isinstance(link.source.K, Array) else [link.source.K]:
            if isinstance(kid, Dictionary) and "/Obj" in kid:
                tagged.add(kid.Obj.objgen)
        if not link.text and not link.named("/Figure"):
            yield "7.18.5: a link has no text"
    for number, page in enumerate(document.pages, 1):
        for annotation in page.get("/Annots", Array()):
            if annotation.objgen not in tagged:
                yield f"7.18.5: on page {number}, a link is not tagged"
            said = str(annotation.get("/Contents", ""))
            if not any(letter.isalpha() for letter in said):
                yield f"7.18.5: on page {number}, a link says “{said}”"


def _of_notes(tree: Element) -> Iterator[str]:
    names = [str(note.source.get("/ID", "")) for note in tree.named("/Note")]
    if "" in names or len(names) != len(set(names)):
        yield "7.9: a note has no name of its own"


def _attribute(cell: Element, name: str) -> pikepdf.Object | None:
    found = cell.source.get("/A", Array())
    for entry in found if isinstance(found, Array) else [found]:
        if isinstance(entry, Dictionary) and name in entry:
            return entry[name]
    return None
