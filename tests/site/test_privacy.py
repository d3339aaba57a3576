"""What the site leaves in the browser: what the page on how to use it says, and nothing else."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

STORED = """async () => ({
  local: Object.keys(localStorage), session: Object.keys(sessionStorage), cookie: document.cookie,
  databases: (await indexedDB.databases()).length, name: window.name, state: history.state,
  caches: location.protocol === "file:" ? 0 : (await caches.keys()).length,
  address: location.search + location.hash,
})"""
NOTHING = {
    "local": [], "session": [], "cookie": "", "databases": 0, "name": "", "state": None,
    "caches": 0, "address": "",
}  # fmt: skip


def stored(page: Page) -> dict[str, Any]:
    """What is kept, cookies that no script can see included."""
    assert page.context.cookies() == []
    found: dict[str, Any] = page.evaluate(STORED)
    return found


@pytest.mark.parametrize("place", ["server", "folder"])
def test_only_the_colours_and_what_was_asked_for_are_kept(
    browser: Browser, site_url: str, site_dir: Path, place: str
) -> None:
    """Neither in the browser nor in the address, nor sent; a theme's field is no exception."""
    start = site_url if place == "server" else f"{site_dir.as_uri()}/"
    with browser.new_context() as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: dialog.accept())
        # The search
        page.goto(f"{start}search.html")
        loaded = len(asked)
        page.get_by_role("searchbox").fill("schizophrenia")
        page.keyboard.press("Enter")
        found = page.locator("#search-results a")
        expect(found).not_to_have_count(0)
        assert stored(page) == NOTHING
        assert [url for url in asked[loaded:] if "favicon" not in url] == []
        found.first.click()
        page.wait_for_load_state()
        assert stored(page) | {"address": ""} == NOTHING
        page.goto(f"{start}search.html?q=peer+support")
        expect(found).not_to_have_count(0)
        assert stored(page) == NOTHING
        # Colours
        page.get_by_role("button", name="Colours").click()
        assert stored(page) == NOTHING | {"local": ["theme"]}
        # Previews
        page.goto(f"{start}chime.html")
        page.locator("main a[aria-haspopup]").first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert stored(page) == NOTHING | {"local": ["theme"]}
        # Notes
        page.goto(f"{start}discussion-questions.html")
        note = page.get_by_label("Your notes on question 1", exact=True)
        note.fill("Hope")
        assert stored(page) == NOTHING | {"local": ["theme"]}
        page.goto(f"{start}index.html")
        page.goto(f"{start}discussion-questions.html")
        expect(note).to_have_value("")
        page.get_by_label("Keep my notes").check()
        note.fill("Hope")
        kept = stored(page)
        (key,) = set(kept["local"]) - {"theme"}
        assert key.startswith("evidence-answers: ")
        assert kept | {"local": []} == NOTHING
        page.get_by_role("button", name="Delete all").click()
        expect(note).to_have_value("")
        assert stored(page) == NOTHING | {"local": ["theme"]}
        assert re.search("schizophrenia|Hope", "".join(asked)) is None


@pytest.fixture(scope="module")
def page_of_its_own(browser: Browser, site_url: str) -> Iterator[Page]:
    """The first page, in a window that no other test sees."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(site_url)
        yield page


@pytest.mark.parametrize("kept", ["constructor", "toString", "null", "", '"><b>'])
def test_colours_that_something_else_has_kept_are_none(page_of_its_own: Page, kept: str) -> None:
    page = page_of_its_own
    page.evaluate("kept => localStorage.setItem('theme', kept)", kept)
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "auto")
    button = page.get_by_role("button", name="Colours: as your device")
    button.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
