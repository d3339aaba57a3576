"""Write a first references.bib from a document's own list of references; pure.

What the list does not give, or not for certain, is left out, and named above the entry.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sphinx_evidence.bibliography.keys import ascii_letters, letters, stem, stem_of
from sphinx_evidence.bibliography.layout import laid_out
from sphinx_evidence.bibliography.reader import Entry, Field
from sphinx_evidence.manuscripts.authors import added, authors
from sphinx_evidence.manuscripts.entry import Listed

_DAYS = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%Y-%m-%d", "%Y %b %d")


def to_bib(entries: Iterable[Listed]) -> str:
    """The text of a .bib file with one entry for each work of ``entries``."""
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
    return "\n".join(
        remark(keyed[key]) + laid_out(entry_of(key, keyed[key])) for key in sorted(keyed)
    )


def _stem(entry: Listed) -> str:
    made = entry_of("", entry)
    return stem_of(made) if made.get("year")[:1].isdigit() else stem(
        entry.names[0] if entry.names else "", entry.title, ascii_letters(entry.year)
    )  # fmt: skip


def remark(entry: Listed) -> str:
    """What the list says of a work that is in no field, as a line of a .bib file, or nothing."""
    parts = [entry.place.unread if entry.title else entry.text]
    if entry.accessed and not _day(entry.accessed):
        parts.append(f"seen {entry.accessed}")
    if first := re.match(r"(\d{4})/\d{4}", entry.year):
        parts.append(f"first published {first[1]}")
    unread = _clean("; ".join(filter(None, parts)))
    return f"% In no field, as it is not certain where it belongs: {unread}\n" if unread else ""


def entry_of(key: str, entry: Listed) -> Entry:
    """The work with a key."""
    year = re.sub(r"^\d{4}/(?=\d{4})|(?<=\d)[a-z]$", "", entry.year)  # without the first edition
    place = entry.place
    people = "editor" if entry.editors else "author"
    within = place.chapter or place.meeting
    editors, organisation = authors(place.editors) if within else ((), False)
    if not organisation and not any(given for _, given in editors):
        editors = added(place.editors) if within and place.editors else ()
    values = {
        people: _people(entry) if entry.title else "",  # else the name may hold the title
        "title": entry.title,
        "year": year,
        "booktitle" if within else "journal": place.container,
        "editor" if people == "author" else "": "" if organisation else _names(editors),
        "edition": place.edition,
        "volume": place.volume,
        "number": place.issue,
        "pages": re.sub(r"[–—]", "--", place.pages),
        "publisher": place.publisher,
        "address": place.address,
        "doi": entry.doi,
        "pmid": entry.pmid,
        "pmcid": entry.pmcid,
        "url": entry.url,
        "urldate": _day(entry.accessed) if entry.url else "",
    }
    kind = "inproceedings" if place.meeting else "incollection" if place.chapter else ""
    kind = kind or ("article" if place.container else "")
    kind = kind or ("book" if place.publisher and not entry.url else "misc")
    fields = {
        name: Field(clean, 0)
        for name, value in values.items()
        if (clean := value if name in {"author", "editor"} else _clean(value))
    }
    return Entry(key, kind, "", 0, fields)


def _day(written: str) -> str:
    """A day as ISO 8601 has it; nothing where day and month cannot be told apart."""
    words = " ".join(re.sub(r"[.,]|(?<=\d)(?:st|nd|rd|th)\b", " ", written).split())
    words = re.sub(r"\bSept\b", "Sep", words)
    for form in _DAYS:
        try:
            day = datetime.strptime(words, form)  # noqa: DTZ007  # a day without a time
        except ValueError:
            continue
        return day.strftime("%Y-%m-%d")
    return ""


def _people(entry: Listed) -> str:
    if entry.organisation:
        return f"{{{_clean(entry.authors[0][0])}}}"
    return " and ".join([_names(entry.authors), *(["others"] if entry.elided else [])])


def _names(people: Iterable[tuple[str, str]]) -> str:
    return " and ".join(
        f"{_cased(_clean(surname))}, {_initials(initials)}"
        if initials
        else f"{{{_clean(surname)}}}"
        for surname, initials in people
    )


def _cased(surname: str) -> str:
    """``BENJAMIN`` becomes ``Benjamin``; short names in capitals may be so."""
    letters_of = re.sub(r"[^\w]", "", surname)
    return surname.title() if len(letters_of) > 3 and letters_of.isupper() else surname  # noqa: PLR2004


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
