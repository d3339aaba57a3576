"""Citation keys against the bibliography, in both directions."""

import pytest

from sphinx_evidence.bibliography.reader import read
from sphinx_evidence.citations.rules import Use, check_citations, cited_once
from sphinx_evidence.diagnostics.finding import Location

BIB = read(
    "@book{one2001, status = {confirmed},}\n@book{two2002, status = {confirmed},}\n", "x.bib"
)
STATUSES = ["confirmed", "as printed"]


def told(*uses: Use) -> list[tuple[str, str]]:
    return [(f.place, f.rule) for f in check_citations(uses, BIB, STATUSES)]


def cited(key: str, line: int = 1) -> Use:
    return Use(key, Location("a.md", line, 3))


def listed(key: str) -> Use:
    return Use(key, Location("r.md", 9), further_reading=True)


def test_cited_and_listed_works_are_no_fault() -> None:
    assert told(cited("one2001"), listed("two2002")) == []


def test_unknown_key_is_told_where_it_stands_with_the_nearest() -> None:
    (finding, *_) = check_citations([cited("on2001", 7), cited("one2001")], BIB, STATUSES)
    assert finding.place == "a.md:7:3"
    wanted = 'No reference has the key "on2001". Did you mean "one2001" or "two2002"?'
    assert str(finding) == wanted


def test_unknown_key_without_a_near_one_says_what_to_do() -> None:
    (finding, *_) = check_citations([cited("zzzzzz")], BIB, STATUSES)
    assert str(finding).endswith("Add the work to the .bib file, or remove the citation.")


@pytest.mark.parametrize(
    ("key", "remedy"),
    [
        ("one2001;two2002", "Separate keys by a comma, without spaces: one2001,two2002"),
        ("one2001 two2002", "Separate keys by a comma, without spaces: one2001,two2002"),
        ("one2001 and two2002", "Separate keys by a comma, without spaces: one2001,two2002"),
        ("@one2001; @two2002", "Separate keys by a comma, without spaces: one2001,two2002"),
        ("one2001{p. 3", "Close the brace: one2001{p. 3}"),
        ("one2001{", "Close the brace: one2001{p. 3}"),
        ("one2001, p. 3", "A page stands in braces right behind the key: one2001{p. 3}"),
        ("see one2001", "Write {see}one2001: words stand in braces."),
        ("@one2001", "Write one2001."),
    ],
)
def test_more_than_a_key_is_told_with_what_to_type(key: str, remedy: str) -> None:
    (finding, *_) = check_citations([cited(key)], BIB, STATUSES)
    assert remedy in str(finding)


def test_unused_entry_is_told_at_its_line() -> None:
    assert told(cited("one2001")) == [("x.bib:2", "citation-unused")]


def test_an_unused_entry_is_offered_in_the_markup_of_the_pages() -> None:
    (finding,) = check_citations([Use("one2001", Location("a.rst", 1, 3))], BIB, STATUSES)
    assert "Cite it with :cite:p:`two2002`, add its key to the `.. further-reading::`" in str(
        finding
    )
    (finding,) = check_citations([cited("one2001")], BIB, STATUSES)
    assert "Cite it with {cite:p}`two2002`, add its key to the {further-reading} list" in str(
        finding
    )


def test_further_reading_that_is_cited_is_told() -> None:
    uses = (cited("one2001"), cited("two2002"), listed("two2002"))
    assert told(*uses) == [("r.md:9", "citation-further-reading")]


def test_status_outside_the_agreed_words_is_told_at_its_line() -> None:
    bib = read("@book{one2001,\n  title = {A},\n  status = {Confirmed},\n}\n", "x.bib")
    (finding,) = check_citations([cited("one2001")], bib, STATUSES)
    assert finding.place == "x.bib:3"
    assert "{confirmed}, {as printed}" in str(finding)


def test_status_is_optional_where_no_words_are_agreed() -> None:
    bib = read("@book{one2001, title = {A},}", "x.bib")
    assert list(check_citations([cited("one2001")], bib, [])) == []


def test_unknown_key_offers_the_entry_of_the_same_surname_and_year() -> None:
    bib = read(
        "@book{a-vision-for-all,\n  author = {Müller, A. and Other, B.},\n  year = {1993},\n}\n"
        "@book{mueller1999, author = {Mueller, C.}, year = {1999},}\n",
        "x.bib",
    )
    (first, *_) = check_citations([Use("Müller93", Location("a.md", 1))], bib, [])
    assert 'Did you mean "a-vision-for-all"' in str(first)
    (first, *_) = check_citations([Use("muller_other_1984", Location("a.md", 1))], bib, [])
    assert '"a-vision-for-all"' in str(first)


def test_only_works_that_there_are_count_as_cited_once() -> None:
    uses = [cited("one2001", 4), cited("on2001"), cited("two2002"), cited("two2002", 2)]
    assert list(cited_once(uses, BIB)) == [("one2001", "a.md:4")]
