"""Rules on years, dates of access and pages.

Pure: imports neither Sphinx nor docutils.
"""

import datetime as dt
import re
from collections.abc import Iterator

from sphinx_evidence.bibliography.faults import Fault, every
from sphinx_evidence.bibliography.reader import Bibliography, Entry

PAGES_OF_THE_WEB = {"electronic", "online", "webpage", "www"}  # names of the type
_YEAR = re.compile(
    r"(?:(?:c\.|ca\.|circa|\[)\s?)?\d{3,4}[a-z]?\]?(?:\s?(?:--?|–|/)\s?\d{2,4})?"
    r"|n\.\s?d\.|no date|forthcoming|in press|in preparation|to appear|submitted",
    re.IGNORECASE,
)
_SEEN = re.compile(r"\b(?:accessed|retrieved|viewed|visited|seen|checked)\b", re.IGNORECASE)
_RANGE = re.compile(r"(\d+)\s*(--?-?|–|—)\s*(\d+)")


def check(bibliography: Bibliography, today: dt.date | None = None) -> Iterator[Fault]:
    """Every fault of a year, a date of access or a range of pages."""
    now = (today or dt.datetime.now(dt.UTC).date()).year
    for entry, name, value in every(bibliography.entries, "year"):
        yield from _year(entry, name, value, now)
    for entry, name, value in every(bibliography.entries, "urldate"):
        found, year = re.search(r"\d{4}", value), re.search(r"\d{4}", entry.get("year"))
        if found and year and int(found[0]) < int(year[0]):
            wrong = f"it was looked up in {found[0]}, before it appeared in {year[0]}."
            yield Fault("bib-urldate", entry, name, wrong, "Correct the year or the date.")
    for entry in bibliography.entries.values():
        if _only_on_the_web(entry) and not entry.get("urldate"):
            remedy = "Add the day on which you saw it: urldate = {2024-05-01},"
            yield Fault("bib-accessed", entry, "url", "a web page has no date of access.", remedy)
    for entry, name, value in every(bibliography.entries, "pages"):
        yield from _pages(entry, name, value)


def _only_on_the_web(entry: Entry) -> bool:
    """Whether an address is all there is, and no remark tells when it was seen."""
    if entry.type in PAGES_OF_THE_WEB:
        return bool(entry.get("url"))
    said = f"{entry.get('note')} {entry.get('howpublished')}"
    address = entry.get("url") or re.search(r"https?://", said)
    elsewhere = any(entry.get(name) for name in ("doi", "publisher", "journal", "eprint"))
    return entry.type == "misc" and bool(address) and not elsewhere and not _SEEN.search(said)


def _year(entry: Entry, name: str, value: str, now: int) -> Iterator[Fault]:
    if not _YEAR.fullmatch(value):
        remedy = "Write four digits, year = {2024}, or leave the line out."
        yield Fault("bib-year", entry, name, f'"{value}" is no year.', remedy)
        return
    digits = re.search(r"\d{4}", value)
    if not digits:
        return
    if int(digits[0]) > now + 1:
        remedy = "Correct it; a work that has not appeared has {forthcoming}."
        yield Fault("bib-year", entry, name, f"the year {digits[0]} has not come yet.", remedy)
    in_key = re.search(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)", entry.key)
    if in_key and in_key[1] not in value:
        wrong = f"its year is {value}, but its key says {in_key[1]}."
        remedy = "Correct the year, or give the entry another key and change its citations."
        yield Fault("bib-year-key", entry, name, wrong, remedy)
    in_doi = re.search(r"[./](19[5-9]\d|20[0-4]\d)[./]", entry.get("doi"))
    if in_doi and abs(int(in_doi[1]) - int(digits[0])) > 2:  # noqa: PLR2004  # online first
        wrong = f"its year is {value}, but its DOI says {in_doi[1]}."
        yield Fault("bib-year-doi", entry, name, wrong, "Correct the year or the DOI.")


def _pages(entry: Entry, name: str, value: str) -> Iterator[Fault]:
    for found in _RANGE.finditer(value):
        first, last = found[1], found[3]
        if int(first) <= int(last):
            continue
        full = first[: max(len(first) - len(last), 0)] + last
        if len(last) < len(first) and int(full) > int(first):
            wrong = f'the pages "{found[0]}" are cut short.'
            certain = f"{value[: found.start()]}{first}--{full}{value[found.end() :]}"
            remedy = f"Write pages = {{{certain}}},"
            yield Fault("bib-pages", entry, name, wrong, remedy, certain)
        else:
            wrong = f'the pages "{found[0]}" end before they begin.'
            yield Fault("bib-pages", entry, name, wrong, "Put the smaller number first.")
        return  # one fault a field, so that a replacement stays certain
