"""The builder: what it writes, in which order, what it leaves out, what stops it."""

import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from sphinx_evidence.epub.contents import XHTML
from sphinx_evidence.runtime.abort import BuildAborted
from tests.epub.books import Book, Make
from tests.projects import Project

PAGE = "# Page\n\nWords.\n"
PICTURE = "# Page\n\n```{figure} picture.svg\n:alt: A square\n\nA caption.\n```\n"


def texts(tree: ET.Element, tag: str) -> list[str]:
    return ["".join(element.itertext()) for element in tree.iter(f"{XHTML}{tag}")]


def features(book: Book) -> set[str]:
    return {text for name, text in book.metadata if name == "schema:accessibilityFeature"}


# -- What is written ----------------------------------------------------------------


def test_writes_one_file_and_nothing_else(epub: Make) -> None:
    book = epub({"page.md": PICTURE}, epub_basename="paper", html_baseurl="https://example.org/")
    assert [path.name for path in book.path.parent.iterdir()] == ["paper.epub"]
    assert book.warnings == ""


def test_holds_no_script_and_nothing_of_the_site(epub: Make) -> None:
    names = epub({"page.md": PICTURE}, html_css_files=["site.css"], html_favicon="i.ico").names
    assert names == [
        "mimetype", "META-INF/container.xml", "EPUB/package.opf", "EPUB/nav.xhtml",
        "EPUB/style.css", "EPUB/cover.png", "EPUB/index.xhtml", "EPUB/page.xhtml",
        "EPUB/_images/picture.svg",
    ]  # fmt: skip


def test_format_can_be_told_by_the_first_bytes(epub: Make) -> None:
    book = epub({"page.md": PAGE})
    assert book.path.read_bytes()[30:58] == b"mimetypeapplication/epub+zip"
    with zipfile.ZipFile(book.path) as file:
        assert file.infolist()[0].compress_type == zipfile.ZIP_STORED


def test_same_bytes_for_the_same_input(
    epub: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    first = epub({"page.md": PICTURE, "sub/a.md": PAGE})
    before = first.path.read_bytes()
    assert ("dcterms:modified", "2023-11-14T22:13:20Z") in first.metadata
    first.path.unlink()
    (tmp_path / "docs" / "page.md").touch()  # as after a fresh checkout
    assert epub({"page.md": PICTURE, "sub/a.md": PAGE}).path.read_bytes() == before


def test_every_page_names_its_language_and_title(epub: Make) -> None:
    book = epub({"page.md": "# A & *b*\n"}, language="de", epub_author="Ada")
    for name, title in (("index.xhtml", "Sample"), ("page.xhtml", "A & b")):
        tree = book.tree(name)
        assert tree.get("lang") == tree.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
        assert texts(tree, "title") == [title]


# -- Metadata -----------------------------------------------------------------------


def test_metadata_says_what_is_set_and_nothing_else(epub: Make) -> None:
    book = epub({"page.md": PAGE}, epub_description="In short <&>", epub_copyright="Ada")
    found = [pair for pair in book.metadata if pair[0] in {
        "title", "language", "creator", "contributor", "publisher", "description", "rights",
    }]  # fmt: skip
    assert found == [
        ("title", "Sample"), ("language", "en-GB"), ("creator", "Ada"),
        ("description", "In short <&>"), ("rights", "Ada"),
    ]  # fmt: skip


def test_identifier_follows_the_address_or_is_given(epub: Make) -> None:
    def identifier(**config: object) -> str:
        return dict(epub({"page.md": PAGE}, **config).metadata)["identifier"]

    assert identifier(html_baseurl="https://example.org/") == (
        "urn:uuid:527dda32-a0de-5105-a042-cb475b5f7d11"
    )
    assert identifier(html_baseurl="https://example.org/a/") != identifier()
    assert identifier(epub_identifier="urn:isbn:9780000000002") == "urn:isbn:9780000000002"


def test_accessibility_is_told_by_what_the_pages_hold(epub: Make) -> None:
    plain = epub({"page.md": PAGE})
    assert ("schema:accessMode", "visual") not in plain.metadata
    assert "alternativeText" not in features(plain)
    pictured = epub({"page.md": PICTURE})
    assert ("schema:accessMode", "visual") in pictured.metadata
    assert ("schema:accessModeSufficient", "textual") in pictured.metadata
    assert ("schema:accessibilityHazard", "none") in pictured.metadata
    assert {"alternativeText", "tableOfContents", "readingOrder"} <= features(pictured)


def test_conformance_is_claimed_in_a_name_or_not_at_all(epub: Make) -> None:
    assert "conformsTo" not in epub({"page.md": PAGE}).text("package.opf")
    report = "https://example.org/accessibility.html"
    book = epub(
        {"page.md": PAGE}, evidence_epub_certified_by="Ada", evidence_epub_certifier_report=report
    )
    told = dict(book.metadata)
    assert told["dcterms:conformsTo"] == "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"
    assert told["a11y:certifiedBy"] == "Ada"
    assert f'rel="a11y:certifierReport" refines="#certifier" href="{report}"' in book.text(
        "package.opf"
    )


def test_no_claim_for_a_picture_without_words(epub: Make, tmp_path: Path) -> None:
    pages = {"page.md": '# Page\n\n<img src="picture.svg"/>\n'}
    with pytest.raises(BuildAborted, match=r"^Stopped: 1 finding to mend"):
        epub(pages, evidence_epub_certified_by="Ada")
    assert not [*tmp_path.rglob("*.epub")]


def test_imprint_stands_on_the_first_page_alone(epub: Make) -> None:
    book = epub({"page.md": PAGE}, today="1 May 2025", html_baseurl="https://example.org/",
                epub_copyright="Ada <&>")  # fmt: skip
    (footer,) = book.tree("index.xhtml").iter(f"{XHTML}footer")
    assert texts(footer, "p") == [
        "Ada", "Version 1.2.3, 1 May 2025", "© Ada <&>", "https://example.org/"
    ]  # fmt: skip
    assert texts(book.tree("page.xhtml"), "footer") == []


# -- Order and links ----------------------------------------------------------------

GROUPED = {
    "index.md": "# Sample\n\n```{toctree}\n:hidden:\n:caption: Part one\ntwo\n"
    "Elsewhere <https://example.org>\n```\n\n```{toctree}\n:hidden:\none\n```\n",
    "one.md": "# One\n\n## Inner\n\nWords.\n",
    "two.md": "# Two\n\n```{toctree}\nbelow\n```\n",
    "below.md": "# Below\n\nSee [the part](one.md#inner) and [the way back](two.md).\n",
}


def test_spine_follows_the_toctrees(epub: Make) -> None:
    order = ["index.xhtml", "nav.xhtml", "two.xhtml", "below.xhtml", "one.xhtml"]
    assert epub(GROUPED).spine == order


def test_contents_show_groups_pages_and_headings(epub: Make) -> None:
    book = epub(GROUPED)
    nav = book.tree("nav.xhtml")
    assert texts(nav, "span") == ["Part one"]
    (toc, _landmarks) = nav.iter(f"{XHTML}nav")
    links = [(link.get("href"), link.text) for link in toc.iter(f"{XHTML}a")]
    assert links == [
        ("index.xhtml", "Sample"), ("two.xhtml", "Two"), ("below.xhtml", "Below"),
        ("one.xhtml", "One"), ("one.xhtml#inner", "Inner"),
    ]  # fmt: skip
    assert book.links("below.xhtml") == ["one.xhtml#inner", "two.xhtml"]
    assert book.warnings == ""


def test_page_outside_the_toctrees_is_left_out_and_links_to_it_are_told(epub: Make) -> None:
    page = "# Page\n\nSee [the other](other.md) and [outside](https://example.org).\n"
    book = epub(
        {
            "index.md": "# Sample\n\n```{toctree}\npage\n```\n",
            "page.md": page,
            "other.md": "---\norphan: true\n---\n# Other\n",
        }
    )
    assert "other.xhtml" not in book.spine
    assert book.links("page.xhtml") == ["https://example.org"]
    assert "See the other and outside." in book.text("page.xhtml").replace("<span>", "").replace(
        '<span class="std std-doc">', ""
    ).replace("</span>", "").replace(
        '<a class="reference external" href="https://example.org">', ""
    ).replace("</a>", "")
    assert "page.md:3: WARNING: The link leads to other.xhtml, which is not in the book" in (
        book.warnings
    )
    assert "[epub.link]" in book.warnings


def test_pages_may_be_left_out_and_links_to_them_lead_to_the_site(epub: Make) -> None:
    index = "# Sample\n\n```{toctree}\n:caption: First\n\npage\n```\n"
    index += "\n```{toctree}\n:caption: Second\n\nother\n```\n"
    book = epub(
        {
            "index.md": index,
            "page.md": "# Page\n\nSee [the part](other.md#part).\n",
            "other.md": "# Other\n\n```{toctree}\nbelow\n```\n\n## Part\n",
            "below.md": "# Below\n",
        },
        epub_exclude_files=["search.html", "other.xhtml"], html_baseurl="https://example.org/x/",
    )  # fmt: skip
    assert book.warnings == ""
    assert not {"other.xhtml", "below.xhtml"} & {*book.spine}
    assert book.links("page.xhtml") == ["https://example.org/x/other.html#part"]
    contents = book.text("nav.xhtml")
    assert "First" in contents
    assert not any(gone in contents for gone in ("Second", "Other", "Below"))


@pytest.mark.parametrize(
    ("name", "remedy"),
    [("pgae.xhtml", 'Did you mean "page.xhtml"?'), ("zzzzz.xhtml", "Delete it.")],
)
def test_no_other_page_can_be_left_out(project: Project, name: str, remedy: str) -> None:
    project.write("docs/index.md", "# Sample\n\n```{toctree}\npage\n```\n")
    project.write("docs/page.md", "# Page\n")
    project.append("conf.py", f"epub_exclude_files = ['{name}']\n")
    built = project.build("epub")
    assert built.status == 1
    assert (
        f'epub_exclude_files: there is no page "{name}" that a book can do without.' in built.text
    )
    assert remedy in built.text


# -- What a site has and a book has not -----------------------------------------------


def test_html_only_is_left_out(epub: Make) -> None:
    text = epub(
        {
            "page.md": "# Page\n\n{.html-only}\nFor the screen.\n\n"
            ":::{container} html-only\nThis too.\n:::\n\nKept.\n"
        }
    ).text("page.xhtml")
    assert "screen" not in text
    assert "This too" not in text
    assert "Kept." in text


def test_what_a_site_folds_away_is_open(epub: Make) -> None:
    page = (
        "# Page\n\n:::{dropdown} Title\nFolded.\n:::\n\n::::{tab-set}\n:::{tab-item} First\n"
        "One.\n:::\n:::{tab-item} Second\nTwo.\n:::\n::::\n"
    )
    tree = epub({"page.md": page}).tree("page.xhtml")
    assert not {element.tag.removeprefix(XHTML) for element in tree.iter()} & {
        "details", "input", "label",
    }  # fmt: skip
    assert texts(tree, "p") == ["Title", "Folded.", "First", "One.", "Second", "Two."]


def test_formulas_are_mathml(epub: Make) -> None:
    extensions = ["amsmath", "dollarmath"]
    page = "# Page\n\nSo $x < 1$, by {eq}`one`:\n\n$$\ny^2\n$$ (one)\n"
    book = epub({"page.md": page}, myst_enable_extensions=extensions)
    text = book.text("page.xhtml")
    assert text.count("<math ") == 2
    assert "<p>(1)</p>" in text
    assert 'href="#equation-one"' in text
    assert 'id="equation-one"' in text
    assert "MathML" in features(book)
    assert 'properties="mathml"' in book.text("package.opf")


# -- Stops ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("# Page\n\n<b>Words\n", r"page\.md: the page holds HTML .* mismatched tag, near .*</p>"),
        ("# Page\n\nA<br>B\n", r"Close every element, as in <br/>"),
        ("# Page\n\n$\\nothing{x}$\n", r"page\.md:3: the formula .* Unknown LaTeX command"),
    ],
    ids=["not-closed", "void", "formula"],
)
def test_stops_and_leaves_the_earlier_book(epub: Make, page: str, message: str) -> None:
    config = {"myst_enable_extensions": ["dollarmath"]}
    earlier = epub({"page.md": PAGE}, **config)
    before = earlier.path.read_bytes()
    with pytest.raises(BuildAborted, match=message):
        epub({"page.md": page}, **config)
    assert earlier.path.read_bytes() == before
    assert [path.name for path in earlier.path.parent.iterdir()] == [earlier.path.name]


def test_first_page_is_listed_once(epub: Make) -> None:
    index = "# Sample\n\n```{toctree}\n:caption: Part\nself\npage\n```\n"
    book = epub({"index.md": index, "page.md": "# Page\n"})
    assert [*dict.fromkeys(book.links("nav.xhtml"))] == ["index.xhtml", "page.xhtml", "#contents"]
