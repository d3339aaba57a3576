"""Keys by the rule of the house: the surname of the first author and the year, ``leamy2011``."""

import re
from collections.abc import Container

from sphinx_evidence.bibliography.reader import Entry
from sphinx_evidence.bibliography.same_work import year
from sphinx_evidence.bibliography.surnames import surnames
from sphinx_evidence.text.normalise import plain

LONGEST = 20  # letters of a name
FEW = 3  # words of an organisation, from which on its initials are its name


def new_key(entry: Entry, taken: Container[str]) -> str:
    """The key of an entry, with a letter where it is taken."""
    stem = _name(entry) + re.sub(r"\D.*", "", year(entry))
    key, letter = stem, ord("b")
    while key in taken:
        key = f"{stem}{chr(letter)}" if letter <= ord("z") else f"{stem}-{letter - ord('a') + 1}"
        letter += 1
    return key


def _name(entry: Entry) -> str:
    value = entry.get("author") or entry.get("editor")
    names, _ = surnames(value)
    name = names[0] if names else ""
    if value.lstrip().startswith("{"):
        initials = re.findall(r"\b[A-Z](?=[a-z])", name)
        name = "".join(initials) if len(initials) >= FEW else name
    return _ascii(name) or _ascii(entry.get("title")) or "work"


def _ascii(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", plain(text))[:LONGEST]
