"""Findings on the prose of a page, at their true location in its source."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from docutils import nodes
from docutils.nodes import make_id
from sphinx import addnodes

from sphinx_evidence.bibliography.reader import Bibliography
from sphinx_evidence.checks.blocks import OWN, Block, blocks
from sphinx_evidence.citations import quotations
from sphinx_evidence.citations.alignment import Alignment
from sphinx_evidence.citations.plain_text import (
    Marks,
    PlainCitation,
    find_plain_citations,
    markup_of,
    role,
)
from sphinx_evidence.citations.typed_lists import of_list, typed_lists
from sphinx_evidence.crossrefs.typed import Numbers, Pointer, typed_references
from sphinx_evidence.diagnostics.finding import (
    Edit,
    Finding,
    Location,
    did_you_mean,
    display_path,
    nearest,
)
from sphinx_evidence.prose.matching import Library
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.runtime.location import NodeLocator
from sphinx_evidence.text.source import words_of

_PANDOC = re.compile(r"(?<![\w@./`\[;-])@(\{)?([A-Za-z][\w:-]*\w)(?(1)\}|(?![\w@./]*[@/]))")
_KEY_ALONE = re.compile(r"(?<![\w\]])\[([A-Za-z][\w:.+/-]*\w)\](?![(\[:_])")
# What looks like a key, and not like somebody's name on the web.
_LIKE_A_KEY = re.compile(r"[A-Za-z][A-Za-z:_-]{2,}(?:1[89]|20)\d\d[a-z]?\w*")
# What may stand behind the citation that gives the source of a quotation.
_LAST = re.compile(r"[\s,:;]*(?:(?:pp?|para)\.?\s*)?[\d\s–-]*[\s.)\]”’\"']*")
_IN_BRACKET = re.compile(r"\[[^\[\]]{0,400}\Z")
# The first line of a directive, up to its title.
_FENCE = re.compile(r"[\s>*+\d.:-]*`{3,}\{.*")
_FENCED = (
    "The title of a fence of backticks can hold no others: cite the work in the text below it."
)
_NAMED_BELOW = "The title of a fence of backticks can hold no others: name it in the text below."
_SUBSTITUTION = re.compile(r"\s*\.\.\s+\|.*\breplace::")
_HEADING = "A heading is read out and listed by itself, so it holds no citation."


class ProseChecker:
    """Looks through the prose of one project."""

    def __init__(  # noqa: PLR0913  # what one project has
        self,
        library: Library,
        bibliography: Bibliography,
        quotation: int,
        locator: NodeLocator,
        numbers: Numbers,
        *,
        headings: bool,
    ) -> None:
        """``quotation`` is the number of words from which on a quotation needs a page.

        ``headings`` says whether a heading may cite.
        """
        self.library = library
        self.types = {key: entry.type for key, entry in bibliography.entries.items()}
        self.noted = {make_id(f"footcite-{key}"): key for key in self.types}
        self.quotation = quotation
        self.headings = headings
        self.numbers = numbers
        self.locator = locator
        self.sources = locator.sources
        self.ends: dict[tuple[Path, int], int] = {}  # of the page: behind the last block of a line

    def check(self, doctree: nodes.document, page: Path) -> Iterator[Finding]:
        """Every finding on the prose of ``doctree``, which was read from ``page``."""
        self.ends.clear()
        found = list(blocks(doctree))
        text = "\n\n".join(block.text for block in found)
        lines = typed_lists([block.text for block in found])
        for block, length in zip(found, lines, strict=True):
            if not _of_code(block.node):
                yield from self._block(block, text, length, *self.locator.locate(block.node, page))
        for image in doctree.findall(nodes.image):
            yield from self._image(image, *self.locator.locate(image, page))

    def _image(self, image: nodes.image, path: Path, line: int) -> Iterator[Finding]:
        alt = image.get("alt", "")
        for typed in find_plain_citations(alt, self.library, markup=markup_of(path)):
            words = words_of(alt[typed.start : typed.end])
            span = self.sources[path].find_words(words, line=line)
            location, found = self._locate(span, path, line)
            wrong = f"{_words(alt, typed)} stands in the description of a picture."
            remedy = "A link cannot stand there: cite the work in the caption or the text."
            yield location.finding(Rule.CITATION_ALT, wrong, remedy, found)

    def _block(
        self, block: Block, page: str, length: int | None, path: Path, line: int
    ) -> Iterator[Finding]:
        """``length`` is that of the typed list that begins here, 0 where one goes on."""
        roles = [at for at, _ in block.roles]
        given = [*block.roles, *self._noted(block)]
        marks = Marks(block.titles, block.links, block.asides, roles, given)
        citations = list(
            find_plain_citations(
                block.text, self.library, markup=markup_of(path), marks=marks, page=page
            )
        )
        if length is not None:
            keys = [key for typed in citations for key in typed.keys[:1]]
            citations = list(of_list(block.text, length, keys, markup=markup_of(path)))
        cited = sorted([*marks.roles, *(typed.start for typed in citations)])
        pointers = list(self._pointers(block, cited, path))
        if not (citations or pointers or block.roles or re.search("[@[]", block.text)):
            return
        if block.kind == "heading" and markup_of(path) == "rst":
            line -= 2  # it is the line below the words
        # Cells and items that begin on one line follow one another.
        after = self.ends.get((path, line), 0)
        alignment = Alignment(block.text, block.literals, self.sources[path], line, after)
        self.ends[path, line] = alignment.end
        for typed in citations:
            if typed.rule is Rule.CITATION_NAMELESS and _of_a_parameter(block.node):
                continue  # its values
            if block.kind == "quotation" and not _LAST.fullmatch(block.text, typed.end):
                continue  # the words of somebody else; at the end stands the source
            yield from self._typed(typed, block, alignment, path)
        for pointer in pointers:
            span = alignment.span(pointer.start, pointer.end)
            location, words = self._locate(span, path, alignment.line)
            before = alignment.source.line_up_to(span[0]) if span else ""
            fenced = markup_of(path) == "myst" and _FENCE.fullmatch(before)
            remedy = _NAMED_BELOW if fenced else pointer.remedy
            yield location.finding(Rule.CROSSREF_TYPED, pointer.wrong, remedy, words)
        yield from self._pandoc(block, alignment, path)
        yield from self._roles(block, alignment, path)

    def _noted(self, block: Block) -> Iterator[tuple[int, str]]:
        """Offset and key of the works that a block cites in footnotes, or as docutils does."""
        for at, name in block.notes:
            if name == OWN or name in self.noted:
                yield at, self.noted.get(name, OWN)

    def _pointers(self, block: Block, cited: list[int], path: Path) -> Iterator[Pointer]:
        """References to boxes, tables and figures that are typed; a quotation has its own."""
        if block.kind == "text":
            numref = ":numref:" if markup_of(path) == "rst" else "{numref}"
            yield from typed_references(
                block.text, self.numbers, role=numref, links=block.links, cited=cited
            )

    def _typed(
        self, typed: PlainCitation, block: Block, alignment: Alignment, path: Path
    ) -> Iterator[Finding]:
        span = alignment.span(typed.start, typed.end)
        before = alignment.source.line_up_to(span[0]) if span else ""
        if _SUBSTITUTION.match(before):
            return  # it stands where the text names it, and can hold no role
        if span:
            source, first, last = alignment.source.text, block.text[typed.start], typed.end - 1
            opened = first in "([" and source[span[0] - 1 : span[0]] == first
            start = span[0] - opened
            while source[start - 1 : start] in {"*", "_"}:  # a name in italics begins with its mark
                start -= 1
            span = start, _with_marks(span[1], source, block.text[last])
        location, words = self._locate(span, path, alignment.line)
        if block.kind == "heading" and not (self.headings and typed.keys):
            remedy = "Move the citation into the text below the heading."
            yield location.finding(Rule.CITATION_HEADING, _HEADING, remedy, words)
            return
        finding = location.finding(typed.rule, typed.wrong, typed.remedy, words)
        if span is None:
            yield finding
        elif markup_of(path) == "myst" and _FENCE.fullmatch(before):
            yield replace(finding, remedy=f"{typed.remedy} {_FENCED}")
        elif markup_of(path) == "rst" and (block.kind == "heading" or _in_table(block.node)):
            yield finding  # a longer cell breaks its table, a longer heading its line
        else:
            yield replace(finding, edit=_edit(typed, block.text, alignment, path))

    def _locate(self, span: tuple[int, int] | None, path: Path, line: int) -> tuple[Location, str]:
        """The location of a span of the file, and what stands there."""
        if span is None:
            return Location(display_path(path), max(line, 1)), ""
        source = self.sources[path]
        return Location(display_path(path), *source.position(span[0])), source.text[
            span[0] : span[1]
        ]

    def _roles(self, block: Block, alignment: Alignment, path: Path) -> Iterator[Finding]:
        """Citations that are marked up, but stand in a heading or lack a page."""
        if block.kind == "heading":
            for at, target in block.roles:
                remedy = "Move the citation into the text below the heading."
                location, words = self._locate(
                    alignment.span(at, at + 1, words_of(target)), path, 1
                )
                yield location.finding(Rule.CITATION_HEADING, _HEADING, remedy, words)
            return
        if block.kind == "quotation":
            whole = len(words_of(_quotation(block.node).astext())) >= self.quotation
            last = [role for role in block.roles if not words_of(block.text[role[0] :])]
            targets = last if whole else []
        else:
            targets = list(quotations.inline(block.text, block.roles, length=self.quotation))
        for at, target in targets:
            key = quotations.unpaged(target, self.types)
            if key:
                new = role("p", f"{key}{{p. 3}}", markup=markup_of(path))
                wrong = (
                    f'A quotation of {self.quotation} words or more cites "{key}" without a page.'
                )
                span = alignment.span(at, at + 1, words_of(key))
                location, words = self._locate(span, path, alignment.line)
                remedy = f"Add the page to the role, as in {new}."
                yield location.finding(Rule.CITATION_QUOTATION, wrong, remedy, words)

    def _pandoc(self, block: Block, alignment: Alignment, path: Path) -> Iterator[Finding]:
        """``@key`` in a sentence, or ``[key]``; ``[@key]``, the gate finds for every builder."""
        for found in _PANDOC.finditer(block.text):
            key = found[2]
            if _IN_BRACKET.search(block.text, 0, found.start()):
                continue  # found with its bracket
            if key not in self.types and not _LIKE_A_KEY.fullmatch(key):
                continue
            span = alignment.span(*found.span(2))
            braces = bool(found[1])
            if span and alignment.source.line_up_to(span[0] - braces).endswith("\\@"):
                continue  # a sign that is to be seen
            location, words = self._locate(
                (span[0] - 1 - braces, span[1] + braces) if span else None, path, alignment.line
            )
            wrong = f"“{found[0]}” is the form of another system, so readers would see it as it is."
            remedy = f"Write {role('t', key, markup=markup_of(path))}."
            if key not in self.types:
                near = [f'"{name}"' for name in nearest(key, self.types)]
                remedy += f" No reference has this key. {did_you_mean(near, 'Add the work.')}"
            yield location.finding(Rule.CITATION_PANDOC, wrong, remedy, words)
        for found in _KEY_ALONE.finditer(block.text):
            if found[1] in self.types:
                span = alignment.span(*found.span(1))
                bracket = (span[0] - 1, span[1] + 1) if span else None
                location, words = self._locate(bracket, path, alignment.line)
                wrong = f"“{found[0]}” names a reference, but leads nowhere."
                remedy = f"Write {role('p', found[1], markup=markup_of(path))}."
                yield location.finding(Rule.CITATION_PANDOC, wrong, remedy, words)


def _words(text: str, typed: PlainCitation) -> str:
    return f"“{' '.join(text[typed.start : typed.end].split())}”"


def _of_code(node: nodes.Element) -> bool:
    """Whether a block is the caption of code, which may say where the code is from."""
    return isinstance(node, nodes.caption) and bool(node.parent.get("literal_block"))


def _of_a_parameter(node: nodes.Element | None) -> bool:
    """Whether a block says what a parameter of a function is."""
    while node is not None and not isinstance(node, nodes.field):
        node = node.parent
    while node is not None and not isinstance(node, addnodes.desc_content):
        node = node.parent
    return node is not None


def _in_table(node: nodes.Element | None) -> bool:
    while node is not None and not isinstance(node, nodes.table):
        node = node.parent
    return node is not None


def _quotation(node: nodes.Element) -> nodes.Element:
    """The block quote that a block stands in."""
    while not isinstance(node, nodes.block_quote) and node.parent is not None:
        node = node.parent
    return node


def _with_marks(end: int, text: str, last: str) -> int:
    """The end of a citation in a file, with the bracket or stop that belongs to it."""
    for stop in range(end, min(end + 3, len(text))):
        if text[stop] not in ")].'’":
            break
        if text[stop] == last:
            return stop + 1
    return end


def _edit(typed: PlainCitation, text: str, alignment: Alignment, path: Path) -> Edit | None:
    """The certain replacement in the file, where the file has the very words of the text."""
    span = alignment.span(*typed.certain[:2]) if typed.certain else None
    if typed.certain is None or span is None:
        return None
    first, last, new = typed.certain
    wanted = text[first:last]
    begin = span[0] - (len(wanted) - len(wanted.lstrip("([“‘\"' ")))
    end = begin + len(wanted)
    source = alignment.source.text
    # The same characters, whatever the quotation marks; else markup stands between the words.
    if not _same(source[max(begin, 0) : end], wanted):
        return None
    if markup_of(path) == "rst":  # a role cannot touch a word
        new = "\\ " * source[max(begin - 1, 0) : begin].isalnum() + new
        new += "\\ " * source[end : end + 1].isalnum()
    return Edit(display_path(path), begin, end, new)


def _same(have: str, wanted: str) -> bool:
    table = str.maketrans({"’": "'", "‘": "'", "\n": " ", "\u00a0": " "})
    return have.translate(table) == wanted.translate(table)
