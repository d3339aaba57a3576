"""What a search can find on a page as it was written: its passages, each with a heading."""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# What ends a line, so that no sentence runs on into the next cell or entry.
_BLOCKS = _HEADINGS | {
    "blockquote", "br", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "li", "ol", "p",
    "pre", "section", "table", "td", "th", "tr", "ul",
}  # fmt: skip
_ENTRIES = {"record", "references"}  # lists of which each entry is a passage
# What leads elsewhere, and says nothing itself.
_LEFT_OUT = {
    "backrefs", "footnote-list", "footnote-reference", "headerlink", "html-only", "label",
    "reference-backlinks", "toctree-wrapper",
}  # fmt: skip


@dataclass
class Passage:
    """A section, a box, a term, a note or an entry of a list. The first of a page is the page."""

    anchor: str
    heading: str
    entry: bool = False  # of a list of works, of changes or of open questions
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What stands under the heading, without what has a heading of its own."""
        lines = "".join(self.words).split("\n")
        return "\n".join(line for text in lines if (line := " ".join(text.split())))


def passages(html: str) -> list[Passage]:
    """The passages of a page in their order; none of a page without a heading."""
    page = LexborHTMLParser(html)
    heading = page.css_first("section > h1")
    if not heading or not heading.parent:
        return []
    found = [Passage(heading.parent.attributes.get("id") or "", _text(heading))]
    _read(heading.parent, found[0], found, heading)
    for note in page.css(".footnote-list > [id]"):  # which may stand behind the sections
        found.append(Passage(note.attributes.get("id") or "", "Note"))
        _read(note, found[-1], found)
    return found


def is_list(found: list[Passage]) -> bool:
    """Whether a page is a list of such entries, with a few words about it."""
    return 2 * sum(passage.entry for passage in found) > len(found)


def _read(
    node: LexborNode, own: Passage, found: list[Passage], heading: LexborNode | None = None
) -> None:
    """Go through a node that is part of a passage, and begin another where one begins."""
    entries = bool(_classes(node) & _ENTRIES)
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            own.words.append(re.sub(r"\s+", " ", child.text_content or ""))
        elif child != heading and not _classes(child) & _LEFT_OUT:
            name = _heading(child, entry=entries and child.tag == "li")
            within = own
            if name:
                entry = entries or "open-question" in _classes(child)
                within = Passage(child.attributes.get("id") or "", _text(name), entry)
                found.append(within)
            if name == child:  # a term: its meaning comes behind it
                own = within
                continue
            ends = ["\n"] if child.tag in _BLOCKS else []
            within.words += ends
            _read(child, within, found, name)
            within.words += ends


def _heading(node: LexborNode, *, entry: bool) -> LexborNode | None:
    """What names the passage that a node is, if it is one."""
    if node.tag == "dt" and (node.attributes.get("id") or "").startswith("term-"):
        return node
    first = next(node.iter(), None)
    if node.tag == "section" and first and first.tag in _HEADINGS:
        return first
    if entry or "box" in _classes(node):
        return next((child for child in node.iter() if child.tag == "p"), None)
    return None


def _classes(node: LexborNode) -> set[str]:
    return set((node.attributes.get("class") or "").split())


def _text(node: LexborNode) -> str:
    """The words of a heading."""
    passage = Passage("", "")
    _read(node, passage, [])
    return " ".join(passage.text.split())
