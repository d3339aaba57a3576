"""Rules on works that stand in a bibliography more than once."""

import re
from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz import fuzz, process
from stdnum import isbn

from sphinx_evidence.bibliography.faults import Fault
from sphinx_evidence.bibliography.reader import Bibliography, Entry
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.normalise import plain

LONG = 16  # letters of a title that few works share
ALIKE = 92  # per cent of the letters of two titles
MOST = 500  # works of one author and year that are compared


def check_duplicates(bibliography: Bibliography) -> Iterator[Fault]:
    """Every entry that repeats an earlier one."""
    yield from _same_work(bibliography)
    yield from _similar(bibliography)


def _same_work(bibliography: Bibliography) -> Iterator[Fault]:
    first: dict[tuple[str, str], Entry] = {}
    for entry in bibliography.entries.values():
        for name, value in _identities(entry):
            known = first.setdefault((name, value), entry)
            if known is not entry:
                wrong = f'it has the same {name} as "{known.key}" at {known.path}:{known.line}.'
                remedy = "If it is the same work, delete one entry; if not, correct it."
                yield Fault(
                    Rule.BIB_WORK_TWICE, entry, name if entry.get(name) else "", wrong, remedy
                )
                break


def _identities(entry: Entry) -> Iterator[tuple[str, str]]:
    part = entry.get("pages") + entry.get("chapter") + entry.get("volume")
    for name in ("doi", "pmid", "pmcid"):
        if value := entry.get(name).casefold():
            yield name, re.sub(r"^https?://(?:dx\.)?doi\.org/", "", value)
    # Chapters of one book share its ISBN.
    if entry.type in {"book", "report", "proceedings"} and entry.get("isbn") and not part:
        number = isbn.compact(entry.get("isbn").split(",")[0])
        # One book has a number of 10 and one of 13 digits.
        yield "isbn", isbn.to_isbn13(number) if isbn.is_valid(number) else plain(number)
    title = plain(entry.get("title"))
    if len(title) > LONG:  # "Introduction" is the title of many works
        yield "title", f"{title} {entry.get('year') or entry.get('date')} {_first(entry)} {part}"


def _first(entry: Entry) -> str:
    """The first surname, as letters: given names may be in full in one entry and not in another."""
    first = re.split(r"\s+and\s+", entry.get("author") or entry.get("editor"), maxsplit=1)[0]
    surname = first if first.startswith("{") or "," in first else first.rpartition(" ")[2]
    return plain(surname.partition(",")[0])


def _similar(bibliography: Bibliography) -> Iterator[Fault]:
    """Titles of one year and one author that differ by a few letters, but not by a number."""
    groups: dict[tuple[str, str], list[tuple[str, Entry]]] = defaultdict(list)
    for entry in bibliography.entries.values():
        title = plain(entry.get("title"))
        people = _first(entry)
        if len(title) > LONG and people:
            groups[(entry.get("year") or entry.get("date")), people[:4]].append((title, entry))
    for group in groups.values():
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
