"""Slips in markup, in the text that readers would see, at their place in the source."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinxcontrib.bibtex.domain import BibtexDomain

from sphinx_evidence.checks.blocks import Block, blocks
from sphinx_evidence.citations.plain_text import markup_of
from sphinx_evidence.diagnostics.finding import Finding, Location, display_path
from sphinx_evidence.markup.brackets import Cited, find_brackets
from sphinx_evidence.markup.emphasis import find_emphasis
from sphinx_evidence.markup.latex import find_latex
from sphinx_evidence.markup.links import (
    find_foreign_links,
    find_foreign_reference,
    find_links,
    find_unfinished_reference,
)
from sphinx_evidence.markup.slip import Slip, holds, quoted, spans
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.runtime.location import NodeLocator
from sphinx_evidence.text.lines import EMPTY_LINE, REACH, Lines
from sphinx_evidence.text.source import Source

_ROLE = re.compile(r"\{[\w:+.-]+\}`[^`]*`|:[\w:+.-]+:`[^`]*`")
_INDEXES = {"genindex", "modindex", "search"}  # to which a page leads at its very end


class SlipChecker:
    """Looks for slips in the pages of one project."""

    def __init__(self, domain: BibtexDomain, locator: NodeLocator) -> None:
        """Know which brackets the project's style puts around a citation."""
        self.brackets, self.bracketed = _brackets(domain)
        self.locator = locator
        self.after: dict[tuple[Path, int, str], int] = defaultdict(int)  # on the page

    def check(self, doctree: nodes.document, page: Path) -> Iterator[Finding]:
        """Every slip of a page."""
        self.after.clear()
        markup = markup_of(page)
        for block in blocks(doctree):
            for slip in self._slips(block, markup):
                yield from self._finding(slip, block.node, page)
        for node in doctree.findall(nodes.reference):
            for slip in _wordless(node, markup):
                yield from self._finding(slip, node, page, certain=True)
        for mark in doctree.findall(nodes.problematic):
            for slip in _footnote(mark, markup):
                yield from self._finding(slip, mark, page, certain=True)
        for holder, slip in _unread(doctree):
            yield from self._finding(slip, holder, page, certain=True)
        for title, slip in _headings(doctree, markup):
            yield from self._finding(slip, title, page, certain=True)

    def _slips(self, block: Block, markup: str) -> Iterator[Slip]:
        text, node = block.text, block.node
        yield from find_latex(text, markup)
        if markup == "myst":
            yield from find_links(text)
            yield from find_emphasis(text)
            for code in node.findall(nodes.literal):
                after = code.next_node(descend=False, siblings=True)
                said = after.astext() if isinstance(after, nodes.Text) else ""
                yield from find_foreign_reference(code.astext(), said)
        else:
            yield from find_foreign_links(text)
            for title in node.findall(nodes.title_reference):
                yield from find_unfinished_reference(title.astext())
        if self.brackets:
            found = [n for n in node.findall(addnodes.pending_xref) if n["refdomain"] == "cite"]
            cited = [
                Cited(at, target, xref["reftype"] in self.bracketed)
                for (at, target), xref in zip(block.roles, found, strict=False)
            ]
            yield from find_brackets(text, cited, self.brackets, markup)

    def _finding(
        self, slip: Slip, node: nodes.Element, page: Path, *, certain: bool = False
    ) -> Iterator[Finding]:
        """The slip at its place; what the source has otherwise is none, unless it is certain."""
        path, line = self.locator.locate(node, page)
        source = self.locator.sources[path]
        first = max(line - 2 * (markup_of(page) == "rst"), 1)  # it may be below the words
        key = path, line, slip.sign
        start, block = next(
            (region for region in _regions(source, first, line) if holds(slip, region[1])), (0, "")
        )
        for begin, end in spans(slip, block):
            if start + begin >= self.after[key]:
                self.after[key] = start + end
                words = source.text[start + begin : start + end]
                location = Location(display_path(path), *source.position(start + begin))
                yield location.finding(slip.rule, slip.wrong, slip.remedy, Lines(words).line(1))
                return
        if certain:
            yield Location(display_path(path), line).finding(slip.rule, slip.wrong, slip.remedy)


def _regions(source: Source, first: int, line: int) -> Iterator[tuple[int, str]]:
    """The source of a block, up to an empty line; else the lines from there on."""
    begin, middle, end = (source.offset(number) for number in (first, line, line + REACH))
    region = source.text[begin:end]
    empty = EMPTY_LINE.search(source.text, middle, end)
    if empty:
        yield begin, source.text[begin : empty.start()]
    yield begin, region


def _brackets(domain: BibtexDomain) -> tuple[tuple[str, str] | None, set[str]]:
    """The brackets of a citation, and the roles that bring them."""
    style = domain.reference_style
    for part in (style, *getattr(style, "styles", ())):
        roles = {name for name in part.role_names() if "al" not in name}
        bracket = getattr(part, "bracket", None)
        if "p" in roles and bracket and str(bracket.left) in {"(", "["}:
            return (str(bracket.left), str(bracket.right)), roles
    return None, set()


def _wordless(node: nodes.reference, markup: str) -> Iterator[Slip]:
    """A link without words; MyST fills one to a page or a heading with the title."""
    text, uri = node.astext().strip(), node.get("refuri", "")
    if any(not isinstance(part, nodes.Text | nodes.inline) for part in node.children):
        return  # such as a picture
    if uri and not text:
        wrong = f"The link to {uri} has no words, so readers would not see it."
    elif node.get("id_link") and text.startswith("#"):
        uri = text
        wrong = f"The link to {uri} has no words, and its target no title to take."
    else:
        return
    right = f"[words]({uri})" if markup == "myst" else f"`words <{uri}>`_"
    yield Slip(
        Rule.MARKUP_WORDLESS, f"]({uri}", wrong, f"Say in words where it leads: {right}", "["
    )


def _unread(doctree: nodes.document) -> Iterator[tuple[nodes.Element, Slip]]:
    """Roles where only plain words can stand: descriptions of pictures, lists of contents."""
    for image in doctree.findall(nodes.image):
        yield from ((image, slip) for slip in _roles(image.get("alt", ""), "a picture's words"))
    for toctree in doctree.findall(addnodes.toctree):
        titles = (toctree.get("caption"), *(title for title, _ in toctree["entries"]))
        for title in filter(None, titles):
            yield from ((toctree, slip) for slip in _roles(title, "a list of contents"))
    for link in doctree.findall(nodes.reference):
        title = link.get("reftitle", "")
        yield from ((link, slip) for slip in _roles(title, "the words behind a link's address"))


def _roles(words: str, place: str) -> Iterator[Slip]:
    for found in _ROLE.finditer(words):
        wrong = f"{quoted(found[0])} is not read in {place}, so readers would see it as it is."
        remedy = "Write plain words there, and cite or refer in the text."
        yield Slip(Rule.MARKUP_LEFT, found[0], wrong, remedy)


def _footnote(node: nodes.problematic, markup: str) -> Iterator[Slip]:
    """A footnote that is referred to and not there."""
    text = node.astext()
    if text.startswith("[") and text.rstrip("_").endswith("]"):
        label = text.rstrip("_")[1:-1]
        wrong = f"There is no footnote {text} on this page."
        right = f"[{label}]: words" if markup == "myst" else f".. [{label}] words"
        remedy = f"Write {right} on a line of its own, or correct the name."
        yield Slip(Rule.MARKUP_FOOTNOTE, text, wrong, remedy)


def _headings(doctree: nodes.document, markup: str) -> Iterator[tuple[nodes.Element, Slip]]:
    """A second title, which lists of contents would give beside the page, as if it were one."""
    titles = [node.next_node(nodes.title) for node in doctree.children if _is_chapter(node)]
    for title in filter(None, titles[1:]):
        name, first = title.astext(), titles[0].astext() if titles[0] else ""
        wrong = f"{quoted(name)} is a second title of the page, beside {quoted(first)}."
        remedy = "Underline it with another sign, or move it to a page of its own."
        if markup == "myst":
            remedy = f"Write ## {name}, or move it to a page of its own."
        yield title, Slip(Rule.HEADING_TWICE, name, wrong, remedy)


def _is_chapter(node: nodes.Node) -> bool:
    """Whether a node is a part of the first level, and not the links to Sphinx's indexes."""
    if not isinstance(node, nodes.section):
        return False
    names = {xref.get("reftarget") for xref in node.findall(addnodes.pending_xref)}
    return not names & _INDEXES
