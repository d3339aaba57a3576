"""What is read from Word: paragraphs with what a person sees of them, and where they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Item = dict[str, Any]  # a work as CSL-JSON has it


class Kind(StrEnum):
    """What a paragraph is."""

    TITLE = "title"
    HEADING = "heading"
    TEXT = "paragraph"
    ITEM = "list item"
    CAPTION = "caption"


@dataclass(frozen=True)
class Picture:
    """A picture: the name of its part, or the address of one that is not in the file; its words."""

    part: str = ""
    address: str = ""
    alt: str = ""


@dataclass(frozen=True)
class Citation:
    """A field of a reference manager: whose it is, and the works that it cites, as CSL has them.

    ``keys`` name works that the document keeps elsewhere, as Word does. ``more`` says that it
    gives pages or other words beside them, or leaves the authors out.
    """

    manager: str
    items: tuple[Item, ...] = ()
    keys: tuple[str, ...] = ()
    more: bool = False


@dataclass(frozen=True)
class Span:
    """Words of one look; ``element`` is the run of Word that they stand in."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: bool = False
    lowered: bool = False
    link: str = ""  # an address, or # and the name of a bookmark
    citation: Citation | None = None
    listed: bool = False  # in a list of references that a program keeps
    note: str = ""  # the number of the note that is called here
    picture: Picture | None = None
    element: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class Open:
    """A tracked change or a comment that nobody has decided on."""

    what: str  # inserted, deleted, moved, hidden, or the words of a comment
    author: str
    words: str


@dataclass(frozen=True)
class Cell:
    """Where in which table a paragraph stands; all count from 0."""

    table: int
    row: int
    column: int
    header: bool = False


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; ``number`` counts all of them from 1; without known pages, they are 0."""

    number: int
    kind: Kind
    spans: Sequence[Span]
    level: int = 0
    label: str = ""  # what Word prints before it: 1.2, [3], •
    page: int = 0
    last_page: int = 0
    cell: Cell | None = None
    box: int = 0  # boxes count from 1
    note: str = ""  # the number of the note that it stands in
    bookmarks: Sequence[str] = ()
    open: Sequence[Open] = ()
    style: str = ""
    element: Any = field(default=None, repr=False, compare=False)

    @property
    def text(self) -> str:
        """The words, without their look."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True)
class Manuscript:
    """A whole document, the notes behind the text.

    ``sources`` are the works that Word keeps for its own citations, by their tags.
    """

    paragraphs: Sequence[Paragraph]
    sources: Mapping[str, Item] = field(default_factory=dict)
