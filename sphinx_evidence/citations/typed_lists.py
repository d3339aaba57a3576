"""Lists of works that are typed on a page, where Sphinx would make one."""

import re
from collections.abc import Iterator, Sequence

from sphinx_evidence.citations.plain_text import PlainCitation
from sphinx_evidence.prose.words import PARTICLES, STARTERS
from sphinx_evidence.rulebook.rule import Rule

_SMALL = "|".join(sorted(map(re.escape, PARTICLES | {"al", "and", "et"})))
# Names and a year, then a title: “Leamy, M. and Bird, V. (2011). A framework”.
_LINE = re.compile(
    # What has been read as a name is not read again: "A. B. C." could be in two ways at each stop.
    rf"(?>(?:[^\W\d_a-z][\w'’.-]*+|&|(?:{_SMALL})(?!\w))[.,]?\s+){{1,60}}+"
    r"\(?(?:1[5-9]|20)\d\d[a-z]?\)?(?=[.:,]?\s+[\"“‘'«]?[^\W\da-z_])"
)
# A form that no sentence has: “Leamy M, Bird V. A framework. Journal. 2011;199:445–52”.
_NUMBERED = re.compile(
    r"(?:\[?\d{1,3}[\].]\s+)?(?:[^\W\d_a-z][\w'’ -]{1,40}\s[A-Z]{1,3}(?:,|\.)\s){1,60}"
    r".{5,400}?(?:1[5-9]|20)\d\d\s?;\s?\d"
)


# What stands beside the year of a work: a bracket, a comma or a stop, a colon behind a name.
_MARKED = re.compile(r"(?:[.,]\s+|\()\d{4}|\d{4}[a-z]?\)?[.,]|[a-z]\s\d{4}[a-z]?:|\d{4}[a-z]?\)")


def typed_lists(texts: Sequence[str]) -> list[int | None]:
    """For each block: how many lines of works begin with it, 0 where they go on, or nothing."""
    lengths: list[int | None] = [
        0 if _is_work(text) or _NUMBERED.match(text) else None for text in texts
    ]
    first = 0
    for index, length in enumerate([*lengths, None]):
        if length is not None:
            continue
        if index - first > 1 or (index > first and _NUMBERED.match(texts[first])):
            lengths[first] = index - first
        elif index > first:
            lengths[first] = None  # one line is no list
        first = index + 1
    return lengths


def _is_work(text: str) -> bool:
    """Whether a block begins as a reference does, and not as a sentence: “For GBD 2021, take”."""
    found = _LINE.match(text)
    if not found or found[0].split()[0].casefold() in STARTERS:
        return False
    return bool(_MARKED.search(text, 0, found.end() + 1))


def of_list(text: str, length: int, keys: Sequence[str], *, markup: str) -> Iterator[PlainCitation]:
    """One finding for a whole list, at its first line; ``keys`` are those of that line."""
    found = _LINE.match(text) or _NUMBERED.match(text)
    if not (found and length):
        return
    directive = "`.. bibliography::`" if markup == "rst" else "{bibliography}"
    lines = f"These {length} lines are works that are" if length > 1 else "This line is a work"
    named = f", such as {keys[0]}" if keys else ""
    wrong = f"{lines} typed by hand."
    remedy = f"Cite them in the text by their keys{named}, and write {directive} in place of these."
    yield PlainCitation(0, found.end(), Rule.CITATION_PLAIN, wrong, remedy, tuple(keys))
