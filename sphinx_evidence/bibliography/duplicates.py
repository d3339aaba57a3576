"""Rules on works that stand in a bibliography more than once."""

import re
from collections import defaultdict
from collections.abc import Iterator

from sphinx_evidence.bibliography.faults import Fault
from sphinx_evidence.bibliography.reader import Bibliography, Entry
from sphinx_evidence.bibliography.same_work import (
    LONG,
    doi,
    one_work,
    part,
    people,
    title_of,
    year,
)
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.normalise import plain

ALIKE = 92  # per cent of the letters of two titles
MOST = 500  # works of one year and title, or author, that are compared


def check_duplicates(bibliography: Bibliography) -> Iterator[Fault]:
    """Every entry that repeats an earlier one, once."""
    again: dict[str, Fault] = {}
    for fault in (*_same_number(bibliography), *_same_title(bibliography)):
        again.setdefault(fault.entry.key, fault)
    yield from again.values()
    yield from _similar(bibliography)


def _same_number(bibliography: Bibliography) -> Iterator[Fault]:
    first: dict[tuple[str, str], Entry] = {}
    for entry in bibliography.entries.values():
        for name, value in _numbers_of(entry):
            known = first.setdefault((name, value), entry)
            if known is not entry:
                yield _twice(entry, known, name)
                break


def _numbers_of(entry: Entry) -> Iterator[tuple[str, str]]:
    if value := doi(entry):
        yield "doi", value
    for name in ("pmid", "pmcid"):
        if value := entry.get(name).casefold():
            yield name, value
    # Chapters of one book share its ISBN.
    if entry.type in {"book", "report", "proceedings"} and entry.get("isbn") and not part(entry):
        from stdnum import isbn  # noqa: PLC0415  # slow to load, and few files need it

        number = isbn.compact(entry.get("isbn").split(",")[0])
        # One book has a number of 10 and one of 13 digits.
        yield "isbn", isbn.to_isbn13(number) if isbn.is_valid(number) else plain(number)


def _same_title(bibliography: Bibliography) -> Iterator[Fault]:
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in bibliography.entries.values():
        key = year(entry), title_of(entry)
        if not key[1]:
            continue
        known = next((other for other in groups[key][:MOST] if one_work(other, entry)), None)
        if known:
            whole = plain(known.get("title")) == plain(entry.get("title"))
            yield _twice(entry, known, "title", "title" if whole else "title, but for a subtitle,")
        groups[key].append(entry)


def _twice(entry: Entry, known: Entry, name: str, what: str = "") -> Fault:
    wrong = f'it has the same {what or name} as "{known.key}" at {known.path}:{known.line}.'
    remedy = "If it is the same work, delete one entry; if not, correct it."
    return Fault(Rule.BIB_WORK_TWICE, entry, name if entry.get(name) else "", wrong, remedy)


def _similar(bibliography: Bibliography) -> Iterator[Fault]:
    """Titles of one year and one author that differ by a few letters, but not by a number."""
    groups: dict[tuple[str, str], list[tuple[str, Entry]]] = defaultdict(list)
    for entry in bibliography.entries.values():
        title = plain(entry.get("title"))
        names = people(entry)
        if len(title) > LONG and names:
            groups[year(entry), names[0][:4]].append((title, entry))
    for group in groups.values():
        if not group[1:]:
            continue
        from rapidfuzz import fuzz, process  # noqa: PLC0415  # slow to load

        titles = [title for title, _ in group[:MOST]]
        for index, (title, entry) in enumerate(group[:MOST]):
            near = process.extractOne(title, titles[:index], scorer=fuzz.ratio, score_cutoff=ALIKE)
            if near and near[0] != title and _numbers(group[near[2]][1]) == _numbers(entry):
                known = group[near[2]][1]
                wrong = f'its title is nearly that of "{known.key}" at {known.path}:{known.line}.'
                remedy = "If it is the same work, delete one entry; if not, correct the title."
                yield Fault(Rule.BIB_WORK_SIMILAR, entry, "title", wrong, remedy)


def _numbers(entry: Entry) -> list[str]:
    """What tells the parts of a series apart."""
    return re.findall(r"\d+[a-z]?|\b[IVX]+\b", entry.get("title"))
