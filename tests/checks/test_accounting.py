"""The accounting of words: what is no markup is counted, and what is lost is told at its place."""

import re

import pytest

from sphinx_evidence.checks.accounting import lost
from sphinx_evidence.markup.source_words import Word, source_words, words_in
from tests.projects import Project

SHOWN = {"note", "figure", "box", "code-block", "toctree", "list-table", "eval-rst", "replace"}


def words(text: str, markup: str = "myst") -> str:
    found = source_words(text, markup=markup, shows=SHOWN.__contains__)
    return " ".join(word.text for word in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntitle: A\n---\nWords", "Words"),
        ("---\nWords that are no settings\n---\n", "Words that are no settings"),
        ("One *t*wo `three` **four**", "One two three four"),
        ("Ren&eacute; &amp; bar&nbsp;d", "René bar d"),
        ("See [it](there.md) and ![leaf](leaf.png 'May').", "See it and leaf"),
        ("See [it][there].\n\n[there]: https://example.org 'Title'", "See it"),
        ("[Anna]: Yes", "Anna Yes"),
        ("[//]: # (a comment: it goes\non)\n\n[x]: <> 'too'\n\nWords", "Words"),
        ("[x]: there.md 'unused'", "unused"),
        ("{ref}`there` {ref}`it <there>` {sub}`two` {nosuch}`x`", "it two"),
        ("{cite:p}`leamy2011{p. 3}`", "leamy2011 p 3"),
        ("% a comment\n% goes on\n\nWords", "Words"),
        ("Words, of which\n% are lost", "Words of which are lost"),
        ("<!-- a comment\n-->Words <!-- no end", "Words no end"),
        ("(a-name)=\n# Title\n\n(any words)=\n", "Title any words"),
        ("{.a #b key=c}\n[x]{.d} {note='e'} y", "x note e y"),
        ('[x]{note="of the hill"}', "x of the hill"),
        ("```{note} Title\n:class: a\n\nWords\n```", "Title Words"),
        ("```{figure} leaf.png\n:alt: a leaf\n:width: 3em\n\nWords\n```", "a leaf Words"),
        ("```{nosuch} Title\nWords\n```\nmore", "more"),
        ("```{toctree}\n:caption: Part\na\n```", "Part"),
        ("```python\nprint\n```\n~~~\nx\n~~~", "print x"),
        ("``` The form\nx\n```", "form x"),
        ("````{note}\n```{note}\nA\n```\nB\n````\nC", "A B C"),
        ("1. One\n   - two\n> 3) three", "One two three"),
        ("```{eval-rst}\n.. note:: A\n\n.. a comment\n\nB\n```\nC", "A B C"),
        ("+++ words\n+++ {'a': 1}", "words"),
        ("Words[^1]\n\n[^1]: note", "Words note"),
        ("$$\na\n$$ (one)\n% a comment\n\nWords", "a Words"),
        ("A <span class='x'>b</span> <your name>", "A b your name"),
    ],
)
def test_words_of_myst(text: str, expected: str) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (".. note:: Title\n   :class: a\n\n   Words\n", "Title Words"),
        (".. note: Words\n", "note Words"),
        (".. note\uff1a Words\n", "note Words"),
        (".. see also:: words\n", "see also words"),
        (".. a comment\n   goes on\n\nWords", "Words"),
        (".. nosuch:: x\n\n   y\n\nWords", "Words"),
        (".. _a: https://example.org\n.. _b:\n\nWords", "Words"),
        (".. _a:\n   https://example.org/x\n\nWords", "Words"),
        (".. _a: words of spring\n", "words of spring"),
        ("`it <there>`_ :ref:`a` :ref:`b <c>` [1]_ |d|", "it b"),
        (".. |d| replace:: words\n\n|d|", ""),
        (".. |d| replace:: words\n", "words"),
        ("`a -> b <there>`_ |so\n  on|_ c", "a b c"),
        (":orphan:\n\n#. One\n\n- two", "One two"),
        (".. _A: `B there`_\n\n.. _B there: https://x.org\n\nC", "C"),
        ("A\n\n__ `B there`_\n\nC", "A C"),
        ("..  note::  A\n    B", "A B"),
    ],
)
def test_words_of_rst(text: str, expected: str) -> None:
    assert words(text, "rst") == expected


@pytest.mark.parametrize(
    ("typed", "read", "expected"),
    [
        ("a b c", "c b a", []),
        ("one two three four", "one four", ["two three"]),
        ("x x x", "x x", ["x"]),
        ("service s", "services", []),
        ("one two", "onetwo three", []),
        ("one two three", "four", ["one two three"]),
    ],
)
def test_lost(typed: str, read: str, expected: list[str]) -> None:
    runs = lost(list(words_in(typed)), iter(read.split()))
    assert [" ".join(word.text for word in run) for run in runs] == expected


def test_offsets_are_those_of_the_source() -> None:
    assert source_words("{sub}`a` *b*c", markup="myst", shows=bool) == [
        Word("a", 6),
        Word("bc", 10),
    ]


@pytest.mark.parametrize(
    ("text", "place", "remedy"),
    [
        ("# T\n\nMost, about\n% of them, agreed.\n", "4:3", r"begin it with \\%"),
        ("# T\n\n| A |\n| - |\n| b | of walnut |\n", "5:7", "no more cells than the head"),
        ("# T\n\n[Anna]: Yes\n", "3:2", r"write \\\[ for a bracket"),
        ("# T\n\n(any words)=\n\nText.\n", "3:2", "Put an empty line"),
        ("T\n=\n\n.. see also:: Words\n", "4:4", "a directive has two colons"),
    ],
)
@pytest.mark.parametrize("builder", ["html", "citations"])
def test_place_and_remedy(
    project: Project, text: str, place: str, remedy: str, builder: str
) -> None:
    name = "md" if text.startswith("#") else "rst"
    project.write("docs/index.md", "# Sample\n\n```{toctree}\npage\n```\n")
    project.write(f"docs/page.{name}", text)
    built = project.build(builder)
    assert built.status == 1
    assert re.search(rf"docs/page\.{name}:{place}: (?i:error): “.*would reach no", built.text)
    assert re.search(remedy, built.text)


def test_a_project_may_switch_it_off_and_a_page_may_say_why(project: Project) -> None:
    lost_line = "# Sample\n\nMost, about\n% of them, agreed.\n"
    project.write("docs/index.md", lost_line)
    project.replace("conf.py", "'raw-html'", "'page-lost': 'off', 'raw-html'")
    assert project.build("html").status == 0
