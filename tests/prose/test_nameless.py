"""Citations that name no work are found, and other numbers in brackets are not."""

import pytest

from sphinx_evidence.prose.nameless import nameless
from sphinx_evidence.prose.words import COUNTED

FOUND = {
    "Recovery is a journey [1].": "[1]",
    "Many trials say so [2, 3], and some do not.": "[2, 3]",
    "Many say so [4–7; 12]": "[4–7; 12]",
    "So “they say” [1].": "[1]",
    "Cracks start at the lip [11, p. 40] in most cases.": "[11, p. 40]",
    "It is well attested [12, 14] but not here.": "[12, 14]",
    "Costs fall (ref. 5).": "(ref. 5)",
    "Costs fall (see refs 5, 7).": "(see refs 5, 7)",
    "Costs rise (ibid.).": "(ibid.)",
    "Costs rise (Ibid., p. 3).": "(Ibid., p. 3)",
    "They came back (Hill, op. cit.).": "(Hill, op. cit.)",
    "They came back (loc. cit., p. 3).": "(loc. cit., p. 3)",
}
NONE = [
    "[1] First, ask.",
    "Three count: [1] time, [2] money and [3] trust.",
    "The second item is row[1], the third row[2].",
    "The range of chances is open, [0, 1].",
    "Donoghue v Stevenson [1932] AC 562.",
    "He said [sic].",
    "He wrote “costs fall (ibid.), so [1].” and left.",
    "He took the bus (the ref. was late).",
    "The word ibidem (in the same place) is Latin.",
    "The forms ibid. and op. cit. are not used here.",
    "Our sign is (ref. 2019/5).",
    *(
        f"It is the {word} [1, 5], and no more."
        for word in ("array", "CI", "index", "interval", "list", "range", "vector")
    ),
]


@pytest.mark.parametrize("text", FOUND)
def test_citation_without_a_work(text: str) -> None:
    assert [text[start:end] for start, end in nameless(text)] == [FOUND[text]]


@pytest.mark.parametrize("text", NONE)
def test_other_numbers(text: str) -> None:
    assert list(nameless(text)) == []


def test_every_word_has_a_sentence() -> None:
    assert all(any(f" {word} [" in text.casefold() for text in NONE) for word in COUNTED)
