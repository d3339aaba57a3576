"""References as RIS, a line for each value.

They are read here, as rispy loses a record that has no end without a word; the tests hold what is
written and read against rispy. Tags as EndNote and Zotero use them:
https://en.wikipedia.org/wiki/RIS_(file_format).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pybtex.database import Entry

from sphinx_evidence.formats.csl import (
    TYPES,
    Item,
    csl_item,
    dated,
    inverted,
    named,
    types,
)
from sphinx_evidence.formats.tagged import Record, records

# The variables of CSL as tags of RIS; pages are apart. C2 and AN are those of EndNote.
_TAGS = {
    "title": "TI", "title-short": "ST", "container-title": "T2", "collection-title": "T3",
    "volume": "VL", "issue": "IS", "number": "C7", "publisher": "PB", "publisher-place": "CY",
    "edition": "ET", "version": "ET", "medium": "M3", "DOI": "DO", "URL": "UR", "ISBN": "SN",
    "ISSN": "SN", "PMID": "AN", "PMCID": "C2", "language": "LA", "abstract": "AB", "note": "N1",
    "annote": "N1",
}  # fmt: skip


def ris(entries: Mapping[str, Entry]) -> str:
    """A file of RIS, as EndNote, Mendeley and Zotero read it."""
    return "\n".join(
        "".join(f"{tag}  - {value}\n" for tag, value in _lines(key, entry))
        for key, entry in entries.items()
    )


def _lines(key: str, entry: Entry) -> Iterator[tuple[str, str]]:
    item = csl_item(key, entry)
    yield "TY", types(entry)[1]
    yield "ID", key
    for role, tag in (("author", "AU"), ("editor", "ED")):
        yield from ((tag, inverted(name)) for name in item.get(role, ()))
    issued, accessed = item.get("issued", {}), item.get("accessed", {})
    if issued:
        first = issued.get("date-parts", [[issued.get("literal")]])[0]
        yield "PY", str(first[0])
        if first[1:]:
            yield "DA", _slashes(issued)
    if accessed:
        yield "Y2", _slashes(accessed)
    for variable, tag in _TAGS.items():
        if variable in item:
            yield tag, item[variable]
    if "PMID" in item:
        yield "DB", "PubMed"  # of which the number is
    if "page" in item:
        start, _, end = item["page"].partition("-")
        yield "SP", start
        if end:
            yield "EP", end
    yield "ER", ""


def _slashes(date: Mapping[str, Any]) -> str:
    """``2024/08/03``; what is no date as it is."""
    if "literal" in date:
        return str(date["literal"])
    return "/".join(f"{number:02}" for number in date["date-parts"][0])


# The types of RIS as those of CSL; the first that is written so comes back.
_TYPES = {
    **{ris: csl for csl, ris, _ in reversed(TYPES.values())},
    "BLOG": "post-weblog", "CONF": "paper-conference", "EBOOK": "book", "ECHAP": "chapter",
    "EDBOOK": "book", "EJOUR": "article-journal", "ENCYC": "entry-encyclopedia",
    "GOVDOC": "report", "INPR": "article-journal", "MGZN": "article-magazine",
    "NEWS": "article-newspaper",
}  # fmt: skip
_LISTED = {
    **{tag: name for name, tag in _TAGS.items() if tag not in {"AN", "SN", "T2", "ET", "M3"}},
    "T1": "title", "BT": "title", "ET": "edition",
}  # fmt: skip
_IN_PARTS = {"chapter", "entry-encyclopedia", "paper-conference"}
_CONTAINERS = ("JF", "T2", "JO", "BT", "JA", "J2")  # of which the longest is not abbreviated
_READ = {
    "TY", "ER", "ID", "AU", "A1", "A2", "ED", "PY", "Y1", "DA", "Y2", "SP", "EP", "SN", "DB", "DP",
    "AN", "M3", *_CONTAINERS, *_LISTED,
}  # fmt: skip
_PUBMED = re.compile(r"pubmed|medline|\bnlm\b", re.IGNORECASE)


def read_ris(text: str) -> Iterator[Item]:
    """The works of a file of RIS as items of CSL. Raises FormatError."""
    for record in records(text, "TY"):
        yield {name: value for name, value in _item(record).items() if value}


def _item(record: Record) -> Item:
    kind = _TYPES.get(record.first("TY"), "document")
    editors = ("A2", "ED") if kind in {*_IN_PARTS, "book", "report"} else ("ED",)
    item: Item = {"type": kind}
    item["author"] = [_name(value) for value in record.all("AU", "A1")]
    item["editor"] = [_name(value) for value in record.all(*editors)]
    item["issued"] = _date(record.first("DA", "PY", "Y1"))
    if record.first("PY", "Y1")[:4] != record.first("DA", "PY", "Y1")[:4]:  # DA is another's day
        item["issued"] = _date(record.first("PY", "Y1"))
    item["accessed"] = _date(record.first("Y2"))
    for tag, variable in _LISTED.items():
        if tag != "BT" or kind == "book":
            item.setdefault(variable, record.first(tag))
            item[variable] = item[variable] or record.first(tag)
    names = [value for value in map(record.first, _CONTAINERS) if value != item["title"]]
    if kind in {"book", "report"}:  # whose second title is that of the series
        item["collection-title"] = item["collection-title"] or record.first("T2")
    else:
        item["container-title"] = max(names, key=len, default="")
    item["page"] = _pages(record.first("SP"), record.first("EP"))
    number = record.first("SN")
    from stdnum import isbn  # noqa: PLC0415  # slow to load, and few works need it

    book = isbn.is_valid(re.sub(r"[^\dXx].*", "", number.replace("-", "")))
    item["ISBN" if book else "ISSN"] = number
    if record.first("AN").isdecimal() and _PUBMED.search(record.first("DB", "DP")):
        item["PMID"] = record.first("AN")
    item["genre" if kind == "thesis" else "medium"] = record.first("M3")
    return item | {tag: value for tag, value in record.values if tag not in _READ}


def _name(value: str) -> dict[str, str]:
    """A person has a comma after the surname; who has none is an organisation."""
    family, *rest = (part.strip() for part in value.split(",", 2))
    if not any(rest):
        return {"literal": family}
    return dict(zip(("family", "given", "suffix"), (family, *rest), strict=False))


def _date(value: str) -> Item:
    found = re.match(r"(\d{4})(?:[/-](\d\d?))?(?:[/-](\d\d?))?(?:[/-]|$)", value)
    if found:
        return dated(*(int(part) for part in found.groups() if part))
    return named(value.strip("/ "))


def _pages(start: str, end: str) -> str:
    return f"{start}-{end}" if end and end != start and "-" not in start else start
