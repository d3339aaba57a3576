"""Take away the marks of a text in Markdown that no reader sees; every character keeps its place.

Converters leave many: entities of HTML, backslashes, attributes of headings, links around whole
entries, form feeds. Italics, bold and raised numbers stay, as ``*``, ``**`` and ``^``. Every
repetition is bounded.
"""

import html
import re
from bisect import bisect_right
from dataclasses import dataclass, field

from sphinx_evidence.manuscripts.document import Link

_WORDS = r"(?P<words>(?:[^\[\]\\\n]|\\.|\n(?!\s{0,9}\n)|\[[^\[\]\n]{0,80}\]){0,1500})"
_ADDRESS = (
    r"\([ \t]{0,9}(?P<address><[^<>\n]{0,2000}>"
    r"|[^\s()]{0,2000}(?:\([^\s()]{0,200}\)[^\s()]{0,500}){0,4})"
    r"(?:\s{1,9}(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'))?[ \t]{0,9}\)"
)
_ATTRIBUTES = r"\{(?:-|[^{}\n]{0,200}[.#=][^{}\n]{0,200})\}"
_MARK = re.compile(
    r"(?P<code>^ {0,3}(?P<fence>`{3,9}|~{3,9})[^\n]{0,99}$[\s\S]*?^ {0,3}(?P=fence)"
    r"|(?<!`)(?P<ticks>`{1,2})(?!`)[^`\n]{1,300}(?P=ticks)(?!`))"
    r"|(?P<comment><!--(?:[^<-]|-(?!->)|<(?!!--))*+-->)"
    rf"|(?P<link>!?\[{_WORDS}\](?:{_ADDRESS}(?:{_ATTRIBUTES})?|{_ATTRIBUTES}))"
    r"|(?P<note>\[\^(?P<label>[^\[\]\s]{1,60})\](?!:))"
    r"|\\(?P<escaped>[ !-/:-@\[-`{-~]|$)"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|<(?P<automatic>[ \t]{0,9}|(?:https?://|www\.|mailto:|doi:|10\.)[^<>\s]{1,2000})>"
    r"|(?P<italic></?(?:i|em)>)|(?P<raised></?sup>)"
    r"|(?P<hidden><(?:script|style|title)\b(?:[^<]|<(?!/?(?:script|style|title)\b))*+</(?:script|style|title)>)"
    r"|<a\b[^<>]{0,500}?\bhref=[\"'](?P<target>[^\"'<>]{0,2000})[\"'][^<>]{0,500}>|(?P<closed></a>)"
    r"|<h(?P<heading>[1-6])(?:\s[^<>]{0,500})?>"
    r"|(?P<block></?(?:p|li|[uo]l|d[ltd]|h[1-6]|div|t[rdh]|table|blockquote|figure|figcaption"
    r"|caption|section|article|header|footer|body)(?:\s[^<>]{0,500})?/?>)"
    r"|(?P<tag></?[a-zA-Z][a-zA-Z0-9]{0,15}(?:\s[^<>]{0,500})?/?>)"
    rf"|(?P<attributes>[ \t]{{1,4}}{_ATTRIBUTES}(?=[ \t]{{0,4}}$)|^:{{3,9}}[^\n]{{0,200}}$)"
    r"|(?P<unseen>[\u00ad\u200b\u200e\u200f\u2060\ufeff])"
    r"|(?P<feed>\f)",
    re.MULTILINE,
)
_FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]{0,9}\n[\w-]{1,60}:[\s\S]{0,20000}?^(?:---|\.\.\.)[ \t]{0,9}$", re.MULTILINE
)
_NUMBERS = re.compile(r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,20}")
_SHOWN = {"italic": "*", "raised": "^", "feed": "\n", "block": "\n\n"}


@dataclass
class Cleaned:
    """What is left of a text, its links, and where notes are referred to, by offsets in it."""

    text: str = ""
    links: list[Link] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    # At an offset here begins what stands in the source at the offset beside it.
    here: list[int] = field(default_factory=lambda: [0])
    there: list[int] = field(default_factory=lambda: [0])

    def source(self, offset: int) -> int:
        """The offset in the source of one in the text."""
        at = bisect_right(self.here, offset) - 1
        return self.there[at] + offset - self.here[at]


def cleaned(source: str) -> Cleaned:
    """``source``, whose lines end with a line feed, without marks."""
    cleaner = _Cleaner(source)
    front = _FRONT_MATTER.match(source)
    if front:
        cleaner.replace(0, front.end(), "")
    cleaner.read(front.end() if front else 0, len(source))
    cleaner.replace(len(source), len(source), "")
    cleaner.found.text = "".join(cleaner.parts)
    return cleaner.found


class _Cleaner:
    def __init__(self, source: str) -> None:
        self.source, self.found = source, Cleaned()
        self.parts: list[str] = []
        self.at = self.length = 0  # how far the source is read, and how long the text is
        self.opened: tuple[int, str] | None = None  # an <a>: where its words begin, and its address

    def read(self, start: int, end: int) -> None:
        """Take the marks of a span away."""
        for mark in _MARK.finditer(self.source, start, end):
            if mark["link"] is not None:
                self._link(mark)
            elif mark["note"]:
                self.replace(*mark.span(), "")
                self.found.notes.append((self.length, mark["label"]))
            elif mark["automatic"] is not None:
                self._automatic(mark)
            elif mark["target"] is not None or mark["closed"]:
                self._anchor(mark)
            else:
                self.replace(*mark.span(), _shown(mark))

    def _link(self, mark: re.Match[str]) -> None:
        words = mark.span("words")
        inside = (mark.start(), mark.end())
        if _NUMBERS.fullmatch(mark["words"]) and mark["link"][0] == "[":
            inside = (words[0], words[1] + 1)  # [2](#works) shows as a number in brackets
        else:
            self.replace(inside[0], words[0], "")
        first = self.length + words[0] - self.at
        self.read(*words)
        self.replace(words[1] + (inside[1] < mark.end()), mark.end(), "")
        if mark["address"] is not None:
            self.found.links.append(Link(first, self.length, mark["address"].strip(" \t<>#")))

    def _automatic(self, mark: re.Match[str]) -> None:
        self.replace(mark.start(), mark.start() + 1, "")
        if not mark["automatic"].strip():
            self.found.links.append(Link(self.length, self.length, ""))
        self.replace(mark.end() - 1, mark.end(), "")

    def _anchor(self, mark: re.Match[str]) -> None:
        self.replace(*mark.span(), "")
        if mark["target"] is not None:
            self.opened = (self.length, mark["target"].strip(" #"))
        elif self.opened:
            first, address = self.opened
            self.found.links.append(Link(first, self.length, address))
            self.opened = None

    def replace(self, start: int, end: int, shown: str) -> None:
        """Keep the source up to ``start``, and put ``shown`` in the place of what follows it."""
        kept = self.source[self.at : start]
        self.parts += [kept, shown]
        self.length += len(kept)
        if shown:
            self._begin(start)
            self.length += len(shown)
        self._begin(end)
        self.at = end

    def _begin(self, there: int) -> None:
        self.found.here.append(self.length)
        self.found.there.append(there)


def _shown(mark: re.Match[str]) -> str:
    """What a reader sees of a mark."""
    if mark["code"]:
        return re.sub(r"[^\n]", " ", mark["code"])
    if mark["escaped"] is not None:
        # An asterisk that is no mark of italics.
        return "\N{ASTERISK OPERATOR}" if mark["escaped"] == "*" else mark["escaped"]
    if mark["entity"]:
        return html.unescape(mark["entity"])
    if mark["heading"]:
        return f"\n\n{'#' * int(mark['heading'])} "
    return next((shown for name, shown in _SHOWN.items() if mark[name]), "")
