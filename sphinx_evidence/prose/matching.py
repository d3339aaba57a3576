"""The entry that a citation in plain prose means, or the nearest ones and what differs."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz, process

from sphinx_evidence.prose.citation import Cited
from sphinx_evidence.prose.names import Reading
from sphinx_evidence.prose.words import CONNECTIVES, PARTICLES
from sphinx_evidence.text.normalise import plain, spelt_out

SLIP = 3  # years by which a year is mistyped rather than another
ALIKE = 80  # per cent of the letters of a misspelt name
_NO_DATE = {
    plain("n.d."), "nodate", "inpress", "forthcoming", "undated", "toappear", "inpreparation",
    "submitted", "underreview",
}  # fmt: skip


@dataclass(frozen=True)
class Work:
    """One work of a bibliography, or of a manuscript's list of references.

    ``names`` are surnames with their particles, or one organisation; ``short`` is a short
    title or name by which the work may be cited.
    """

    key: str
    names: tuple[str, ...]
    year: str
    title: str = ""
    short: str = ""
    organisation: bool = False
    editors: bool = False
    full: tuple[str, ...] = ()  # surname first, as in Nguyễn Văn Hùng


@dataclass(frozen=True)
class Match:
    """Works that fit ``reading`` fully, or else works nearly meant, each with what differs."""

    reading: Reading | None
    exact: tuple[Work, ...] = ()
    near: tuple[tuple[Work, str], ...] = ()


@dataclass
class Library:
    """Works by the names under which a text may cite them."""

    works: list[Work] = field(default_factory=list)
    by_first: dict[str, list[Work]] = field(default_factory=lambda: defaultdict(list))
    by_letter: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_given: dict[str, list[Work]] = field(default_factory=lambda: defaultdict(list))
    organisations: list[Work] = field(default_factory=list)
    alike: dict[str, list[str]] = field(default_factory=dict)  # what was looked up before

    @classmethod
    def of(cls, works: Iterable[Work], acronyms: Mapping[str, str] | None = None) -> "Library":
        """Index ``works``; ``acronyms`` are those that the text introduces, by short form."""
        library = cls()
        short: dict[str, set[str]] = defaultdict(set)
        for acronym, name in (acronyms or {}).items():
            short[plain(name)].add(plain(acronym))
        for work in works:
            library.works.append(work)
            if work.organisation and work.names:
                library.organisations.append(work)
            if work.full and len(work.full[0].split()) > 2:  # noqa: PLR2004  # Phạm Minh Đức
                library.by_given[plain(work.full[0].split()[-1])].append(work)
            parts = [] if work.organisation else _parts(work.names[:1])
            if len(parts) > 1:  # García Márquez, Martin-Jones
                library.by_given[plain(parts[0])].append(work)
            for name in sorted(_first_names(work)):
                for known in {name, *short[name]}:
                    if work not in library.by_first[known][-1:]:  # another name, the same letters
                        library.by_first[known].append(work)
                    if known not in map(plain, work.full[:1]):  # a given name is no misspelling
                        library.by_letter[known[:1]].add(known)
        return library

    def match(self, cited: Cited) -> Match:
        """The best of all readings of ``cited``."""
        split = [parted for r in cited.readings if (parted := _parted(r))]
        for reading in (*cited.readings, *split):
            fitting = [w for w in self._candidates(reading) if _same_people(reading, w)]
            dated = _letter([w for w in fitting if same_year(cited.year, w.year)], cited.year)
            if dated:
                return Match(reading, exact=tuple(dated))
        return self._nearest(cited)

    def _candidates(self, reading: Reading) -> list[Work]:
        first = plain(reading.names[0])
        return (
            self.by_first.get(first)
            or self.by_first.get(_without_particles(reading.names[0]))
            or self._abbreviated(reading)
        )

    def _abbreviated(self, reading: Reading) -> list[Work]:
        """Organisations of whose name the letters of an acronym are a part: NICE."""
        name = reading.names[0]
        if len(reading.names) > 1 or not re.fullmatch(r"[A-Z]{3,8}", name):
            return []
        letters = plain(name)
        return [w for w in self.organisations if _subsequence(letters, _initials(w.names[0]))]

    def _nearest(self, cited: Cited) -> Match:
        for reading in cited.readings:
            near = [*self._other_people(cited, reading), *self._other_year(cited, reading)]
            if near:
                return Match(reading, near=tuple(near[:3]))
        for reading in cited.readings:
            near = list(self._misspelt(cited, reading))
            near.sort(key=lambda pair: len(pair[0].names) != len(reading.names))
            if near:
                return Match(reading, near=tuple(near[:3]))
        for reading in cited.readings:
            near = [*self._misspelt(cited, reading, slip=True), *self._given(cited, reading)]
            if near:
                return Match(reading, near=tuple(near[:3]))
        return Match(cited.readings[0] if cited.readings else None)

    def _other_people(self, cited: Cited, reading: Reading) -> Iterator[tuple[Work, str]]:
        """The first name and the year fit, the other names do not."""
        for work in self._candidates(reading):
            if same_year(cited.year, work.year) and not _same_people(reading, work):
                yield work, _difference(cited.readings[0], work)

    def _other_year(self, cited: Cited, reading: Reading) -> Iterator[tuple[Work, str]]:
        for work in self._candidates(reading):
            if _same_people(reading, work):
                letter = ", without a letter" if same_year(cited.year, work.year) else ""
                yield work, f"its year is {work.year or 'not given'}{letter}"

    def _given(self, cited: Cited, reading: Reading) -> Iterator[tuple[Work, str]]:
        """The name is the one by which people are called, or the first of two surnames."""
        for work in self.by_given.get(plain(reading.names[0]), ()):
            if same_year(cited.year, work.year):
                yield work, f"its author is {work.full[0]}, its year {work.year}"

    def _misspelt(
        self, cited: Cited, reading: Reading, *, slip: bool = False
    ) -> Iterator[tuple[Work, str]]:
        """The first name is nearly that of a work; with ``slip``, so is the year."""
        first = plain(reading.names[0])
        if len(first) < 4:  # noqa: PLR2004  # too short to be told from another name
            return
        for name in self._alike(first):
            for work in self.by_first[name]:
                spelt = f"the name is spelt {work.names[0] if work.names else work.title}"
                if same_year(cited.year, work.year):
                    yield work, spelt
                elif slip and name != first and slip_of(cited.year, work.year):
                    yield work, f"{spelt}, its year is {work.year}"

    def _alike(self, name: str) -> list[str]:
        """Known names that are spelt nearly so; the first letter is seldom the one misspelt."""
        if name not in self.alike:
            pool = [n for n in self.by_letter.get(name[0], ()) if abs(len(n) - len(name)) <= 2]  # noqa: PLR2004
            close = process.extract(
                name, sorted(pool), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=3
            )
            self.alike[name] = [near for near, _, _ in close]
        return self.alike[name]


def same_year(cited: str, listed: str) -> bool:
    """Whether the years are the same but for a letter after them."""
    years = set(re.findall(r"\d{4}", cited))
    return year_core(cited) == year_core(listed) or bool(years & set(re.findall(r"\d{4}", listed)))


def slip_of(cited: str, listed: str) -> bool:
    """Whether a year is mistyped rather than another: a few years off, or digits exchanged."""
    first, second = year_core(cited), year_core(listed)
    if not (first.isdigit() and second.isdigit()):
        return False
    return abs(int(first) - int(second)) <= SLIP or sorted(first) == sorted(second)


def year_core(year: str) -> str:
    """A year without its letter; an empty text where there is none."""
    folded = plain(year)
    found = re.search(r"\d{4}", folded)
    if found:
        digits = re.findall(r"\d{4}", folded)
        return str(digits[-1])
    return "" if not folded or any(folded.startswith(word) for word in _NO_DATE) else folded


def _letter(works: list[Work], year: str) -> list[Work]:
    """Of several works of one year, the one with the letter of the citation."""
    letter = re.search(r"\d-?([a-z])$", year)
    if not letter:
        return works
    fits = [w for w in works if re.search(rf"\d-?{letter[1]}$", w.year)]
    fits = fits or [w for w in works if re.search(rf"\d{letter[1]}$", w.key)]
    # A letter tells two works apart; where there is one, another is meant.
    return fits or (works if len(works) > 1 else [])


def _first_names(work: Work) -> set[str]:
    """The forms of the first author's name, or of an organisation's, as letters."""
    names = {plain(work.short)} if work.short else set()
    if not work.names:
        return {name for name in (*names, plain(work.title)) if name}
    first = work.names[0]
    names |= {plain(first), _without_particles(first), spelt_out(first), *map(plain, work.full[:1])}
    if len(work.names) == 1 and " " in first:
        bare = re.sub(r"\s*\(([^()]*)\)", "", first)  # World Health Organization (WHO)
        names |= {plain(bare), plain(bare.removeprefix("The ")), *initialisms(bare)}
    return {name for name in names if name}


def initialisms(name: str) -> set[str]:
    """``who`` for World Health Organization; with and without the small words."""
    words = re.findall(r"[^\W\d_]+", re.sub(r"\(.*?\)", "", name))
    capitals = [word for word in words if word[0].isupper() and word.casefold() != "the"]
    every = [word for word in words if word.casefold() not in {"the", "and"}]
    forms = {"".join(w[0] for w in ws).casefold() for ws in (capitals, every) if len(ws) > 1}
    return {form for form in forms if len(form) > 1}


def _parts(names: Sequence[str]) -> list[str]:
    """The surnames that the first name is made of, if any, without particles."""
    return re.split(r"[\s-]", _bare(names[0])) if names else []


def _bare(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[0].casefold() in PARTICLES:
        words = words[1:]
    return " ".join(words)


def _without_particles(name: str) -> str:
    return plain(_bare(name))


def _same_people(reading: Reading, work: Work) -> bool:
    """Whether the names are those that a citation of ``work`` gives."""
    cited = [_without_particles(name) for name in reading.names]
    listed = [_without_particles(name) for name in work.names]
    for index, full in enumerate(work.full[: len(cited)]):
        if plain(reading.names[index]) == plain(full):
            cited[index] = listed[index]
    if cited != listed[: len(cited)]:  # umlauts without their marks
        spelt = [spelt_out(name) for name in work.names]
        listed = spelt if cited == spelt[: len(cited)] else listed
    if work.organisation or len(work.names) <= 1:
        return len(cited) == 1 and not reading.et_al
    if reading.et_al:
        several = len(listed) > max(len(cited), 2) or listed[-1] == "others"
        return several and listed[: len(cited)] == cited
    return cited == listed


def _difference(reading: Reading, work: Work) -> str:
    count = len(work.names)
    if reading.et_al:
        return f"it has only {count} author{'s' if count > 1 else ''}: {_written(work)}"
    if len(reading.names) == 1:
        return f"it has more authors: {_written(work)}"
    return f"its authors are {_written(work)}"


def _written(work: Work) -> str:
    if len(work.names) > 2:  # noqa: PLR2004  # Harvard: from three on
        return f"{work.names[0]} et al."
    return " and ".join(work.names)


def acronyms(text: str) -> dict[str, str]:
    """Short forms that ``text`` introduces: ``National … Excellence (NICE)``."""
    found: dict[str, str] = {}
    for hit in re.finditer(r"[(\[]([A-Z][A-Za-z&]{1,12})(?=[)\],;])", text):
        before = re.findall(r"[^\W\d_]+", text[max(hit.start() - 160, 0) : hit.start()])[-12:]
        letters = plain(hit[1])
        for index in range(max(len(before) - 1, 0)):
            name = before[index:]
            if name[0][0].isupper() and name[0][0].casefold() == letters[0]:
                initials = [w[0].casefold() for w in name if w.casefold() not in CONNECTIVES]
                if initials[-1:] == [letters[-1]] and _subsequence(letters, initials):
                    found.setdefault(hit[1], " ".join(name))
                    break
    return found


def _parted(reading: Reading) -> Reading | None:
    """The two people of one word: ``Braun–Clarke``."""
    parts = re.split(r"[-\u2010\u2011\u2013]", reading.names[0])
    if len(reading.names) > 1 or len(parts) != 2 or not all(p[:1].isupper() for p in parts):  # noqa: PLR2004
        return None
    return replace(reading, names=tuple(parts))


def _initials(name: str) -> list[str]:
    words = re.findall(r"[^\W\d_]+", name)
    return [word[0].casefold() for word in words if word.casefold() not in CONNECTIVES | {"and"}]


def _subsequence(letters: str, initials: list[str]) -> bool:
    """Whether the letters stand in order among the initials."""
    rest = iter(initials)
    return len(initials) >= len(letters) > 1 and all(letter in rest for letter in letters)
