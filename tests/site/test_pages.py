"""Every page, in the light and in the dark, on a desk and on a small phone."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeAlias

import pytest
from playwright.sync_api import Page
from selectolax.lexbor import LexborHTMLParser

from tests.site.checks import (
    Watch,
    axe_findings,
    large_text_findings,
    overflow_findings,
    print_findings,
)
from tests.site.conftest import ROOT

Visit: TypeAlias = Callable[..., tuple[Page, Watch]]

MOVED = re.compile('http-equiv="refresh" content="0; url=([^"]+)"')
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


@pytest.mark.parametrize("name", PAGES)
def test_page(visit: Visit, name: str) -> None:
    """Accessible, as wide as the window, black on white in print, silent, content with its host."""
    page, watch = visit(name)
    findings = {}
    # The scheme changes nothing but colours, and these do not depend on the width.
    modes: tuple[tuple[int, Literal["light", "dark"]], ...] = (
        (1280, "light"), (320, "light"), (320, "dark"),
    )  # fmt: skip
    for width, scheme in modes:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        whole = (width, scheme) == (320, "light")
        found = axe_findings(page, whole=whole) + overflow_findings(page)
        findings[f"{scheme}, {width} px"] = found
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
    assert axe_findings(page) == []


@pytest.mark.parametrize("mode", ["light-320", "dark-320"])
@pytest.mark.parametrize("drawer", ["Menu", "On this page"])
def test_open_drawer(visit: Visit, drawer: str, mode: str) -> None:
    """The drawers of the phone are accessible while they are open, too."""
    page, watch = visit("the-issue.html", mode)
    page.get_by_role("button", name=drawer, exact=True).click()
    assert axe_findings(page) + overflow_findings(page) + watch.findings == []


@pytest.mark.parametrize("name", ["index", "the-issue"])
def test_high_contrast(visit: Visit, name: str) -> None:
    """Nothing is lost when the reader's own colours are in force."""
    page, watch = visit(f"{name}.html", "high-contrast")
    assert axe_findings(page) + overflow_findings(page) + watch.findings == []
