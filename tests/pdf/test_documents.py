"""``evidence_pdf_documents``: several documents, what each holds, and what is wrong with it."""

from pathlib import Path

import pikepdf
import pytest

from sphinx_evidence.pdf import documents
from sphinx_evidence.pdf.documents import PDFDocument, Size, Text
from tests.pdf.documents import Make
from tests.pdf.reading import read
from tests.pdf.wording import PAGE
from tests.projects import Project

BOX = (
    "# {0}\n\nSee {{numref}}`{0}`.\n\n"
    "```{{box}} Title of {0}\n:name: {0}\n\nIn {0}, [out](c.md).\n```\n"
)
PAGES = {
    "a.md": "# A\n\nSee {numref}`b` and {numref}`t`, {ref}`part` and [C](c.md).\n\n"
    "{.questions}\n1. Why?\n2. How?\n\nAnd\n\n1. Not asked\n",
    "b.md": BOX.format("b") + "\n(part)=\n## Part\n\nMore.\n",
    "c.md": BOX.format("c") + "\n```{table} Numbers\n:name: t\n| n |\n| - |\n| 1 |\n```\n\n"
    "{.source}\nFrom a source.\n\nNot this.\n",
}  # fmt: skip


def text_of(path: Path) -> str:
    with pikepdf.open(path) as found:
        return read(found).text


# -- Reading it --------------------------------------------------------------------


def test_defaults() -> None:
    assert documents.read([{"name": "a"}], "Project") == [
        PDFDocument("a", "Project", "", Size.STANDARD, 0, Text())
    ]


def test_all_keys() -> None:
    entry = {
        "name": "a", "title": "T", "subtitle": "S", "size": "large", "sheets": 2, "pages": ["p"],
        "without": ["w"], "appendix": "More", "in_place": ["p"], "brief_references": True,
        "writing_lines": 3,
    }  # fmt: skip
    text = Text(("p",), ("w",), "More", ("p",), brief_references=True, writing_lines=3)
    assert documents.read([entry], "") == [PDFDocument("a", "T", "S", Size.LARGE, 2, text)]


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        (["a"], "entry 1: 'a' is not a dictionary. Write {\"name\": "),
        ([{"title": "T"}], 'entry 1: the file has no name. Write "name": '),
        ([{"name": "a/b"}], "entry 1: the file has no name."),
        ([{"name": "a", "titles": "T"}], 'entry 1: there is no key "titles". Did you mean "title"'),
        (
            [{"name": "a", "zzz": 1}],
            'entry 1: there is no key "zzz". Write one of: appendix, brief_references, in_',
        ),
        ([{"name": "a"}, {"name": 1}], 'entry 2: "name" is 1. Write a text.'),
        (
            [{"name": "a", "pages": "p"}],
            "entry 1: \"pages\" is 'p'. Write a list of names of pages.",
        ),
        ([{"name": "a", "pages": [1]}], 'entry 1: "pages" is [1]. Write a list of names of pages.'),
        (
            [{"name": "a", "brief_references": 1}],
            'entry 1: "brief_references" is 1. Write True or False.',
        ),
        (
            [{"name": "a", "writing_lines": True}],
            'entry 1: "writing_lines" is True. Write a number.',
        ),
        (
            [{"name": "a", "size": "huge-print"}],
            'entry 1: there is no size "huge-print". Write one of: large, standard.',
        ),
        ([{"name": "a"}, {"name": "a"}], 'entry 2: the name "a" is taken. Write another name.'),
    ],
)
def test_wrong_setting_is_told(entries: list[object], message: str) -> None:
    with pytest.raises(ValueError, match="entry ") as error:
        documents.read(entries, "")
    assert message in " ".join(error.value.args)


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("[{'names': 'a'}]", 'there is no key "names". Did you mean "name"'),
        ("[{'name': 'a', 'pages': ['idnex']}]", 'there is no page "idnex". Did you mean "index"?'),
        (
            "[{'name': 'a', 'without': ['idnex']}]",
            'there is no page "idnex". Did you mean "index"?',
        ),
        (
            "[{'name': 'a', 'without': ['index']}]",
            '"without" leaves out "index", with which it begins. Delete "index" from "without".',
        ),
    ],
)
def test_wrong_setting_stops_the_build(project: Project, setting: str, message: str) -> None:
    project.append("conf.py", f"evidence_pdf_documents = {setting}\n")
    line = (project.root / "conf.py").read_text("utf-8").count("\n")
    built = project.build("pdf")
    assert built.status != 0
    assert f"conf.py:{line}: ERROR: evidence_pdf_documents: entry 1: {message}" in built.text
    assert not list(built.out.glob("*.pdf"))


def test_unknown_page_is_told() -> None:
    with pytest.raises(ValueError, match="entry ") as error:
        documents.check_pages(
            documents.read([{"name": "a", "pages": ["pag"]}], ""), ["page", "x"], "x"
        )
    assert error.value.args == (
        'entry 1: there is no page "pag".', 'Did you mean "page"?'
    )  # fmt: skip


# -- Several documents of one build ----------------------------------------------------


def test_several_documents_from_one_build(pdf: Make) -> None:
    first = pdf(
        PAGES, html_baseurl="https://example.org/x",
        evidence_pdf_documents=[
            {"name": "all"},
            {"name": "all-large", "size": "large"},
            {"name": "pack", "title": "Pack", "pages": ["a"], "appendix": "To hand"},
        ],
    )  # fmt: skip
    assert first.warnings == ""
    folder = first.path.parent
    assert sorted(path.name for path in folder.iterdir()) == [
        "all-large.pdf",
        "all.pdf",
        "pack.pdf",
    ]
    whole, large, pack = (text_of(folder / f"{n}.pdf") for n in ("all", "all-large", "pack"))
    assert "Not this." in whole
    assert PAGE.sub("", whole) == PAGE.sub("", large)
    assert pack.startswith("Pack Ada Contents")
    # What the page refers to, in its order there, with the source of the table; no more.
    end = pack.index("1. Not asked")
    expected = "To hand Box 1: Title of b In b, out. Table 1. Numbers n 1 From a source."
    assert pack[end:] == f"1. Not asked {expected}"
    with pikepdf.open(folder / "pack.pdf") as found:
        said = {str(note.Contents) for page in found.pages for note in page.get("/Annots", [])}
    # Other pages are on the site only.
    assert {"Box 1, page 2", "C, example.org", "Part, example.org", "out, example.org"} <= said


def test_a_footnote_comes_with_the_table_that_refers_to_it(pdf: Make) -> None:
    table = "```{list-table} T\n:name: t\n:header-rows: 1\n\n* - a\n* - b[^n]\n```\n"
    pages = {
        "page.md": "# Page\n\nSee {numref}`t`.\n",
        "other.md": f"# Other\n\n{table}\nMore.[^m]\n\n[^n]: The note.\n[^m]: Another.\n",
    }
    document = pdf(
        pages, evidence_pdf_documents=[{"name": "a", "pages": ["page"], "appendix": "More"}]
    )
    assert "The note." in document.text
    assert "Another." not in document.text


def test_pages_left_out_are_on_the_site_only(pdf: Make) -> None:
    index = "# Sample\n\n```{toctree}\n:caption: First\n\na\nb\n```\n"
    index += "\n```{toctree}\n:caption: Second\n\nc\n```\n"
    document = pdf(
        {"index.md": index, **PAGES}, html_baseurl="https://example.org/x",
        evidence_pdf_documents=[{"name": "paper", "without": ["a", "c"]}, {"name": "whole"}],
    )  # fmt: skip
    assert document.warnings == ""
    paper = text_of(document.path)
    assert "Title of b" in paper
    assert "First b" in paper  # the part begins with what is left of it
    assert not any(gone in paper for gone in ("Why?", "Title of c", "Second"))
    assert "https://example.org/x/c.html" in document.links
    assert "Second" in text_of(document.path.parent / "whole.pdf")


def test_what_a_page_refers_to_stands_in_its_place(pdf: Make) -> None:
    document = pdf(
        PAGES, html_baseurl="https://example.org/x",
        evidence_pdf_documents=[
            {"name": "pack", "pages": ["a", "b"], "appendix": "To hand", "in_place": ["a"]}
        ],
    )  # fmt: skip
    text = text_of(document.path)
    # The box is on a page that the document holds; the table is not, and comes with its source.
    assert "1. Not asked Table 1. Numbers n 1 From a source. b See Box 1." in PAGE.sub("", text)
    assert text.count("Numbers n 1") == 1
    assert "To hand" not in text  # nothing is left for it


def test_sheets_have_no_cover_and_must_hold_the_document(project: Project) -> None:
    project.write("docs/index.md", "# Sample\n\n```{toctree}\nshort\nlong\n```\n")
    project.write("docs/short.md", "# Short\n\nWords.\n")
    project.write("docs/long.md", "# Long\n\n" + "Many words to fill a sheet.\n\n" * 90)
    setting = "evidence_pdf_documents = [{'name': 'a', 'pages': ['%s'], 'sheets': 1}]\n"
    project.append("conf.py", setting % "short")
    built = project.build("pdf")
    assert built.status == 0, built.text
    with pikepdf.open(built.out / "a.pdf") as found:
        assert len(found.pages) == 1
        assert read(found).text.startswith("Sample Short Words.")
    project.replace("conf.py", "'short'", "'long'")
    built = project.build("pdf")
    assert built.status == 1
    wrong = 'entry 1: "a" needs 2 sheets, printed on both sides, and may have 1. Shorten its pages'
    assert f"evidence_pdf_documents: {wrong}" in built.text


def test_appendix_is_left_out_where_nothing_is_referred_to(pdf: Make) -> None:
    pages = {"page.md": "# Page\n\nWords.\n"}
    document = pdf(
        pages, evidence_pdf_documents=[{"name": "a", "pages": ["page"], "appendix": "More"}]
    )
    assert "More" not in document.text


def test_pages_below_a_page_come_with_it(pdf: Make) -> None:
    pages = {
        "outer.md": "# Outer\n\n```{toctree}\ninner\n```\n",
        "inner.md": "# Inner\n\nDeep.\n",
        "index.md": "# Sample\n\nRoot words.\n\n```{toctree}\nouter\n```\n",
    }
    document = pdf(pages, evidence_pdf_documents=[{"name": "a", "pages": ["outer"]}])
    assert "Deep." in document.text
    assert "Root words." not in text_of(document.path)


def test_room_to_write(pdf: Make) -> None:
    settings = {"pages": ["a"], "appendix": "X", "writing_lines": 4}
    document = pdf(
        PAGES,
        html_baseurl="https://example.org/",
        evidence_pdf_documents=[{"name": "a", **settings}],
    )
    assert document.typst.count("#question(") == 2  # not in the list without the class
    assert "1. Why? 2. How?" in text_of(document.path)


# -- Two sizes -------------------------------------------------------------------------


def test_large_print_lists_what_is_too_narrow_for_a_table(pdf: Make) -> None:
    long = "many words " * 20
    page = (
        "# Page\n\n{numref}`t` and {numref}`u`.\n\n"
        "```{list-table} Wide\n:name: t\n:header-rows: 1\n:stub-columns: 1\n"
        f"* - N\n  - One\n  - Two\n* - x\n  - {long}\n  - b\n* - y\n  - c\n  - d\n```\n\n"
        "```{table} Short\n:name: u\n| a | b |\n| - | - |\n| 1 | 2 |\n```\n"
    )
    both = [{"name": "s"}, {"name": "l", "size": "large"}]
    document = pdf({"page.md": page}, evidence_pdf_documents=both)
    with pikepdf.open(document.path) as found:
        assert len(read(found).named("/Table")) == 2
    with pikepdf.open(document.path.with_name("l.pdf")) as found:
        tree = read(found)
        (table,) = tree.named("/Table")
        assert [cell.text for cell in table.named("/TH", "/TD")] == ["a", "b", "1", "2"]
        (listed,) = tree.named("/Sect")
        assert str(listed.source.T) == "Table 1. Wide"
        assert listed.text == f"Table 1. Wide x One {long.strip()} Two b y One c Two d"


def test_page_numbers_follow_references_to_other_pages(pdf: Make) -> None:
    filler = "Words.\n\n" * 80
    page = (
        "# Page\n\n{numref}`b` and {ref}`near`.\n\n(near)=\n## Near\n\n"
        f"{filler}```{{box}} B\n:name: b\nX\n```\n"
    )
    text = text_of(pdf({"page.md": page}).path)
    assert "Box 1 (page 3) and Near." in text


def test_box_is_a_section_with_its_title(pdf: Make) -> None:
    page = (
        "# Page\n\n## Part\n\n```{box} Hope\nWords.\n\n:::{tip}\nInner.\n:::\n```\n\n"
        "```{card} Card\nC\n```\n"
    )
    with pikepdf.open(pdf({"page.md": page}, numfig=False).path) as found:
        sections = read(found).named("/Sect")
        assert [str(section.source.T) for section in sections] == ["Hope", "Tip", "Card"]
        assert [section.text for section in sections] == [
            "Hope Words. Tip Inner.",
            "Tip Inner.",
            "Card C",
        ]
        with found.open_outline() as outline:
            assert [item.title for item in outline.root[1].children] == ["Part"]


def test_languages_are_marked(pdf: Make) -> None:
    page = "# Page\n\nA [mot juste]{.language-fr} here.\n\n{.language-de}\nGuten Tag.\n"
    with pikepdf.open(pdf({"page.md": page}).path) as found:
        streams = b"".join(p.Contents.read_bytes() for p in found.pages)
        langs = [str(e.source.Lang) for e in read(found).walk() if "/Lang" in e.source]
    assert b"/Lang(fr)" in streams
    assert "de" in langs
