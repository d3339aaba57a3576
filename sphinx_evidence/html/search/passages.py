"""What a search can find on a page as it was written: its passages, each with a heading."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# What ends a line, so that no sentence runs on into the next cell or entry.
_BLOCKS = _HEADINGS | {
    "blockquote", "br", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "li", "ol", "p",
    "pre", "section", "table", "td", "th", "tr", "ul",
}  # fmt: skip
_ENTRIES = {"record", "references"}  # lists of which each entry is a passage
# What helps to find the way, and says nothing itself.
_LEFT_OUT = {"headerlink", "html-only", "reference-backlinks", "toctree-wrapper"}


@dataclass
class Passage:
    """A section, a box, a term or an entry of a list. The first passage of a page is the page."""

    anchor: str
    heading: str
    entry: bool = False  # of a list of works, of changes or of open questions
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What stands under the heading, without what has a heading of its own."""
        return _lines(self.words)


def passages(html: str) -> list[Passage]:
    """The passages of a page in their order; none of a page without a heading."""
    heading = LexborHTMLParser(html).css_first("section > h1")
    if not heading or not heading.parent:
        return []
    found: list[Passage] = []
    _read(heading.parent, found)
    return found


def is_list(found: list[Passage]) -> bool:
    """Whether a page is a list of such entries, with a few words about it."""
    return 2 * sum(passage.entry for passage in found) > len(found)


def _read(node: LexborNode, found: list[Passage], *, entries: bool = False) -> None:
    """Go through a node, and begin a passage where one begins."""
    if node.tag == "-text":
        found[-1].words.append(re.sub(r"\s+", " ", node.text_content or ""))
        return
    classes = set((node.attributes.get("class") or "").split())
    if classes & _LEFT_OUT:
        return
    named = _heading(node, classes, entries=entries)
    if named:
        anchor = node.attributes.get("id") or ""
        entry = "question" in classes or (entries and node.tag == "li")
        found.append(Passage(anchor, _lines(_words(named)), entry))
    if node.tag in _BLOCKS:
        found[-1].words.append("\n")
    if node.tag != "dt" or not named:
        for child in node.iter(include_text=True):
            if child != named:
                _read(child, found, entries=bool(classes & _ENTRIES))
    if node.tag in _BLOCKS:
        found[-1].words.append("\n")


def _heading(node: LexborNode, classes: set[str], *, entries: bool) -> LexborNode | None:
    """What names the passage that a node is, if it is one."""
    if node.tag == "dt":  # of a glossary
        return node if (node.attributes.get("id") or "").startswith("term-") else None
    children = list(node.iter())
    if node.tag == "section" and children and children[0].tag in _HEADINGS:
        return children[0]
    if "box" in classes or (entries and node.tag == "li"):
        return next((child for child in children if child.tag == "p"), None)
    return None


def _words(node: LexborNode) -> Iterator[str]:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield child.text_content or ""
        elif (child.attributes.get("class") or "") not in _LEFT_OUT:
            yield from _words(child)


def _lines(words: list[str] | Iterator[str]) -> str:
    lines = "".join(words).split("\n")
    return "\n".join(line for text in lines if (line := " ".join(text.split())))
