"""Write a first references.bib from a document's own list of references.

What the list does not give is left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from sphinx_evidence.bibliography.keys import ascii_letters, letters, stem
from sphinx_evidence.bibliography.layout import laid_out
from sphinx_evidence.bibliography.reader import Entry, Field
from sphinx_evidence.manuscripts.entry import Listed


def to_bib(entries: Iterable[Listed]) -> str:
    """The text of a .bib file with one entry for each of ``entries``."""
    twins: dict[str, list[Listed]] = defaultdict(list)
    for entry in entries:
        twins[_stem(entry)].append(entry)
    used = {start for start, same in twins.items() if len(same) == 1}
    keyed = {start: twins[start][0] for start in used}
    for start, same in twins.items():
        count = 0
        for entry in same if len(same) > 1 else ():
            while (key := start + letters(count)) in used:
                count += 1
            used.add(key)
            keyed[key] = entry
    return "\n".join(laid_out(_entry(key, keyed[key])) for key in sorted(keyed))


def _stem(entry: Listed) -> str:
    year = re.search(r"\d{4}(?!.*\d{4})", entry.year)
    name = entry.names[0] if entry.names else ""
    return stem(name, entry.title, year[0] if year else ascii_letters(entry.year))


def _entry(key: str, entry: Listed) -> Entry:
    year = re.sub(r"^\d{4}/(?=\d{4})|(?<=\d)[a-z]$", "", entry.year)  # without the first edition
    place = entry.place
    people = "editor" if entry.editors else "author"
    values = {
        people: _people(entry),
        "title": entry.title,
        "year": year,
        "booktitle" if place.chapter else "journal": place.container,
        "edition": place.edition,
        "volume": place.volume,
        "number": place.issue,
        "pages": re.sub(r"[–—]", "--", place.pages),
        "publisher": place.publisher,
        "doi": entry.doi,
        "pmid": entry.pmid,
        "pmcid": entry.pmcid,
        "url": entry.url,
    }
    kind = "incollection" if place.chapter else "article" if place.container else ""
    kind = kind or ("book" if place.publisher and not entry.url else "misc")
    fields = {
        name: Field(clean, 0)
        for name, value in values.items()
        if (clean := value if name == people else _clean(value))
    }
    return Entry(key, kind, "", 0, fields)


def _people(entry: Listed) -> str:
    if entry.organisation:
        return f"{{{_clean(entry.authors[0][0])}}}"
    written = [
        f"{_clean(surname)}, {_initials(initials)}" if initials else f"{{{_clean(surname)}}}"
        for surname, initials in entry.authors
    ]
    return " and ".join([*written, *(["others"] if entry.elided else [])])


def _initials(initials: str) -> str:
    """``F.P.`` and ``FP`` become ``F. P.``; a given name stays."""
    letters = re.sub(r"[\s.]", "", initials)
    if letters.replace("-", "").isupper():
        parts = re.findall(r"-?[^\W\d_]", letters)
        return re.sub(r"\s-", "-", " ".join(f"{part}." for part in parts))
    return _clean(initials)


def _clean(value: str) -> str:
    """One line without braces and control characters, which would end the field."""
    printable = "".join(char if char.isprintable() else " " for char in value)
    return " ".join(re.sub(r"[{}\\]", "", printable).split())
