"""The built files: every link leads somewhere, every page says what it is."""

from pathlib import Path

import pytest

from tests.real import SITE
from tests.site.files import (
    HtmlFile,
    card_findings,
    head_findings,
    link_findings,
    reach_findings,
    read_site,
    sitemap_findings,
)
from tests.site.server import PREFIX


@pytest.fixture(scope="module")
def pages(site_dir: Path) -> dict[str, HtmlFile]:
    """All pages, read once."""
    return read_site(site_dir)


def test_links(pages: dict[str, HtmlFile], site_dir: Path) -> None:
    """No link within the site is broken, on the 404 page neither."""
    assert link_findings(pages, site_dir, PREFIX) == []


def test_every_page_can_be_reached(pages: dict[str, HtmlFile]) -> None:
    """Links from the start page lead to all others."""
    assert reach_findings(pages, PREFIX) == []


def test_heads(pages: dict[str, HtmlFile]) -> None:
    """Language, one main heading, and a description that is the page's summary."""
    assert [finding for name, page in pages.items() for finding in head_findings(name, page)] == []


def test_card(pages: dict[str, HtmlFile], site_dir: Path) -> None:
    """The preview image is there and has the size that services expect."""
    assert card_findings(pages, site_dir, SITE) == []


def test_sitemap(pages: dict[str, HtmlFile], site_dir: Path) -> None:
    """The sitemap lists the pages with content, and only these."""
    sitemap = (site_dir / "sitemap.xml").read_text("utf-8")
    assert sitemap_findings(sitemap, pages, SITE) == []


def test_edit_links(pages: dict[str, HtmlFile]) -> None:
    """Each page made from a file links to that file."""
    for name in pages.keys() - {"404.html", "search.html"}:
        assert any(link.endswith(f"/edit/main/docs/{name[:-5]}.md") for link in pages[name].links)


def test_previous_and_next(site_dir: Path) -> None:
    """The reading order can be followed from page to page."""
    assert '<a class="next-page" rel="next" href="summary.html">' in (
        site_dir / "how-to-use.html"
    ).read_text("utf-8")
