"""The filter of the list of references: by keyboard, kept nowhere, and whole without a script."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from playwright.sync_api import Page, expect

from tests.site.checks import Watch, axe_findings, overflow_findings

Visit: TypeAlias = Callable[..., tuple[Page, Watch]]
WORKS = ".references > li"
SHOWN = f"{WORKS}:not([hidden])"


def test_works_are_found_by_keyboard(visit: Visit, site_dir: Path) -> None:
    """From a folder of files."""
    page, _ = visit((site_dir / "references.html").as_uri(), "light-320")
    every, shown = page.locator(WORKS).count(), page.locator(SHOWN)
    status = page.get_by_role("status")
    expect(status).to_have_text(f"{every} works.")
    words = page.get_by_label("Words")
    words.focus()
    page.keyboard.type("LEAMY framewörk")
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("Leamy")
    expect(status).to_have_text(f"1 of {every} works.")
    page.keyboard.type(" xyz")
    expect(status).to_have_text(f"None of {every} works.")
    assert axe_findings(page) + overflow_findings(page) == []
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_label("Cited on")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(shown).to_have_count(every)
    expect(words).to_be_focused()
    for label, part in (
        ("Status", ".reference-status strong"),
        ("Kind of work", ".reference-status span:not([class])"),
        ("Cited on", ".reference-backlinks a"),
    ):
        choice = page.get_by_label(label)
        choice.focus()
        page.keyboard.press("ArrowDown")
        value = choice.input_value()
        assert value
        fit = page.locator(WORKS, has=page.locator(part).get_by_text(value, exact=True))
        expect(shown).to_have_count(fit.count())
        assert 0 < fit.count() < every
        page.keyboard.press("ArrowUp")
    expect(shown).to_have_count(every)


def test_link_to_a_hidden_work_shows_it(visit: Visit) -> None:
    page, watch = visit("references.html")
    every = page.locator(WORKS).count()
    first = page.locator(WORKS).first
    name = first.get_attribute("id")
    for _ in range(2):  # also where the address stays the same
        page.get_by_label("Words").fill("xyz")
        expect(first).to_be_hidden()
        page.evaluate(
            "name => { const a = document.createElement('a'); a.href = `#${name}`;"
            " document.querySelector('main').append(a); a.click(); }",
            name,
        )
        expect(first).to_be_in_viewport()
        expect(page.locator(SHOWN)).to_have_count(every)
        expect(page.get_by_label("Words")).to_have_value("")
    assert watch.findings == []
    page.get_by_label("Words").fill("xyz")
    page.reload()
    expect(page.locator(SHOWN)).to_have_count(every)
    kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert kept == [0, 0, ""]


def test_list_is_whole_without_a_script(visit: Visit) -> None:
    page, _ = visit("references.html", "no-script")
    expect(page.locator(".reference-filter")).to_have_count(0)
    assert page.locator(SHOWN).count() == page.locator(WORKS).count() > 0


def test_other_pages_do_not_load_it(site_dir: Path) -> None:
    loaded = [
        path.name
        for path in site_dir.glob("*.html")
        if "evidence-reference-filter" in path.read_text("utf-8")
    ]
    assert loaded == ["references.html"]
