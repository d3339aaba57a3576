"""Rules on works and journals that stand in a bibliography more than once.

Pure: imports neither Sphinx nor docutils.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from sphinx_evidence.bibliography.faults import Fault, every
from sphinx_evidence.bibliography.reader import Bibliography, Entry
from sphinx_evidence.prose.letters import plain

LONG = 24  # letters of a title that few works share
ALIKE = 92  # per cent of the letters of two titles
MOST = 500  # works of one author and year that are compared


def check(bibliography: Bibliography) -> Iterator[Fault]:
    """Every entry that repeats an earlier one, and every journal spelt in two ways."""
    yield from _same_work(bibliography)
    yield from _similar(bibliography)
    yield from _two_spellings(bibliography)


def _same_work(bibliography: Bibliography) -> Iterator[Fault]:
    first: dict[tuple[str, str], Entry] = {}
    for entry in bibliography.entries.values():
        for name, value in _identities(entry):
            known = first.setdefault((name, value), entry)
            if known is not entry:
                wrong = f'it has the same {name} as "{known.key}" at {known.path}:{known.line}.'
                remedy = "If it is the same work, delete one entry; if not, correct it."
                yield Fault("bib-work-twice", entry, name if entry.get(name) else "", wrong, remedy)
                break


def _identities(entry: Entry) -> Iterator[tuple[str, str]]:
    part = entry.get("pages") + entry.get("chapter") + entry.get("volume")
    for name in ("doi", "pmid", "pmcid"):
        if value := entry.get(name).casefold():
            yield name, re.sub(r"^https?://(?:dx\.)?doi\.org/", "", value)
    # Chapters of one book share its ISBN.
    if entry.type in {"book", "report", "proceedings"} and entry.get("isbn") and not part:
        yield "isbn", plain(entry.get("isbn"))
    title = plain(entry.get("title"))
    if len(title) > LONG:  # "Introduction" is the title of many works
        people = plain(entry.get("author") or entry.get("editor"))[:8]
        yield "title", f"{title} {entry.get('year')} {people} {part}"


def _similar(bibliography: Bibliography) -> Iterator[Fault]:
    """Titles of one year and one author that differ by a few letters, but not by a number."""
    groups: dict[tuple[str, str], list[tuple[str, Entry]]] = defaultdict(list)
    for entry in bibliography.entries.values():
        title = plain(entry.get("title"))
        people = plain(entry.get("author") or entry.get("editor"))
        if len(title) > LONG and people:
            groups[entry.get("year"), people[:4]].append((title, entry))
    for group in groups.values():
        titles = [title for title, _ in group[:MOST]]
        for index, (title, entry) in enumerate(group[:MOST]):
            near = process.extractOne(title, titles[:index], scorer=fuzz.ratio, score_cutoff=ALIKE)
            if near and near[0] != title and _numbers(group[near[2]][1]) == _numbers(entry):
                known = group[near[2]][1]
                wrong = f'its title is nearly that of "{known.key}" at {known.path}:{known.line}.'
                remedy = "If it is the same work, delete one entry; if not, correct the title."
                yield Fault("bib-work-similar", entry, "title", wrong, remedy)


def _numbers(entry: Entry) -> list[str]:
    """What tells the parts of a series apart."""
    return re.findall(r"\d+[a-z]?|\b[IVX]+\b", entry.get("title"))


def _two_spellings(bibliography: Bibliography) -> Iterator[Fault]:
    spellings: dict[str, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry, _, value in every(bibliography.entries, "journal", "journaltitle"):
        spellings[_journal(value)][value].append(entry)
    for forms in spellings.values():
        usual = max(forms, key=lambda form: (len(forms[form]), form))
        for form, entries in forms.items():
            if form == usual:
                continue
            for entry in entries:
                name = "journal" if entry.get("journal") else "journaltitle"
                wrong = f'the journal "{form}" is spelt "{usual}" elsewhere.'
                remedy = f"Write {name} = {{{usual}}}, or correct the others."
                yield Fault("bib-journal", entry, name, wrong, remedy)


def _journal(name: str) -> str:
    words = re.findall(r"\w+", name.casefold().replace("\\&", "and").replace("&", "and"))
    return " ".join(word for word in words if word not in {"the", "and", "of", "for", "in"})
