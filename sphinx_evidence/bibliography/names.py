"""What is no person's name, or a name the wrong way round."""

import re
from collections.abc import Iterator, Sequence

from sphinx_evidence.bibliography.known import GIVEN_NAMES, SURNAMES
from sphinx_evidence.prose.words import ORGANISATION
from sphinx_evidence.rulebook.rule import Rule

_LONG = 8  # letters of a word that shows an organisation in a name of two words
_ET_AL = re.compile(r"\bet\.? al\b|\.\.\.|…", re.IGNORECASE)
_ROLE = re.compile(r"\(\s*(?:eds?|editors?|hrsg|hg|trans)\b[^()]{0,20}\)", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-Z]\.[ -]?){1,3}")
_INITIALS_LAST = re.compile(r"[A-Z][\w'’-]+ (?:[A-Z]\.? ?){1,3}")


def check_name(person: str) -> Iterator[tuple[Rule, str, str]]:
    """Rule, what is wrong and remedy for one name outside braces."""
    surname, comma, given = (part.strip() for part in person.partition(","))
    shown = f'"{person[:60]}"'
    if _ET_AL.search(person):
        remedy = "Name all of them, or end the list with: and others."
        yield Rule.BIB_PEOPLE, f"{shown} is no name.", remedy
    elif found := _ROLE.search(person):
        remedy = "Editors stand in editor = {…}, translators in translator = {…}, without a remark."
        yield Rule.BIB_PEOPLE, f'"{found[0]}" is no part of a name.', remedy
    elif comma and _INITIALS.fullmatch(surname):
        wrong = f"{shown} has initials where the surname stands."
        yield Rule.BIB_PEOPLE, wrong, f"Write {given}, {surname}"
    elif _INITIALS_LAST.fullmatch(person) and re.search(r"[a-z]", person):
        first, _, rest = person.partition(" ")
        wrong = (
            f'{shown} would be read as a person with the surname "{person.rsplit(maxsplit=1)[-1]}".'
        )
        yield Rule.BIB_PEOPLE, wrong, f"Write {first}, {rest}"
    elif comma and surname.isupper() and len(re.sub(r"\W", "", surname)) > 3:  # noqa: PLR2004  # an acronym
        remedy = "Write it with one capital; an organisation has two pairs of braces."
        yield Rule.BIB_PEOPLE, f'"{surname}" is all in capitals.', remedy
    elif comma and _turned(surname.casefold(), given.casefold()):
        wrong = f"{shown} seems to have the given name where the surname stands."
        yield Rule.BIB_GIVEN_NAME, wrong, f"If so, write {given}, {surname}"


def _turned(surname: str, given: str) -> bool:
    """Whether one of the two is hardly ever what it stands for, and the other may well be it."""
    return (surname in GIVEN_NAMES and given not in GIVEN_NAMES) or (
        given in SURNAMES and surname not in SURNAMES
    )


def organisation(
    field: str, value: str, people: Sequence[str]
) -> tuple[str, str, None, str] | None:
    """What is wrong, remedy and words where an organisation would be read as people."""
    found = next((person for person in people if _is_organisation(person)), None)
    if found is None:
        return None
    last = found.rsplit(maxsplit=1)[-1]
    wrong = f'"{found[:60]}" would be shown as a person with the surname "{last}".'
    if len(people) == 1:
        return wrong, f"Write {field} = {{{{{value}}}}},", None, found
    remedy = f"Put braces round the whole name: {{{found}}}"
    if "," not in value:
        remedy = f"If it is one organisation, write {field} = {{{{{value}}}}}, If not: {remedy}"
    return wrong, remedy, None, found


def _is_organisation(person: str) -> bool:
    """Whether the words outside braces and without a comma name an organisation."""
    words = person.split()
    if "," in person or "{" in person or len(words) < 2:  # noqa: PLR2004
        return False
    if any(re.fullmatch(r"(?:\w\.-?)+", word) for word in words):
        return False  # initials
    if words[0].casefold() in GIVEN_NAMES:
        return False
    marks = [word for word in words if word.casefold().strip("().") in ORGANISATION]
    # “Adam Bank” is a person, “Cochrane Collaboration” is none.
    return bool(marks) and (len(words) > 2 or any(len(mark) >= _LONG for mark in marks))  # noqa: PLR2004
