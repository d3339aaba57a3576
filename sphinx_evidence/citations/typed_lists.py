"""Lists of works that are typed on a page, where Sphinx would make one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sphinx_evidence.citations.plain_text import PlainCitation
from sphinx_evidence.prose.words import PARTICLES
from sphinx_evidence.rulebook.rule import Rule

_SMALL = "|".join(sorted(map(re.escape, PARTICLES | {"al", "and", "et"})))
# Names and a year, then a title: “Leamy, M. and Bird, V. (2011). A framework”.
_LINE = re.compile(
    rf"(?:(?:[^\W\d_a-z][\w'’.-]*|&|(?:{_SMALL})(?!\w))[.,]?\s+){{1,60}}"
    r"\(?(?:1[5-9]|20)\d\d[a-z]?\)?[.,:]?\s+[\"“‘'«]?[^\Wa-z_]"
)


def typed_lists(texts: Sequence[str]) -> list[int | None]:
    """For each block: how many lines of works begin with it, 0 where they go on, or nothing."""
    lengths: list[int | None] = [0 if _LINE.match(text) else None for text in texts]
    first = 0
    for index, length in enumerate([*lengths, None]):
        if length is not None:
            continue
        if index - first > 1:
            lengths[first] = index - first
        elif index > first:
            lengths[first] = None  # one line is no list
        first = index + 1
    return lengths


def of_list(
    citations: Sequence[PlainCitation], length: int, *, markup: str
) -> Iterator[PlainCitation]:
    """One finding for a whole list, at its first line."""
    if citations and length:
        directive = "`.. bibliography::`" if markup == "rst" else "{bibliography}"
        wrong = f"These {length} lines are a list of works that is typed by hand."
        remedy = (
            f"Cite the works in the text by their keys, and write {directive} in place of the list."
        )
        yield replace(
            citations[0], rule=Rule.CITATION_PLAIN, wrong=wrong, remedy=remedy, certain=None
        )
