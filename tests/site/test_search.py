"""What readers look for and find."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.site.checks import Watch, axe_findings, focus_findings, overflow_findings

Visit: TypeAlias = Callable[..., tuple[Page, Watch]]

# What is typed, and a word that the first page found must have in its title, or in the heading or
# the words of one of the passages that are shown of it. Pages may be merged and named anew.
QUERIES = {
    "peer suport": "headings: peer support",
    "Wales strategy": "headings: Wales",
    "CHIME": "headings: CHIME",
    "recovery": "headings: recovery",
    "recovery colleges": "headings: Recovery College",
    "schizophrenia": "words: schizophrenia",
    "who wrote this": "headings: who made|author|about",
    "does recovery work": "headings: evidence|outcome|know|help",
    "crisis plan": "headings: advance",
    "medication": "words: medication",
    "housing first": "headings: housing",
    "discrimination": "words: discrimination",
    "stigmas": "headings: stigma|language",
    '"shared decision making"': "words: shared|decision",
    "advance statement": "headings: advance",
    "recovry": "headings: recovery",
    "co production": "words: co-?production",
    "coproduction": "words: co-?production",
    "Scottish policy": "headings: Scot|policy",
    "jobs": "words: jobs?|employment",
    "older people": "words: people",
    "large print": "headings: print|copies",
    "facilitator": "headings: facilitator",
    "trialogue": "headings: trialogue",
    "CHMIE": "headings: CHIME",
    "empowerment": "words: empowerment",
}
LISTS = re.compile(r'<(?:ul|section)[^>]* class="(?:open-question|record|references)\b')


def is_list(site: Path, link: Locator) -> bool:
    """Whether a link leads to a page of works, of changes or of open questions."""
    page = str(link.get_attribute("href")).partition("#")[0]
    return bool(LISTS.search((site / page).read_text("utf-8")))


def ask(page: Page, typed: str) -> Locator:
    """Type and press Enter; gives the pages found."""
    page.get_by_role("searchbox").fill(typed)
    page.keyboard.press("Enter")
    return page.locator("#search-results > li")


def test_the_first_page_answers(visit: Visit, site_dir: Path) -> None:
    page, watch = visit("search.html")
    wrong = {}
    for typed, expected in QUERIES.items():
        first = ask(page, typed).first
        expect(page.get_by_role("status")).to_contain_text(re.compile(r"\d+ pages? found\."))
        where, wanted = expected.split(": ")
        shown = first if where == "words" else first.locator("h2, p:has(> a)")
        words = " ".join(shown.all_inner_texts())
        last = is_list(site_dir, first.locator("h2 a"))
        if not re.search(wanted, words, re.IGNORECASE) or last or not first.locator("mark").count():
            wrong[typed] = words
    assert wrong == {}
    assert watch.findings == []


def test_lists_of_works_and_changes_come_last(visit: Visit, site_dir: Path) -> None:
    page, _ = visit("search.html")
    ask(page, "recovery")
    page.get_by_role("button", name="Show all").click()
    lists = [is_list(site_dir, link) for link in page.locator("#search-results h2 a").all()]
    assert lists == sorted(lists)
    assert any(lists)
    assert page.evaluate("document.activeElement.closest('li').previousElementSibling !== null")


def test_a_phrase_is_found_whole(visit: Visit) -> None:
    page, _ = visit("search.html")
    found = ask(page, "“Recovery Colleges”")
    for text in found.all_inner_texts():
        assert re.search(r"recovery colleges?", text, re.IGNORECASE)
    apart = ask(page, "“Colleges recovery”")
    expect(page.get_by_role("status")).to_contain_text("No passage has the whole phrase")
    assert apart.count() > 0


def test_what_is_not_there_is_told(visit: Visit) -> None:
    page, _ = visit("search.html")
    status = page.get_by_role("status")
    assert ask(page, "zzyzx").count() == 0
    expect(status).to_have_text("No page was found. Please try another word.")
    assert ask(page, "peer suport").count() > 0
    expect(status).to_contain_text("“suport” is not on the pages; this is for “support”.")
    assert ask(page, " ").count() == 0
    expect(status).to_have_text("Please type a word.")
    assert ask(page, "<b>hope</b> (").count() > 0


@pytest.mark.parametrize("mode", ["light-1280", "light-320", "dark-320", "high-contrast"])
def test_results_can_be_read_and_reached(visit: Visit, mode: str) -> None:
    page, watch = visit("search.html", mode)
    ask(page, "recovery colleges")
    assert axe_findings(page) + overflow_findings(page) + watch.findings == []
    assert focus_findings(page) == []


def test_from_any_page_by_keyboard(visit: Visit) -> None:
    """The link leads to the field, and Enter to the passage."""
    page, watch = visit("index.html")
    page.get_by_role("navigation", name="Tools").get_by_role("link", name="Search").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("CHIME")
    page.keyboard.press("Enter")
    for _ in range(2):  # the button, the first page
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("CHIME")
    assert "search" not in page.url
    assert watch.findings == []


def test_without_script_it_says_what_to_do(visit: Visit) -> None:
    page, _ = visit("search.html", "no-script")
    expect(page.get_by_text("Search needs JavaScript")).to_contain_text("Ctrl+F")
    expect(page.get_by_role("searchbox")).to_have_count(0)
    page.get_by_role("main").get_by_role("link", name="glossary").click()
    expect(page.get_by_role("heading", level=1, name="Glossary")).to_be_visible()
