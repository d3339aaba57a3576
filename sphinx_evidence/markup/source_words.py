"""The words that a writer has typed on a page for readers: all words, but for those of the markup.

Nothing is parsed as the parsers of pages do, which is the point: what they lose is counted here.
Where something may be markup or text, it is taken for markup.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property
from html import unescape
from typing import NamedTuple

# Directives whose content is no text of the page, or is made anew.
_UNTOLD = {
    "autosummary", "bibliography", "contents", "default-domain", "downloads", "editorial-record",
    "footbibliography", "further-reading", "highlight", "image", "include", "index",
    "literalinclude", "math", "meta", "open-questions", "raw", "replace", "role",
    "tabularcolumns", "toctree", "unicode",
}  # fmt: skip
# Directives that name something where others have a title.
_NAMING = {
    "button-link", "button-ref", "card-carousel", "class", "code", "code-block", "container",
    "cssclass", "describe", "div", "figure", "figure-md", "grid", "grid-item", "hlist",
    "line-block", "object", "only", "parsed-literal", "rst-class", "sourcecode", "tab-set",
}  # fmt: skip
_CODE = {"code", "code-block", "sourcecode"}
_SPOKEN = {"alt", "caption", "header"}  # options that reach readers
# Roles that show what stands in them, to the letter.
_SHOWN = {
    "abbr", "abbreviation", "code", "command", "dfn", "emphasis", "file", "guilabel", "kbd",
    "literal", "mailheader", "makevar", "manpage", "menuselection", "mimetype", "newsgroup",
    "program", "regexp", "samp", "strong", "sub", "subscript", "sup", "superscript", "title",
    "title-reference",
}  # fmt: skip

_INTO = r"[*_`\\]"  # markup may stand within a word
_WORD = re.compile(rf"(?:[^\W_]|&#?\w+;)+(?:{_INTO}+(?:[^\W_]|&#?\w+;)+)*")
_BARE = re.compile(r"[^\W_]+")

# -- Lines of MyST -------------------------------------------------------------------------------

_FENCE = re.compile(
    r"[\s>*+-]*(?:(?:\d+[.)]|:)\s+)?(?P<marks>`{3,}(?!.*`)|~{3,}|:{3,})"
    r"(?P<rest>\s*(?:\{(?P<name>[^\s{}]+)\}\s*)?(?P<title>.*))"
)
# The value of an option may go on behind a colon.
_OPTION = re.compile(r"\s*>?\s*:?(?P<name>[\w-]+):(?:\s.*|$)|\s*(?P<on>:\s+)\S.*|\s*---\s*$")
_FRONT = re.compile(r"\ufeff?---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_YAML = re.compile(r"[\w.-]+:.*|- .*|#.*|\s.*|")
# Classes, a name, and options for the look; other values are words, if they are anything.
_SET = (
    r"\{(?:\s*(?>[.#][\w:/-]+"
    r"|(?:align|class|height|id|lang|name|style|target|width|\w*(?:line|number)\w*)=\"[^\"{}]*\""
    r"|[\w-]+=(?:\"[^\s\"{}]*\"|[^\s\"{}]+)))++\s*\}"
)
_LINES = [
    re.compile(pattern)
    for pattern in (
        r"\+\+\+\s*\{.*\}\s*$",  # what follows a break between blocks
        r"[\s>]*\([^()\s]+\)=\s*$",  # a name to refer to
        rf"[\s>]*{_SET}\s*$",
    )
]
_MARKER = re.compile(r"[\s>]*(?:(?:[*+-]|\(?(?:\d{1,9}|#|[a-zA-Z]|[ivxlc]+)[.)])(?:\s+|$))++")
_GOES_ON = re.compile(r"[^\s.!?:][\s)”’\"'*_`]*\Z")  # a line that ends within a sentence
_FIELD = re.compile(r"\s*:[\w -]+:(?=\s|$)")

# -- Within lines of MyST ------------------------------------------------------------------------

_TAGS = (
    "a|abbr|b|bdi|bdo|blockquote|br|caption|cite|code|col|colgroup|dd|del|details|dfn|div|dl|dt|em|"
    "figcaption|figure|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|pre|q|s|samp|section|small|span|strong|"
    "sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|u|ul|var|wbr"
)
_INLINE = [
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"(?i:</?(?:{_TAGS})(?:\s[^<>]*)?/?>)",
        r"<[a-z][a-z+.-]+:[^<>\s]*>",  # an address, which may be shown by the title there
        r"\{\{[^\n]*",  # a value; what follows an expression is another finding's
        r"\[\^[^\[\]\n]+\]:?",  # the mark of a footnote
        r"(?<=\$\$)\s*\([\w:-]+\)[ \t]*$",  # the name of an equation
    )
]
_BALANCED = r"[^()\n]*+"
for _ in range(4):  # brackets within brackets, in an address
    _BALANCED = rf"(?:[^()\n]|\({_BALANCED}\))*+"
_AROUND = [
    re.compile(pattern)
    for pattern in (
        rf"(?<=[\])`*_]){_SET}",
        r"(?<=[{\s])[\w-]+(?==\")",  # the key of another attribute
        rf"\]\({_BALANCED}(?:\n[^()\n]*)?\)",  # where a link leads
    )
]
_ROLE = re.compile(
    r"\{(?P<name>[\w:.+-]+)\}(?P<ticks>`+)(?P<text>[^`].*?|)(?P=ticks)(?!`)", re.DOTALL
)
_TARGET = re.compile(r"<[^<>]*>\s*\Z")  # behind the title, in a role
_DEFINITION = re.compile(
    r"^(?P<all> {0,3}\[(?!\^)(?P<label>[^\[\]]+)\]:\s*(?P<to><[^<>\n]*>|\S+)[ \t]*"
    r"(?:\n?[ \t]*(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?)[ \t]*$",
    re.MULTILINE,
)
_ADDRESS = re.compile(r"<|#|\.{0,2}/|[\w+.-]+:|\S+\.\w+")
_LABEL = re.compile(r"\[([^\[\]]+)\](?!:)")
_REFERENCE = re.compile(r"\]\[([^\[\]]+)\]")

# -- reStructuredText ----------------------------------------------------------------------------

_DIRECTIVE = re.compile(
    r"\s*(?:- |\* )*\.\. +(?:\|(?P<sub>[^|]+)\| )?(?P<name>[\w:+.-]+?)\s?::(?:\s+(?P<title>.*)|$)"
)
_EXPLICIT = re.compile(
    r"\s*(?:\.\. +(?:_[^:]*:(?:\s+(?:`[^`]+`_|\S+))?\s*$|_[^:]*:|\[[^\]]+\])"
    r"|__ (?:`[^`]+`_|\S+)\s*$)"
)
_COMMENT = re.compile(r"\s*\.\.(?:\s+(?P<text>.*)|$)")
_UNREAD = re.compile("\\W*([\\w:-]+?)\\W*[:\uff1a](?!:)")  # one colon, or one in full width
_RST_ROLE = re.compile(r":(?P<name>[\w:.+-]+):`(?P<text>[^`]*)`")
_RST_BELOW = re.compile(r"^[ \t]*\.\. _[^\n]*:[ \t]*\r?\n(?P<to>[ \t]+\S+)[ \t]*$", re.MULTILINE)
_RST_LINK = re.compile(r"`[^`<]*(?P<to><[^<>]*>)`_")
_RST_MARK = re.compile(r"(?P<to>\|[^|\s](?:[^|\n]+\n)?[^|\n]*\|_?|\[[^\[\]\n]+\]_)")


class Word(NamedTuple):
    """One word, as it is compared, and its offset in the source."""

    text: str
    offset: int


def words_in(text: str) -> Iterator[Word]:
    """The words of a text; markup within a word does not part it."""
    for found in _WORD.finditer(text):
        if found[0].isalnum():  # as most are
            yield Word(found[0], found.start())
            continue
        whole = re.sub(_INTO, "", unescape(found[0]) if "&" in found[0] else found[0])
        for word in _BARE.findall(whole):
            yield Word(word, found.start())


def source_words(text: str, *, markup: str, shows: Callable[[str], bool]) -> list[Word]:
    """The words of a page; ``shows`` says whether a directive shows its content as it is."""
    page = _Page(text, shows)
    if markup == "myst":
        page.blank_myst()
    else:
        page.blank_rst(0, len(text))
    return list(words_in("".join(page.letters)))


class _Page:
    """A page of which markup is made blank, so that offsets stay."""

    def __init__(self, text: str, shows: Callable[[str], bool]) -> None:
        self.text, self.shows = text, shows
        self.letters = list(text)

    @property
    def left(self) -> str:
        return "".join(self.letters)

    def blank(self, start: int, end: int) -> None:
        self.letters[start:end] = (one if one in "\r\n" else " " for one in self.letters[start:end])

    def lines(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        """Offset and text of each line, without its end."""
        for found in re.finditer(r"[^\r\n]+|(?:\r\n?|\n)", self.text[start:end]):
            if found[0][0] not in "\r\n":
                yield start + found.start(), found[0]
            elif self.text[start + found.start() - 1] in "\r\n":
                yield start + found.start(), ""

    # -- MyST ------------------------------------------------------------------------------

    def blank_myst(self) -> None:
        """Blank the markup of a page in MyST."""
        begin = self._front_matter()
        opened: list[tuple[str, str, int]] = []  # marks, what is inside, where it begins
        options, shown, spoken, before = False, False, False, ""
        for at, line in self.lines(begin, len(self.text)):
            marks, inside, start = opened[-1] if opened else ("", "text", begin)
            fence = _FENCE.match(line)
            if fence and opened and fence["marks"].startswith(marks) and not fence["rest"].strip():
                self.blank(at, at + len(line))
                opened.pop()
                if inside == "rst":
                    self.blank_rst(start, at)
                options, before = False, ""
            elif fence and inside == "text":
                opened.append((fence["marks"], self._opened(at, fence), at + len(line)))
                options, before = bool(fence["name"]), ""
                shown = options and self.shows(fence["name"])
            elif options and (found := _OPTION.match(line)):
                spoken = shown and (found["name"] in _SPOKEN or (spoken and bool(found["on"])))
                self.blank(at, at + (found.end(found.lastgroup or 0) if spoken else len(line)))
            else:
                # Behind words that go on, it may be a sign of them: “40 / % of all”.
                comment = line.lstrip().startswith("%") and not _GOES_ON.search(before)
                if inside == "untold" or (inside == "text" and comment):
                    self.blank(at, at + len(line))
                elif inside == "text":
                    self._line(at, line)
                # One comment after the other; behind a formula, no words go on.
                ended = comment or line.lstrip().startswith("$$")
                options, before = False, "" if ended else line
        self._inline()

    def _front_matter(self) -> int:
        found = _FRONT.match(self.text)
        if not found or not all(map(_YAML.fullmatch, (found[1] or "").split("\n"))):
            return 0
        self.blank(0, found.end())
        return found.end()

    def _opened(self, at: int, fence: re.Match[str]) -> str:
        """Blank the first line of a fence, but for a title; return what its content is."""
        name, title = fence["name"], fence["title"]
        if not name:  # code, and its language
            self.blank(at, at + fence.start("title") + len(title.partition(" ")[0]))
            return "code"
        titled = self.shows(name) and name not in _NAMING | _UNTOLD | {"eval-rst"}
        self.blank(at, at + (fence.start("title") if titled else fence.end()))
        if name == "eval-rst":
            return "rst"
        if name in _UNTOLD or not self.shows(name):
            return "untold"
        return "code" if name in _CODE else "text"

    def _line(self, at: int, line: str) -> None:
        if any(pattern.match(line) for pattern in _LINES):
            self.blank(at, at + len(line))
        elif found := _MARKER.match(line) or _FIELD.match(line):
            self.blank(at, at + found.end())

    def _inline(self) -> None:
        end = 0
        while (start := self.text.find("<!--", end)) >= 0:
            end = self.text.find("-->", start)
            if end < 0:
                break
            self.blank(start, end + len("-->"))
        self._blank_all(_INLINE)
        self._roles(_ROLE, 0, len(self.text))
        text = self.left
        used = {_folded(found[1]) for found in _LABEL.finditer(text)}
        defined = set()
        for found in _DEFINITION.finditer(text):
            # What leads nowhere, and is used by nothing, was meant for readers.
            if _folded(found["label"]) in used or _ADDRESS.match(found["to"]):
                label = _folded(found["label"])
                defined.add(label)
                # A definition that leads to nothing is how Markdown at large writes a comment.
                whole = label in used or found["to"] in {"#", "<>"}
                self.blank(found.start(), found.end("all" if whole else "to"))
        for found in _REFERENCE.finditer(text):
            if _folded(found[1]) in defined:
                self.blank(found.start(1), found.end(1))
        self._blank_all(_AROUND)

    def _blank_all(self, patterns: list[re.Pattern[str]]) -> None:
        for pattern in patterns:
            for found in pattern.finditer(self.left):
                self.blank(found.start(), found.end())

    def _roles(self, pattern: re.Pattern[str], begin: int, end: int) -> None:
        """Blank in a role what is the name of something, and not for readers."""
        for found in pattern.finditer(self.left, begin, end):
            start, name = found.start("text"), found["name"]
            self.blank(found.start(), start)
            if name in _SHOWN or name.startswith("cite:"):
                continue  # keys are counted as words
            target = _TARGET.search(found["text"])
            self.blank(start + (target.start() if target else 0), found.end("text"))

    # -- reStructuredText --------------------------------------------------------------------

    @cached_property
    def substitutions(self) -> Counter[str]:
        """How often each stands on the page."""
        return Counter(re.findall(r"\|([^|\n]+)\|", self.text))

    def blank_rst(self, begin: int, end: int) -> None:
        """Blank the markup of a part in reStructuredText."""
        skipped: int | None = None  # the indentation of what holds no text
        options = False
        for at, line in self.lines(begin, end):
            indent = len(line) - len(line.lstrip())
            if skipped is not None and (not line.strip() or indent > skipped):
                self.blank(at, at + len(line))
                continue
            skipped = None
            if found := _DIRECTIVE.match(line):
                options = self._directive(at, found)
                skipped = None if options else indent
            elif options and (found := _OPTION.match(line)):
                spoken = found["name"] in _SPOKEN
                self.blank(at, at + (found.end("name") if spoken else len(line)))
            else:
                options = False
                skipped = self._explicit(at, line, indent)
        self._roles(_RST_ROLE, begin, end)
        for found in _RST_BELOW.finditer(self.text, begin, end):
            self.blank(found.start("to"), found.end("to"))
        for pattern in (_RST_LINK, _RST_MARK):
            for found in pattern.finditer(self.left, begin, end):
                self.blank(found.start("to"), found.end("to"))

    def _directive(self, at: int, found: re.Match[str]) -> bool:
        """Blank the first line of a directive, but for a title; whether its content is text."""
        unused = bool(found["sub"]) and self.substitutions[found["sub"]] == 1
        shown = self.shows(found["name"]) and (found["name"] not in _UNTOLD or unused)
        titled = shown and found["name"] not in _NAMING and found["title"]
        self.blank(at, at + (found.start("title") if titled else found.end()))
        return shown

    def _explicit(self, at: int, line: str, indent: int) -> int | None:
        """Blank other markup of a line; of a comment, return the indentation."""
        if found := _EXPLICIT.match(line):
            self.blank(at, at + found.end())
        elif (found := _COMMENT.match(line)) and not self._is_unread(found["text"] or ""):
            self.blank(at, at + len(line))
            return indent
        elif found := _FIELD.match(line) or _MARKER.match(line):
            self.blank(at, at + found.end())
        return None

    def _is_unread(self, comment: str) -> bool:
        """Whether a comment was to be a directive: it lacks a colon, or a space parts its name."""
        if comment.startswith(".. "):  # made one on purpose
            return False
        found = _UNREAD.match(comment)
        return bool(found and self.shows(found[1])) or "::" in comment


def _folded(label: str) -> str:
    return " ".join(label.casefold().split())
