"""Every page, in the light and in the dark, on a desk and on a small phone."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Page
from selectolax.lexbor import LexborHTMLParser

from tests.site.checks import (
    Watch,
    axe_findings,
    contrast_findings,
    large_text_findings,
    other_findings,
    overflow_findings,
    print_findings,
)
from tests.site.conftest import ROOT

pytestmark = pytest.mark.xdist_group("pages")  # one worker knows the colours that are sound

Visit: TypeAlias = Callable[..., tuple[Page, Watch]]

MOVED = re.compile('http-equiv="refresh" content="0; url=([^"]+)"')
LIGHT: dict[str, Any] = {"color_scheme": "light", "forced_colors": "none"}
DARK: dict[str, Any] = {"color_scheme": "dark", "forced_colors": "none"}
FORCED: dict[str, Any] = {"color_scheme": "light", "forced_colors": "active"}
SOURCES = sorted(path.stem for path in (ROOT / "docs").glob("*.md"))
PAGES = [f"{name}.html" for name in (*SOURCES, "search", "404")]


def test_no_page_is_left_out(site_dir: Path) -> None:
    """The list of pages, known before the build, is the list of files built."""
    moved = {path.name for path in site_dir.glob("*.html") if MOVED.search(path.read_text("utf-8"))}
    assert sorted(path.name for path in site_dir.glob("*.html")) == sorted([*PAGES, *moved])


def test_old_addresses_lead_on(site_dir: Path, visit: Visit) -> None:
    """To a page and a place on it that are there."""
    targets = {
        path.name: found[1]
        for path in site_dir.glob("*.html")
        if (found := MOVED.search(path.read_text("utf-8")))
    }
    assert len(targets) == 10
    policy = 'http-equiv="Content-Security-Policy" content="default-src \'none\'"'
    assert all(policy in (site_dir / name).read_text("utf-8") for name in targets)
    for target in targets.values():
        name, _, anchor = target.partition("#")
        html = LexborHTMLParser((site_dir / name).read_text("utf-8"))
        assert not anchor or html.css_first(f'[id="{anchor}"]')
    page, _ = visit("wales.html")
    page.wait_for_url("**/four-countries.html#wales")


@pytest.fixture(scope="module")
def colours() -> set[str]:
    """The kinds of text, by their colours, in which nothing was wrong on an earlier page."""
    return set()


@pytest.mark.parametrize("name", PAGES)
def test_page(visit: Visit, colours: set[str], name: str) -> None:
    """Accessible, as wide as the window, black on white in print, silent, content with its host."""
    page, watch = visit(name)
    findings = {}
    # These change nothing but colours, which do not depend on the width: all else is asked once.
    for width, media in ((1280, LIGHT), (320, DARK), (320, FORCED)):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(**media)
        found = contrast_findings(page, colours) + overflow_findings(page)
        findings[f"{media}, {width} px"] = found
    findings["axe"] = other_findings(page)
    page.emulate_media(**LIGHT)
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 800})
        findings[f"letters twice as large, {width} px"] = large_text_findings(page)
    page.evaluate('document.documentElement.dataset.theme = "dark"')  # as chosen by the reader
    findings["printed"] = print_findings(page)
    findings["requests and console"] = watch.findings
    assert {where: found for where, found in findings.items() if found} == {}


@pytest.mark.parametrize("name", ["index", "references", "search", "the-issue"])
def test_page_on_a_desk(visit: Visit, name: str) -> None:
    """The columns that are drawers on a phone are accessible, too, in pages of each kind."""
    page, _ = visit(f"{name}.html", "light-1280")
    assert other_findings(page) == []  # contrast has been asked at this width


@pytest.mark.parametrize("mode", ["light-320", "dark-320"])
@pytest.mark.parametrize("drawer", ["Menu", "On this page"])
def test_open_drawer(visit: Visit, drawer: str, mode: str) -> None:
    """The drawers of the phone are accessible while they are open, too."""
    page, watch = visit("the-issue.html", mode)
    page.get_by_role("button", name=drawer, exact=True).click()
    assert axe_findings(page) + overflow_findings(page) + watch.findings == []
