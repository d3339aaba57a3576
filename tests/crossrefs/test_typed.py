"""References that are typed as plain words are found, and other words with numbers are not."""

import pytest

from sphinx_evidence.crossrefs.typed import Numbers, Pointer, typed_references

NUMBERS = Numbers(
    {"box": "box", "fig": "figure", "figure": "figure", "table": "table"},
    {("box", "2"): "box-steps", ("table", "1.2"): "table-ages", ("figure", "2"): ""},
)
FOUND = {
    "The steps are listed; see Box 2.": "Write {numref}`box-steps`.",
    "See also box 2 and what follows.": "Write {numref}`box-steps`.",
    "Ages are given in Table 1.2.": "Write {numref}`table-ages`.",
    "The cycle is a ring (Fig. 2).": "Give the figure a :name: and write {numref}`that-name`.",
    "Three rings (see Figure 3; more below).": "with the :name: of the figure that is meant.",
    "It follows from Box 9 that": "with the :name: of the box that is meant.",
}
NONE = [
    "Table 4 people at most to a room.",
    "The kit has cards, and Box 2 of the kit holds the dice.",
    "The dice are in Box 2 of the kit.",
    "He sat in box 2 and sang.",
    "It is as in Figure 2 by another hand.",
    "In Leamy’s book (Table 2, p. 4) it is.",
    "See Table 4% of all.",
    "See Box 2 (page 12) of theirs.",
    "It says “see Box 2” there.",
    'It says "see Box 2" there.',
    "See the box 9 inches wide.",
]


def typed(text: str, numbers: Numbers = NUMBERS, cited: tuple[int, ...] = ()) -> list[Pointer]:
    return list(typed_references(text, numbers, role="{numref}", links=[(0, 3)], cited=cited))


@pytest.mark.parametrize("text", FOUND)
def test_typed_reference(text: str) -> None:
    (found,) = typed(text)
    assert FOUND[text] in found.remedy


@pytest.mark.parametrize("text", NONE)
def test_other_words_with_numbers(text: str) -> None:
    assert typed(text) == []


def test_only_where_something_has_a_number() -> None:
    assert typed("See Box 2.", Numbers()) == []


def test_table_of_a_work_that_the_sentence_cites() -> None:
    text = "They met. As \ufffc say (Table 2), it is so. It is seen again; see Table 2."
    assert [found.start for found in typed(text, cited=(text.index("\ufffc"),))] == [
        text.rindex("Table")
    ]


def test_words_in_a_link_lead_somewhere() -> None:
    found = typed_references(
        "See Box 2.", NUMBERS, role="{numref}", links=[(0, 9)], cited=()
    )  # fmt: skip
    assert list(found) == []
