"""Any words come out of Markdown as they went in; four times as many take four times the work."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from sphinx_evidence.importing.inline import inline
from sphinx_evidence.importing.project import imported
from sphinx_evidence.word.archive import opened
from sphinx_evidence.word.blocks import Kind, Paragraph, Span
from sphinx_evidence.word.document import as_document
from sphinx_evidence.word.reading import read_word
from tests.growth import calls
from tests.word.making import docx, item, numbering, paragraph, run, table

MYST = create_md_parser(
    MdParserConfig(enable_extensions={"attrs_block", "attrs_inline", "colon_fence", "deflist"}),
    RendererHTML,
)
PIECES = (
    "*", "_", "`", "[", "]", "(", ")", "<", ">", "{", "}", "#", "+", "-", "=", "|", "~", "!", "%",
    "$", "\\", "&", "&amp;", ":", ":::", "```", "^", "1.", "9)", " ", "  ", "a", "B", ".",
    "{a}`b`", "[^1]", "a@b.c", "(a)=", "www.a.org", "—", "\n",
)  # fmt: skip
WORDS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)


def written(*spans: Span) -> str:
    return inline(Paragraph(1, Kind.TEXT, spans), 0, (), frozenset())


@given(WORDS)
def test_words_are_one_paragraph_of_the_same_words(words: str) -> None:
    wanted = " ".join("".join(one if one.isprintable() else " " for one in words).split())
    tokens = MYST.parse(written(Span(words)))
    if not wanted:
        assert tokens == []
        return
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    inner = tokens[1].children or []
    assert {token.type for token in inner} <= {"text", "text_special"}
    assert "".join(token.content for token in inner) == wanted


@given(st.lists(st.tuples(WORDS, st.booleans(), st.booleans()), max_size=4))
def test_look_loses_no_letter(parts: list[tuple[str, bool, bool]]) -> None:
    spans = [Span(words, bold, italic) for words, bold, italic in parts]
    text = MYST.parse(written(*spans))
    shown = "".join(
        token.content for block in text for token in block.children or [] if not token.hidden
    )
    wanted = "".join(words for words, _, _ in parts)
    assert re.sub(r"\W", "", shown) == re.sub(r"\W", "", wanted)


SHAPES = {
    "paragraphs": paragraph("Alpha (2001) counts ", run("clouds", look="i"), " (Alpha, 2001)."),
    "headings": paragraph("Clouds", style="berschrift1"),
    "tables": table(("a", "b"), ("c", "d")),
    "items": item("a"),
    "boxes": table(("a",)),
    "captions": paragraph("Table 1: a"),
}


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_work_grows_with_the_document(shape: str) -> None:
    def work(count: int) -> int:
        listed = ("References", "Alpha, A. (2001) Clouds. Skies, 1(2), 3–9.")
        data = docx(*[SHAPES[shape]] * count, *listed,
                    parts={"numbering": numbering(("decimal", "%1."))})  # fmt: skip
        manuscript = read_word(opened(data))
        document = as_document(manuscript, "x")

        def make(_text: str) -> None:
            imported(manuscript, document, {}, "x")

        return calls(make, "")

    small, large = work(100), work(400)
    assert large <= 1.4 * 4 * small
