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
from tests.site.validity import nu_findings


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


def test_pages_are_valid(site_dir: Path, tmp_path: Path) -> None:
    """The Nu HTML Checker finds nothing; on a page with a fault, in the same run, it does."""
    faulty = tmp_path / "faulty.html"
    faulty.write_text('<!doctype html><html lang="en"><title>A</title><p id=a><p id=a>', "utf-8")
    found = nu_findings([*site_dir.glob("*.html"), faulty])
    assert [finding for finding in found if faulty.name not in finding] == []
    assert any("Duplicate ID" in finding for finding in found)


def test_previous_and_next(site_dir: Path) -> None:
    """The reading order can be followed from page to page."""
    assert '<a class="next-page" rel="next" href="summary.html">' in (
        site_dir / "how-to-use.html"
    ).read_text("utf-8")
