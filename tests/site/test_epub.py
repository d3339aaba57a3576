"""The pages of the e-book in a browser, as a reading system shows them: narrow, light and dark."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import Page

from tests.projects import Project
from tests.site.checks import Watch, axe_findings, growth_findings, overflow_findings

Visit: TypeAlias = Callable[..., tuple[Page, Watch]]


@pytest.fixture(scope="module")
def pages(pristine: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the real book, unpacked."""
    (book,) = (pristine.root / "build" / "epub").iterdir()
    folder = tmp_path_factory.mktemp("book")
    with zipfile.ZipFile(book) as file:
        file.extractall(folder)
    return folder / "EPUB"


# Each kind of thing that a page may hold; the text of all pages is checked on the site.
@pytest.mark.parametrize("name", ["index", "nav", "chime", "the-issue", "language", "glossary"])
def test_page_is_accessible_and_fits(visit: Visit, pages: Path, name: str) -> None:
    page, watch = visit((pages / f"{name}.xhtml").as_uri(), "light-320")
    told = [*watch.findings]  # before axe, which asks for the style sheet, in vain
    assert told + axe_findings(page) + overflow_findings(page) == []


@pytest.mark.parametrize("name", ["index", "the-issue"])
def test_colours_and_sizes_are_the_reader_s(visit: Visit, pages: Path, name: str) -> None:
    page, _ = visit((pages / f"{name}.xhtml").as_uri(), "dark-320")
    page.add_style_tag(content=":root { color-scheme: dark }")  # what a reading system does
    assert growth_findings(page) == []
    colours = "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    texts = page.locator("p, li, td, th, h1, h2, .box").evaluate_all(f"all => all.map({colours})")
    assert {tuple(pair) for pair in texts} == {("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")}
