"""Years beside keys, DOIs and dates of access: where the line is drawn, and what is said."""

import datetime as dt

import pytest

from sphinx_evidence.bibliography.dates import check_dates
from sphinx_evidence.bibliography.reader import read

TODAY = dt.date(2024, 6, 15)


def found(fields: str, key: str = "a", kind: str = "misc") -> list[str]:
    text = f"@{kind}{{{key},\n  {fields},\n}}\n"
    return [f"{f.rule}: {f.wrong} {f.remedy}" for f in check_dates(read(text, "x.bib"), TODAY)]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("year = {2010}, doi = {10.1000/x.2012.3}", []),  # online first, up to two years
        ("year = {2012}, doi = {10.1000/x.2010.3}", []),
        (
            "year = {2010}, doi = {10.1000/x.2013.3}",
            ["bib-year-doi: its year is 2010, but its DOI says 2013. Correct the year or the DOI."],
        ),
        (
            "year = {2013}, doi = {10.1000/2010/3}",
            ["bib-year-doi: its year is 2013, but its DOI says 2010. Correct the year or the DOI."],
        ),
        ("year = {2010}, doi = {10.1000/12013.4}", []),  # a number, not a year
        ("year = {2025}", []),  # announced for next year
        (
            "year = {2026}",
            [
                (
                    "bib-year: the year 2026 has not come yet. "
                    "Correct it; a work that has not appeared has {forthcoming}."
                )
            ],
        ),
        ("month = {12}", []),
        ("month = {1}", []),
        (
            "month = {13}",
            ['bib-month: "13" is no month. Write the number or the name of a month.'],
        ),
        ("month = {0}", ['bib-month: "0" is no month. Write the number or the name of a month.']),
        ("date = {2023-02-29}", ['bib-year: there is no day "2023-02-29". Correct month or day.']),
        ("date = {2024-02-29/2024-03}", []),
        ("date = {2024-21}", []),  # spring
        ("year = {2023}, urldate = {2024-06-16}", []),  # it may be tomorrow elsewhere
        (
            "year = {2023}, urldate = {2024-06-17}",
            [
                (
                    "bib-urldate: it was looked up on 2024-06-17, which has not come yet. "
                    "Correct the date."
                )
            ],
        ),
        ("date = {2020-01}, urldate = {2020-01-01}", []),
        (
            "date = {2020-01}, urldate = {2019-12-31}",
            [
                (
                    "bib-urldate: it was looked up in 2019, before it appeared in 2020. "
                    "Correct the year or the date."
                )
            ],
        ),
        (
            "urldate = {12 March 2012}",
            [
                (
                    'bib-urldate-form: "12 March 2012" is not written as other dates are. '
                    "Write urldate = {2012-03-12},"
                )
            ],
        ),
        (
            "urldate = {03/04/2012}",
            [
                (
                    'bib-urldate-form: "03/04/2012" can be read in several ways, or not at all. '
                    "Write it as year, month and day: urldate = {2024-05-01},"
                )
            ],
        ),
    ],
)
def test_dates(fields: str, said: list[str]) -> None:
    assert found(fields) == said


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("a2010", []),
        ("a2010b", []),
        ("a20101", []),  # no year
        (
            "a2011",
            [
                (
                    "bib-year-key: its year is 2010, but its key says 2011. Correct the year, or "
                    "give the entry another key and change its citations."
                )
            ],
        ),
    ],
)
def test_years_of_keys(key: str, said: list[str]) -> None:
    assert found("year = {2010}", key) == said


@pytest.mark.parametrize(
    ("key", "more"),
    [
        ("10.1007/978-3-319-2019-5", ""),
        ("10.1098_rstb.2019.0001", ""),
        ("arxiv:2004.12345", ""),
        ("journals/corr/smith2011", ""),
        ("rfc2045", "number = {2045}"),
        ("census2011", "title = {The census of 2011}"),
    ],
)
def test_a_number_of_the_work_in_a_key_is_no_year(key: str, more: str) -> None:
    assert found(f"year = {{2010}}, {more}", key) == []
