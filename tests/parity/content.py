"""What a copy of the document says, and how two copies differ in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import NamedTuple


class Heading(NamedTuple):
    """A heading; the title of a page has level 1."""

    level: int
    words: str


class Numbered(NamedTuple):
    """A box, a table or a figure: ``Box 1`` and its title."""

    label: str
    title: str


class Target(NamedTuple):
    """Where a link leads: a page of the document and a place on it, or an address elsewhere."""

    page: str
    place: str = ""


class Landing(NamedTuple):
    """What stands first at a place or after it: the kind and the number in its list."""

    kind: str
    number: int


class Link(NamedTuple):
    """A link: a citation, a cross-reference, a way back, an address."""

    words: str
    target: Target


@dataclass
class Content:
    """What a copy says, each in reading order.

    ``landings`` tells of each place that links lead to what stands there; it serves to name the
    places of a copy that has no names for them.
    """

    headings: list[Heading] = field(default_factory=list)
    numbered: list[Numbered] = field(default_factory=list)
    images: list[str] = field(default_factory=list)  # what is said of each to those who cannot see
    items: list[str] = field(default_factory=list)  # of every list: references, changes, questions
    links: list[Link] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # at the foot of pages, without their numbers
    landings: dict[Target, Landing] = field(default_factory=dict)

    def landing(self, kind: str) -> Landing:
        """What is read next, if it is of this kind."""
        return Landing(kind, len(getattr(self, kind)))

    def citations(self) -> list[Link]:
        """The links into the list of references."""
        return [link for link in self.links if link.target.place.startswith("ref-")]


COMPARED = ("headings", "numbered", "images", "items", "links", "notes")

# What differs by design, and why. Everything else has to be the same.
ONLY_ON_THE_SITE = (
    ".html-only",  # ways through the site, and the offer of the copies themselves
    ".headerlink",  # a place's own address, to be copied
)
FRAME = {"Contents"}  # the heading of a copy's own list of contents; the site has a menu instead
PAGE_NUMBER = re.compile(r" \(page [0-9ivx]+\)")  # on paper, a link cannot be followed with a click
# Notes stand at the foot of sheets there, and are numbered through the whole document.
# In large print a table may be a list for each of its rows, so that no column is squeezed.
# The title of the site's first page is the title of the copy; a PDF has it on its cover.


def differences(name: str, copy: Content, other: str, site: Content) -> Iterator[str]:
    """Yield what one copy has and the other has not, in words."""
    for kind in COMPARED:
        ours, theirs = getattr(copy, kind), getattr(site, kind)
        for operation, start, end, first, last in SequenceMatcher(
            a=theirs, b=ours, autojunk=False
        ).get_opcodes():
            if operation != "equal":
                lost, added = theirs[start:end], ours[first:last]
                yield f"{kind}: {other} has {lost}, {name} has {added}"


def plain(text: str) -> str:
    """The text with single spaces."""
    return re.sub(r"\s+", " ", text).strip()
