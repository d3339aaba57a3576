"""Whether an entry and a record say the same: titles, people, journals, years, numbers, pages.

Case, markup, accents, abbreviations, a subtitle too few and another order of names are the same.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from pybtex.bibtex.utils import split_name_list
from pybtex.database import Person as Name
from pybtex.exceptions import PybtexError
from rapidfuzz import fuzz

from sphinx_evidence.bibliography.known import misspelt
from sphinx_evidence.bibliography.reader import Entry
from sphinx_evidence.bibliography.surnames import decoded
from sphinx_evidence.registries.notices import without_mark
from sphinx_evidence.registries.record import Person, Record
from sphinx_evidence.text.normalise import plain, spelt_out

ALIKE = 85  # per cent of the letters of two titles of one work
TRANSLATED = 55  # per cent: what has fewer letters in common is in another language
_NUMBERED = re.compile(r"\s\d{4}$")
_ACRONYM = re.compile(r"(?=\w*[A-Z]\w*[A-Z])\w{2,12}")
_OWN = r"\({0}\)|(?<!\w){0}\W{{1,3}}(?:\d\d|Conference|Symposium|Workshop)"
_SHORT = 3  # letters of a word that abbreviations leave out: of, the, and, für
_SUBTITLE = re.compile(r"(?<=\w)[:?!.]\s|\s[–—-]+\s|\s?[:=]\s")


def as_shown(text: str) -> str:
    """A value of BibTeX as readers see it."""
    return decoded(text).replace("{", "").replace("}", "")


# -- Titles ----------------------------------------------------------------------


def titles_of(entry: Entry) -> list[str]:
    """The titles under which a record may have the work of an entry, whole ones first."""
    main = as_shown(entry.get("title"))
    subtitle = as_shown(entry.get("subtitle"))
    others = (as_shown(entry.get(name)) for name in ("origtitle", "shorttitle", "titleaddon"))
    return [one for one in (f"{main}: {subtitle}" if subtitle else "", main, *others) if one]


def titles_in(record: Record) -> list[str]:
    """The titles of a record, whole ones first; without the mark of a retracted paper."""
    main = without_mark(record.title)
    whole = f"{main}: {record.subtitle}" if record.subtitle else ""
    return [one for one in (whole, main, *record.other_titles) if one]


def same_title(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two works have one title, but for a subtitle that one of them lacks."""
    ours, theirs = list(one), list(other)
    wholes = {_letters(title) for title in ours}, {_letters(title) for title in theirs}
    if wholes[0] & wholes[1]:
        return True
    mains = {_letters(_main(t)) for t in ours}, {_letters(_main(t)) for t in theirs}
    return bool(mains[0] & wholes[1] or wholes[0] & mains[1])


def likeness(one: Iterable[str], other: Iterable[str]) -> float:
    """How many per cent of their letters the titles have in common that are most alike."""
    theirs = [_letters(title) for title in other]
    return max((fuzz.ratio(_letters(a), b) for a in one for b in theirs), default=0.0)


def _main(title: str) -> str:
    return _SUBTITLE.split(title, maxsplit=1)[0]


def _letters(title: str) -> str:
    return plain(title.replace("&", " and "))


# -- People ----------------------------------------------------------------------


@lru_cache(maxsize=100)  # every check of an entry asks for them
def people_of(value: str) -> tuple[tuple[Person, ...], bool]:
    """The people or groups of a field of BibTeX, and whether there are others."""
    found, others = [], False
    for name in split_name_list(value):
        # DBLP numbers people of one name: Hao Wang 0014.
        name = _NUMBERED.sub("", name)  # noqa: PLW2901  # the name without it
        if name.strip().casefold() in {"others", "et al."}:
            others = True
        elif name.strip().startswith("{"):
            found.append(Person(group=as_shown(name)))
        else:
            try:
                parts = Name(name)
            except PybtexError:
                found.append(Person(group=as_shown(name)))
                continue
            family = as_shown(" ".join([*parts.prelast_names, *parts.last_names]))
            found.append(
                Person(family, as_shown(" ".join([*parts.first_names, *parts.middle_names])))
            )
    return tuple(found), others


def person_of(name: str) -> Person:
    """A person from a whole name, whichever way round it is."""
    try:
        parts = Name(name)
    except PybtexError:
        return Person(group=name)
    family = " ".join([*parts.prelast_names, *parts.last_names])
    return Person(family, " ".join([*parts.first_names, *parts.middle_names]))


def same_person(one: Person, other: Person) -> bool:
    """Whether two names may be those of one person or group.

    A double name may be cut, particles may be missing, and given names may stand first.
    """
    if one.group or other.group:
        return _same_group(one, other)
    if spelt_out(one.family) == spelt_out(other.family) or plain(one.family) == plain(other.family):
        return True
    ours, theirs = _words(one.family), _words(other.family)
    if ours and theirs and (ours <= theirs or theirs <= ours):
        return True
    turned = {spelt_out(one.family), spelt_out(one.given)}
    return "" not in turned and turned == {spelt_out(other.family), spelt_out(other.given)}


def _same_group(one: Person, other: Person) -> bool:
    ours, theirs = (p.group or f"{p.given} {p.family}" for p in (one, other))
    if plain(ours) == plain(theirs):
        return True
    both = _words(ours), _words(theirs)
    return bool(all(both) and (both[0] <= both[1] or both[1] <= both[0])) or _initials(ours, theirs)


def alike(one: Person, other: Person) -> bool:
    """Whether the names are those of one person, maybe with a slip in them."""
    names = spelt_out(one.family), spelt_out(other.family)
    return same_person(one, other) or bool(misspelt(names[0], [names[1]]))


def named(person: Person) -> str:
    """A name as a field of BibTeX has it."""
    if person.group:
        return f"{{{person.group}}}"
    return f"{person.family}, {person.given}" if person.given else person.family


def _words(name: str) -> set[str]:
    return {spelt_out(word) for word in re.findall(r"\w+", name)}


# -- Journals --------------------------------------------------------------------


def same_container(given: str, record: Record) -> bool:
    """Whether a journal or book is that of the record, maybe abbreviated."""
    names = [record.container, *record.other_containers]
    return any(_same_name(as_shown(given), name) for name in names if name)


def _same_name(one: str, other: str) -> bool:
    if plain(one.replace("&", "and")) == plain(other.replace("&", "and")):
        return True
    forms = (
        {one, _main(one), one.partition(" (")[0]},
        {other, _main(other), other.partition(" (")[0]},
    )
    return any(_short_for(a, b) or _short_for(b, a) for a in forms[0] for b in forms[1])


def _short_for(short: str, full: str) -> bool:
    """Whether the words of ``short`` are those of ``full``, cut: ``Br. J. Psychiatry``."""
    ours = [word for word in _listed(short) if word != "the"]
    theirs = [word for word in _listed(full) if word != "the"]
    at = 0
    for word in theirs:
        if at < len(ours) and _cut(ours[at], word):
            at += 1
        elif len(word) > _SHORT:
            return _initials(short, full)
    return (bool(ours) and at == len(ours)) or _initials(short, full)


def _cut(short: str, word: str) -> bool:
    """Whether a word is cut, at its end or in its middle: ``psychol``, ``intl``."""
    letters = iter(word)
    return short[0] == word[0] and all(letter in letters for letter in short)


def _initials(short: str, full: str) -> bool:
    """Whether one word is made of the beginnings of others: ``BMJ``, ``PNAS``, ``NeurIPS``.

    Words may be left out. Of another acronym, such as ``IEEE``, only the whole is a part: ``JACM``.
    Names of conferences may hold their own: ``(CVPR)``, ``ECCV 2020``, ``the AAAI Conference``.
    """
    acronym = short.strip()
    if not _ACRONYM.fullmatch(acronym):
        return False
    if re.search(_OWN.format(re.escape(acronym)), full):
        return True
    left = {(plain(acronym), 0)}  # what is left of it, and of how many words it is made so far
    for word in re.findall(r"\w+", full):
        letters, whole = plain(word), bool(_ACRONYM.fullmatch(word)) and not full.isupper()
        if letters and (len(letters) > _SHORT or whole):
            left |= {
                (rest[n:], min(words + 1, 2))
                for rest, words in left
                for n in range(len(letters) if whole else 1, min(len(letters), len(rest)) + 1)
                if rest[:n] == letters[:n]
            }
    return ("", 2) in left


def _listed(name: str) -> list[str]:
    words = re.findall(r"\w+", name.casefold().replace("&", " and "))
    return [folded for word in words if (folded := plain(word))]


# -- Numbers and pages -----------------------------------------------------------


def same_number(one: str, other: str) -> bool:
    """Whether two volumes or issues are one: ``3/4`` and ``3-4``, ``Suppl 1`` and ``S1``."""
    ours, theirs = (re.findall(r"\d+", text) for text in (as_shown(one), other))
    if ours and theirs:
        return [int(n[:9]) for n in ours] == [int(n[:9]) for n in theirs]
    # One of them may be in Roman numbers, or named after a season.
    return bool(ours) != bool(theirs) or plain(one) == plain(other)


def page_range(pages: str) -> tuple[str, str]:
    """The first and the last page, with all its digits; the same for a single one."""
    found = re.findall(r"[A-Za-z]*\d+[A-Za-z]?|[ivxlcdm]+", as_shown(pages))
    if not found:
        return "", ""
    first = found[0].casefold()
    last = found[1].casefold() if len(found) > 1 else ""
    digits = re.sub(r"\D", "", first)
    if last.isdigit() and digits and len(last) < len(digits):
        last = first[: len(first) - len(last)] + last
    return first, last


def same_pages(entry: Entry, record: Record) -> bool:
    """Whether the pages agree, as far as both say them; an article number is a page, too."""
    given = entry.get("pages") or entry.get("eid")
    first, last = page_range(given)
    theirs = page_range(record.pages)
    number = plain(record.article_number)
    if not first or not (theirs[0] or number):
        return True
    if number and (plain(given) == number or not theirs[0] or first == page_range(number)[0]):
        return plain(given) == number or not entry.get("eid")
    return first == theirs[0] and (not last or not theirs[1] or last == theirs[1])
