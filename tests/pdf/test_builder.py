"""The builder: what it writes, what stops it, what it claims."""

import sys
from pathlib import Path

import pikepdf
import pytest

from sphinx_evidence.runtime.abort import BuildAborted
from sphinx_evidence.text.atomic import write_atomically
from tests.pdf.documents import Document, Make

PAGE = "# Page\n\nWords.\n"
PICTURE = "# Page\n\n```{figure} picture.svg\n:alt: A square\n\nA caption.\n```\n"


def metadata(document: Document) -> str:
    with pikepdf.open(document.path) as pdf:
        return pdf.Root.Metadata.read_bytes().decode("utf-8")


def test_writes_one_file_and_nothing_else(pdf: Make) -> None:
    document = pdf({"page.md": PICTURE}, evidence_pdf_documents=[{"name": "paper"}])
    assert [path.name for path in document.path.parent.iterdir()] == ["paper.pdf"]
    assert document.warnings == ""


def test_claims_pdf_ua_and_names_title_author_and_language(pdf: Make) -> None:
    document = pdf({"page.md": PAGE}, evidence_pdf_documents=[{"name": "a", "title": "The title"}])
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata(document)
    with pikepdf.open(document.path) as found:
        assert found.Root.Lang == "en-GB"
        assert found.Root.MarkInfo.Marked
        assert found.Root.ViewerPreferences.DisplayDocTitle
        assert found.docinfo.Title == "The title"
        assert found.docinfo.Author == "Ada"


def test_title_is_the_project_by_default(pdf: Make) -> None:
    with pikepdf.open(pdf({"page.md": PAGE}).path) as found:
        assert found.docinfo.Title == "Sample"


def test_standards_are_a_choice(pdf: Make) -> None:
    assert "<pdfaid:part>2</pdfaid:part>" in metadata(pdf({"page.md": PAGE}))
    document = pdf({"page.md": PAGE}, evidence_pdf_standards=["a-3a", "ua-1"])
    assert "<pdfaid:part>3</pdfaid:part>" in metadata(document)


def test_standard_that_there_is_not_stops(pdf: Make) -> None:
    with pytest.raises(BuildAborted, match="unknown pdf standard: ua-9"):
        pdf({"page.md": PAGE}, evidence_pdf_standards=["ua-9"])


def test_typst_that_is_stopped_stops(pdf: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(BuildAborted, match="Typst was stopped, as where there is too little mem"):
        pdf({"page.md": PAGE})


def test_cover_shows_subtitle_version_and_date(pdf: Make) -> None:
    document = pdf(
        {"page.md": PAGE}, release="1.2", today="May 2025",
        evidence_pdf_documents=[{"name": "a", "subtitle": "Below"}],
    )  # fmt: skip
    for words in ("Below", "1.2", "May 2025"):
        assert f'"{words}"' in document.typst


def test_same_bytes_for_the_same_input(
    pdf: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    pages = {"page.md": PICTURE + "\n| a | b |\n| - | - |\n| c | d |\n"}
    first = pdf(pages).path.read_bytes()
    (tmp_path / "out" / "document.pdf").unlink()
    assert pdf(pages).path.read_bytes() == first


def test_template_and_fonts_of_the_project(pdf: Make, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    template = (
        "#let anchor(name) = []\n"
        '#let document(title: "", ..rest, body) = { set std.document(title: title)\n body }\n'
    )
    template += (
        "#let section(level, name, part: none, body) = heading(body)\n#let par(body) = body\n"
    )
    (tmp_path / "docs" / "own.typ").write_text(template, "utf-8")
    document = pdf(
        {"page.md": PAGE}, evidence_pdf_template="own.typ", evidence_pdf_font_paths=["."]
    )
    assert "P" not in document.kinds[:1]
    with pikepdf.open(document.path) as found:
        assert len(found.pages) == 1


# -- Stops ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("# Page\n\nText.\n\n$$x$$\n", r"page\.md:5: .*no rule for <math_block>"),
        ("# Page\n\n![](picture.svg)\n", r"page\.md:3: .*no alternative text"),
        ("# Page\n\n```{image} picture.svg\n```\n", r"page\.md:3: .*no alternative text"),
        (
            "# Page\n\n```{image} gone.svg\n:alt: Gone\n```\n",
            r"page\.md:3: .*gone\.svg cannot be read",
        ),
        (
            "# Page\n\nA letter no font has: \U00012000\n",
            r"page\.md:3: no font has the letter \U00012000 \(U\+12000\)\. Write it in",
        ),
    ],
    ids=["unknown-node", "no-alt-markdown", "no-alt-directive", "no-file", "no-glyph"],
)
def test_stops_and_leaves_the_earlier_pdf(pdf: Make, page: str, message: str) -> None:
    config = {"myst_enable_extensions": ["dollarmath"]}
    earlier = pdf({"page.md": PAGE}, **config)
    before = earlier.path.read_bytes()
    with pytest.raises(BuildAborted, match=message):
        pdf({"page.md": page}, **config)
    assert earlier.path.read_bytes() == before
    assert [path.name for path in earlier.path.parent.iterdir()] == ["document.pdf"]


@pytest.mark.parametrize("mark", ["[^a]\n\n[^a]: Note", " [link](other.md)"])
def test_page_title_with_a_mark_stops(pdf: Make, mark: str) -> None:
    with pytest.raises(BuildAborted, match=r"page\.md:1: the title of a page holds a link or"):
        pdf({"page.md": f"# Page{mark}\n", "other.md": PAGE})


@pytest.mark.parametrize("name", ["broken.svg", "broken.png", "broken.tiff"])
def test_image_that_cannot_be_read_stops(pdf: Make, tmp_path: Path, name: str) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / name).write_text("<svg", "utf-8")
    page = f"# Page\n\n![A](picture.svg)\n\nText ![B]({name})\n"
    message = rf"page\.md:5: the image {name} cannot be set: (failed|unknown)"
    with pytest.raises(BuildAborted, match=message):
        pdf({"page.md": page})


def test_footnote_without_a_reference_stops(pdf: Make) -> None:
    with pytest.raises(BuildAborted, match=r"page\.rst:4: nothing refers to the footnote"):
        pdf({"page.rst": "Page\n====\n\n.. [#a] Lost.\n"})


def test_warnings_of_typst_are_told(pdf: Make) -> None:
    document = pdf({"page.md": "# Page\n\n```{raw} typst\n#par[#block[Odd]]\n```\n"})
    assert "block may not occur inside of a paragraph" in document.warnings
    assert "[pdf.typst]" in document.warnings


def test_failed_write_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    with pytest.raises(TypeError):
        write_atomically(path, "not bytes")  # type: ignore[arg-type]
    assert [p.name for p in tmp_path.iterdir()] == ["a.pdf"]
    assert path.read_bytes() == b"old"


def test_link_out_of_the_pdf_is_told_and_keeps_its_text(pdf: Make) -> None:
    pages = {
        "index.md": "# Sample\n\n```{toctree}\npage\n```\n",
        "page.md": "# Page\n\nSee [the other page](other.md).\n",
        "other.md": "---\norphan: true\n---\n# Other\n",
    }
    document = pdf(pages)
    assert "page.md:3: WARNING: The link leads to other#" in document.warnings
    assert "[pdf.link]" in document.warnings
    assert "See the other page." in document.text


# -- Structure --------------------------------------------------------------------


def test_root_text_is_the_preface_and_captions_name_the_parts(pdf: Make) -> None:
    pages = {
        "index.md": "# Sample\n\nWelcome.\n\n"
        "```{toctree}\n:caption: First part\none\n```\n\n"
        "```{toctree}\n:caption: Second part\ntwo\n```\n",
        "one.md": "# One\n\nA [way back](index.md).\n",
        "two.md": "# Two\n\n## Inner\n\nWords.\n",
    }
    document = pdf(pages)
    text = document.text
    order = [text.index(words) for words in ("Welcome.", "Contents", "A way back", "Inner")]
    assert order == sorted(order)
    assert text.count("First part") == text.count("Second part") == 2
    with pikepdf.open(document.path) as found, found.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Contents", "One", "Two"]
        assert [item.title for item in outline.root[2].children] == ["Inner"]
    assert document.warnings == ""


def test_document_without_toctree_is_set_too(pdf: Make) -> None:
    document = pdf({"index.md": "# Sample\n\nAlone.\n\n## Part\n\nMore.\n"})
    assert "Alone." in document.text
    assert "H1" in document.kinds


def test_page_below_a_page_keeps_its_place(pdf: Make) -> None:
    pages = {
        "index.md": "# Sample\n\n```{toctree}\nouter\n```\n",
        "outer.md": "# Outer\n\nBefore.\n\n```{toctree}\ninner\n```\n",
        "inner.md": "# Inner\n\nAfter.\n",
    }
    kinds = pdf(pages).kinds
    assert kinds.count("H1") == 2  # the contents and the outer page
    assert kinds.count("H2") == 1


def test_numbered_sections_bear_their_numbers(pdf: Make) -> None:
    pages = {
        "index.md": "# Sample\n\n```{toctree}\n:numbered:\nouter\n```\n",
        "outer.md": "# Outer\n\n## Part\n\nSee {numref}`in`.\n\n```{toctree}\ninner\n```\n",
        "inner.md": "(in)=\n# Inner\n\n## Deep\n\nWords.\n",
    }
    text = pdf(pages).text
    for words in ("1. Outer", "1.1. Part See Section 1.1.1", "1.1.1. Inner 1.1.1.1. Deep Words"):
        assert words in text


def test_html_only_is_left_out(pdf: Make) -> None:
    page = (
        "# Page\n\n{.html-only}\nFor the screen.\n\n"
        ":::{container} html-only\nThis too.\n:::\n\nKept.\n"
    )
    text = pdf({"page.md": page}).text
    assert "screen" not in text
    assert "This too" not in text
    assert "Kept." in text
