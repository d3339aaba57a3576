"""Rules on the fields that a type needs, and on the entries that an entry leans on."""

import re
from collections.abc import Iterator, Mapping, Sequence

from sphinx_evidence.bibliography.faults import Fault, every
from sphinx_evidence.bibliography.reader import Bibliography, Entry
from sphinx_evidence.diagnostics.finding import did_you_mean, nearest
from sphinx_evidence.rulebook.rule import Rule

# Of BibTeX and biblatex; each inner tuple gives alternatives.
NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    # A preprint has the number of its archive in place of a journal.
    "article": (("author", "editor"), ("journal", "journaltitle", "eprint"), ("year", "date")),
    "book": (("author", "editor"), ("publisher",), ("year", "date")),
    "incollection": (("author", "editor"), ("booktitle",), ("year", "date")),
    "inproceedings": (("author", "editor"), ("booktitle",), ("year", "date")),
    "phdthesis": (("author",), ("school", "institution"), ("year", "date")),
    "report": (("author", "editor", "institution"), ("year", "date")),
    "techreport": (("author",), ("institution",), ("year", "date")),
}
# What leads a reader to the work beside that: one of each tuple.
RECOMMENDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "article": (
        ("volume", "number", "doi", "eprint", "url"),
        ("pages", "eid", "doi", "eprint", "url"),
    ),
    "incollection": (("pages", "chapter", "doi", "url"), ("publisher", "doi", "url")),
    "inproceedings": (("pages", "eid", "doi", "url", "eprint"),),
    "online": (("url", "doi"), ("author", "editor", "organization")),
}

# What has not appeared has neither volume nor pages.
_UNPUBLISHED = re.compile(
    r"forthcoming|in\s?press|in\s?preparation|to appear|submitted|accepted", re.IGNORECASE
)
MOST = 50  # missing entries for which the nearest keys are looked up


def check_required_fields(bibliography: Bibliography) -> Iterator[Fault]:
    """Every field that is missing, every entry that is not there."""
    for entry in bibliography.entries.values():
        yield from _missing(Rule.BIB_NEEDED, entry, NEEDED)
        if entry.type == "online" or not _UNPUBLISHED.search(_dated(entry)):
            yield from _missing(Rule.BIB_RECOMMENDED, entry, RECOMMENDED)
    yield from _crossrefs(bibliography)


def _dated(entry: Entry) -> str:
    return f"{entry.get('year') or entry.get('date')} {entry.get('pubstate')}"


def _missing(
    rule: Rule, entry: Entry, wanted: Mapping[str, Sequence[Sequence[str]]]
) -> Iterator[Fault]:
    there = {name for name, field in entry.fields.items() if field.value}
    missing = [names for names in wanted.get(entry.type, ()) if there.isdisjoint(names)]
    if missing and not entry.inherits:
        wrong = f"@{entry.type} has no {', and no '.join(map(' or '.join, missing))}."
        added = " and ".join(f"{names[0]} = {{…}}" for names in missing)
        remedy = f"Add {added}, or say in a remark why it is not known."
        yield Fault(rule, entry, "", wrong, remedy)


def _crossrefs(bibliography: Bibliography) -> Iterator[Fault]:
    parents = {
        entry.key.casefold(): value.casefold()
        for entry, _, value in every(bibliography.entries, "crossref")
    }
    misses = 0
    ends: dict[str, bool] = {}  # whether the way from a key leads to an end
    for entry, name, value in every(bibliography.entries, "crossref"):
        if value.casefold() not in bibliography.folded:
            if bibliography.may_have(value):
                continue
            misses += 1
            near = nearest(value, bibliography.entries) if misses <= MOST else []
            offers = [f'"{key}"' for key in near]
            remedy = did_you_mean(offers, "Add that entry, or delete this line.")
            yield Fault(Rule.BIB_CROSSREF, entry, name, f'there is no entry "{value}".', remedy)
        elif not _ends(entry.key.casefold(), parents, ends):
            wrong = f'it takes its details from "{value}", which takes its own from here again.'
            yield Fault(Rule.BIB_CROSSREF, entry, name, wrong, "Delete one of the crossref lines.")


def _ends(key: str, parents: Mapping[str, str], known: dict[str, bool]) -> bool:
    way: list[str] = []
    while key in parents and key not in known:
        known[key] = False  # until the end is reached: met again, it is a cycle
        way.append(key)
        key = parents[key]
    known.update(dict.fromkeys(way, known.get(key, True)))
    return known.get(key, True) if not way else known[way[0]]
