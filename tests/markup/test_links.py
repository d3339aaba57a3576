"""Slips in links: what is found in the text that readers would see, and what to type."""

import pytest

from sphinx_evidence.markup.latex import find_latex
from sphinx_evidence.markup.links import (
    find_foreign_links,
    find_foreign_reference,
    find_links,
    find_unfinished_reference,
)
from sphinx_evidence.markup.slip import spans


@pytest.mark.parametrize(
    ("text", "where", "what", "right"),
    [
        ("See [a] (b.md).", "[a] (b.md)", "white space", "[a](b.md)"),
        ("[a]\n(b.md)", "[a]\n(b.md)", "white space", "[a](b.md)"),
        ("![a] (b.png)", "![a] (b.png)", "white space", "![a](b.png)"),
        ('[a] (b.md "The title")', '[a] (b.md "The title")', "white", '[a](b.md "The title")'),
        ("(a)[b.md]", "(a)[b.md]", "the other way round", "[a](b.md)"),
        ("(a)[https://example.org/x]", "(a)[https", "other way", "[a](https://example.org/x)"),
        ("[a][b.md]", "[a][b.md]", "wrong brackets", "[a](b.md)"),
        ("[a]{b.md}", "[a]{b.md}", "wrong brackets", "[a](b.md)"),
        ("[a](b.md]", "[a](b.md]", "wrong brackets", "[a](b.md)"),
        ("[a](b.md and more", "[a](b.md", "its ) is missing", "[a](b.md)"),
        ("(so [a](b.md#part, and more)", "[a](b.md#part", ") is missing", "[a](b.md#part)"),
        ("[a](b.md\nand more (here)", "[a](b.md", "its ) is missing", "[a](b.md)"),
        ("[a](../b.md", "[a](../b.md", "its ) is missing", "[a](../b.md)"),
        ("[a](#part", "[a](#part", "its ) is missing", "[a](#part)"),
        ("[a b(b.md) c", "[a b(b.md)", "a ] is missing", "[a b](b.md)"),
        ("[a]b.md) c", "[a]b.md)", "a ( is missing", "[a](b.md)"),
        ("a](b.md) c", "](b.md)", "its [ is missing", "[words](b.md)"),
        ("[a](my page.md)", "[a](my page.md)", "address has a space", "[a](<my page.md>)"),
        ("so [a](my page.md", "[a](my page.md", "address has a space", "[a](<my page.md>)"),
        ("[a](https://x.org/a b)", "[a](https", "has a space", "[a](<https://x.org/a b>)"),
        ("[a](b.md 'c)", "[a](b.md 'c)", "title is not closed", '[a](b.md "c")'),
        ("[a](b.md c)", "[a](b.md c)", "no quotation marks", '[a](b.md "c")'),
        ("[a](<b.md)", "[a](<b.md", "its > is missing", "[a](<b.md>)"),
        ("[a](https://x.org/y_(z)", "[a](https", "has brackets", "[a](https://x.org/y_(z))"),
        ("[a](file:///b)", "[a](file", "not allowed", "[a](https://…)"),
        ("at <https://x.org and", "<https://x.org", "missing >", "<https://x.org>"),
        ("at < https://x.org >", "< https://x.org >", "white space", "<https://x.org>"),
        ("at <www.x.org>", "<www.x.org>", "lacks https://", "<https://www.x.org>"),
        ("a\n[b]: c.md", "[b]: c.md", "no empty line", "[b]: c.md"),
        ("[b] : c.md", "[b] : c.md", "before its colon", "[b]: c.md"),
        ("the [two words][there] are", "[two words][there]", "no line gives", "[there]: and"),
        ("the [two words][] are", "[two words][]", "no line gives", "[two words]: and"),
    ],
)
def test_slip_is_found(text: str, where: str, what: str, right: str) -> None:
    (slip,) = find_links(text)
    assert what in slip.wrong
    assert slip.remedy.removeprefix("Write ").startswith(right)
    ((start, _),) = spans(slip, text)
    assert start == text.index(where)


@pytest.mark.parametrize(
    "text",
    [
        "[sic] (see p. 3), [a] (b) and [1] (b.md)",
        "an item a[i](j), a[i][j], f(x)[i], x[key][other]",
        "[see the page (b.md)] and [cf. f(b.md)]",
        "(as in [a]b.md)",
        "(see)[1] and (a)[b]",
        "patterns such as [A-Za-z][a-z0-9] and [^a-z][a-z]",
        "[x] done, [ ] (b.md)",
        "a < https and <b>",
        "[Anne]: that is true",
    ],
)
def test_neighbours_are_not_found(text: str) -> None:
    assert list(find_links(text)) == []


@pytest.mark.parametrize(
    "source",
    [
        r"\[a\](my page.md)",
        r"\[a](my page.md)",
        "`[a](my page.md)`",
        "`` [a](my page.md) ``",
        "some `code` and ``[a](my page.md) ` ``",
    ],
)
def test_what_is_meant_as_text_has_no_place(source: str) -> None:
    (slip,) = find_links("[a](my page.md)")
    assert list(spans(slip, source)) == []
    ((start, _),) = spans(slip, f"{source} [a](my page.md)")
    assert start == len(source) + 1


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("[“a”](my page.md", '["a"](my page.md'),
        ("[a](my page–b.md", "[a](my page--b.md"),
        ("[a](b.md\nc)", "[a](b.md\n> c)"),
        ("[\ufffc](b.md", "[`code`](b.md"),
        ("[a] (b.md “c”)", '[a]  (b.md "c")'),
    ],
)
def test_place_of_what_was_made_round(text: str, source: str) -> None:
    (slip,) = find_links(text)
    ((start, _),) = spans(slip, f"Before: {source}")
    assert start == len("Before: ")


def test_forms_of_another_markup() -> None:
    (slip,) = find_foreign_links("See [a](https://x.org) and [1](2).")
    assert slip.remedy == "Write `a <https://x.org>`_"
    (slip,) = find_foreign_links("See [a](b.md).")
    assert slip.remedy == "Write :doc:`a <b>`"
    (slip,) = find_foreign_reference("a <https://x.org>", "_ and")
    assert slip.remedy == "Write [a](https://x.org)"
    assert list(find_foreign_reference("a <https://x.org>", " and")) == []
    (slip,) = find_unfinished_reference("a <https://x.org>")
    assert slip.remedy == "Write `a <https://x.org>`_"
    assert list(find_unfinished_reference("a title <of sorts>")) == []


@pytest.mark.parametrize(
    ("command", "myst", "rst"),
    [
        (r"\cite{one}", "{cite:p}`one`", ":cite:p:`one`"),
        (r"\citep[p. 3]{one, two}", "{cite:p}`one,two{p. 3}`", ":cite:p:`one,two{p. 3}`"),
        (r"\citep[see][p. 3]{one}", "{cite:p}`{see}one{p. 3}`", ":cite:p:`{see}one{p. 3}`"),
        (r"\citep[see][]{one}", "{cite:p}`{see}one`", ":cite:p:`{see}one`"),
        (r"\nocite{one,two}", "{cite:empty}`one,two`", ":cite:empty:`one,two`"),
        (r"\nocite{*}", ":all: as an option", ":all: as an option"),
        (r"\citet{one}", "{cite:t}`one`", ":cite:t:`one`"),
        (r"\parencite{one}", "{cite:p}`one`", ":cite:p:`one`"),
        (r"\ref{fig}", "{numref}`fig` for a number", ":numref:`fig` for a number"),
        (r"\autoref{fig}", "{numref}`fig`", ":numref:`fig`"),
        (r"\label{fig}", "(fig)= in", ".. _fig: in"),
        (r"\emph{so}", "*so*", "*so*"),
        (r"\textbf{so}", "**so**", "**so**"),
        (r"\url{https://x.org}", "<https://x.org>", "https://x.org"),
        (r"\href{https://x.org}{a}", "[a](https://x.org)", "`a <https://x.org>`_"),
        (r"\footnote{So.}", "[^note] here", "[#note]_ here"),
        (r"\begin{align}", "the formula in a directive math.", "the formula in"),
        (r"\section{A}", "## A", "A without the command"),
    ],
)
def test_latex(command: str, myst: str, rst: str) -> None:
    (slip,) = find_latex(f"As {command} says", "myst")
    assert slip.remedy.startswith(f"Write {myst}")
    assert [start for start, _ in spans(slip, f"As {command} says")] == [3]
    assert list(spans(slip, f"As \\{command} says")) == []
    (slip,) = find_latex(f"As {command[1:]} says", "rst")
    assert slip.remedy.startswith(f"Write {rst}")


def test_words_that_look_like_latex_are_none() -> None:
    assert list(find_latex(r"A reference{x}, C:\section\a and \alpha{x}, cite{x}", "myst")) == []
