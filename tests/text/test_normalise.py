"""A text as it is read, and the places of its characters in the source."""

import pytest

from sphinx_evidence.text.normalise import as_read

SEEN = {
    "plain": "plain",
    "Hi\u200bll, 2002": "Hill, 2002",
    "Okaf\u00ador (2019)": "Okafor (2019)",
    "\uff08Hill\u3001\uff12\uff10\uff10\uff12\uff09": "(Hill,2002)",
    "\u2060a\u3000b\ufeff": "a b",
    "王": "王",
}


@pytest.mark.parametrize("text", SEEN)
def test_what_is_seen(text: str) -> None:
    assert as_read(text).text == SEEN[text]


def test_places_in_the_source() -> None:
    text = "a \u200bHi\u200bll\u200b, b"
    read = as_read(text)
    start = read.text.index("Hill")
    first, last = read.span(start, start + 4)
    assert text[first:last] == "Hi\u200bll"
    assert read.at(first) == start
    assert read.at(len(text)) == len(read.text)
