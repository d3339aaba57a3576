"""The list of references: a status in one line, the rest unfolded by those who want it."""

from collections.abc import Callable
from typing import TypeAlias

import pytest
from playwright.sync_api import Page, expect

from tests.site.checks import Watch, axe_findings, overflow_findings

Visit: TypeAlias = Callable[..., tuple[Page, Watch]]
CHECKED = "OUCI (ouci.dntb.gov.ua)"  # how one of them was checked


def test_status_is_a_word_with_a_sign(visit: Visit) -> None:
    """Each status has a drawing of its own before its words."""
    page, _ = visit("references.html")
    statuses = page.locator(".references .reference-status strong")
    drawings = statuses.evaluate_all(
        "all => all.map(e => [e.textContent, getComputedStyle(e, '::before').clipPath])"
    )
    assert statuses.count() == page.locator(".references > li").count()
    assert all(words and drawing.startswith("polygon") for words, drawing in drawings)
    assert len({words for words, _ in drawings}) == len({tuple(one) for one in drawings})
    assert len({drawing for _, drawing in drawings}) == len({words for words, _ in drawings})


def test_folded_parts_open_by_keyboard(visit: Visit) -> None:
    page, watch = visit("references.html", "light-320")
    checked = page.get_by_text(CHECKED)
    expect(checked).to_be_hidden()
    summary = page.locator("details", has_text=CHECKED).locator("summary")
    expect(summary).to_have_text("How this was checked:")
    summary.press("Enter")
    expect(checked).to_be_visible()
    assert axe_findings(page) + overflow_findings(page) + watch.findings == []


def test_way_back_leads_to_the_passage(visit: Visit) -> None:
    page, _ = visit("references.html", "no-script")
    back = page.locator("details.reference-backlinks").first
    back.locator("summary").click()
    link = back.get_by_role("link").first
    href = str(link.get_attribute("href"))
    link.click()
    page.wait_for_url(f"**/{href}")
    expect(page.locator(f'[id="{href.partition("#")[2]}"]')).to_be_in_viewport()


@pytest.mark.xdist_group("printed")
def test_folded_parts_are_printed(printed: Callable[[str], list[str]]) -> None:
    assert CHECKED in " ".join(printed("references.html"))
