"""An entry held against what registries say, field by field.

What one registry confirms is no fault, whatever another says.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sphinx_evidence.bibliography.faults import Fault
from sphinx_evidence.bibliography.reader import Entry
from sphinx_evidence.registries import alike
from sphinx_evidence.registries.record import Person, Record, Registry
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.normalise import plain

_NAME = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")  # what may be typed into a file
MOST = 20  # people whose names a message types out

Records = Mapping[Registry, Record]


@dataclass(frozen=True)
class Said:
    """What a registry says of a field in other words than the entry, and what to type."""

    wrong: str
    remedy: str
    certain: str | None = None


def compare(entry: Entry, records: Records) -> Iterator[Fault]:
    """Every field of an entry with which no registry agrees that knows it."""
    for rule, names, check in _CHECKS:
        field = next((name for name in names if entry.get(name)), "")
        if not field:
            continue
        said = [(registry, check(entry, field, record)) for registry, record in records.items()]
        against = [(registry, one) for registry, one in said if isinstance(one, Said)]
        if against and not any(one is True for _, one in said):
            registry, first = against[0]
            wrong = first.wrong.format(registry=registry.shown)
            yield Fault(rule, entry, field, wrong, first.remedy, first.certain)


def agrees(entry: Entry, record: Record) -> bool:
    """Whether nothing in an entry differs, and the record has the journal or book that it names.

    A preprint says nothing of where it appeared, so it bears out no journal.
    """
    said = _verdicts(entry, record)
    differs = any(isinstance(one, Said) for one in said.values())
    return not differs and said.get(Rule.REFERENCE_JOURNAL, True) is True


def is_borne_out(entry: Entry, record: Record) -> bool:
    """Whether title, first author, year and, if named, journal agree, and nothing else differs.

    An accent or a last page that is missing is no difference.
    """
    said = {Rule.REFERENCE_JOURNAL: True} | _verdicts(entry, record)
    differs = any(isinstance(one, Said) and one.certain is None for one in said.values())
    return not differs and all(said.get(rule) is True for rule in _NEEDED)


def _verdicts(entry: Entry, record: Record) -> "dict[Rule, _Verdict]":
    return {
        rule: check(entry, field, record)
        for rule, names, check in _CHECKS
        if (field := next((name for name in names if entry.get(name)), ""))
    }


# Each check gives True where the record agrees, None where it does not say, else what it says.
_Verdict = Said | bool | None


def _title(entry: Entry, field: str, record: Record) -> _Verdict:
    ours, theirs = alike.titles_of(entry), alike.titles_in(record)
    if not theirs:
        return None
    if alike.same_title(ours, theirs):
        return True
    if alike.likeness(ours, theirs) < alike.TRANSLATED:
        return None  # the work is the same, so this is a translation
    return Said(f"{{registry}} has the title “{_safe(theirs[0])}”.", _write(field, theirs[0]))


def _first_author(entry: Entry, field: str, record: Record) -> _Verdict:
    ours, theirs = _both(entry, field, record)
    if not ours or not theirs:
        return None
    if alike.same_person(ours[0], theirs[0]):
        return True
    first = alike.named(theirs[0])
    elsewhere = any(alike.same_person(ours[0], person) for person in theirs)
    who = _safe(alike.named(ours[0]))
    wrong = f'"{who}" does not stand first in {{registry}}, but "{_safe(first)}".'
    if not elsewhere:
        wrong = f'{{registry}} does not know "{who}"; its first name is "{_safe(first)}".'
    return Said(wrong, _people(field, theirs))


def _authors(entry: Entry, field: str, record: Record) -> _Verdict:
    ours, theirs = _both(entry, field, record)
    _, others = alike.people_of(entry.get(field))
    if not ours or not theirs:
        return None
    if not alike.same_person(ours[0], theirs[0]):
        return None  # of which the first author is told
    shared = min(len(ours), len(theirs))
    wrong = next((n for n in range(shared) if not alike.same_person(ours[n], theirs[n])), None)
    if wrong is not None:
        given, other = _safe(alike.named(ours[wrong])), _safe(alike.named(theirs[wrong]))
        anywhere = any(alike.same_person(ours[wrong], person) for person in theirs)
        what = "in another place" if anywhere else "not at all"
        text = f'author {wrong + 1} is "{other}" in {{registry}}, which has "{given}" {what}.'
        return Said(text, _people(field, theirs))
    # Some publishers deposit the first author alone, or a part of the list.
    if len(ours) > len(theirs) and (len(theirs) == 1 or record.more_authors):
        return None
    if (len(ours) < len(theirs) and not others) or len(ours) > len(theirs):
        text = f"it lists {len(ours)} people, and {{registry}} {len(theirs)}."
        return Said(text, _people(field, theirs, or_others=len(ours) < len(theirs)))
    return _accents(entry, field, ours, theirs)


def _accents(
    entry: Entry, field: str, ours: Sequence[Person], theirs: Sequence[Person]
) -> _Verdict:
    """Names that lack the accents which the registry has; else the lists agree."""
    value = entry.get(field)
    for given, other in zip(ours, theirs, strict=False):
        bare = given.family.isascii() and not other.family.isascii()
        if bare and _NAME.fullmatch(other.family) and plain(given.family) == plain(other.family):
            value = re.sub(rf"\b{re.escape(given.family)}\b", other.family, value)
    if value == entry.get(field) or "\\" in value:
        return True
    return Said("{registry} has names in it with their accents.", _write(field, value), value)


def _both(entry: Entry, field: str, record: Record) -> tuple[Sequence[Person], Sequence[Person]]:
    """The people of an entry and of a record; groups count where there are no people."""
    ours, _ = alike.people_of(entry.get(field))
    theirs = record.editors if field == "editor" and record.editors else record.authors
    people = [person for person in theirs if person.family]
    own = [person for person in ours if person.family]
    if people and own:
        # A registry may have an affiliation among the authors, and an entry a group.
        return own, people
    return ours, theirs


def _year(entry: Entry, field: str, record: Record) -> _Verdict:
    found = re.search(r"\d{4}", entry.get(field))
    known = {year for year in (record.printed, record.online, *record.other_years) if year}
    if not found or not known or (record.preprint and _appeared(entry, record)):
        return None
    if int(found[0]) in known:
        return True
    apart = record.printed and record.online and record.printed != record.online
    said = f"{record.printed} in print and {record.online} online" if apart else str(max(known))
    right = record.printed or record.online or min(known)
    remedy = _write(field, str(right)) if field == "year" else f"Correct the {field}."
    return Said(f"its {field} is {found[0]}, but {{registry}} has {said}.", remedy)


def _appeared(entry: Entry, record: Record) -> bool:
    """Whether an entry speaks of what a preprint became, and has the years of that."""
    where = plain(entry.get("journal") or entry.get("journaltitle") or entry.get("booktitle"))
    servers = (record.container, record.publisher, *record.other_containers)
    return bool(where) and not any(plain(name) in where for name in servers if name)


def _container(entry: Entry, field: str, record: Record) -> _Verdict:
    if not record.container and not (record.preprint and record.other_containers):
        return None
    if alike.same_container(entry.get(field), record):
        return True
    right = record.container or record.other_containers[0]
    return Said(f"in {{registry}} it appeared in “{_safe(right)}”.", _write(field, right))


def _number(name: str) -> Callable[[Entry, str, Record], _Verdict]:
    def check(entry: Entry, field: str, record: Record) -> _Verdict:
        theirs = str(getattr(record, name))
        if not theirs:
            return None
        if alike.same_number(entry.get(field), theirs):
            return True
        wrong = f'the {name} is "{_safe(theirs)}" in {{registry}}.'
        return Said(wrong, _write(field, theirs))

    return check


def _pages(entry: Entry, field: str, record: Record) -> _Verdict:
    first, last = alike.page_range(entry.get(field))
    theirs = alike.page_range(record.pages)
    if not alike.same_pages(entry, record):
        right = "--".join(filter(None, theirs)) or record.article_number
        return Said(f"the pages are {_safe(right)} in {{registry}}.", _write(field, right))
    if first and first == theirs[0] and theirs[1] and not last and field == "pages":
        right = f"{first}--{theirs[1]}"
        wrong = "the last page is missing, which {registry} has."
        return Said(wrong, _write(field, right), right)
    return bool(first and theirs[0]) or None


_CHECKS: Sequence[tuple[Rule, tuple[str, ...], Callable[[Entry, str, Record], _Verdict]]] = (
    (Rule.REFERENCE_TITLE, ("title",), _title),
    (Rule.REFERENCE_AUTHOR, ("author", "editor"), _first_author),
    (Rule.REFERENCE_AUTHORS, ("author", "editor"), _authors),
    (Rule.REFERENCE_YEAR, ("year", "date"), _year),
    (Rule.REFERENCE_JOURNAL, ("journal", "journaltitle", "booktitle"), _container),
    (Rule.REFERENCE_VOLUME, ("volume",), _number("volume")),
    (Rule.REFERENCE_ISSUE, ("number", "issue"), _number("issue")),
    (Rule.REFERENCE_PAGES, ("pages", "eid"), _pages),
)

_NEEDED = (
    Rule.REFERENCE_TITLE, Rule.REFERENCE_AUTHOR, Rule.REFERENCE_YEAR, Rule.REFERENCE_JOURNAL,
)  # fmt: skip


def _people(field: str, people: Sequence[Person], *, or_others: bool = False) -> str:
    if len(people) > MOST:
        return f"Compare the names with the first page of the work; there are {len(people)}."
    names = " and ".join(alike.named(person) for person in people)
    return _write(field, names) + (", or end the list with: and others." if or_others else "")


def _write(field: str, value: str) -> str:
    return f"Compare it with the work. If so, write {field} = {{{_safe(value)}}},"


def _safe(text: str) -> str:
    """What a registry says, as a message has it: braces are no part of it."""
    return " ".join(re.sub(r"[{}]", "", text).split())[:300]
