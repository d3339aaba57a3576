"""What is known of a document that Typst cannot tag."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Facts(NamedTuple):
    """The facts about one PDF."""

    stubs: Sequence[int]  # how many columns of each table, in reading order, are row headers
    links: Sequence[str]  # the words of each link, in reading order
    headings: Mapping[str, str]  # destination of a heading -> its text
    page: str  # the word for a page
