"""Whether words are a citation in a document with its own list, where no entry fits them.

Such a document says of each name and year where it comes from, so that less is needed here than in
a page: “Scull and Porter (1979)” is enough.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from sphinx_evidence.prose.citation import Cited, Mention
from sphinx_evidence.prose.context import founding
from sphinx_evidence.prose.names import Reading
from sphinx_evidence.prose.words import (
    CONNECTIVES,
    ORGANISATION,
    PARTICLES,
    STARTERS,
    places,
    times,
)
from sphinx_evidence.text.normalise import plain

_EMPHASISED = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])[^*_\n]{1,200}(?<=\S)\1(?![\w*_])")
_NO_SOURCE = {"a", "an", "around", "at", "during", "for", "in", "near", "of", "since", "the"}


@dataclass(frozen=True)
class Manuscript:
    """A text as it is read; ``titles`` are spans in italics, in order.

    ``commas`` says whether its citations in brackets have one: (Alpha, 2001) or (Alpha 2001).
    """

    text: str
    titles: tuple[tuple[int, int], ...]
    commas: frozenset[bool] = frozenset()

    def cites(self, mention: Mention) -> bool:
        """Whether ``mention`` is a citation even if no entry fits."""
        reading = mention.works[0].readings[0]
        if not reading.et_al and (self._is_title(reading) or self._is_measure(mention)):
            return False
        if mention.sure or self._of_an_organisation(mention):
            return True
        if mention.form == "bare" or mention.unmarked:
            return False
        bracket = mention.form == "parenthetical"
        people = all(map(_is_surname, reading.names))
        if not people and not (bracket and reading.comma and all(map(_is_name, reading.names))):
            return False
        if not bracket:
            return reading.joined if len(reading.names) > 1 else not _leads_elsewhere(reading)
        return self._in_brackets(mention)

    def works(self, mention: Mention) -> tuple[Cited, ...]:
        """The works of ``mention``; two surnames that open a bracket belong together."""
        first = mention.works[0].readings[0]
        pair = first.joined and len(first.names) == 2 and all(map(_is_surname, first.names))  # noqa: PLR2004
        if mention.form != "parenthetical" or not pair or not self._opens(mention):
            return mention.works
        return tuple(
            replace(cited, readings=tuple(r for r in cited.readings if r.start == first.start))
            for cited in mention.works
        )

    def _is_title(self, reading: Reading) -> bool:
        at = bisect_right(self.titles, (reading.start, len(self.text))) - 1
        return at >= 0 and reading.end <= self.titles[at][1]

    def _is_measure(self, mention: Mention) -> bool:
        """Whether words are what a number counts, 1,000 Acres, or a label: ESH 2023."""
        reading = mention.works[0].readings[0]
        counted = re.search(r"\d\s$", self.text[max(mention.start - 3, 0) : mention.start])
        label = len(reading.names) == 1 and reading.names[0].isupper() and not reading.comma
        return bool(counted) or (label and mention.form != "narrative")

    def _of_an_organisation(self, mention: Mention) -> bool:
        """Whether the words are an organisation and a year in brackets, and not its founding."""
        words = {word.casefold() for name in mention.works[0].names for word in name.split()}
        return (
            mention.form == "narrative"
            and len(mention.works) == 1  # waves of a survey have several years
            and bool(words & ORGANISATION)
            and not founding(self.text, mention.start, mention.end)
        )

    def _in_brackets(self, mention: Mention) -> bool:
        """Whether names and year stand by themselves, as the citations of this text do."""
        after = self.text[mention.end : mention.end + 1]
        comma = mention.works[0].readings[0].comma
        return comma in self.commas and self._opens(mention) and after in set(");,")

    def _opens(self, mention: Mention) -> bool:
        """Whether nothing but “see” and the like stands before it in its bracket."""
        start = mention.bracket[0] if mention.bracket else mention.start
        lead = self.text[start + 1 : mention.start].strip()
        return not lead or lead.endswith(";") or lead.casefold() in {"see", "e.g.", "e.g.,", "cf."}


def titles(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of a text in Markdown that are set in italics."""
    return tuple((found.start(), found.end()) for found in _EMPHASISED.finditer(text))


def _is_surname(name: str) -> bool:
    """One capitalised word with its particles, and no place, time or abbreviation."""
    words = [word for word in name.split() if word.casefold() not in PARTICLES]
    if len(words) != 1 or words[0].isupper() or plain(name) in places():
        return False
    return words[0].casefold() not in STARTERS | times()


def _is_name(name: str) -> bool:
    """Several capitalised words, as organisations have, and no place or time: “Sky News”."""
    words = [word for word in name.split() if word.casefold() not in PARTICLES | CONNECTIVES]
    folded = {word.casefold() for word in words}
    place = plain(name) in places() and not folded & ORGANISATION  # United Nations
    if not words or place or folded & times() or words[0].casefold() in STARTERS:
        return False
    return all(word[:1].isupper() for word in words)


def _leads_elsewhere(reading: Reading) -> bool:
    """Whether the word before a single name shows a place or an event: “in the Blitz (1940)”."""
    before = re.findall(r"[\w-]+", reading.before.casefold())
    return bool(before) and before[-1] in _NO_SOURCE
