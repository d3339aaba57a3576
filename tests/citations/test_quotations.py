"""Which citation belongs to a quotation, and whether it gives a page."""

import pytest

from sphinx_evidence.citations.quotations import inline, unpaged

LONG = "one two three four five"
TYPES = {"alpha2001": "book", "beta2004": "online"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"So it is: “{LONG}” \ufffc.", ["key"]),
        (f'So it is: "{LONG}." (\ufffc)', ["key"]),
        (f"\ufffc says “{LONG}” and more.", ["key"]),
        (f"\ufffc says so. “{LONG}” is another's.", []),
        ("So it is: “one two” \ufffc.", []),
        (f"They say ‘{LONG}’ \ufffc.", ["key"]),
        (f"They say 'isn't it {LONG}' (\ufffc).", ["key"]),
        (f"They say «{LONG}» \ufffc.", ["key"]),
        (f"They say „{LONG}“ \ufffc.", ["key"]),
        (f"“{LONG},” writes \ufffc.", ["key"]),
        (f"“{LONG}”, as \ufffc says.", ["key"]),
        (f"It's the boys' house, and that's {LONG} and \ufffc is not theirs.", []),
        (f"“{LONG}” is what was said by many others, as \ufffc tells.", []),
    ],
)
def test_citation_of_a_quotation(text: str, expected: list[str]) -> None:
    found = inline(text, [(text.index("\ufffc"), "key")], length=5)
    assert [target for _, target in found] == expected


@pytest.mark.parametrize(
    ("target", "key"),
    [
        ("alpha2001", "alpha2001"),
        ("alpha2001{p. 3}", ""),
        ("{see}alpha2001", "alpha2001"),
        ("{see}alpha2001{p. 3}", ""),
        ("beta2004", ""),
        ("beta2004,alpha2001", "alpha2001"),
        ("unknown", ""),
    ],
)
def test_only_works_with_pages_need_one(target: str, key: str) -> None:
    assert unpaged(target, TYPES) == key
