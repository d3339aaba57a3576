"""The cover: made of words, whatever they are."""

import struct

import pytest

from sphinx_evidence.epub.cover import cover


@pytest.mark.parametrize(
    "title",
    ["A title", "", "An extraordinarilylongwordthatnocoverholds " * 3, '"]#$@\\ \U0001f600 <&>'],
    ids=["plain", "empty", "long", "hostile"],
)
def test_cover_has_the_same_size_whatever_the_words(title: str) -> None:
    picture = cover(title, "Ada", "Below")
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", picture[16:24]) == (1000, 1600)
    assert cover(title, "Ada", "Below") == picture


def test_cover_shows_each_of_its_words() -> None:
    pictures = {cover("A", "B", "C"), cover("X", "B", "C"), cover("A", "X", "C")}
    assert len(pictures | {cover("A", "B", "X")}) == 4
