"""Rules on years, months and dates of access."""

import calendar
import datetime as dt
import re
from collections.abc import Iterator

from sphinx_evidence.bibliography.faults import Fault, every
from sphinx_evidence.bibliography.reader import Bibliography, Entry
from sphinx_evidence.rulebook.rule import Rule

PAGES_OF_THE_WEB = {"electronic", "online", "webpage", "www"}  # names of the type
_YEAR = re.compile(
    r"(?:(?:c\.|ca\.|circa|\[)\s?)?\d{3,4}[a-z]?\]?(?:\s?(?:--?|–|/)\s?\d{2,4})?"
    r"|n\.\s?d\.|no date|forthcoming|in press|in preparation|to appear|submitted",
    re.IGNORECASE,
)
_SEEN = re.compile(r"\b(?:accessed|retrieved|viewed|visited|seen|checked)\b", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[~?%]?")  # as biblatex wants it
_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if number}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()}
_DAY_FIRST = re.compile(r"(\d{1,2})(?:[a-z]{2})?\.?\s+([a-z]+)\.?,?\s+(\d{4})", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:[a-z]{2})?,?\s+(\d{4})", re.IGNORECASE)
SEASONS = range(21, 42)  # 2005-21 is the spring of 2005


def check_dates(bibliography: Bibliography, today: dt.date | None = None) -> Iterator[Fault]:
    """Every fault of a year, a month or a date of access."""
    now = today or dt.datetime.now(dt.UTC).date()
    for entry, name, value in every(bibliography.entries, "year"):
        yield from _year(entry, name, value, now.year)
    for entry, name, value in every(bibliography.entries, "date"):
        yield from _date(entry, name, value)
    for entry, name, value in every(bibliography.entries, "month"):
        if re.fullmatch(r"\d+", value) and not 1 <= int(value[:9]) <= 12:  # noqa: PLR2004  # months
            wrong = f'"{value}" is no month.'
            yield Fault(
                Rule.BIB_MONTH, entry, name, wrong, "Write the number or the name of a month."
            )
    for entry, name, value in every(bibliography.entries, "urldate"):
        yield from _seen(entry, name, value, now)
    for entry in bibliography.entries.values():
        if _only_on_the_web(entry) and not entry.get("urldate"):
            remedy = "Add the day on which you saw it: urldate = {2024-05-01},"
            field = "url" if entry.get("url") else "howpublished"
            yield Fault(
                Rule.BIB_ACCESSED, entry, field, "a web page has no date of access.", remedy
            )


def _date(entry: Entry, name: str, value: str) -> Iterator[Fault]:
    for part in value.split("/"):
        found = _ISO.fullmatch(part)
        if found and not _possible(found):
            wrong = f'there is no day "{part}".'
            yield Fault(Rule.BIB_YEAR, entry, name, wrong, "Correct month or day.", words=part)
    years, year = re.findall(r"\d{4}", value), re.search(r"\d{4}", entry.get("year"))
    if years and year and not years[0] <= year[0] <= years[-1]:
        wrong = f"its date is {value}, but its year is {year[0]}."
        remedy = "Keep the line that is right, and delete the other."
        yield Fault(Rule.BIB_YEAR, entry, name, wrong, remedy)


def _seen(entry: Entry, name: str, value: str, now: dt.date) -> Iterator[Fault]:
    iso = _ISO.fullmatch(value)
    if not iso and not (value := _as_iso(value)):
        remedy = "Write it as year, month and day: urldate = {2024-05-01},"
        wrong = f'"{entry.get(name)}" can be read in several ways, or not at all.'
        yield Fault(Rule.BIB_URLDATE_FORM, entry, name, wrong, remedy)
        return
    found = _ISO.fullmatch(value)
    year = re.search(r"\d{4}", entry.get("year") or entry.get("date"))
    if not found or not _possible(found):
        wrong = f'there is no day "{value}".'
        yield Fault(Rule.BIB_URLDATE, entry, name, wrong, "Correct month or day.")
    elif value > (now + dt.timedelta(days=1)).isoformat():  # one: it may be tomorrow elsewhere
        wrong = f"it was looked up on {value}, which has not come yet."
        yield Fault(Rule.BIB_URLDATE, entry, name, wrong, "Correct the date.")
    elif year and int(found[1]) < int(year[0]):
        wrong = f"it was looked up in {found[1]}, before it appeared in {year[0]}."
        yield Fault(Rule.BIB_URLDATE, entry, name, wrong, "Correct the year or the date.")
    if not iso and found and _possible(found):
        wrong = f'"{entry.get(name)}" is not written as other dates are.'
        remedy = f"Write {name} = {{{value}}},"
        yield Fault(Rule.BIB_URLDATE_FORM, entry, name, wrong, remedy, value)


def _as_iso(value: str) -> str:
    """``2012-03-12`` for ``12 March 2012`` and ``March 12, 2012``, else nothing."""
    day_first, month_first = _DAY_FIRST.fullmatch(value), _MONTH_FIRST.fullmatch(value)
    if day_first:
        day, month, year = day_first.groups()
    elif month_first:
        month, day, year = month_first.groups()
    else:
        return ""
    number = _MONTHS.get(month.casefold())
    return f"{year}-{number:02}-{int(day):02}" if number else ""


def _possible(found: re.Match[str]) -> bool:
    month, day = int(found[2] or 1), int(found[3] or 1)
    if not found[3] and month in SEASONS:
        return True
    try:
        dt.date(max(int(found[1]), 1), month, day)
    except ValueError:
        return False
    return True


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
        yield Fault(Rule.BIB_YEAR, entry, name, f'"{value}" is no year.', remedy)
        return
    digits = re.search(r"\d{4}", value)
    if not digits:
        return
    if int(digits[0]) > now + 1:
        remedy = "Correct it; a work that has not appeared has {forthcoming}."
        yield Fault(Rule.BIB_YEAR, entry, name, f"the year {digits[0]} has not come yet.", remedy)
    in_key = re.search(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)", entry.key)
    if in_key and in_key[1] not in value and not _of_the_work(in_key[1], entry):
        wrong = f"its year is {value}, but its key says {in_key[1]}."
        remedy = "Correct the year, or give the entry another key and change its citations."
        yield Fault(Rule.BIB_YEAR_KEY, entry, name, wrong, remedy)
    in_doi = re.search(r"[./](19[5-9]\d|20[0-4]\d)[./]", entry.get("doi"))
    if in_doi and abs(int(in_doi[1]) - int(digits[0])) > 2:  # noqa: PLR2004  # online first
        wrong = f"its year is {value}, but its DOI says {in_doi[1]}."
        yield Fault(Rule.BIB_YEAR_DOI, entry, name, wrong, "Correct the year or the DOI.")


def _of_the_work(number: str, entry: Entry) -> bool:
    """Whether a number in a key is of what the work is about, or of an identifier that is the key.

    Such are ``rfc2045``, ``census2011``, ``10.1007/978-3-030-2019-5`` and ``arxiv:2004.12345``.
    """
    if re.search(r"10\.\d{4,}[/_]|\d{4}\.\d{4}|/.*\d", entry.key):
        return True
    about = " ".join(entry.get(name) for name in ("title", "number", "eprint", "series"))
    said = " ".join(field.value for field in entry.fields.values())
    of_arxiv = re.search(rf"\b{number}\.\d{{4,5}}\b", said)
    return bool(of_arxiv) or number in re.findall(r"\d+", about)
