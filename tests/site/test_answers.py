"""Notes below the questions: written, kept only if asked for, saved, printed and deleted."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Locator, Page, expect

from tests.site.checks import (
    Watch,
    axe_findings,
    contrast_findings,
    focus_findings,
    growth_findings,
    overflow_findings,
    print_findings,
)
from tests.site.paper import sheets

Visit: TypeAlias = Callable[..., tuple[Page, Watch]]

NAME = "discussion-questions.html"
LONG = "\n".join(f"Line {number} of what I think." for number in range(1, 90))
HOSTILE = '<img src=x onerror="document.title=1"><b>bold</b>'
IN_SIGHT = """field => {
  const { left, top } = field.getBoundingClientRect();
  return document.elementFromPoint(left + 20, top + 16) === field;
}"""
FULL = "() => { Storage.prototype.setItem = () => { throw new DOMException('', ''); }; }"
BROKEN = (
    "",
    "{",
    "null",
    "[]",
    '{"version": 2, "notes": []}',
    '{"version": 1, "notes": [["a", 1]]}',
)
FORBIDDEN = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("", "SecurityError"); } })"""


def note(page: Page, number: int) -> Locator:
    return page.get_by_label(f"Your notes on question {number}", exact=True)


def box(page: Page) -> Locator:
    return page.get_by_label("Keep my notes on this device")


def status(page: Page) -> Locator:
    return page.get_by_role("status")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def kept(page: Page) -> dict[str, str]:
    """What is kept, by the last words of its question."""
    found = page.evaluate("Object.entries(localStorage).find(([key]) => key !== 'theme')?.[1]")
    notes = json.loads(found)["notes"] if found else []
    return {name.rpartition(": ")[2]: text for name, text in notes}


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context() as made:
        yield made


@pytest.fixture
def desk(context: BrowserContext, site_url: str) -> Iterator[Page]:
    """The page in a browser that has kept nothing."""
    page = context.new_page()
    page.goto(f"{site_url}_static/paper.css")
    page.evaluate("localStorage.clear()")
    page.goto(site_url + NAME)
    yield page
    for one in context.pages:
        one.close()


@pytest.mark.parametrize("mode", ["light-320", "high-contrast"])
def test_can_be_read_and_reached(visit: Visit, mode: str) -> None:
    page, watch = visit(NAME, mode)
    assert page.locator("main textarea").count() == page.locator("ol.questions > li").count()
    assert all(one.is_visible() for one in page.locator("main textarea").all())
    field = note(page, 2)
    (asked,) = page.locator("ol.questions > li").nth(1).locator("> p").all()
    assert field.get_attribute("aria-describedby") == asked.get_attribute("id")
    expect(status(page)).to_be_empty()
    press(page, "Delete all")
    expect(status(page)).to_have_text("Nothing has been written yet.")
    assert axe_findings(page) + overflow_findings(page) + watch.findings == []
    page.emulate_media(color_scheme="dark")
    assert contrast_findings(page, set()) == []
    assert focus_findings(page) + growth_findings(page) == []


def test_field_grows(visit: Visit) -> None:
    page, watch = visit(NAME, "touch-390")
    before = note(page, 1).bounding_box()
    note(page, 1).fill(LONG)
    after = note(page, 1).bounding_box()
    assert before
    assert after
    assert after["height"] > 20 * before["height"]
    assert note(page, 1).evaluate("e => e.scrollHeight <= e.clientHeight")
    assert overflow_findings(page) + watch.findings == []
    # What is typed is in sight, though themes keep something at the top.
    page.evaluate("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    note(page, 3).press_sequentially("Hope")
    page.wait_for_function(IN_SIGHT, arg=note(page, 3).element_handle())


def test_kept_only_if_asked_for(desk: Page) -> None:
    """Then it comes back, also in another window; without the tick it is only on the page."""
    note(desk, 1).fill("Hope")
    assert not box(desk).is_checked()
    assert kept(desk) == {}
    box(desk).check()
    expect(status(desk)).to_have_text("Your notes are kept on this device.")
    note(desk, 3).fill(HOSTILE)
    expect(status(desk)).to_be_empty()
    assert list(kept(desk).values()) == ["Hope", HOSTILE]
    desk.reload()
    expect(note(desk, 1)).to_have_value("Hope")
    expect(note(desk, 3)).to_have_value(HOSTILE)
    assert box(desk).is_checked()
    other = desk.context.new_page()
    other.goto(desk.url)
    note(other, 2).fill("From here")
    expect(note(desk, 2)).to_have_value("From here")
    note(desk, 1).fill("Hope and time")
    assert list(kept(desk).values()) == ["Hope and time", HOSTILE, "From here"]
    box(desk).uncheck()
    assert kept(desk) == {}
    expect(note(desk, 1)).to_have_value("Hope and time")
    expect(status(desk)).to_contain_text("Nothing is kept on this device.")
    expect(note(other, 1)).to_have_value("")
    expect(status(other)).to_contain_text("removed from this device in another window")
    assert not box(other).is_checked()


def test_deleted_at_once_after_a_question(desk: Page) -> None:
    note(desk, 1).fill("Hope")
    box(desk).check()
    desk.once("dialog", lambda dialog: dialog.dismiss())
    press(desk, "Delete all")
    expect(note(desk, 1)).to_have_value("Hope")
    assert kept(desk)
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    desk.once("dialog", accept)
    press(desk, "Delete all")
    expect(status(desk)).to_have_text("All notes are deleted.")
    assert len(asked) == 1
    expect(note(desk, 1)).to_have_value("")
    expect(desk.get_by_role("button", name="Delete all")).to_be_focused()
    assert not box(desk).is_checked()
    assert desk.evaluate("localStorage.length") == 0


def test_leaving_warns_of_what_would_be_lost(desk: Page, site_url: str) -> None:
    """Only of that; and the way back does not show it to the next reader."""
    warned: list[str] = []

    def answer(dialog: Dialog) -> None:
        warned.append(dialog.type)
        dialog.accept()

    desk.on("dialog", answer)

    def leave() -> int:
        """How often it warned until then."""
        desk.goto(site_url + "glossary.html")
        desk.go_back()
        return len(warned)

    assert leave() == 0
    note(desk, 1).fill("Hope")
    note(desk, 1).fill(" ")
    assert leave() == 0
    note(desk, 1).fill("Hope")
    assert leave() == 1
    expect(note(desk, 1)).to_have_value("")
    note(desk, 1).fill("Hope")
    box(desk).check()
    assert leave() == 1
    expect(note(desk, 1)).to_have_value("Hope")
    box(desk).uncheck()
    with desk.expect_download():
        press(desk, "Save as a text file")
    assert leave() == 1
    # A page that a browser has set aside, for the way back: the events that come with it.
    note(desk, 1).fill("Hope")
    desk.evaluate("dispatchEvent(new Event('pagehide'))")
    expect(note(desk, 1)).to_have_value("")
    note(desk, 1).fill("Hope")
    box(desk).check()
    desk.evaluate("dispatchEvent(new Event('pagehide'))")
    expect(note(desk, 1)).to_have_value("Hope")
    desk.evaluate("() => { localStorage.clear(); dispatchEvent(new Event('pageshow')); }")
    expect(note(desk, 1)).to_have_value("")


@pytest.mark.parametrize("place", ["server", "folder"])
def test_saved_as_a_text_file(desk: Page, site_dir: Path, place: str) -> None:
    """Under the policy of the site, which allows no other address, and from a folder."""
    watch = Watch(desk)
    if place == "folder":
        desk.goto((site_dir / NAME).as_uri())
    press(desk, "Save as a text file")
    expect(status(desk)).to_have_text("Nothing has been written yet.")
    note(desk, 1).fill("“Hope”\nand <time>")
    with desk.expect_download() as download:
        press(desk, "Save as a text file")
    expect(status(desk)).to_have_text("Your notes are saved as a text file.")
    assert download.value.suggested_filename == "questions-for-discussion-notes.txt"
    text = download.value.path().read_text("utf-8")
    assert text.startswith("Questions for discussion\n\nTo begin\n\n1. What does")
    assert "what is missing?\n\n“Hope”\nand <time>\n\nYour experiences\n\n2. Have you" in text
    assert watch.findings == []


def test_printed_in_full(visit: Visit) -> None:
    """What was written, to its last line; where nothing was, there are lines to write on."""
    page, _ = visit(NAME)
    fresh = sheets(page)
    note(page, 2).fill(LONG)
    printed = " ".join(sheets(page))
    assert LONG.replace("\n", " ")[:40] in printed
    assert "Line 89 of what I think." in printed
    for words in ("Your notes", "Keep my notes", "Nothing is sent", "Delete all"):
        assert words not in printed
    assert page.evaluate("""() => {
      window.print = () => { window.printed = true; };
      [...document.querySelectorAll("button")].find(e => e.textContent == "Print my notes").click();
      return window.printed; }""")
    assert print_findings(page) == []
    without, _ = visit(NAME, "no-script")
    expect(without.locator("textarea, .answers, .answers-intro")).to_have_count(0)
    assert sheets(without) == fresh
    line = "e => getComputedStyle(e, '::after').borderBottomStyle"
    without.emulate_media(media="print")
    assert {one.evaluate(line) for one in without.locator(".questions > li").all()} == {"solid"}


def test_no_note_stands_below_another_question(desk: Page) -> None:
    """A note on what is no longer asked is shown with its old question, as text, and goes along."""
    note(desk, 1).fill("Hope")
    box(desk).check()
    key = desk.evaluate("Object.keys(localStorage)[0]")
    old = {"version": 1, "notes": [["Old: Why?", HOSTILE]]}
    desk.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, json.dumps(old)])
    desk.reload()
    assert {one.input_value() for one in desk.locator("textarea").all()} == {""}
    panel = desk.get_by_role("group", name="Your notes")
    expect(panel).to_contain_text("Old: Why?")
    expect(panel).to_contain_text(HOSTILE)
    expect(panel.locator("img, b")).to_have_count(0)
    note(desk, 1).fill("Time")
    assert kept(desk) == {
        "Why?": HOSTILE,
        **{name: "Time" for name in kept(desk) if "recovery" in name},
    }
    assert HOSTILE in " ".join(sheets(desk))
    with desk.expect_download() as download:
        press(desk, "Save as a text file")
    assert f"Old: Why?\n\n{HOSTILE}\n" in download.value.path().read_text("utf-8")
    desk.once("dialog", lambda dialog: dialog.accept())
    press(desk, "Delete all")
    expect(panel).not_to_contain_text("Why?")


def test_broken_content_is_told(desk: Page) -> None:
    watch = Watch(desk)
    box(desk).check()
    key = desk.evaluate("Object.keys(localStorage)[0]")
    for broken in BROKEN:
        desk.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, broken])
        desk.reload()
        expect(status(desk)).to_have_text(
            "Notes are kept on this device that cannot be read. “Delete all” removes them."
        )
        assert not box(desk).is_checked()
    desk.once("dialog", lambda dialog: dialog.accept())
    press(desk, "Delete all")
    assert desk.evaluate("localStorage.length") == 0
    assert watch.findings == []


@pytest.mark.parametrize("trouble", [FULL, FORBIDDEN])
def test_storage_that_is_full_or_forbidden(desk: Page, trouble: str) -> None:
    """One message, and nothing that was written is lost."""
    if trouble == FULL:
        box(desk).check()
        desk.evaluate(trouble)
    else:
        desk.add_init_script(trouble)
        desk.reload()
        expect(status(desk)).to_be_empty()
        box(desk).click()
        expect(status(desk)).to_contain_text("This browser cannot keep your notes.")
        assert not box(desk).is_checked()
    desk.evaluate("""() => { window.said = 0; new MutationObserver(all => { said += all.length; })
      .observe(document.querySelector(".answers-status"), {childList: true}); }""")
    note(desk, 1).press_sequentially("Hope")
    note(desk, 2).fill("Time")
    if trouble == FULL:
        expect(status(desk)).to_contain_text("This browser cannot keep your notes.")
        assert desk.evaluate("said") == 1
    expect(note(desk, 1)).to_have_value("Hope")
    warned: list[str] = []

    def stay(dialog: Dialog) -> None:
        warned.append(dialog.type)
        dialog.dismiss()

    desk.once("dialog", stay)
    desk.evaluate("() => { location.href = 'glossary.html'; }")
    expect(note(desk, 2)).to_have_value("Time")
    assert warned == ["beforeunload"]
    with desk.expect_download() as download:
        press(desk, "Save as a text file")
    assert "Hope" in download.value.path().read_text("utf-8")
