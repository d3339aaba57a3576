"""A publisher and its place, as entries print them: ``Sky Press, Corvallis, OR, USA``; pure."""

import re

from sphinx_evidence.prose.words import ORGANISATION, PUBLISHERS, places
from sphinx_evidence.text.normalise import plain

_HOUSES = ORGANISATION | PUBLISHERS | {
    "books", "publications", "publisher", "publishers", "publishing", "verlag",
}  # fmt: skip
_REGION = re.compile(r"[A-Z]{2}|USA|UK|U\.S\.A\.?|U\.K\.?")
_TOWN = re.compile(r"(?:[^\W\d_a-z][\w.'’-]{0,20}\s?){1,4}")


def house(words: str) -> tuple[str, str, bool]:
    """Name and place of a publisher, and whether the words show that it is one."""
    parts = [part.strip() for part in words.split(",")]
    at = len(parts)
    while at > 1 and (_REGION.fullmatch(parts[at - 1]) or plain(parts[at - 1]) in places()):
        at -= 1
    if 1 < at < len(parts) and _REGION.fullmatch(parts[at]):  # before a state stands its town
        at -= 1
    known = [index for index, part in enumerate(parts[:at]) if words_of(part) & _HOUSES]
    at = known[-1] + 1 if known else at
    name, place = ", ".join(parts[:at]), ", ".join(parts[at:])
    if not all(_TOWN.fullmatch(part) for part in parts[at:]):
        return words, "", False
    named = len(words_of(name)) > 0 and not re.search(r"[\d.:;()\[\]]", name)
    return name, place, named and bool(known or place) and name[:1].isupper()


def words_of(text: str) -> set[str]:
    """The words of a text, in small letters."""
    return {word.casefold() for word in re.findall(r"\w+", text)}
