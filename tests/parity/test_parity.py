"""The proof that every copy says what the site says, and that the proof can fail."""

import runpy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.parity.content import COMPARED, Content, Link, Target, differences
from tests.parity.pages import read_book, read_site
from tests.parity.pdf import read_pdf
from tests.parity.word import read_word
from tests.pdf.documents import SVG
from tests.projects import ROOT, Project

CONF = runpy.run_path(str(ROOT / "conf.py"))
# The PDFs that hold pages as they are; in the others, those of other pages stand among them.
PDFS = {one["name"]: one for one in CONF["evidence_pdf_documents"] if "appendix" not in one}


@pytest.fixture(scope="module")
def site(pristine: Project) -> Content:
    """What the real site says."""
    return read_site(pristine.root / "build" / "html")


def test_copies_are_those_that_are_promised() -> None:
    assert {"recovery-based-approaches", "recovery-based-approaches-large-print"} < {*PDFS}
    assert {"recovery-based-approaches-complete", "summary", "summary-large-print"} < {*PDFS}
    assert not set(PDFS["recovery-based-approaches-complete"]) & {"pages", "without"}
    record = {"editorial-record", "questions-for-the-author"}
    assert {*PDFS["recovery-based-approaches"]["without"]} >= record
    assert not PDFS["recovery-based-approaches-complete"].get("brief_references")
    (size,) = {*PDFS["recovery-based-approaches-large-print"]} - {
        *PDFS["recovery-based-approaches"]
    }
    assert size == "size"


def test_site_says_something(site: Content) -> None:
    assert all(getattr(site, kind) for kind in COMPARED)
    assert {numbered.label for numbered in site.numbered} >= {"Box 1", "Figure 1", "Table 1"}
    assert len(site.citations()) > 100
    assert all(link.target.page for link in site.links)


def test_book_says_the_same_as_the_paper(pristine: Project) -> None:
    (path,) = (pristine.root / "build" / "epub").iterdir()
    without = PDFS["recovery-based-approaches"]["without"]
    site = read_site(pristine.root / "build" / "html", lambda page: page not in without)
    assert [*differences("the e-book", read_book(path), "the site", site)] == []


def test_word_says_the_same(pristine: Project) -> None:
    (path,) = (pristine.root / "build" / "docx").iterdir()
    without = CONF["evidence_docx_without"]
    assert set(without) == set(PDFS["recovery-based-approaches"]["without"])
    site = read_site(pristine.root / "build" / "html", lambda page: page not in without)
    assert [*differences("the copy in Word", read_word(path, site), "the site", site)] == []


@pytest.mark.parametrize("name", PDFS)
def test_pdf_says_the_same(pristine: Project, name: str) -> None:
    given = PDFS[name]
    pages, without = given.get("pages"), given.get("without", ())
    site = read_site(
        pristine.root / "build" / "html",
        lambda page: page in pages if pages else page not in without,
        tables_as_lists=given.get("size") == "large",
        brief_references=given.get("brief_references", False),
    )
    found = read_pdf(pristine.root / "build" / "pdf" / f"{name}.pdf", site)
    if pages:  # the title of the document is that of no page
        del found.headings[0]
    assert [*differences("the PDF", found, "the site", site)] == []


# -- The proof can fail: on a copy of what was read -------------------------------------


def changed(content: Content, kind: str, values: list[Any]) -> Content:
    other = replace(content)
    setattr(other, kind, values)
    return other


def without_last(content: Content, kind: str) -> Content:
    return changed(content, kind, getattr(content, kind)[:-1])


def swapped(content: Content, kind: str) -> Content:
    first, second, *rest = getattr(content, kind)
    return changed(content, kind, [second, first, *rest])


@pytest.mark.parametrize("kind", COMPARED)
def test_what_is_lost_is_told(site: Content, kind: str) -> None:
    lost = getattr(site, kind)[-1]
    (told,) = differences("the copy", without_last(site, kind), "the site", site)
    assert told == f"{kind}: the site has {[lost]}, the copy has []"


@pytest.mark.parametrize("kind", sorted({*COMPARED} - {"images"}))
def test_another_order_is_told(site: Content, kind: str) -> None:
    assert [*differences("the copy", swapped(site, kind), "the site", site)] != []


def test_citation_of_another_work_is_told(site: Content) -> None:
    first = site.links.index(site.citations()[0])
    wrong = Link(site.links[first].words, Target("references", "ref-other-1"))
    copy = replace(site, links=[*site.links[:first], wrong, *site.links[first + 1 :]])
    (told,) = differences("the copy", copy, "the site", site)
    assert "ref-other-1" in told


# -- And on builders that are broken on purpose -----------------------------------------

PAGE = """\
# Page

{numref}`box-a`, {numref}`table-a` and {numref}`figure-a`.
By {cite:t}`ada2001` and {cite:p}`bo2002`.

```{box} First box
:name: box-a

Words {cite:p}`bo2002`.
```

```{list-table} A table
:name: table-a
:header-rows: 1

* - Head
* - Cell
```

```{figure} picture.svg
:name: figure-a
:alt: A square

A caption.
```

## Part

See the [references](references.md).

1. One
   - Two
2. Three
"""
REFERENCES = "# References\n\n```{bibliography}\n```\n"
BIB = """\
@book{ada2001,
  author = {Ada, A.},
  title = {First work},
  year = {2001},
}

@book{bo2002,
  author = {Bo, B.},
  title = {Second work},
  year = {2002},
}
"""


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small project with one of each, built as an e-book."""
    made = Project(tmp_path_factory.mktemp("tiny"))
    made.write(
        "conf.py",
        "project = author = copyright = 'Sample'\n"
        "version = release = '1'\n"
        "language = 'en-GB'\n"
        "extensions = ['myst_parser', 'sphinx_evidence']\n"
        "evidence_short_names = True\n"
        "numfig = True\n"
        "numfig_secnum_depth = 0\n"
        "numfig_format = {'box': 'Box %s', 'figure': 'Figure %s', 'table': 'Table %s'}\n"
        "bibtex_bibfiles = ['references.bib']\n"
        "bibtex_default_style = bibtex_reference_style = 'harvard'\n"
        "bibtex_cite_id = 'ref-{key}-{bibliography_count}'\n"
        "epub_show_urls = 'no'\n",
    )
    made.write("references.bib", BIB)
    made.write("docs/index.md", "# Sample\n\n```{toctree}\n:hidden:\n\npage\nreferences\n```\n")
    made.write("docs/page.md", PAGE)
    made.write("docs/references.md", REFERENCES)
    made.write("docs/picture.svg", SVG)
    return made


def copies(tiny: Project, broken: str = "", part: str = "") -> tuple[Content, Content, Content]:
    """The e-book, the PDF and the .docx of the tiny project; one by a builder that is broken."""
    made: dict[str, Path] = {}
    before = (tiny.root / "conf.py").read_text("utf-8")
    for builder in ("epub", "pdf", "docx"):
        if builder == part:
            tiny.append("conf.py", broken)
        name = f"{builder}-broken" if builder == part else builder
        out = tiny.root / "build" / name
        if not out.exists() or builder == part:
            built = tiny.build(builder, "-E", name=name)
            assert built.status == 0, built.text
        (made[builder],) = out.iterdir()
        tiny.write("conf.py", before)
    book = read_book(made["epub"])
    return book, read_pdf(made["pdf"], book), read_word(made["docx"], book)


def test_copies_of_the_tiny_project_are_equal(tiny: Project) -> None:
    book, pdf, word = copies(tiny)
    assert [*differences("the .docx", word, "the e-book", book)] == []
    assert [*differences("the PDF", pdf, "the e-book", book)] == []
    assert [numbered.label for numbered in book.numbered] == ["Box 1", "Table 1", "Figure 1"]
    assert [link.target.place for link in book.citations()] == [
        "ref-ada2001-1", "ref-bo2002-1", "ref-bo2002-1"
    ]  # fmt: skip


DROP_BOX = """
from docutils import nodes
from sphinx_evidence.pdf.components import ComponentMixin
from sphinx_evidence.pdf.walker import Walker
def drop(self, node):
    raise nodes.SkipNode
ComponentMixin.visit_box = drop
Walker.check_links = lambda self: None
goto = Walker.link
Walker.link = lambda self, uri, body, node: body if "box" in uri else goto(self, uri, body, node)
"""
RENUMBER = """
from sphinx_evidence.pdf.walker import Walker
number = Walker.number
Walker.number = lambda self, kind, node: number(self, kind, node).replace("Table 1", "Table 2")
"""
MISLEAD = """
from sphinx_evidence.pdf.walker import Walker
goto = Walker.link
Walker.link = lambda self, uri, body, node: goto(
    self, uri.replace("ada2001", "bo2002"), body, node)
"""
DROP_FRAME = """
from sphinx_evidence.docx.components import ComponentMixin
from sphinx_evidence.runtime.walker import TreeWalker
ComponentMixin.visit_box = lambda self, node: None
TreeWalker.check_links = lambda self: None
"""
LOSE_CITATION = """
from docutils import nodes
from sphinx_evidence.epub.builder import EPUBBuilder
write = EPUBBuilder.write_doc
def lose(self, docname, doctree):
    for link in [*doctree.findall(nodes.reference)]:
        if "ref-ada" in link.get("refuri", ""):
            link.replace_self(nodes.inline("", "", *link.children))
    write(self, docname, doctree)
EPUBBuilder.write_doc = lose
"""


@pytest.mark.parametrize(
    ("part", "broken", "told"),
    [
        ("pdf", DROP_BOX, "numbered: the e-book has [Numbered(label='Box 1', title='First box')]"),
        ("pdf", RENUMBER, "the PDF has [Numbered(label='Table 2', title='A table')]"),
        ("pdf", MISLEAD, "Target(page='references', place='ref-bo2002-1'))]"),
        ("docx", DROP_FRAME, "[Numbered(label='Box 1', title='First box')], the .docx has []"),
        ("epub", LOSE_CITATION, "links: the e-book has [], the PDF has [Link(words='Ada (2001)'"),
    ],
    ids=["box", "number", "target", "frame", "citation"],
)
def test_broken_builder_is_told(tiny: Project, part: str, broken: str, told: str) -> None:
    book, pdf, word = copies(tiny, broken, part)
    found = [*differences("the PDF", pdf, "the e-book", book)]
    found += differences("the .docx", word, "the e-book", book)
    assert any(told in difference for difference in found), found
