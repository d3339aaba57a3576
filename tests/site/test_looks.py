"""The frame and the first page: what is seen first, what it weighs, and that nothing moves."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.site.checks import Watch
from tests.site.conftest import MODES
from tests.site.server import PREFIX

Visit: TypeAlias = Callable[..., tuple[Page, Watch]]

LIGHT = 45_000  # bytes of the first page with what it loads, as a host sends it
LARGEST = 100_000  # bytes of any page: where the list of works comes to more, divide it
# Where each block of a page stands, after it has been painted and what it asked for has come.
PLACES = """() => new Promise(done => {
  const seen = e => e.checkVisibility() && !getComputedStyle(e).display.startsWith("inline");
  const places = () => [...document.body.querySelectorAll("*")].filter(seen).map(e => {
    const box = e.getBoundingClientRect();
    return [e.localName, e.textContent.trim().slice(0, 40), box.top, box.height];
  });
  requestAnimationFrame(() => requestAnimationFrame(() => done(places())));
})"""
LOADED = """async () => {
  await document.fonts.ready;
  for (const image of document.images) await image.decode();
}"""
STOPS = """() => [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")]
  .filter(e => e.checkVisibility({visibilityProperty: true}))
  .filter(e => e.compareDocumentPosition(document.querySelector("main")) & 4).length"""


def moved(page: Page, address: str) -> list[object]:
    """What stands elsewhere once fonts and pictures have come, which are held until the rest is."""
    late: list[Route] = []

    def hold(route: Route) -> None:
        late.append(route)

    page.route(re.compile("(woff2|_images/.*)$"), hold)
    page.goto(address, wait_until="domcontentloaded")
    before = page.evaluate(PLACES)
    assert late != []
    for route in late:
        route.continue_()
    page.unroute_all()
    page.evaluate(LOADED)
    return [
        (old, new) for old, new in zip(before, page.evaluate(PLACES), strict=True) if old != new
    ]


@pytest.mark.parametrize("mode", ["light-1280", "touch-390"])
def test_first_page(browser: Browser, site_url: str, site_dir: Path, mode: str) -> None:
    """One clear start in the first screen; light; and nothing moves, as on a page with a figure."""
    with browser.new_context(**MODES[mode]) as context:
        page = context.new_page()
        loaded: set[str] = set()
        page.on("request", lambda request: loaded.add(urlsplit(request.url).path))
        assert moved(page, f"{site_url}index.html") == []
        files = [site_dir / path.removeprefix(PREFIX) for path in loaded]
        assert sum(len(gzip.compress(file.read_bytes())) for file in files) <= LIGHT
        for words in ("For whom:", "How long:", "Start reading"):
            expect(page.get_by_text(words, exact=True)).to_be_in_viewport(ratio=1)
        expect(page.locator("table.downloads")).not_to_be_in_viewport()
        assert moved(page, f"{site_url}chime.html") == []


def test_no_page_is_large(site_dir: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in site_dir.rglob("*.html")}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}


@pytest.mark.parametrize("width", [320, 1099, 1100])
def test_frame(visit: Visit, width: int) -> None:
    """Six stops of the Tab key at most before the text; the page and its headings are in sight."""
    page, _ = visit("the-issue.html")
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate(STOPS) <= 6
    contents = page.get_by_role("navigation", name="On this page")
    expect(contents).to_be_visible(visible=width >= 1100)
    pages = page.get_by_role("navigation", name="Pages")
    expect(pages).to_be_visible(visible=width >= 1024)
    current = page.locator("#pages [aria-current=page]")
    expect(current).to_have_text("Two ideas of recovery")


def test_colours_are_chosen_before_the_first_paint(visit: Visit) -> None:
    """And kept from page to page; without script, nothing offers what cannot be done."""
    page, _ = visit("index.html")
    button = page.get_by_role("button", name="Colours")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    button.click()
    expect(button).to_have_accessible_name("Colours: dark")
    dark = page.evaluate(ground)
    page.goto(page.url.replace("index", "about"))
    assert page.evaluate(ground) == dark != light
    for name in ("light", "as your device"):
        button.click()
        expect(button).to_have_accessible_name(f"Colours: {name}")
        assert page.evaluate(ground) == light
    page.evaluate("localStorage.clear()")
    page, _ = visit("index.html", "no-script")
    expect(page.locator(".colours")).to_be_hidden()


@pytest.mark.parametrize("name", ["four-countries", "the-issue"])
def test_table_of_a_phone_is_a_list_that_stays_a_table(visit: Visit, name: str) -> None:
    """Cells stand one below the other, under the head of their column, which is read once."""
    page, _ = visit(f"{name}.html", "touch-390")
    table = page.locator("main > section table[id]").first
    boxes = "all => all.map(e => e.getBoundingClientRect())"
    places = table.locator("tbody td").evaluate_all(boxes)
    tops = [place["top"] for place in places]
    assert tops == sorted(set(tops))
    assert len({place["left"] for place in places}) == 1
    wide, _ = visit(f"{name}.html")
    told = wide.locator("main > section table[id]").first.aria_snapshot()
    assert table.aria_snapshot() == told
    assert table.get_by_role("columnheader").count() == len(table.locator("th").all())


def test_each_colour_and_font_has_a_value(site_dir: Path) -> None:
    """A name that no sheet sets is a slip, at which a browser says nothing."""
    sheets = {path.name: path.read_text("utf-8") for path in site_dir.glob("_static/**/*.css")}
    known = {name for css in sheets.values() for name in re.findall(r"(--[\w-]+)\s*:", css)}
    lost = {
        (name, used)
        for name, css in sheets.items()
        for used in re.findall(r"var\((--[\w-]+)\)", css)
        if used not in known and "sphinx-design" not in name
    }
    assert lost == set()
