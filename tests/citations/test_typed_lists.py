"""A list of works that is typed is one finding, and an argument in a list is none."""

import pytest

from sphinx_evidence.citations.typed_lists import of_list, typed_lists

FIRST = "Hill, A., Smith, B. & de la Cruz, C. (2002). Roads. Care, 3, 1–9."
WORKS = [FIRST, "Berg, T. 2019. Peers. Care 4: 2–9.", "Li, Wei (2020) “Boats”, Care."]
ARGUMENT = ["Hill (2002) says so.", "So do Berg and Li (2019).", "In 2003, Harrington agreed."]


def test_lines_of_works_are_one_list() -> None:
    assert typed_lists(["Works:", *WORKS, "Text.", FIRST]) == [None, 3, 0, 0, None, None]
    assert typed_lists(ARGUMENT) == [None, None, None]
    assert typed_lists(["Zhang W, Li X. Creep in beams. Timber. 2013;7:61–70."]) == [1]


def test_one_finding_says_what_to_do() -> None:
    (found,) = of_list(FIRST, 3, ["hill2002"], markup="myst")
    assert FIRST[found.start : found.end].endswith("(2002)")
    assert found.wrong == "These 3 lines are works that are typed by hand."
    assert "such as hill2002, and write {bibliography} in place of" in found.remedy
    assert list(of_list(WORKS[1], 0, [], markup="myst")) == []


@pytest.mark.parametrize("initials", ["A. ", "de. ", "É., ", "& "])
def test_a_line_of_initials_is_read_once(initials: str) -> None:
    """In two ways at each full stop, forty of them would take years."""
    assert typed_lists([initials * 60 + "x"]) == [None]


def test_sentences_and_titles_of_pages_that_begin_with_a_round_are_no_works() -> None:
    for lines in (
        ["For GBD 2021: Covariate.", "For GBD 2023: Flat file."],
        ["GBD 2019 Low birthweight", "GBD 2020 Wasting"],
        ["The GBD 2019 Causes Paper", "The GBD 2019 Risk Paper"],
        ["GBD 2019: Causes", "GBD 2020: Risks"],
        ["Males, 2025: 2", "Females, 2025: 3"],
    ):
        assert typed_lists(lines) == [None, None]
    for lines in (
        ["Slade 2009: One title", "Leamy, M. (2011) Two"],
        ["WHO. 2011. One title", "NICE (2012) Two"],
    ):
        assert typed_lists(lines) == [2, 0]
