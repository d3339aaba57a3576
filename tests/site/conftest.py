"""The real site, built once; one browser for all tests, and one context for each mode."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.projects import Project
from tests.site.browser import launch, prepare_driver
from tests.site.checks import Watch
from tests.site.server import serve

ROOT = Path(__file__).parents[2]
TIMEOUT = 60_000  # milliseconds, some hundred times what a page needs: longer is broken

# Names for `new_context`: what a reader's device and settings ask for.
MODES: dict[str, dict[str, Any]] = {
    "light-1280": {"color_scheme": "light", "viewport": {"width": 1280, "height": 800}},
    "light-320": {"color_scheme": "light", "viewport": {"width": 320, "height": 640}},
    "dark-1280": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 800}},
    "dark-320": {"color_scheme": "dark", "viewport": {"width": 320, "height": 640}},
    "no-script": {"java_script_enabled": False, "viewport": {"width": 320, "height": 640}},
    "high-contrast": {"forced_colors": "active", "viewport": {"width": 1280, "height": 800}},
}


@pytest.fixture(scope="session")
def site_dir(pristine: Project) -> Path:
    """The folder of the site, built as it is published."""
    return pristine.root / "build" / "html"


@pytest.fixture(scope="session")
def site_url(site_dir: Path) -> Iterator[str]:
    """The address of the served site, with a slash at its end."""
    with serve(site_dir) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one browser."""
    prepare_driver()
    expect.set_options(timeout=TIMEOUT)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[Callable[[str], BrowserContext]]:
    """The context of a mode, made when it is first asked for."""
    made: dict[str, BrowserContext] = {}

    def get(mode: str) -> BrowserContext:
        if mode not in made:
            made[mode] = browser.new_context(**MODES[mode])
            made[mode].set_default_timeout(TIMEOUT)
        return made[mode]

    yield get
    for each in made.values():
        each.close()


@pytest.fixture
def visit(
    context: Callable[[str], BrowserContext], site_url: str
) -> Iterator[Callable[..., tuple[Page, Watch]]]:
    """Open an address in a mode; gives the page and what was watched while it loaded."""
    pages: list[Page] = []

    def open_page(address: str, mode: str = "light-1280") -> tuple[Page, Watch]:
        page = context(mode).new_page()
        pages.append(page)
        watch = Watch(page)
        page.goto(address if ":" in address else site_url + address)
        return page, watch

    yield open_page
    for page in pages:
        page.close()
