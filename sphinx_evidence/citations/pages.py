"""Findings on the prose of a page, at their true place in its source."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from docutils import nodes
from sphinx.util.nodes import get_node_line, get_node_source

from sphinx_evidence.bibliography.reader import Bibliography
from sphinx_evidence.citations import quotations
from sphinx_evidence.citations.blocks import Block, blocks
from sphinx_evidence.citations.prose import Typed, find, role
from sphinx_evidence.findings import Edit, Finding, shown
from sphinx_evidence.prose.locating import Source, words_of
from sphinx_evidence.prose.matching import Library

_PANDOC = re.compile(r"(?<![\w@./`\[;-])@([A-Za-z][\w:-]*\w)(?![\w@./]*[@/])")
_HEADING = "A heading is read out and listed by itself, so it holds no citation."


class Prose:
    """Looks through the prose of one project."""

    def __init__(self, library: Library, bibliography: Bibliography, quotation: int) -> None:
        """``quotation`` is the number of words from which on a quotation needs a page."""
        self.library = library
        self.types = {key: entry.type for key, entry in bibliography.entries.items()}
        self.quotation = quotation
        self.sources: dict[Path, Source] = {}

    def source(self, path: Path) -> Source:
        """The text of a file, read and indexed once."""
        if path not in self.sources:
            with path.open(encoding="utf-8", newline="") as file:
                self.sources[path] = Source(file.read())
        return self.sources[path]

    def check(self, doctree: nodes.document, page: Path) -> Iterator[Finding]:
        """Every finding on the prose of ``doctree``, which was read from ``page``."""
        for block in blocks(doctree):
            path = _path(block.node, page)
            yield from self._block(block, path)
        for image in doctree.findall(nodes.image):
            alt = image.get("alt", "")
            for typed in find(alt, self.library, markup=_markup(page)):
                path = _path(image, page)
                where = self._finding(typed, alt, {}, path, get_node_line(image) or 1)
                wrong = f"{_words(alt, typed)} stands in the description of a picture."
                remedy = "A link cannot stand there: cite the work in the caption or the text."
                yield Finding(
                    where.path, where.line, "citation-alt", wrong, remedy, where.column, where.words
                )

    def _block(self, block: Block, path: Path) -> Iterator[Finding]:
        line = get_node_line(block.node) or 1
        if block.kind == "heading" and _markup(path) == "rst":
            line -= 2  # it is the line below the words
        seen: dict[str, int] = {}  # words, and the offset behind their last place
        literals = list(block.literals)
        for typed in find(
            block.text, self.library, markup=_markup(path), titles=block.titles, links=block.links
        ):
            if block.kind == "quotation" and block.text[typed.end :].strip(" .)]”’\"'"):
                continue  # the words of somebody else; at the end stands the source
            while literals and literals[0][0] < typed.start:
                self._pass(literals.pop(0)[1], seen, path, line)
            found = self._finding(typed, block.text, seen, path, line)
            if block.kind == "heading":
                remedy = "Move the citation into the text below the heading."
                yield Finding(
                    found.path, found.line, "citation-heading", _HEADING, remedy,
                    found.column, found.words,
                )  # fmt: skip
            else:
                yield found
        yield from self._pandoc(block, path, line)
        yield from self._roles(block, path, line)

    def _roles(self, block: Block, path: Path, line: int) -> Iterator[Finding]:
        """Citations that are marked up, but stand in a heading or lack a page."""
        if block.kind == "heading":
            for _, target in block.roles:
                remedy = "Move the citation into the text below the heading."
                found = Finding("", line, "citation-heading", _HEADING, remedy, words=target)
                yield self._placed(found, path)
            return
        if block.kind == "quotation":
            whole = len(words_of(_quotation(block.node).astext())) >= self.quotation
            last = [t for at, t in block.roles if not words_of(block.text[at:])]
            targets = last if whole else []
        else:
            targets = list(quotations.inline(block.text, block.roles, length=self.quotation))
        for target in targets:
            key = quotations.unpaged(target, self.types)
            if key:
                new = role("p", f"{key}{{p. 3}}", markup=_markup(path))
                wrong = (
                    f'A quotation of {self.quotation} words or more cites "{key}" without a page.'
                )
                remedy = f"Add the page to the role, as in {new}."
                found = Finding("", line, "citation-quotation", wrong, remedy, words=key)
                yield self._placed(found, path)

    def _placed(self, finding: Finding, path: Path) -> Finding:
        """The finding at the first place of its words from its line on."""
        source = self.source(path)
        span = source.find(words_of(finding.words), line=finding.line)
        line, column = source.place(span[0]) if span else (max(finding.line, 1), 0)
        return replace(finding, path=shown(path), line=line, column=column)

    def _pass(self, literal: str, seen: dict[str, int], path: Path, line: int) -> None:
        """Step over the same words in code that stands before."""
        for typed in find(literal, self.library, markup="myst"):
            words = words_of(literal[typed.start : typed.end])
            span = self.source(path).find(words, line=line, after=seen.get(" ".join(words), 0))
            if span:
                seen[" ".join(words)] = span[1]

    def _finding(
        self, typed: Typed, text: str, seen: dict[str, int], path: Path, line: int
    ) -> Finding:
        source = self.source(path)
        words = words_of(text[typed.start : typed.end])
        span = source.find(words, line=line, after=seen.get(" ".join(words), 0))
        if span is None:
            return Finding(shown(path), max(line, 1), typed.rule, typed.wrong, typed.remedy)
        start, end = span
        seen[" ".join(words)] = end
        while end < len(source.text) and source.text[end] in ")].'’" and end - span[1] < 3:  # noqa: PLR2004
            if text[typed.end - 1] != source.text[end]:
                break
            end += 1
        place = source.place(start)
        edit = _edit(typed, text, source, start, path)
        found = source.text[start:end]
        return Finding(
            shown(path), place[0], typed.rule, typed.wrong, typed.remedy, place[1], found, edit
        )

    def _pandoc(self, block: Block, path: Path, line: int) -> Iterator[Finding]:
        """``@key`` in a sentence; in brackets, the gate finds it for every builder."""
        for found in _PANDOC.finditer(block.text):
            key = found[1]
            if key not in self.types:
                continue
            source = self.source(path)
            span = source.find(words_of(key), line=line)
            place = source.place(span[0] - 1) if span else (max(line, 1), 0)
            wrong = f"“{found[0]}” is the form of another system, so readers would see it as it is."
            remedy = f"Write {role('t', key, markup=_markup(path))}."
            where = shown(path), place[0]
            yield Finding(*where, "citation-pandoc", wrong, remedy, place[1], found[0])


def _words(text: str, typed: Typed) -> str:
    return f"“{' '.join(text[typed.start : typed.end].split())}”"


def _quotation(node: nodes.Element) -> nodes.Element:
    """The block quote that a block stands in."""
    while not isinstance(node, nodes.block_quote) and node.parent is not None:
        node = node.parent
    return node


def _path(node: nodes.Element, page: Path) -> Path:
    """The file that a node was read from: the page, or what the page includes."""
    source = Path(get_node_source(node) or page)
    return source if source.is_file() else page


def _markup(path: Path) -> str:
    return "rst" if path.suffix in {".rst", ".txt", ".py"} else "myst"


def _edit(typed: Typed, text: str, source: Source, start: int, path: Path) -> Edit | None:
    """The certain replacement in the file, where the file has the very words of the text."""
    if typed.certain is None:
        return None
    first, last, new = typed.certain
    begin = start - (typed.start - first)
    wanted = text[first:last]
    # The same characters, whatever the quotation marks; else markup stands between the words.
    have = source.text[begin : begin + len(wanted)]
    if _same(have, wanted):
        return Edit(shown(path), begin, begin + len(wanted), new)
    return None


def _same(have: str, wanted: str) -> bool:
    table = str.maketrans({"’": "'", "‘": "'", "\n": " ", "\u00a0": " "})
    return have.translate(table) == wanted.translate(table)
