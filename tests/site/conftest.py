"""The real site, built once; one browser for all tests, and one page for each mode."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.projects import Project
from tests.site.browser import launch, prepare_driver
from tests.site.checks import Watch
from tests.site.paper import sheets
from tests.site.server import serve

ROOT = Path(__file__).parents[2]
TIMEOUT = 60_000  # milliseconds, some hundred times what a page needs: longer is broken

# Names for `new_context`: what a reader's device and settings ask for.
_DESK, _PHONE = {"width": 1280, "height": 800}, {"width": 320, "height": 640}
_LIGHT, _DARK = {"color_scheme": "light"}, {"color_scheme": "dark"}
MODES: dict[str, dict[str, Any]] = {
    "light-1280": {**_LIGHT, "viewport": _DESK},
    "light-320": {**_LIGHT, "viewport": _PHONE},
    "dark-320": {**_DARK, "viewport": _PHONE},
    "touch-390": {**_LIGHT, "viewport": {"width": 390, "height": 844}, "has_touch": True},
    "no-script": {**_LIGHT, "viewport": _PHONE, "java_script_enabled": False},
    "high-contrast": {**_LIGHT, "viewport": _DESK, "forced_colors": "active"},
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
def blank(browser: Browser) -> Callable[[str], tuple[Page, Watch]]:
    """Gives the page of a mode, empty: to open a new one takes longer than most tests."""
    made: dict[str, tuple[Page, Watch]] = {}

    def get(mode: str) -> tuple[Page, Watch]:
        if mode not in made:
            context = browser.new_context(**MODES[mode])
            context.set_default_timeout(TIMEOUT)
            page = context.new_page()
            made[mode] = page, Watch(page)
        page, watch = made[mode]
        page.goto("about:blank")
        page.set_viewport_size(MODES[mode]["viewport"])
        forced = MODES[mode].get("forced_colors", "none")
        scheme = MODES[mode]["color_scheme"]
        page.emulate_media(media="null", color_scheme=scheme, forced_colors=forced)
        watch.findings = []
        return page, watch

    return get


@pytest.fixture
def visit(
    blank: Callable[[str], tuple[Page, Watch]], site_url: str
) -> Callable[..., tuple[Page, Watch]]:
    """Open an address in a mode; gives the page and what was watched while it loaded."""

    def open_page(address: str, mode: str = "light-1280") -> tuple[Page, Watch]:
        page, watch = blank(mode)
        page.goto(address if ":" in address else site_url + address)
        return page, watch

    return open_page


@pytest.fixture(scope="session")
def printed(
    blank: Callable[[str], tuple[Page, Watch]], site_url: str
) -> Callable[[str], list[str]]:
    """Gives the text of each sheet of a page: printing and reading take seconds."""

    @cache
    def made(name: str) -> list[str]:
        page, _ = blank("light-1280")
        page.goto(site_url + name)
        return sheets(page)

    return made
