"""A document is what a reader of files makes of it: plain text and Markdown, or another file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_evidence.manuscripts.audit import audit
from sphinx_evidence.manuscripts.document import Block, Document, Kind, Link
from sphinx_evidence.manuscripts.plain_text import read


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Alpha &amp; Beta &#233;&lt;", "Alpha & Beta é<"),
        ("\\(Alpha, 2001\\)\\. 3\\*", "(Alpha, 2001). 3\N{ASTERISK OPERATOR}"),
        ('as [Alpha (2001)](#ref-alpha "Alpha") says', "as Alpha (2001) says"),
        ("[[Alpha](#a) ([2001](#b))]{.cite}", "Alpha (2001)"),
        ("Clouds [2](#b) and [[3]](<#c d>){.x}.", "Clouds [2] and [3]."),
        ("Al\u00adpha\u200b", "Alpha"),
        ("a <!-- b --> c <i>d</i> e<sup>2</sup><br/>", "a  c *d* e^2^"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("a `b` c", "a     c"),
        ("if p < 3 and q > 2 <!-- left open", "if p < 3 and q > 2 <!-- left open"),
        ("![Figure 1. Rain](rain.png)", "Figure 1. Rain"),
        ("---\ntitle: T\n---\n\nWords", "Words"),
        ("---\nWords\n---", "---\nWords\n---"),
        ("a\fb\rc\r\nd", "a\nb\nc\nd"),
        ("::: {#refs}\nWords\n:::", "Words"),
    ],
)  # fmt: skip
def test_marks_that_nobody_sees(typed: str, shown: str) -> None:
    assert read(typed, "x").text.strip("\n") == shown


def test_every_character_keeps_its_place() -> None:
    source = "## Re\u00adst {#rest .unnumbered}\r\nA &amp; [*B*](#b)\\. C\n\nD\n"
    document = read(source, "x.md")
    assert [(block.kind, block.level) for block in document.blocks] == [
        (Kind.HEADING, 2), (Kind.PARAGRAPH, 0), (Kind.PARAGRAPH, 0),
    ]  # fmt: skip
    places = {char: document.location(at)[1:] for at, char in enumerate(document.text)}
    assert [places[char] for char in "Rt&B.CD"] == [
        (1, 4), (1, 8), (2, 3), (2, 11), (2, 18), (2, 21), (4, 1),
    ]  # fmt: skip


@given(st.text(alphabet="aB \n\r\f\\*_`#[]()<>&;{}^:!-~.1", max_size=200))
def test_letters_stand_where_they_are_said_to(source: str) -> None:
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    document = read(source, "x")
    for at, char in enumerate(document.text):
        if char.isalpha():
            _, line, column = document.location(at)
            assert lines[line - 1][column - 1] == char


def test_headings_and_notes() -> None:
    document = read(
        "Title\n=====\n\nA[^1] b.[^2]\n\n# Works ##\nC\n\n[^1]: D\n  e\n\n    f\n\ng\n\n[^3]: H",
        "x",
    )
    assert [(b.kind, b.level, b.text, b.line) for b in document.blocks] == [
        (Kind.HEADING, 1, "Title", 1), (Kind.PARAGRAPH, 0, "A b.", 4),
        (Kind.NOTE, 0, "D\n  e", 9), (Kind.NOTE, 0, "    f", 12), (Kind.HEADING, 1, "Works", 6),
        (Kind.PARAGRAPH, 0, "C", 7), (Kind.PARAGRAPH, 0, "g", 14), (Kind.NOTE, 0, "H", 16),
    ]  # fmt: skip


def test_links_keep_their_addresses() -> None:
    document = read("a\n\n[b &amp; c](https://example.org/d) e <>", "x")
    assert list(document.links()) == [Link(3, 8, "https://example.org/d"), Link(11, 11, "")]


def test_a_document_of_another_reader_is_told_in_its_own_places() -> None:
    document = Document("paper.docx", [
        Block("Rest", 1, Kind.HEADING, 1),
        Block("It helps (Alpha, 2002), as Figure 1 shows.", 2),
        Block("Figure 1 hours of rest", 3, Kind.CAPTION),
        Block("References", 4, Kind.HEADING, 1),
        Block("Alpha, A. (2001) *Rest*. Press.", 5, place="page 7, first paragraph"),
    ])  # fmt: skip
    (finding,) = audit(document)
    assert finding.place == "paper.docx:2:11"
    assert "another year, Alpha (2001), page 7, first paragraph." in finding.wrong


def test_an_empty_document() -> None:
    assert Document("x", []).location(0) == ("x", 1, 1)


HTML = (
    "<html><head><title>Sky</title><style>p { color: red }</style></head><body>"
    "<h1 class='x'>Clouds</h1><p>Rain <em>et al</em>. (2001)<script>alert(1)</script></p>"
    "<ul><li>one</li><li>two <a href='https://example.org'>a link</a></li></ul>"
    "<p><a href='#'>nowhere</a></p><table><tr><td>1</td><td>2</td></tr></table></body></html>"
)


def test_html_is_read_by_its_blocks_whatever_its_lines() -> None:
    document = read(HTML, "x.html")
    blocks = [(block.kind, block.text) for block in document.blocks]
    assert blocks == [
        (Kind.HEADING, "Clouds"),
        (Kind.PARAGRAPH, "Rain *et al*. (2001)"),
        (Kind.PARAGRAPH, "one"),
        (Kind.PARAGRAPH, "two a link"),
        (Kind.PARAGRAPH, "nowhere"),
        (Kind.PARAGRAPH, "1"),
        (Kind.PARAGRAPH, "2"),
    ]
    assert [link.address for link in document.links()] == ["https://example.org", ""]


@pytest.mark.parametrize("piece", ["<script>", "<a href='x'>", "<h1>", "<style", "</a>", "<p "])
def test_hostile_html_is_read(piece: str) -> None:
    assert {block.line for block in read(f"a{piece * 20_000}", "x.html").blocks} == {1}
