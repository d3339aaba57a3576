"""Rules on fields: nothing is lost, and nothing is shown wrongly, without a word."""

import pytest

from sphinx_evidence.bibliography.fields import check
from sphinx_evidence.bibliography.reader import read

GOOD = """\
@article{a2001,
  author = {Surname, Given and {van Name}, A. and {{An Organisation}}},
  title = {A 50\\% cut},
  year = {2001},
  journal = {The Journal},
  doi = {10.1234/x},
  url = {https://example.org/a},
  month = {May},
}
"""


def test_sound_entry_has_no_finding() -> None:
    assert list(check(read(GOOD, "x.bib"))) == []


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("title", "titel", "x.bib:3", 'no reader sees the field "titel". Did you mean "title"?'),
        ("title = {A 50\\% cut},\n  ", "", "x.bib:1", "has no title. Add title = {…},"),
        ("50\\%", "50%", "x.bib:3", "what follows % in the title would be lost. Write \\%"),
        ("{10.1234/x}", "{https://doi.org/10.1234/x}", "x.bib:6", "is no DOI. Write it without"),
        ("https://example.org/a", "javascript:alert(1)", "x.bib:7", "is no web address."),
        ("Given and", "Given, Other, B. and", "x.bib:2", "is not one person. Join people with"),
        ("Surname", "M\\foo{u}ller", "x.bib:2", "shown with its backslash. Type the letter itself"),
    ],
)
def test_fault_is_told_at_its_line(old: str, new: str, place: str, said: str) -> None:
    assert old in GOOD
    findings = list(check(read(GOOD.replace(old, new, 1), "x.bib")))
    assert (place, True) in [(f.place, said in str(f)) for f in findings], findings
