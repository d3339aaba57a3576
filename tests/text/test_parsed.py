"""The lines that parsers count lead back to those of editors."""

from docutils.statemachine import string2lines
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_evidence.text.lines import Lines
from sphinx_evidence.text.parsed import Form, Shift, editor_line, shifts

TEXTS = st.text(alphabet="ab \r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", min_size=1)
PAGE = "a\u2028b\n```{note} T\u2028itle\nc\u2028d\u2028\ne\n```\nf\n:::{note}\n\u2029g\nh\n:::\ni\n"


def same(text: str, parsed: list[str], found: list[Shift]) -> None:
    lines = Lines(text)
    for number, line in enumerate(parsed, 1):
        true = editor_line(found, number, ())
        assert line in lines.line(true).replace("\x0b", " ").replace("\x0c", " ")
    if found:
        assert list(found[0].counted) == list(range(1, len(parsed) + 1))


@settings(deadline=None)
@given(TEXTS)
def test_lines_of_docutils(text: str) -> None:
    lines = string2lines(text, convert_whitespace=True)
    same(text, lines, shifts(Lines(text), Form.RST))


@settings(deadline=None)
@given(TEXTS)
def test_lines_of_a_file_that_a_page_in_myst_includes(text: str) -> None:
    lines = [line.replace("\x0b", " ").replace("\x0c", " ") for line in text.splitlines()]
    same(text, lines, shifts(Lines(text), Form.MYST_INCLUDED))


def test_lines_of_myst_are_those_of_editors_but_in_directives() -> None:
    found = shifts(Lines(PAGE), Form.MYST_WITH_COLONS)
    assert [editor_line(found, n, ()) for n in (1, 2, 3, 4, 5)] == [1, 2, 3, 3, 3]
    # Line 4, in the directive of line 2, has the number of the line behind it, too.
    assert (editor_line(found, 6, ()), editor_line(found, 6, (2,))) == (6, 4)
    assert [editor_line(found, n, (7,)) for n in (8, 9, 10, 11)] == [8, 8, 9, 11]
    assert [editor_line(shifts(Lines(PAGE), Form.MYST), n, ()) for n in (9, 11)] == [9, 11]
    assert shifts(Lines("```{note}\na\n```"), Form.MYST) == []
