"""The PDFs of the real project: their structure, and their text word for word.

Each check is also given a PDF that was broken on purpose, to see that it can fail.
"""

from collections.abc import Callable, Iterator
from itertools import chain

import pikepdf
import pytest
from docutils import nodes
from pikepdf import Array, Dictionary, Name
from sphinx import addnodes
from sphinx.application import Sphinx

from sphinx_evidence.boxes import box
from tests.pdf.accessibility import faults
from tests.pdf.reading import Element, read
from tests.pdf.wording import PAGE, Wording, resolved, source_of
from tests.projects import Project
from tests.real import PDFS


def test_structure(real_pdf: pikepdf.Pdf) -> None:
    assert faults(real_pdf) == []


# -- Each check can fail ------------------------------------------------------------


def first(document: pikepdf.Pdf, kind: str) -> pikepdf.Object:
    return read(document).named(kind)[0].source


def drop_language(document: pikepdf.Pdf) -> None:
    del document.Root.Lang


def drop_mark(document: pikepdf.Pdf) -> None:
    document.Root.MarkInfo.Marked = False


def hide_title(document: pikepdf.Pdf) -> None:
    document.Root.ViewerPreferences.DisplayDocTitle = False


def drop_claims(document: pikepdf.Pdf) -> None:
    del document.Root.Metadata


def drop_bookmarks(document: pikepdf.Pdf) -> None:
    del document.Root.Outlines


def drop_labels(document: pikepdf.Pdf) -> None:
    del document.Root.PageLabels


def drop_tabs(document: pikepdf.Pdf) -> None:
    for page in document.pages:
        page.obj["/Tabs"] = Name.R


def add_untagged_text(document: pikepdf.Pdf) -> None:
    page = document.pages[-1]
    page.contents_add(b"BT () Tj ET", prepend=True)


def drop_to_unicode(document: pikepdf.Pdf) -> None:
    # Of a font of its own, so that the text can still be read.
    fonts = document.pages[-1].Resources.Font
    copy = Dictionary(dict(next(iter(fonts.values())).items()))
    del copy.ToUnicode
    fonts["/Bare"] = document.make_indirect(copy)


def drop_font_file(document: pikepdf.Pdf) -> None:
    font = next(iter(document.pages[-1].Resources.Font.values()))
    found = font.DescendantFonts[0].FontDescriptor
    for key in {"/FontFile2", "/FontFile3"} & set(found.keys()):
        del found[key]


def invent_kind(document: pikepdf.Pdf) -> None:
    first(document, "/P").S = Name.Sidebar


def misplace_cell(document: pikepdf.Pdf) -> None:
    first(document, "/P").S = Name.TD


def skip_level(document: pikepdf.Pdf) -> None:
    first(document, "/H2").S = Name.H4


def drop_scope(document: pikepdf.Pdf) -> None:
    table = read(document).named("/Table")[0]
    for cell in table.named("/TH", "/TD"):
        del cell.source.A


def drop_headers(document: pikepdf.Pdf) -> None:
    for cell in read(document).named("/Table")[0].named("/TH"):
        cell.source.S = Name.TD


def drop_alt(document: pikepdf.Pdf) -> None:
    del first(document, "/Figure").Alt


def drop_description(document: pikepdf.Pdf) -> None:
    for page in document.pages:
        for annotation in page.get("/Annots", Array()):
            annotation.Contents = pikepdf.String("1")


def untag_link(document: pikepdf.Pdf) -> None:
    link = first(document, "/Link")
    link.K = Array([kid for kid in link.K if not isinstance(kid, Dictionary) or "/Obj" not in kid])


def empty_link(document: pikepdf.Pdf) -> None:
    link = first(document, "/Link")
    link.K = Array([kid for kid in link.K if isinstance(kid, Dictionary) and "/Obj" in kid])


@pytest.mark.parametrize(
    ("break_it", "told"),
    [
        (drop_language, "7.2: the document has no language"),
        (drop_mark, "7.1: the document is not marked as tagged"),
        (hide_title, "7.1: the title is not displayed"),
        (drop_claims, "5: the metadata do not claim pdfuaid:part 1"),
        (drop_claims, "5: the metadata do not claim pdfaid:part 2"),
        (drop_claims, "7.1: the metadata have no title"),
        (drop_bookmarks, "7.17: there are no bookmarks"),
        (drop_labels, "7.16: the pages have no labels"),
        (drop_tabs, "the tab order is not that of the structure"),
        (add_untagged_text, "something is neither content nor artifact"),
        (drop_to_unicode, "has no ToUnicode map"),
        (drop_font_file, "is not embedded"),
        (invent_kind, "7.1: /Sidebar is no standard kind"),
        (misplace_cell, "7.2: /TD stands in"),
        (skip_level, "skips a level of heading"),
        (drop_scope, "does not say what it heads"),
        (drop_headers, "has no header cell"),
        (drop_headers, "names a header cell that is not there"),
        (drop_alt, "7.3: a figure has no alternative text"),
        (drop_description, "a link says “1”"),
        (untag_link, "a link is not tagged"),
        (empty_link, "7.18.5: a link has no text"),
    ],
)
def test_broken_structure_is_told(
    pristine: Project, break_it: Callable[[pikepdf.Pdf], None], told: str
) -> None:
    with pikepdf.open(pristine.root / "build" / "pdf" / "discussion-pack.pdf") as document:
        break_it(document)
        assert any(told in fault for fault in faults(document))


# -- The text, word for word --------------------------------------------------------


@pytest.mark.parametrize("name", PDFS)
def test_text_is_that_of_the_pages(pristine: Project, pages: Sphinx, name: str) -> None:
    with pikepdf.open(pristine.root / "build" / "pdf" / f"{name}.pdf") as document:
        assert words(read(document)) == expected(pages, name)


def test_lost_and_moved_words_are_told(pristine: Project, pages: Sphinx) -> None:
    path = pristine.root / "build" / "pdf" / "discussion-pack.pdf"
    wanted = expected(pages, "discussion-pack")
    with pikepdf.open(path) as document:
        group = document.Root.StructTreeRoot.K[0]
        last = group.K[-1]
        del group.K[-1]
        assert words(read(document)) == wanted[: len(words(read(document)))] != wanted
        group.K.insert(0, last)
        assert words(read(document)) != wanted


def words(tree: Element) -> list[str]:
    """The words of a PDF but for its contents, its pictures and its numbers of pages."""
    for element in tree.walk():
        element.kids = [
            kid
            for kid in element.kids
            if isinstance(kid, str) or kid.kind not in {"/TOC", "/Figure"}
        ]
    return PAGE.sub("", tree.text).split()


def expected(app: Sphinx, name: str) -> list[str]:
    """The words of the cover, then of the pages."""
    (given,) = (entry for entry in app.config.evidence_pdf_documents if entry["name"] == name)
    without = given.get("without", [])
    wording = Wording(
        app.builder,
        lists_for_tables=given.get("size") == "large",
        brief=given.get("brief_references", False),
        held=frozenset(given.get("pages", set(app.env.found_docs).difference(without))),
    )
    cover = [given.get("title", app.config.project), given.get("subtitle", ""), app.config.author]
    facts = [f"Version {app.config.release}", "1 January 1970", app.config.html_baseurl]
    if "pages" in given:
        in_place = given.get("in_place", [])
        text = chain.from_iterable(
            wording.of_page(page, in_place=page in in_place) for page in given["pages"]
        )
        if given.get("sheets"):
            end = " · ".join([app.config.author, *facts])
            return [*split(*cover[:2]), *text, *split(end)]
        here = {name for page in in_place for name in names(app, page)}
        found = referred(app, wording, given["pages"], here)
        return [*split(*cover, "Contents", *facts), *text, *split(given["appendix"]), *found]
    root, *others = (page for page in app.env.collect_relations() if page not in without)
    toctrees = [node.attributes for node in app.env.get_doctree(root).findall(addnodes.toctree)]
    held = [([*filter(others.__contains__, t["includefiles"])], t["caption"]) for t in toctrees]
    captions = {pages[0]: caption for pages, caption in held if pages}
    # The title of the first page is that of the cover.
    start = wording.of_page(root)[len(app.config.project.split()) :]
    text = chain.from_iterable(
        [*split(captions.get(page, "")), *wording.of_page(page)] for page in others
    )
    return [*split(*cover, *facts), *start, "Contents", *text]


def names(app: Sphinx, page: str) -> set[str]:
    """The names of the boxes, tables and figures to which a page refers."""
    references = resolved(app.builder, page).findall(addnodes.number_reference)
    return {reference["refuri"].partition("#")[2] for reference in references}


def referred(app: Sphinx, wording: Wording, given: list[str], here: set[str]) -> Iterator[str]:
    """The words of the boxes, tables and figures to which pages refer; not of those ``here``."""
    wanted = {name for page in given for name in names(app, page)} - here
    for page in app.env.collect_relations():
        tree = resolved(app.builder, page)
        for node in tree.findall(nodes.Element):
            if isinstance(node, box | nodes.table | nodes.figure) and wanted & set(node["ids"]):
                yield from wording.of(page, node, *source_of(node))


def split(*texts: str) -> list[str]:
    return " ".join(texts).split()
