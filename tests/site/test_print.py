"""Pages as they come out of a printer: printed to PDF by the browser, and read back."""

from collections.abc import Callable
from typing import TypeAlias

import pytest
from playwright.sync_api import Page

from tests.real import SITE
from tests.site.checks import Watch
from tests.site.paper import sheets

pytestmark = pytest.mark.xdist_group("printed")  # each page once, by one worker

Visit: TypeAlias = Callable[..., tuple[Page, Watch]]
Printed: TypeAlias = Callable[[str], list[str]]

FOLDED = """main => main.insertAdjacentHTML("beforeend", `
<details><summary>Folded</summary><p>Words that were folded away.</p></details>
<div class="sd-tab-set"><input type="radio" id="t1" checked><label class="sd-tab-label" for="t1">
First</label><div class="sd-tab-content"><p>Words of one tab.</p></div>
<input type="radio" id="t2"><label class="sd-tab-label" for="t2">Second</label>
<div class="sd-tab-content"><p>Words of another tab.</p></div></div>`)"""


@pytest.mark.parametrize("name", ["index", "the-issue", "language", "references"])
def test_each_sheet_says_what_it_is(visit: Visit, printed: Printed, name: str) -> None:
    """Title, address, edition, and how many sheets there are; nothing of the screen's frame."""
    page, _ = visit(f"{name}.html")
    title = page.get_by_role("heading", level=1).inner_text()
    made = printed(f"{name}.html")
    for number, text in enumerate(made, 1):
        assert f"{title} {SITE}{name}.html" in text
        assert f"Version 0.1.0, 1 January 1970 {number}/{len(made)}" in text
    whole = " ".join(made)
    for words in ("Skip to content", "On this page", "Back to top", "Previous", "Made with"):
        assert words not in whole
    assert whole.count("Copyright ©") == 1


def test_questions_and_lines_fit_on_one_sheet(printed: Printed) -> None:
    """Front and back, with lines to write on."""
    _, back = printed("discussion-questions.html")
    assert "the IMPACT team?" in back


def test_box_and_table_are_not_split(printed: Printed) -> None:
    """Each stands on one sheet, from its title to its last words."""
    for name, first, last in (
        ("language", "Box 1 The language used", "stigmatising to someone else."),
        ("the-issue", "Table 1 Two understandings", "not at its centre."),
    ):
        made = printed(f"{name}.html")
        assert [first in text for text in made] == [last in text for text in made]


def test_address_of_a_link_is_printed_once(printed: Printed) -> None:
    """After the link; not again where the list of references prints it."""
    address = "<https://creativecommons.org/licenses/by-nc-sa/3.0/igo>"
    assert "".join(printed("the-issue.html")).count(address) == 1
    assert "".join(printed("references.html")).count("doi.org/10.1037/h0095655") == 1


def test_what_is_folded_away_is_printed(visit: Visit) -> None:
    """A list that a reader has not opened, and every tab."""
    page, _ = visit("the-issue.html")
    page.locator("main").evaluate(FOLDED)
    whole = " ".join(sheets(page))
    for words in ("Words that were folded away.", "Words of one tab.", "Words of another tab."):
        assert words in whole
