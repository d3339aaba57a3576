"""Lines and columns as editors count them, whatever characters stand in a line."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_evidence.text.lines import EMPTY_LINE, Lines

# At each of these, str.splitlines ends a line, and no editor does.
INSIDE = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
TEXTS = st.text(alphabet=f"ab \t\r\n\ufeff{INSIDE}")


@pytest.mark.parametrize("character", INSIDE)
def test_a_character_that_ends_no_line(character: str) -> None:
    assert len(f"a{character}b".splitlines()) == 2
    lines = Lines(f"a{character}b\nc")
    assert lines.texts == [f"a{character}b", "c"]
    assert lines.position(2) == (1, 3)
    assert lines.find("c", line=1) == (2, 1)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_line_end(end: str) -> None:
    lines = Lines(f"a{end}{end}bc{end}")
    assert lines.texts == ["a", "", "bc"]
    assert lines.position(lines.text.index("c")) == (3, 2)
    assert lines.position(len(lines.text)) == (4, 1)
    assert lines.line_up_to(lines.text.index("c")) == "b"
    assert (lines.line(3), lines.line(4), lines.line(0)) == ("bc", "", "")


def test_a_byte_order_mark_has_no_column() -> None:
    lines = Lines("\ufeffa\n\ufeffb")
    assert lines.texts == ["a", "\ufeffb"]
    assert (lines.position(0), lines.position(1), lines.position(4)) == ((1, 1), (1, 1), (2, 2))
    assert Lines("").position(0) == Lines("\ufeff").position(1) == (1, 1)


def test_words_are_found_over_other_white_space() -> None:
    lines = Lines("see b, a\u2028 b\r\nand a\r\nb")
    assert lines.find("a b", line=1) == (1, 8)
    assert lines.find("a b", line=1, column=8) == (2, 5)
    assert lines.find("b", line=1, before="a\n") == (1, 11)
    assert lines.find("c", line=1) is None
    assert Lines("\n" * 90 + "a").find("a", line=1) is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_an_empty_line(end: str) -> None:
    for between in ("", " ", " > "):
        found = EMPTY_LINE.search(f"a{end}b{end}{between}{end}c")
        assert found
        assert found.start() == len(f"a{end}b")
    assert not EMPTY_LINE.search(f"a{end}b{end}c{end}")


@settings(deadline=None)
@given(TEXTS)
def test_every_offset_and_its_position(text: str) -> None:
    lines = Lines(text)
    before = re.split(r"\r\n|\n|\r", text.removeprefix("\ufeff"))
    assert lines.texts == before[: len(before) - (not before[-1])]
    for offset in range(len(text) + 1):
        line, column = lines.position(offset)
        if text.startswith("\ufeff") and not offset:
            assert (line, column) == (1, 1)
        else:
            assert lines.offset(line) + column - 1 == offset
            assert lines.line_up_to(offset) == text[lines.offset(line) : offset]
