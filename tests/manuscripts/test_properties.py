"""Any text is audited without a crash; of made manuscripts, exactly the seeded faults are told."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_evidence.bibliography.reader import read as read_bib
from sphinx_evidence.manuscripts.audit import audit
from sphinx_evidence.manuscripts.bib import to_bib
from sphinx_evidence.manuscripts.plain_text import read
from sphinx_evidence.manuscripts.reference_list import find_reference_list
from tests.manuscripts.styles import STYLES, Manuscript, initials, manuscripts

pytestmark = pytest.mark.slow

PIECES = (
    "\n", "\n\n", "References\n\n", "# References\n", "Alpha, A. (2001) ", "Alpha, Ann. 2001. ",
    "———. ", "(Alpha, 2001)", "Alpha and Beta (2001) ", "[1] ", "[2,3] ", "[9–4]", "^1^",
    "<sup>2</sup>", "1. ", "[1] Alpha A. ", "*Sky*, *1*(2), 3–9. ", "“Sky.” ", "Table 1 ",
    "Appendix A ", "`", "```\n", "[x]()", "et al. ", "2001", ";4(2):3-9.", "In ", "(Eds.), ",
    "\0", "\r", "van ", "'s ", "²",
)  # fmt: skip


@given(
    st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
)
def test_any_text_is_read_and_each_finding_has_its_place(text: str) -> None:
    lines = re.split(r"\r\n|\n|\r", text.removeprefix("\ufeff"))
    for finding in audit(read(text, "x.md")):
        assert 1 <= finding.line <= len(lines)
        assert 0 <= finding.column <= len(lines[finding.line - 1]) + 1
    listing = find_reference_list(read(text, "x"))
    if listing and listing.entries:
        bibliography = read_bib(to_bib(listing.entries), "x.bib")
        assert bibliography.findings == []
        assert len(bibliography.entries) == len(listing.entries)


def _check(made: Manuscript) -> None:
    told = [(f.line, f.rule.removeprefix("manuscript-")) for f in audit(read(made.text, "x.md"))]
    assert told == made.expected


@pytest.mark.parametrize("style", STYLES)
@given(data=st.data())
def test_exactly_the_seeded_faults_are_told(style: str, data: st.DataObject) -> None:
    _check(data.draw(manuscripts(style)))


@pytest.mark.parametrize("style", STYLES)
@given(data=st.data())
def test_clean_manuscripts_have_no_finding(style: str, data: st.DataObject) -> None:
    made = data.draw(manuscripts(style, faults=()))
    assert made.expected == []
    _check(made)


@pytest.mark.parametrize("style", STYLES)
@given(data=st.data())
def test_bib_has_the_same_names_years_and_places(style: str, data: st.DataObject) -> None:
    made = data.draw(manuscripts(style))
    listing = find_reference_list(read(made.text, "x"))
    assert listing
    bibliography = read_bib(to_bib(listing.entries), "x.bib")
    assert bibliography.findings == []
    written = sorted(
        (e.get("author"), e.get("year"), e.get("journal"), e.get("volume"), e.get("number"),
         e.get("pages"), e.get("publisher"), e.get("title").casefold())
        for e in bibliography.entries.values()
    )  # fmt: skip
    journal = "J Skies" if style == "vancouver" else "Journal of Skies"
    assert written == sorted(
        (
            " and ".join(f"{n}, {initials(at, style)}" for at, n in enumerate(work.surnames)),
            str(work.year),
            *(("", "", "", "", "Sky Press") if work.book else (journal, "4", "2", "30--39", "")),
            "counting clouds by hand",
        )
        for work in made.works
    )
