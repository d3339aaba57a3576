"""References as NBIB, which PubMed gives to take away.

The tags: https://www.nlm.nih.gov/bsd/mms/medlineelements.html. nbib of PyPI was not kept after
2021, and the lines are those of RIS.
"""

import calendar
import re
from collections.abc import Iterator

from sphinx_evidence.formats.csl import Item, dated, named
from sphinx_evidence.formats.tagged import Record, records

_VARIABLES = {
    "VI": "volume", "IP": "issue", "PG": "page", "PMID": "PMID", "PMC": "PMCID", "LA": "language",
    "PB": "publisher", "PL": "publisher-place", "CTI": "collection-title", "EN": "edition",
    "ISBN": "ISBN",
}  # fmt: skip
_MONTHS = {name: number for number, name in enumerate(calendar.month_abbr) if number}
_DOI = re.compile(r"(\S+) \[doi\]")
_INITIALS = re.compile(r"(.+) ([A-Z]{1,3})")


def read_nbib(text: str) -> Iterator[Item]:
    """The works of a file of NBIB as items of CSL. Raises FormatError."""
    for record in records(text, "PMID"):
        yield {name: value for name, value in _item(record).items() if value}


def _item(record: Record) -> Item:
    types = record.all("PT")
    item: Item = {variable: record.first(tag) for tag, variable in _VARIABLES.items()}
    item["type"] = "article-journal"
    title, whole = record.first("TI"), record.first("BTI")
    if "Preprint" in types:
        item["type"] = "article"
    elif whole:
        item["type"] = "chapter" if title else "book"
    item["title"] = re.sub(r"^\[(.*)\]$", r"\1", (title or whole).removesuffix("."))
    item["container-title"] = (whole if title else "") or _journal(record)
    item["author"] = [_name(tag, value) for tag, value in _authors(record)]
    item["editor"] = [_name("FAU", value) for value in record.all("FED")]
    item["issued"] = _date(record.first("DP"))
    item["DOI"] = next((f[1] for v in record.all("LID", "AID") if (f := _DOI.fullmatch(v))), "")
    item["page"] = _whole(item["page"])
    if item["language"] == "eng":  # which goes without saying
        del item["language"]
    return item


def _journal(record: Record) -> str:
    """Its name without the second title that the library's catalogue has."""
    return record.first("JT", "TA").partition(" : ")[0]


def _authors(record: Record) -> list[tuple[str, str]]:
    """Authors in full or, in old records, with their initials; groups in their place."""
    person = "FAU" if record.first("FAU") else "AU"
    return [(tag, value) for tag, value in record.values if tag in {person, "CN"}]


def _name(tag: str, value: str) -> dict[str, str]:
    if tag == "CN":
        return {"literal": value}
    family, comma, given = value.partition(", ")
    if comma:
        return {"family": family, "given": given}
    if found := _INITIALS.fullmatch(value):
        return {"family": found[1], "given": " ".join(f"{letter}." for letter in found[2])}
    return {"literal": value}


def _date(value: str) -> Item:
    found = re.match(r"(\d{4})(?: ([A-Z][a-z]{2})(?: (\d\d?))?)?(?!\S)", value)
    if not found:
        return named(value)
    return dated(int(found[1]), _MONTHS.get(found[2], 0), int(found[3] or 0))


def _whole(pages: str) -> str:
    """``445-452`` for ``445-52``, as PubMed has it."""
    found = re.fullmatch(r"(\d+)-(\d+)", pages)
    if not found:
        return pages
    first, last = found.groups()
    return f"{first}-{first[: len(first) - len(last)]}{last}"
