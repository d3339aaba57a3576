"""Keys by the rule of the house: the surname of the first author and the year, ``leamy2011``."""

import re
from collections.abc import Container

from sphinx_evidence.bibliography.reader import Entry
from sphinx_evidence.bibliography.same_work import year
from sphinx_evidence.bibliography.surnames import surnames
from sphinx_evidence.text.normalise import plain

LONGEST = 20  # letters of what stands before the year
FEW = 3  # words of an organisation, from which on its initials are its name


def new_key(entry: Entry, taken: Container[str]) -> str:
    """The key of an entry, with a letter where it is taken."""
    key = start = stem_of(entry)
    count = 0
    while key in taken:
        count += 1
        key = start + letters(count)
    return key


def stem_of(entry: Entry) -> str:
    """The key of an entry without its letter."""
    value = entry.get("author") or entry.get("editor")
    names, _ = surnames(value)
    name = names[0] if names else ""
    if value.lstrip().startswith("{"):
        initials = re.findall(r"\b[A-Z](?=[a-z])", name)
        name = "".join(initials) if len(initials) >= FEW else name
    return stem(name, entry.get("title"), re.sub(r"\D.*", "", year(entry)))


def stem(name: str, title: str, year: str) -> str:
    """A key without its letter, in small ASCII letters; of the title where nobody has a name."""
    return (_whole_words(name) or _whole_words(title) or "work") + year


def _whole_words(text: str) -> str:
    """As many whole words as fit, without numbers, which would be read as the year."""
    kept = ""
    for word in re.split(r"\s+", text):
        letters_of = re.sub(r"\d", "", ascii_letters(word))
        if kept and len(kept + letters_of) > LONGEST:
            break
        kept += letters_of
    return kept[:LONGEST]


def ascii_letters(text: str) -> str:
    """The letters and digits of a text that every program can read."""
    return re.sub(r"[^a-z0-9]", "", plain(text))


def letters(count: int) -> str:
    """A, b … z, aa, ab … for 0, 1 …, as spreadsheets count their columns."""
    found = ""
    count += 1
    while count:
        count, rest = divmod(count - 1, 26)
        found = chr(ord("a") + rest) + found
    return found
