"""What readers get of the real project holds nothing that a browser would run, load or submit."""

import zipfile
from collections.abc import Iterator

import pytest
from selectolax.lexbor import LexborHTMLParser

from sphinx_evidence.policy.page import active_content
from tests.projects import ROOT, Project


def contents(project: Project) -> Iterator[tuple[str, str]]:
    """The content of every page of the site and of every chapter of the e-book."""
    for path in (project.root / "build" / "html").glob("*.html"):
        if b'http-equiv="refresh"' in path.read_bytes():
            continue  # it leads on to another page
        article = LexborHTMLParser(path.read_bytes()).css_first("article [role=main], article")
        yield path.name, str(article.html if article else "")
    (book,) = (project.root / "build" / "epub").glob("*.epub")
    with zipfile.ZipFile(book) as file:
        for name in file.namelist():
            if name.endswith(".xhtml"):
                body = LexborHTMLParser(file.read(name)).body
                yield name, str(body.html if body else "")


def test_nothing_is_active(pristine: Project) -> None:
    found = dict(contents(pristine))
    pages = {path.stem for path in (ROOT / "docs").glob("*.md")}
    record = {page for page in pages if page.startswith(("editorial-record", "questions-for"))}
    assert {name.rpartition("/")[2] for name in found} >= {
        *(f"{page}.html" for page in pages), *(f"{page}.xhtml" for page in pages - record),
    }  # fmt: skip
    assert [name for name, html in found.items() if not html] == []
    # The search page is the theme's, whose form asks its own script.
    own = {name: html for name, html in found.items() if name != "search.html"}
    assert {name: list(active_content(html)) for name, html in own.items()} == {
        name: [] for name in own
    }


@pytest.mark.parametrize(
    "html",
    ["<p title='<script>'>x</p>", "<code>&lt;script&gt;</code>", '<a href="#x">x</a>',
     '<a href="page.html?a=b:c">x</a>', '<img src="_images/a.png" alt="x">',
     "<math><mi>x</mi></math>"],
)  # fmt: skip
def test_what_is_inert_is_let_be(html: str) -> None:
    assert list(active_content(html)) == []
