"""The prose of a doctree, block by block, as plain text that remembers what stood in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from docutils import nodes
from sphinx import addnodes

OWN = ""  # what a citation of docutils itself leads to, which has its work on a page
OPAQUE = "\ufffc"  # stands for what is no prose: code, a formula, a role that is a citation
_SKIPPED = (
    nodes.literal_block, nodes.doctest_block, nodes.comment, nodes.raw, nodes.math_block,
    nodes.citation, nodes.author, nodes.authors, nodes.organization, nodes.address,
    nodes.contact, nodes.version, nodes.revision, nodes.status, nodes.date, nodes.copyright,
    addnodes.toctree, addnodes.index, addnodes.desc_signature,
)  # fmt: skip
_BREAKS = {"<br />", "\\\\"}  # MyST's hard line break, in HTML and LaTeX
# Where people talk about a work, or a place on these pages.
_ISSUE = re.compile(r"^#|/(?:discussions|issues|merge_requests|pull|wiki)/")
_OPAQUE = (nodes.literal, nodes.math, nodes.raw, nodes.image, nodes.problematic)


@dataclass
class Block:
    """One block of prose.

    ``titles`` are spans in italics, ``links`` spans that lead somewhere; ``literals`` are
    words that stand in the source at an offset without being prose.
    """

    node: nodes.Element
    kind: str  # text, heading or quotation
    text: str = ""
    titles: list[tuple[int, int]] = field(default_factory=list)
    links: list[tuple[int, int]] = field(default_factory=list)
    asides: list[tuple[int, int]] = field(default_factory=list)  # links that lead to no work
    literals: list[tuple[int, str]] = field(default_factory=list)
    roles: list[tuple[int, str]] = field(default_factory=list)  # offset and target of citations
    notes: list[tuple[int, str]] = field(default_factory=list)  # offset and id of footnotes


def blocks(doctree: nodes.document) -> Iterator[Block]:
    """Every block of prose in the order of the document, without lists of references."""
    yield from _within(doctree, quoted=False)


def _within(node: nodes.Element, *, quoted: bool) -> Iterator[Block]:
    for child in node.children:
        if not isinstance(child, nodes.Element) or isinstance(child, _SKIPPED):
            continue
        if "references" in child["classes"] or child.tagname == "bibliography":
            continue
        if any(name.startswith("footcite-") for name in child["names"]):
            continue  # a reference in a footnote
        if isinstance(child, nodes.TextElement) and _holds_prose(child):
            kind = "quotation" if quoted else "text"
            block = Block(child, "heading" if _is_heading(child) else kind)
            _gather(child, block)
            if block.text.strip():
                yield block
        else:
            inside = isinstance(child, nodes.block_quote) and not is_indented_list(child)
            yield from _within(child, quoted=quoted or inside)


def is_indented_list(quote: nodes.Element) -> bool:
    """Whether a block quote of docutils is none, but a list that was indented."""
    return all(isinstance(child, nodes.Sequential) for child in quote.children)


def _is_heading(node: nodes.Element) -> bool:
    """Whether a list of contents or a screen reader's list of headings names the node."""
    if isinstance(node, nodes.title):
        return isinstance(node.parent, nodes.section | nodes.document)
    if node.parent.get("design_component"):
        return False  # the title of a dropdown or a card
    return isinstance(node, nodes.rubric | nodes.subtitle)


def _holds_prose(node: nodes.TextElement) -> bool:
    return any(isinstance(child, nodes.Text | nodes.Inline) for child in node.children)


def _gather(node: nodes.Element, block: Block) -> None:
    for child in node.children:
        start = len(block.text)
        if isinstance(child, nodes.Text):
            block.text += child.astext()
        elif isinstance(child, nodes.raw) and child.astext().strip() in _BREAKS:
            block.text += "\n"
        elif isinstance(child, _OPAQUE) or _is_citation(child):
            words = child.astext()
            if isinstance(child, addnodes.pending_xref):
                words = str(child["reftarget"])
                block.roles.append((start, words))
            block.literals.append((start, words))
            block.text += OPAQUE
        elif isinstance(child, nodes.footnote_reference):
            block.notes.append((start, child.get("refid", "")))
        elif isinstance(child, nodes.Element):
            _gather(child, block)
            if isinstance(child, nodes.emphasis | nodes.title_reference):
                block.titles.append((start, len(block.text)))
            if isinstance(child, nodes.reference | addnodes.pending_xref):
                span = start, len(block.text)
                block.links.append(span)
                block.asides += [span] * bool(_ISSUE.search(child.get("refuri", "#")))
                block.notes += [(start, OWN)] * (child.get("refdomain") == "citation")


def _is_citation(node: nodes.Node) -> bool:
    return isinstance(node, addnodes.pending_xref) and node.get("refdomain") == "cite"
