"""Rules on lists of people: how they are joined, and who stands in them."""

import re
from collections.abc import Iterator, Sequence

from sphinx_evidence.bibliography import names
from sphinx_evidence.bibliography.faults import Fault, every
from sphinx_evidence.bibliography.reader import Bibliography, Entry
from sphinx_evidence.bibliography.surnames import decoded, is_simple, people_in
from sphinx_evidence.bibliography.surnames import person as parsed
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.normalise import plain

_RULES = {"author": Rule.BIB_AUTHOR, "editor": Rule.BIB_EDITOR}
JOIN = "Join people with and: {Surname, Given Name and Other, A.}."
_AND_TOO_MANY = re.compile(r"(?:^|\sand\s+)and\b|(?<=\s)and$", re.IGNORECASE)
_BRACED_OTHERS = re.compile(
    r"\{\s*(?:(?:[^{}]*,[^{}]*\s)?and\s+)?(?:others|et\.?\s?al\.?)\s*\}", re.IGNORECASE
)
_OTHER_SIGN = re.compile(r"\s\\?&\s|;")
_LINEAGE = re.compile(r"[JS]r\.?|I{1,3}|IV|VI{0,3}", re.IGNORECASE)  # between two commas
# Two people as one: “J. Smith, P. Jones” and “Smith J, Jones P”.
_TWO_PEOPLE = re.compile(
    r"(?:[A-Z]\.[ -]?){1,3} ?[^\W\d_][\w'’-]+, (?:[A-Z]\.[ -]?){1,3} ?[^\W\d_][\w'’-]+"
    r"|[^\W\d_][\w'’-]+ (?!I+\b)[A-Z]{1,3}, [^\W\d_][\w'’-]+ (?!I+\b)[A-Z]{1,3}"
)


def check_people(bibliography: Bibliography) -> Iterator[Fault]:
    """Every fault of a list of people; of each list only the first, which may cause the others."""
    for entry, name, value in every(bibliography.entries, "author", "editor"):
        fault = next(_of_list(entry, name, value), None)
        if fault:
            yield fault


def _of_list(entry: Entry, name: str, value: str) -> Iterator[Fault]:
    people = [person.strip() for person in people_in(value)]
    yield from _signs(entry, name, value, people)
    for person in people:
        yield from _one_person(entry, name, value, person)
    if "\\" in decoded(value):
        wrong, remedy = "a name would be shown with its backslash.", "Type the letter itself: é."
        yield Fault(_RULES[name], entry, name, wrong, remedy, words="\\")
    if organisation := names.organisation(name, value, people):
        yield Fault(Rule.BIB_ORGANISATION, entry, name, *organisation)
    for person in people:
        # In braces the words are meant as they are.
        for which, wrong, remedy in names.check_name(person) if not person.startswith("{") else ():
            yield Fault(which, entry, name, wrong, remedy, words=person)
    seen: set[str] = set()
    for person in people:
        letters = plain(decoded(person))
        if letters in seen:
            wrong = f'"{person[:60]}" stands twice in the list.'
            yield Fault(Rule.BIB_PERSON_TWICE, entry, name, wrong, "Delete one of the two.")
        seen.add(letters)


def _signs(entry: Entry, name: str, value: str, people: Sequence[str]) -> Iterator[Fault]:
    """An "and" too many, and what stands for "and"."""
    rule, bare = _RULES[name], _outside_braces(value)
    if found := _AND_TOO_MANY.search(bare):
        remedy = 'Write one "and" between two people, and none at the start or the end.'
        wrong = 'there is an "and" too many, or a person too few.'
        words = value[found.start() : found.end()].strip()
        yield Fault(rule, entry, name, wrong, remedy, words=words)
    if any(person.casefold() == "others" for person in people[:-1]):
        remedy = 'Write "and others" once, at the end of the list.'
        wrong = '"others" stands before the end of the list.'
        yield Fault(rule, entry, name, wrong, remedy, words="others")
    if found := _BRACED_OTHERS.search(value):
        wrong = f'"{found[0]}" would be shown as a name.'
        remedy = "Write it without braces at the end of the list: and others"
        yield Fault(rule, entry, name, wrong, remedy, words=found[0])
    if found := _OTHER_SIGN.search(bare):
        wrong = f'"{found[0].strip()}" does not join people.'
        remedy = f"{JOIN} An organisation with & in its name has two pairs of braces."
        yield Fault(rule, entry, name, wrong, remedy, words=found[0].strip())


def _one_person(entry: Entry, name: str, value: str, person: str) -> Iterator[Fault]:
    """What makes several people of one name, or one of several."""
    rule, wrong = _RULES[name], f'"{person[:60]}" is not one person.'
    right = _mended(person)
    if right != person:
        # All names of the list, so that nothing is left to mend.
        certain = " and ".join(_mended(other.strip()) for other in people_in(value))
        if person.endswith(","):
            wrong, remedy = 'a comma stands before "and".', "Delete it."
        else:
            wrong = f'"{person[:60]}" would be shown with the given name last.'
            remedy = f"Write {right}"
        yield Fault(rule, entry, name, wrong, remedy, certain, person)
        return
    if _TWO_PEOPLE.fullmatch(person):
        yield Fault(
            rule, entry, name, wrong, f"Write {person.replace(', ', ' and ')}. {JOIN}", words=person
        )
        return
    if is_simple(person):
        return
    parts = parsed(person) if person else None
    lineage = " ".join(parts.lineage_names) if parts else ""
    if not parts or (lineage and not _LINEAGE.fullmatch(lineage)):
        yield Fault(rule, entry, name, wrong, JOIN, words=person)


def _mended(person: str) -> str:
    """``Lucas, Jr., Robert`` for ``Lucas, Robert, Jr.``; no comma at the end."""
    parts = [part.strip() for part in person.split(",")]
    if len(parts) == 3 and _LINEAGE.fullmatch(parts[2]):  # noqa: PLR2004  # Surname, Given, Jr.
        return f"{parts[0]}, {parts[2]}, {parts[1]}"
    return person.rstrip(", ") or person


def _outside_braces(value: str) -> str:
    """``value`` with what stands in braces, and entities of HTML, as digits of the same length."""
    if "{" not in value and "&" not in value:
        return value
    value = re.sub(r"&#?\w{1,10};", lambda found: "0" * len(found[0]), value)
    count = 1
    while count:
        value, count = re.subn(r"\{[^{}]*\}", lambda found: "0" * len(found[0]), value)
    return value
