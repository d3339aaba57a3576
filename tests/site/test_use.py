"""What readers do: with a keyboard, without script, from a folder."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import Page, expect

from tests.site.checks import (
    Watch,
    focus_findings,
    growth_findings,
)
from tests.site.server import PREFIX

Visit: TypeAlias = Callable[..., tuple[Page, Watch]]


def test_skip_link_is_first(visit: Visit) -> None:
    """The first stop of the Tab key is seen, and leads to the text."""
    page, _ = visit("the-issue.html")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


@pytest.mark.parametrize("mode", ["light-1280", "light-320", "high-contrast"])
@pytest.mark.parametrize("name", ["index.html", "the-issue.html", "search.html"])
def test_keyboard_reaches_everything(visit: Visit, name: str, mode: str) -> None:
    """The Tab key stops at all that can be operated, in sight and with an outline."""
    page, _ = visit(name, mode)
    assert focus_findings(page) == []


@pytest.mark.parametrize("key", ["Enter", "Space"])
@pytest.mark.parametrize("mode", ["light-320", "no-script"])
@pytest.mark.parametrize(("button", "drawer"), [("Menu", "Pages"), ("On this page",) * 2])
def test_drawers_by_keyboard(visit: Visit, button: str, drawer: str, mode: str, key: str) -> None:
    """A drawer opens, takes the focus next, and gives it back when it is closed."""
    page, _ = visit("the-issue.html", mode)
    opener = page.get_by_role("button", name=button, exact=True)
    links = page.get_by_role("navigation", name=drawer).get_by_role("link")
    assert links.count() == 0
    opener.focus()
    page.keyboard.press(key)
    assert links.count() > 1
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")
    assert links.count() == 0
    expect(opener).to_be_focused()


def test_contents_drawer_closes_on_choice(visit: Visit) -> None:
    """The drawer does not stay in front of the passage that was chosen."""
    page, _ = visit("the-issue.html", "light-320")
    page.get_by_role("button", name="On this page").click()
    contents = page.get_by_role("navigation", name="On this page")
    contents.get_by_role("link").first.click()
    expect(contents).to_be_hidden()
    assert "#" in page.url


@pytest.mark.parametrize("name", ["index.html", "references.html"])
def test_text_grows(visit: Visit, name: str) -> None:
    """Text follows the font size that the reader has chosen."""
    page, _ = visit(name)
    assert growth_findings(page) == []


def test_without_script(visit: Visit) -> None:
    """Text, menu, contents and a way on are there."""
    page, _ = visit("the-issue.html", "no-script")
    expect(page.locator("main .summary")).to_be_visible()
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="References", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="References")).to_be_visible()


def test_from_a_folder(visit: Visit, site_dir: Path) -> None:
    """The site works when its files are opened without a server."""
    page, watch = visit((site_dir / "index.html").as_uri())
    assert page.locator(".summary").evaluate("e => getComputedStyle(e).fontSize") == "19px"
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Glossary").click()
    assert page.url == (site_dir / "glossary.html").as_uri()
    assert watch.findings == []


@pytest.mark.parametrize("address", ["missing", "a/b/missing.html", "../elsewhere"])
def test_missing_page(visit: Visit, site_url: str, address: str) -> None:
    """At any depth, the page for missing pages looks like the others and leads back."""
    page, watch = visit(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    # The console tells the 404 itself; a style sheet or script not found would be a second line.
    assert len(watch.findings) == 1
    page.get_by_role("link", name="Go to the start").click()
    assert page.url == f"{site_url.removesuffix(PREFIX)}{PREFIX}index.html"
