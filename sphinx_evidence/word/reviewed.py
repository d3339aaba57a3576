"""What reviewers have left in a copy in Word: comments and tracked changes, by paragraph."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sphinx_evidence.word.inline import CHANGES, GONE, TRANSPARENT
from sphinx_evidence.word.origins import number_of
from sphinx_evidence.word.reading import roots_of
from sphinx_evidence.word.styles import Styles, W, value

if TYPE_CHECKING:
    from docx.document import Document

# Beside the words of the pages: the list of contents, and what parts two tables.
_FRAME = ("toc ", "contents", "between")
_SIGNS = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-"}
END = "¶"  # of a paragraph
_ALIKE = str.maketrans({"\u2011": "-", "\xad": None})  # which Word keeps as signs of its own
_PARA = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


@dataclass(frozen=True)
class Change:
    """Words that somebody has taken away, and words in their place, behind what was there."""

    who: str
    gone: str
    came: str
    before: str


@dataclass
class Remark:
    """A comment, and the words that it is on."""

    who: str
    text: str
    before: str
    on: str = ""


@dataclass
class Passage:
    """A paragraph, or several that one has become; ``numbers`` are those of its origins.

    ``was`` are its words if all changes are rejected: as they were written, if all are tracked.
    """

    numbers: list[int] = field(default_factory=list)
    was: str = ""
    changes: list[Change] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    framed: bool = False  # it has no origin, and needs none


@dataclass(frozen=True)
class _Piece:
    text: str
    taken: str = ""  # by whom
    put: str = ""  # by whom

    @property
    def who(self) -> str:
        return self.taken or self.put


def alike(text: str) -> str:
    """Words as they are compared."""
    return " ".join(text.translate(_ALIKE).split())


def passages_of(document: "Document") -> list[Passage]:
    """The passages of the text, then those of its notes."""
    return _Reader(document).read()


class _Reader:
    def __init__(self, document: "Document") -> None:
        self.roots = roots_of(document)
        self.styles = Styles.of(self.roots.get("styles"))
        self.stories = [document.element.body, *map(self.roots.get, ("footnotes", "endnotes"))]
        self.comments = dict(_comments(self.roots))
        self.initials = {
            each.get(f"{W}author", ""): each.get(f"{W}initials")
            for each in self.comments.values() if each.get(f"{W}initials")
        }  # fmt: skip
        self.within: dict[str, int] = {}  # origins whose bookmark is open, by its id
        self.on: dict[str, Remark] = {}  # comments whose words are being read
        self.found: list[Passage] = []

    def read(self) -> list[Passage]:
        for story in self.stories:
            self.within.clear()
            for paragraph in () if story is None else story.iter(f"{W}p"):
                self._paragraph(paragraph)
        return self.found

    def _paragraph(self, element: Any) -> None:  # noqa: ANN401  # lxml has no types
        goes_on = bool(self.within)
        if not goes_on:
            style = self.styles[value(element, "pPr/pStyle")].name
            self.found.append(Passage(framed=style.startswith(_FRAME)))
        self.pieces: list[_Piece] = []
        self._children(element)
        self._end(element)
        passage = self.found[-1]
        passage.changes += _changes(self.pieces, passage.was, self._who)
        passage.was = alike(f"{passage.was} {_was(self.pieces).removesuffix(END)}")

    def _children(self, element: Any, taken: str = "", put: str = "") -> None:  # noqa: ANN401
        for child in element:
            tag, key = child.tag, child.get(f"{W}id", "")
            if tag == f"{W}r":
                self._run(child, taken, put)
            elif tag in CHANGES:
                who = child.get(f"{W}author") or "?"
                self._children(child, *((who, put) if tag in GONE else (taken, who)))
            elif tag in TRANSPARENT:
                self._children(child, taken, put)
            elif tag == f"{W}bookmarkStart":
                number = number_of(child.get(f"{W}name", ""))
                if number is not None:
                    self.within[key] = number
                    self.found[-1].numbers.append(number)
            elif tag == f"{W}bookmarkEnd":
                self.within.pop(key, None)
            elif tag == f"{W}commentRangeStart":
                self._remark(key)
            elif tag == f"{W}commentRangeEnd":
                self.on.pop(key, None)

    def _end(self, element: Any) -> None:  # noqa: ANN401
        """Read the mark at the end of a paragraph whose words are not all put in or taken away."""
        if any(one.text.strip() and not one.who for one in self.pieces):
            for mark in element.iterfind(f"{W}pPr/{W}rPr/*"):
                who = mark.get(f"{W}author") or "?"
                if mark.tag == f"{W}ins":
                    self.pieces.append(_Piece(END, put=who))
                elif mark.tag == f"{W}del":
                    self.pieces.append(_Piece(END, taken=who))

    def _run(self, run: Any, taken: str, put: str) -> None:  # noqa: ANN401
        for child in run:
            if child.tag in {f"{W}t", f"{W}delText"}:
                self._add(_Piece(child.text or "", taken, put))
            elif child.tag in _SIGNS:
                self._add(_Piece(_SIGNS[child.tag], taken, put))
            elif child.tag == f"{W}commentReference":
                self._remark(child.get(f"{W}id", ""))
                self.on.pop(child.get(f"{W}id", ""), None)

    def _add(self, piece: _Piece) -> None:
        self.pieces.append(piece)
        for remark in self.on.values():
            remark.on += piece.text

    def _remark(self, key: str) -> None:
        """Note a comment where it begins, once."""
        comment = self.comments.pop(key, None)
        if comment is not None:
            words = (text.text or "" for text in comment.iter(f"{W}t"))
            before = f"{self.found[-1].was} {_was(self.pieces)}"
            who = self._who(comment.get(f"{W}author", ""))
            self.on[key] = Remark(who, " ".join("".join(words).split()), alike(before))
            self.found[-1].remarks.append(self.on[key])

    def _who(self, author: str) -> str:
        return self.initials.get(author) or author.strip("?") or "Somebody"


def _was(pieces: list[_Piece]) -> str:
    return "".join(piece.text for piece in pieces if not piece.put)


def _changes(pieces: list[_Piece], before: str, who: Any) -> Iterator[Change]:  # noqa: ANN401
    """Each run of changes by one person."""
    for author, group in groupby(pieces, lambda piece: piece.who):
        same = list(group)
        if author:
            gone = alike("".join(one.text for one in same if not one.put))
            came = alike("".join(one.text for one in same if not one.taken))
            if gone or came:
                yield Change(who(author), gone, came, alike(before))
        before += _was(same)


def _comments(roots: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The comments by their ids, but for those that somebody has marked as done."""
    extended = roots.get("commentsExtended")
    done = {
        each.get(f"{_W15}paraId")
        for each in (() if extended is None else extended.iter(f"{_W15}commentEx"))
        if each.get(f"{_W15}done") in {"1", "true"}
    }
    root = roots.get("comments")
    for each in () if root is None else root.iter(f"{W}comment"):
        if not done & {one.get(_PARA) for one in each.iter(f"{W}p")}:
            yield each.get(f"{W}id", ""), each
