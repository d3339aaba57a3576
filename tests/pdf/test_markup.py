"""Typst source from plain values."""

import pytest

from sphinx_evidence.pdf.markup import Code, call, content, embed, language, length, prose, string


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("plain", '"plain"'),
        ('say "hello"', r'"say \"hello\""'),
        ("C:\\new", r'"C:\\new"'),
        ("#let x = $1$ *bold* [a] @b <c>", '"#let x = $1$ *bold* [a] @b <c>"'),
        ("two\nlines\tand a tab", r'"two\nlines\tand a tab"'),
        ("\x00bell\x07", '"bell"'),
    ],
)
def test_string_literal_holds_any_text(text: str, literal: str) -> None:
    assert string(text) == literal


def test_prose_turns_line_breaks_into_spaces_and_keeps_no_break_spaces() -> None:
    assert prose("one\n  two\u00a0three") == '#"one two\u00a0three";'


def test_prose_sets_long_words_apart() -> None:
    word = "é" * 30
    assert prose(f"a {word}.") == f'#"a ";#long-word("{word}");#".";'
    assert prose(word) == f'#long-word("{word}");'
    assert prose("") == '#"";'


def test_call_writes_python_values_as_literals() -> None:
    written = call("f", "a", Code("b"), width=None, open_end=True, n=3, parts=["x", 1])
    assert written == 'f("a", b, width: none, open-end: true, n: 3, parts: ("x", 1, ))'


def test_call_refuses_a_value_without_a_literal() -> None:
    with pytest.raises(TypeError, match="no Typst literal"):
        call("f", object())


def test_content_and_embed() -> None:
    assert embed(call("emph", content(prose("a]b")))) == '#emph([#"a]b";]);'


@pytest.mark.parametrize(
    ("size", "written"),
    [("80%", "80%"), ("96px", "72pt"), ("96", "72pt"), ("1.5em", "1.5em"), ("2 rem", "2em")],
)
def test_length(size: str, written: str) -> None:
    assert length(size) == written


@pytest.mark.parametrize("size", ["wide", "", "10 furlongs"])
def test_length_refuses_other_text(size: str) -> None:
    with pytest.raises(ValueError, match="not a length"):
        length(size)


@pytest.mark.parametrize(
    ("tag", "parts"),
    [
        ("en", ("en", None)),
        ("en-GB", ("en", "GB")),
        ("pt_BR", ("pt", "BR")),
        ("zh-Hans-CN", ("zh", "CN")),
    ],
)
def test_language(tag: str, parts: tuple[str, str | None]) -> None:
    assert language(tag) == parts
