"""What a writer has typed on a page in MyST, block by block, with the position of every word.

Read with markdown-it-py, which MyST-Parser reads with, too; without Sphinx, so that a page is
checked in milliseconds.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise, takewhile

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin

from sphinx_evidence.text.lines import Lines

# Directives whose content is no prose.
_LITERAL = {
    "bibliography", "code", "code-block", "code-cell", "csv-table", "digraph", "doctest",
    "eval-rst", "graph", "graphviz", "highlight", "include", "literalinclude", "math", "mermaid",
    "parsed-literal", "productionlist", "raw", "sourcecode", "testcode", "testoutput",
    "testsetup", "toctree",
}  # fmt: skip
_DIRECTIVE = re.compile(r"\{([^}\s]+)\}\s*(.*)")
_OPTION = re.compile(r":?([\w-]+):(?:\s+(.*))?")
# What is on a page, but not among its text.
_UNSEEN = {"attrs_block", "front_matter", "myst_block_break", "myst_line_comment", "myst_target"}
_READ_ALOUD = {"alt", "caption"}  # options whose values reach readers


@dataclass(frozen=True)
class Block:
    """One block of text: ``kind`` is the Markdown element, or argument or option.

    ``positions`` are line and column of each line of ``text``.
    """

    kind: str
    text: str
    positions: tuple[tuple[int, int], ...]
    quoted: bool = False  # in a block quotation
    names: tuple[str, ...] = ()  # classes

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset in ``text``."""
        before = self.text[:offset].split("\n")
        line, column = self.positions[len(before) - 1]
        return line, column + len(before[-1])


@dataclass
class Page:
    """The blocks of a page, its comments, and first and last line of its last block."""

    lines: Lines
    blocks: list[Block] = field(default_factory=list)
    comments: set[int] = field(default_factory=set)  # their lines
    end: tuple[str, int, int] = ("", 1, 1)  # the Markdown element, first and last line

    @property
    def title(self) -> tuple[int, int]:
        """Line and column of the first heading, else of the page."""
        headings = (block.positions[0] for block in self.blocks if block.kind == "heading")
        return next(headings, (1, 1))


def read(text: str) -> Page:
    """The page in MyST that ``text`` is."""
    page = Page(Lines(text))
    for token in _read(page, page.lines.texts, 0):
        if token.map and token.level == 0 and token.nesting >= 0 and token.type not in _UNSEEN:
            first, last = token.map
            while last > first + 1 and not page.lines.line(last).strip():
                last -= 1
            page.end = (token.type.removesuffix("_open"), first + 1, last)
    return page


def _read(page: Page, content: Sequence[str], start: int) -> list[Token]:
    """Add the blocks of ``content``, which begins at the index ``start`` of the page's lines."""
    tokens = _reader().parse("\n".join(content))
    quotations, names = 0, ""
    cursor: dict[int, int] = {}  # the column behind what was found last in a line
    for before, token in pairwise([Token("", "", 0), *tokens]):
        quotations += token.nesting if token.type.startswith("blockquote") else 0
        first = start + (token.map or [0])[0]
        if token.type == "attrs_block":
            names = str(token.attrGet("class") or "")
        elif token.type == "inline":
            kind = before.type.removesuffix("_open")
            texts = token.content.split("\n")
            positions = tuple(_find(page, first + n, text, cursor) for n, text in enumerate(texts))
            of = tuple(names.split())
            page.blocks.append(Block(kind, token.content, positions, quotations > 0, of))
            names = ""
        elif token.type == "myst_line_comment":
            page.comments.update(range(first + 1, start + (token.map or [0, 0])[1] + 1))
        elif token.type in {"fence", "colon_fence"} and (found := _DIRECTIVE.match(token.info)):
            _directive(page, found, token.content.split("\n"), first)
    return tokens


def _directive(page: Page, found: re.Match[str], content: Sequence[str], start: int) -> None:
    """Add the words of a directive: those of its options that are read, and its content."""
    name, argument = found.groups()
    if name in _LITERAL:
        return
    if argument:
        page.blocks.append(Block("argument", argument, (_find(page, start, argument, {}),)))
    options: Sequence[str] = list(takewhile(_OPTION.match, content))
    if content[:1] == ["---"] and "---" in content[1:]:
        options = content[: content.index("---", 1) + 1]
    for number, line in enumerate(options, start + 1):
        option = _OPTION.match(line)
        if option and option[1] in _READ_ALOUD and option[2]:
            position = _find(page, number, option[2], {})
            page.blocks.append(Block("option", option[2], (position,)))
    _read(page, content[len(options) :], start + 1 + len(options))


def _find(page: Page, index: int, text: str, cursor: dict[int, int]) -> tuple[int, int]:
    """Line and column of ``text``; of the line, where it is not in it to the letter."""
    column = page.lines.line(index + 1).find(text, cursor.get(index, 0))
    cursor[index] = column + len(text)
    return index + 1, max(column, 0) + 1


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark").enable("table")
    for plugin in (
        front_matter_plugin, myst_block_plugin, deflist_plugin, colon_fence_plugin,
        attrs_block_plugin, footnote_plugin,
    ):  # fmt: skip
        reader.use(plugin)
    reader.core.ruler.enableOnly(["normalize", "block"])  # the blocks are enough
    return reader
