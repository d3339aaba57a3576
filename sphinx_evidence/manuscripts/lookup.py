"""Which entry of a list a citation means, and what differs where none fits."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from sphinx_evidence.manuscripts.entry import Listed
from sphinx_evidence.prose.citation import Cited
from sphinx_evidence.prose.matching import Library, Match, Work, initialisms, same_year, year_core
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.normalise import plain

_INITIALS = re.compile(r"^(?:[^\W\d_a-z]\.?\s){1,2}(?=[^\W\d_][\w'’])")  # D O'Alpha
ALIKE = 0.72  # of the letters, where the year or another name fits too
MOST = 200  # entries of one year or letter that are compared
WHOLE = 20  # comparisons that it takes to compare all the names of a work
PATIENCE = 2_000_000  # comparisons for a whole document; after them no nearest entry is offered


@dataclass(frozen=True)
class Citing:
    """What is wrong with a citation: ``rule`` is on its entry, year or names."""

    rule: Rule
    entry: Listed | None = None
    differs: str = ""


class Shelf:
    """The entries of a list; ``used`` are the places of those that the text cites."""

    def __init__(self, entries: Sequence[Listed], acronyms: Mapping[str, str]) -> None:
        """Index the entries by names and years."""
        self.entries = entries
        self.used: set[int] = set()
        works = list(map(_work, range(len(entries)), entries))
        self.library = Library.of(works, acronyms)
        self.by_year: dict[str, list[int]] = defaultdict(list)
        for index, entry in enumerate(entries):
            for year in re.findall(r"\d{4}", entry.year) or [year_core(entry.year)]:
                self.by_year[year].append(index)
        self.of_year = {
            year: Library.of([works[index] for index in places], acronyms)
            for year, places in self.by_year.items()
        }
        self.by_letter = {letter: sorted(n)[:MOST] for letter, n in self.library.by_letter.items()}
        self.patience = PATIENCE
        self.known: dict[tuple[object, ...], Citing | None] = {}

    def fits(self, cited: Cited) -> bool:
        """Whether an entry fits ``cited`` fully."""
        return bool(self._exact(cited).exact)

    def exact(self, cited: Cited) -> list[int]:
        """The places of the entries that fit ``cited`` fully."""
        return [int(work.key) for work in self._exact(cited).exact]

    def look_up(self, cited: Cited, *, sure: bool, bare: bool) -> Citing | None:
        """What is wrong with ``cited``; nothing where an entry fits, or it is no citation."""
        names = tuple(reading.names for reading in cited.readings)
        key = (names, cited.et_al, cited.year, sure, bare)
        if key not in self.known:
            used, self.known[key] = self._look_up(cited, sure=sure, bare=bare)
            self.used.update(used)
        return self.known[key]

    def _look_up(  # noqa: PLR0911  # one return for each way to fit
        self, cited: Cited, *, sure: bool, bare: bool
    ) -> tuple[list[int], Citing | None]:
        exact = self._exact(cited)
        if fuller := self._fuller(cited, exact):
            return fuller
        if exact.exact:
            return [int(work.key) for work in exact.exact], None
        if given := self._by_last_names(cited):
            return given, None
        match = self._match(cited)
        if not sure and bare:
            return [], None
        spelt_out = self._spelt_out(cited)
        if spelt_out:
            same = [i for i in spelt_out if same_year(cited.year, self.entries[i].year)]
            return (same, None) if same else (spelt_out[:1], self._year(spelt_out[0]))
        acronym = re.fullmatch(r"[A-Z][A-Z–-]{1,7}", cited.names[0])  # one letter makes another
        if match.near and not (acronym and "spelt" in match.near[0][1]):
            work, differs = match.near[0]
            index = int(work.key)
            if not same_year(cited.year, work.year):
                return [index], self._year(index)
            return [index], Citing(Rule.MANUSCRIPT_NAME, self.entries[index], differs)
        index, kind = (-1, "") if acronym else self._alike(cited)
        if kind == "name":
            differs = f"the name is spelt {' and '.join(self.entries[index].names[:2])}"
            return [index], Citing(Rule.MANUSCRIPT_NAME, self.entries[index], differs)
        if not sure:
            return [], None
        return [], Citing(Rule.MANUSCRIPT_UNLISTED, self.entries[index] if index >= 0 else None)

    def _by_last_names(self, cited: Cited) -> list[int]:
        """Entries of people whom the text calls by their given names, too: “Ann Mary Alpha”."""
        whole = [r for r in cited.readings if all(" " in name for name in r.names)]
        for reading in whole:
            last = tuple(name.split()[-1] for name in reading.names)
            found = self._exact(replace(cited, readings=(replace(reading, names=last),))).exact
            entries = [int(work.key) for work in found if not work.organisation]
            initials = [plain(name)[:1] for name in reading.names]
            fits = [i for i in entries if _begin(self.entries[i], initials)]
            if fits:
                return fits
        return []

    def _exact(self, cited: Cited) -> Match:
        """Entries with these names and this year; only those of the year are compared."""
        library = self.of_year.get(year_core(cited.year))
        return library.match(cited) if library else Match(None)

    def _fuller(self, cited: Cited, exact: Match) -> tuple[list[int], Citing] | None:
        """An entry with all the names where another fits by the last of them alone.

        “Alpho and Beta (2001)” is Alpha and Beta, even if Beta wrote alone in that year, too.
        """
        reading = cited.readings[0]
        whole = exact.exact and exact.reading and len(exact.reading.names) >= len(reading.names)
        if whole or len(reading.names) < 2:  # noqa: PLR2004
            return None
        rest = [plain(name) for name in reading.names[1:]]
        for work, differs in self._match(replace(cited, readings=(reading,))).near:
            if [plain(name) for name in work.names[1:]] == rest:
                index = int(work.key)
                same = same_year(cited.year, work.year)
                rule = Rule.MANUSCRIPT_NAME if same else Rule.MANUSCRIPT_YEAR
                return [index], Citing(rule, self.entries[index], differs)
        return None

    def _match(self, cited: Cited) -> Match:
        """The nearest works; nothing where too many have been compared."""
        firsts = [plain(reading.names[0]) for reading in cited.readings]
        alike = sum(len(self.library.by_first.get(first, ())) for first in firsts)
        self.patience -= alike * WHOLE
        return self.library.match(cited) if self.patience > 0 else Match(None)

    def _year(self, index: int) -> Citing:
        return Citing(Rule.MANUSCRIPT_YEAR, self.entries[index])

    def _spelt_out(self, cited: Cited) -> list[int]:
        """Entries under an acronym that the citation spells out."""
        for reading in cited.readings:
            if len(reading.names) == 1 and " " in reading.names[0]:
                for short in initialisms(reading.names[0]):
                    works = self.library.by_first.get(short, [])
                    found = [int(work.key) for work in works if work.organisation]
                    if found:
                        return found
        return []

    def _alike(self, cited: Cited) -> tuple[int, str]:
        """The entry of that year whose names are most alike, or else one of another year."""
        best, place, kind = 0.0, -1, ""
        if self.patience < 0:
            return place, kind
        names = [plain(name) for name in cited.names]
        same_year = self.by_year.get(year_core(cited.year), [])[:MOST]
        others = self.by_letter.get(names[0][:1], [])
        self.patience -= len(same_year) + len(others)
        for index in same_year:
            listed = [plain(name) for name in self.entries[index].names]
            ratio = _ratio(names[0], listed[0]) if listed else 0.0
            more = bool(set(names[1:]) & set(listed[1:]))
            if ratio >= ALIKE - 0.22 * more and ratio > best:
                best, place, kind = ratio, index, "name"
        if place >= 0:
            return place, kind
        first = names[0]
        for known in others:
            ratio = 1.0 if known == first else _ratio(first, known)
            if ratio >= ALIKE and ratio > best:
                best, place = ratio, int(self.library.by_first[known][0].key)
        return place, ""


def _begin(entry: Listed, initials: Sequence[str]) -> bool:
    """Whether the given names of an entry begin with these letters."""
    given = [plain(given)[:1] for _, given in entry.authors]
    return given[: len(initials)] == list(initials)


def _ratio(one: str, other: str) -> float:
    if one == other:
        return 0.99
    if one[:1] != other[:1] or abs(len(one) - len(other)) > 3:  # noqa: PLR2004
        return 0.0
    return fuzz.ratio(one[:60], other[:60]) / 100


def _work(index: int, entry: Listed) -> Work:
    return Work(
        str(index),
        tuple(_INITIALS.sub("", name) for name in entry.names),
        entry.year,
        title=entry.title,
        short=entry.short,
        organisation=entry.organisation,
        editors=entry.editors,
    )
