"""Citations, terms, boxes, tables and figures are shown beside the links that lead to them."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.site.checks import Watch, other_findings, overflow_findings
from tests.site.paper import sheets

Visit: TypeAlias = Callable[..., tuple[Page, Watch]]

KINDS = ("ref", "term", "box", "table", "figure")
# Whether the preview lies on a line of its link, or beside the window.
MISPLACED = """link => {
  const box = link.nextElementSibling.getBoundingClientRect();
  const on = one => one.left < box.right && one.right > box.left
    && one.top < box.bottom && one.bottom > box.top;
  return [...link.getClientRects()].some(on) || box.left < 0 || box.right > innerWidth
    || box.top + scrollY < 0;
}"""
DOUBLE = """() => {
  const names = [...document.querySelectorAll("[id]")].map(e => e.id);
  return names.filter((name, i) => names.indexOf(name) !== i);
}"""


@pytest.fixture(scope="module")
def pages(site_dir: Path) -> dict[str, str]:
    """A page, by the kind of place that it links to; the one on CHIME where it will do."""
    found: dict[str, str] = {}
    for path in sorted(site_dir.glob("*.html"), key=lambda path: path.name != "chime.html"):
        for kind in re.findall(r'<template data-preview="[^"#]*#(\w+)-', path.read_text("utf-8")):
            found.setdefault(kind, path.name)
    return found


def link_to(page: Page, kind: str) -> Locator:
    """The first link of a page to a place of a kind."""
    return page.locator(f'main a.internal[aria-haspopup][href*="#{kind}-"]').first


def preview(page: Page) -> Locator:
    return page.get_by_role("dialog")


def test_site_has_each_kind(pages: dict[str, str]) -> None:
    assert pages.keys() >= {*KINDS}


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *((kind, "light-1280") for kind in KINDS),
        *((kind, mode) for kind in ("ref", "table") for mode in ("dark-320", "high-contrast")),
    ],
)
def test_click_opens(visit: Visit, pages: dict[str, str], kind: str, mode: str) -> None:
    """The page stays, and the preview is accessible, in the window, and called as the link."""
    page, watch = visit(pages[kind], mode)
    link = link_to(page, kind)
    link.click()
    expect(preview(page)).to_be_visible()
    assert preview(page).get_attribute("aria-label") == link.inner_text()
    expect(preview(page)).to_be_focused()
    assert not link.evaluate(MISPLACED)
    assert page.evaluate(DOUBLE) == []
    assert page.url.endswith(pages[kind])
    # What is behind a preview cannot be judged; whole pages are without one.
    found = other_findings(page)
    wide = [one for one in overflow_findings(page) if not one.endswith("scrolls")]
    assert found + wide + watch.findings == []


def test_reference_says_what_it_is(visit: Visit) -> None:
    """Author, year and title, a word on how sure, and the ways to the work and to the list."""
    page, _ = visit("chime.html")
    link_to(page, "ref").click()
    expect(preview(page)).to_contain_text(re.compile(r"Leamy, M\..*\(2011\).*Conceptual framework"))
    expect(preview(page)).to_contain_text("Details confirmed")
    expect(preview(page).get_by_role("link", name="doi.org")).to_have_count(1)
    preview(page).get_by_role("link", name="See it in “References”").click()
    page.wait_for_url("**/references.html#ref-leamy2011-1")


@pytest.mark.parametrize("name", ["chime.html", "discussion-questions.html"])
@pytest.mark.parametrize("mode", ["light-1280", "light-320"])
def test_no_preview_covers_its_link(visit: Visit, name: str, mode: str) -> None:
    page, _ = visit(name, mode)
    links = page.locator("main a[aria-haspopup]")
    assert links.count() > 0
    for number in range(links.count()):
        link = links.nth(number)
        link.click()
        expect(preview(page)).to_have_count(1)
        assert not link.evaluate(MISPLACED), link.inner_text()
        page.keyboard.press("Escape")
        expect(preview(page)).to_have_count(0)


def test_by_keyboard(visit: Visit) -> None:
    """Enter opens, Tab goes through it and on, Escape and “Close” give the focus back."""
    page, watch = visit("chime.html")
    link = link_to(page, "ref")
    link.focus()
    expect(preview(page)).to_have_count(0)
    page.keyboard.press("Enter")
    expect(preview(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    expect(preview(page)).to_have_count(0)
    page.keyboard.press("Enter")
    for name in ("doi.org", "See it in"):
        page.keyboard.press("Tab")
        expect(preview(page).get_by_role("link", name=name)).to_be_focused()
    page.keyboard.press("Tab")
    expect(preview(page).get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Tab")
    expect(preview(page)).to_have_count(0)
    expect(page.locator("main a[aria-haspopup]").nth(1)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    expect(link).to_be_focused()
    expect(preview(page)).to_have_count(0)
    page.keyboard.press("Enter")
    preview(page).get_by_role("button", name="Close").press("Enter")
    expect(link).to_be_focused()
    expect(preview(page)).to_have_count(0)
    assert watch.findings == []


def test_by_mouse(visit: Visit) -> None:
    """Hovering opens, and the pointer may go into it; what was asked for by a click stays."""
    page, watch = visit("chime.html")
    link, heading = link_to(page, "ref"), page.get_by_role("heading", level=1)
    link.hover()
    expect(preview(page)).to_be_visible()
    expect(preview(page)).not_to_be_focused()
    preview(page).get_by_role("link", name="See it in").hover()
    page.wait_for_timeout(1000)  # it stays, however long
    expect(preview(page)).to_be_visible()
    heading.hover()
    expect(preview(page)).to_have_count(0)
    link.hover()
    expect(preview(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(preview(page)).to_have_count(0)
    link.click()
    heading.hover()
    page.wait_for_timeout(1000)  # it was asked for
    expect(preview(page)).to_be_visible()
    link.click()
    expect(preview(page)).to_have_count(0)
    link.click()
    expect(preview(page)).to_be_visible()
    heading.click()
    expect(preview(page)).to_have_count(0)
    assert page.url.endswith("chime.html")
    assert watch.findings == []


def test_by_touch(visit: Visit) -> None:
    """A tap opens, a tap elsewhere closes, and the list is one more tap away."""
    page, watch = visit("chime.html", "touch-390")
    link_to(page, "ref").tap()
    expect(preview(page)).to_be_visible()
    page.get_by_role("heading", level=1).tap()
    expect(preview(page)).to_have_count(0)
    link_to(page, "term").tap()
    preview(page).get_by_role("button", name="Close").tap()
    expect(preview(page)).to_have_count(0)
    link_to(page, "term").tap()
    preview(page).get_by_role("link", name="See it in “Glossary”").tap()
    page.wait_for_url("**/glossary.html#term-*")
    assert watch.findings == []


def test_link_stays_a_link(visit: Visit) -> None:
    """By its role, its name and its address; with a key held, a click leads on."""
    page, _ = visit("chime.html")
    link = page.get_by_role("main").get_by_role("link", name="Leamy et al. (2011)", exact=True)
    expect(link.first).to_have_attribute("aria-haspopup", "dialog")
    expect(link.first).to_have_attribute("href", "references.html#ref-leamy2011-1")
    with page.context.expect_page() as opened:
        link.first.click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_url("**/references.html#ref-leamy2011-1")
    opened.value.close()
    assert page.url.endswith("chime.html")


def test_without_script(visit: Visit) -> None:
    page, _ = visit("chime.html", "no-script")
    page.locator('main a[href*="#ref-"]').first.click()
    page.wait_for_url("**/references.html#ref-leamy2011-1")


def test_from_a_folder(visit: Visit, site_dir: Path) -> None:
    page, watch = visit((site_dir / "chime.html").as_uri())
    for kind in ("ref", "figure"):
        link_to(page, kind).click()
        expect(preview(page)).to_be_visible()
        page.keyboard.press("Escape")
    assert watch.findings == []


def test_nothing_is_asked_for(visit: Visit) -> None:
    """The preview is in the page: no request to any host, its own included."""
    page, _ = visit("chime.html")
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    link_to(page, "ref").click()
    expect(preview(page)).to_be_visible()
    assert asked == []


def test_open_preview_is_not_printed(visit: Visit) -> None:
    page, _ = visit("chime.html")
    link_to(page, "ref").click()
    expect(preview(page)).to_be_visible()
    printed = " ".join(sheets(page))
    assert "Leamy et al." in printed
    assert "Conceptual framework" not in printed
    assert "See it in" not in printed
