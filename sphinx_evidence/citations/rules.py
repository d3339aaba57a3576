"""Rules on citation keys: each leads to an entry, and each entry is used."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from sphinx_evidence.bibliography.reader import Bibliography, Entry
from sphinx_evidence.bibliography.surnames import surnames
from sphinx_evidence.citations.plain_text import markup_of, role
from sphinx_evidence.diagnostics.finding import Finding, Location, did_you_mean, nearest
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.normalise import plain


@dataclass(frozen=True)
class Use:
    """One place that names a key: a citation in the text, or a line of further reading."""

    key: str
    place: Location
    further_reading: bool = False
    again: bool = False  # the same role has named the key before
    footnote: bool = False  # the reference stands in a footnote, and in no list
    prefix: str = ""  # which a list of references gives its keys, and the text has typed


def check_citations(
    uses: Sequence[Use],
    bibliography: Bibliography,
    statuses: Sequence[str],
    shown: AbstractSet[str] = frozenset(),
) -> Iterator[Finding]:
    """Every finding on ``uses`` and entries; ``statuses`` are the values ``status`` may have.

    The keys ``shown`` are those that a list shows for itself, as one of somebody's works does.
    """
    yield from unknown_keys(uses, bibliography)
    yield from cited_twice(uses)
    yield from unused_entries(uses, bibliography, shown)
    yield from cited_further_reading(uses)
    if statuses:
        yield from unknown_statuses(bibliography, statuses)


def unknown_keys(uses: Sequence[Use], bibliography: Bibliography) -> Iterator[Finding]:
    """A key without an entry."""
    unknown = [
        use for use in uses
        if use.key not in bibliography.entries
        and not (use.key.strip() and bibliography.may_have(use.key))
    ]  # fmt: skip
    known = by_surname(bibliography) if unknown else {}
    offers = {use.key: meant(use.key, bibliography.entries, known) for use in unknown}
    for use in unknown:
        if not use.key.strip():
            wrong, remedy = "This citation names no work.", "Type the key of the work into it."
            yield use.place.finding(Rule.CITATION_UNKNOWN, wrong, remedy)
            continue
        separated = _separated(use.key, bibliography)
        if separated:
            wrong = f'"{use.key}" is no key.'
            yield use.place.finding(Rule.CITATION_UNKNOWN, wrong, separated, use.key)
            continue
        names = [f'"{use.prefix}{key}"' for key in offers[use.key]]
        wrong = f'No reference has the key "{use.prefix}{use.key}".'
        otherwise = "Add the work to the .bib file, or remove the citation."
        remedy = did_you_mean(names, otherwise)
        yield use.place.finding(Rule.CITATION_UNKNOWN, wrong, remedy, use.key)


def _separated(key: str, bibliography: Bibliography) -> str:
    """What to type where the key holds more than a key; empty where it does not."""
    bare = re.sub(r"^(?:see(?: also)?|e\.?g\.?|cf\.?)\s+|@", "", key)
    several = [part for part in re.split(r"[;\s]+", bare) if part not in {"", "and", "&"}]
    if len(several) > 1 and all(part in bibliography.entries for part in several):
        return f"Separate keys by a comma, without spaces: {','.join(several)}"
    opened = re.fullmatch(r"([^{}]+)\{([^{}]*)", key)
    if opened and opened[1] in bibliography.entries:
        return f"Close the brace: {opened[1]}{{{opened[2] or 'p. 3'}}}"
    paged = re.fullmatch(r"(\S*?),?\s*(pp?\.? ?\d[\d–-]*)", key)
    if paged and (not paged[1] or paged[1] in bibliography.entries):
        return f"A page stands in braces right behind the key: {paged[1] or 'key'}{{{paged[2]}}}"
    if bare != key and bare in bibliography.entries:
        lead = key.removesuffix(bare).strip(" @")
        return f"Write {{{lead}}}{bare}: words stand in braces." if lead else f"Write {bare}."
    return ""


def by_surname(bibliography: Bibliography) -> dict[str, list[Entry]]:
    """The entries by the letters of their first surname."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in bibliography.entries.values():
        names, _ = surnames(entry.get("author") or entry.get("editor"))
        found[plain(names[0]) if names else ""].append(entry)
    return found


def meant(key: str, keys: Iterable[str], known: Mapping[str, Sequence[Entry]]) -> list[str]:
    """The keys that ``key`` may stand for, at most three: by spelling, by surname and year."""
    words = (plain(word) for word in re.findall(r"[^\W\d_]{2,}", key))
    years = [part[-4:] for part in re.findall(r"\d{2,}", key)]
    named = [entry for word in words for entry in known.get(word, ())]
    dated = [e.key for e in named if any(_year(e).endswith(year) for year in years)]
    spelt = nearest(key, keys)
    order = [*dated, *spelt[:1], *(entry.key for entry in named), *spelt]
    return list(dict.fromkeys(order))[:3]


def _year(entry: Entry) -> str:
    return (entry.get("year") or entry.get("date"))[:4]


def cited_twice(uses: Sequence[Use]) -> Iterator[Finding]:
    """One citation that names the same work twice."""
    for use in uses:
        if use.again:
            wrong = f'One citation names "{use.key}" twice.'
            remedy = "Delete one of the two."
            yield use.place.finding(Rule.CITATION_TWICE, wrong, remedy, use.key)


def cited_once(uses: Sequence[Use], bibliography: Bibliography) -> Iterator[tuple[str, str]]:
    """Key and place of each work that is cited from one place only."""
    places: dict[str, list[Location]] = defaultdict(list)
    for use in uses:
        if use.key in bibliography.entries and not use.further_reading:
            places[use.key].append(use.place)
    for key, (first, *others) in sorted(places.items()):
        if not others:
            yield key, f"{first.path}:{first.line}"


def unused_entries(
    uses: Sequence[Use], bibliography: Bibliography, shown: AbstractSet[str]
) -> Iterator[Finding]:
    """An entry that is neither cited nor listed as further reading, and that no list shows."""
    used = {use.key for use in uses} | shown
    markup = _markup(uses)
    for key, entry in bibliography.entries.items():
        if key not in used:
            wrong = f'No page cites "{key}", and it is not listed as further reading.'
            remedy = (
                f"Cite it with {role('p', key, markup=markup)}, add its key to the "
                f"{_directive('further-reading', markup)} list, or delete the entry."
            )
            place = entry.path, entry.line
            yield Finding(*place, Rule.CITATION_UNUSED, wrong, remedy, words=key)


def _markup(uses: Sequence[Use]) -> str:
    """The markup of the first page that names a key: a .bib file has none of its own."""
    return markup_of(Path(uses[0].place.path)) if uses else "myst"


def _directive(name: str, markup: str) -> str:
    return f"`.. {name}::`" if markup == "rst" else f"{{{name}}}"


def unlisted(
    uses: Sequence[Use], bibliography: Bibliography, listed: AbstractSet[str]
) -> Iterator[Finding]:
    """Works that no list of references shows; reported once, because one list mends all.

    ``listed`` are the keys that a citation can lead to, with the prefixes of their lists.
    """
    missing = [
        use for use in uses
        if use.key in bibliography.entries
        and use.prefix + use.key not in listed
        and not use.footnote
    ]  # fmt: skip
    if missing:
        first = missing[0]
        wrong = f'No list of references shows "{first.prefix}{first.key}"'
        others = len({use.key for use in missing}) - 1
        wrong += f" and {others} more." if others else "."
        directive = _directive("bibliography", _markup([first]))
        remedy = f"Add a {directive} without :list: that shows them, or correct its :filter:."
        yield first.place.finding(Rule.CITATION_UNLISTED, wrong, remedy, first.key)


def cited_further_reading(uses: Sequence[Use]) -> Iterator[Finding]:
    """A work that is listed as never cited, and yet is cited."""
    cited = {use.key: use for use in reversed(uses) if not use.further_reading}
    for use in uses:
        if use.further_reading and use.key in cited:
            first = cited[use.key]
            where = f"{first.place.path}:{first.place.line}"
            wrong = f'"{use.key}" is listed as further reading but cited at {where}.'
            remedy = "Delete this line: cited works are in the list of references by themselves."
            yield use.place.finding(Rule.CITATION_FURTHER_READING, wrong, remedy, use.key)


def unknown_statuses(bibliography: Bibliography, statuses: Sequence[str]) -> Iterator[Finding]:
    """An entry that does not say, in one of the agreed words, how far it was checked."""
    for entry in bibliography.entries.values():
        status = entry.fields.get("status")
        if status is None or status.value not in statuses:
            words = ", ".join(f"{{{word}}}" for word in statuses)
            location = Location(entry.path, status.line if status else entry.line)
            found = status.value if status else entry.key
            said = f'has the status "{status.value}"' if status else "has no status"
            wrong = f'The entry "{entry.key}" {said}.'
            remedy = f"Write status = with one of: {words}."
            yield location.finding(Rule.BIB_STATUS, wrong, remedy, found)
