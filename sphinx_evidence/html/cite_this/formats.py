"""References as programs take them: BibTeX, RIS and CSL-JSON, from the entries of pybtex.

Each is written here. pybtex's own writer of BibTeX puts a backslash before each ``_`` of an
address, and RIS is a line for each value. What is written is read back in the tests by pybtex and
by rispy. The formats: https://docs.citationstyles.org/en/stable/specification.html and
https://refdb.sourceforge.net/manual-0.9.6/sect1-ris-format.html.
"""

import calendar
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pybtex.database import Entry, Person

from sphinx_evidence.bibliography.surnames import shown

# What a type of BibTeX or biblatex is in CSL, in RIS, and for schema.org; the last for others.
_TYPES = {
    "article": ("article-journal", "JOUR", "ScholarlyArticle"),
    "book": ("book", "BOOK", "Book"),
    "collection": ("book", "BOOK", "Book"),
    "dataset": ("dataset", "DATA", "Dataset"),
    "inbook": ("chapter", "CHAP", "Chapter"),
    "incollection": ("chapter", "CHAP", "Chapter"),
    "inproceedings": ("paper-conference", "CPAPER", "ScholarlyArticle"),
    "manual": ("report", "RPRT", "Report"),
    "mastersthesis": ("thesis", "THES", "Thesis"),
    "online": ("webpage", "ELEC", "WebPage"),
    "phdthesis": ("thesis", "THES", "Thesis"),
    "proceedings": ("book", "BOOK", "Book"),
    "report": ("report", "RPRT", "Report"),
    "software": ("software", "COMP", "SoftwareSourceCode"),
    "techreport": ("report", "RPRT", "Report"),
    "thesis": ("thesis", "THES", "Thesis"),
    "misc": ("document", "GEN", "CreativeWork"),
}
ALIASES = {
    "journaltitle": "journal", "location": "address", "organization": "publisher",
    "institution": "publisher", "school": "publisher", "howpublished": "medium",
    "langid": "language",
}  # fmt: skip
# The fields of BibTeX as variables of CSL; dates and people are apart.
VARIABLES = {
    "title": "title", "shorttitle": "title-short", "journal": "container-title",
    "booktitle": "container-title", "series": "collection-title", "volume": "volume",
    "number": "issue", "eid": "number", "pages": "page", "publisher": "publisher",
    "address": "publisher-place", "edition": "edition", "version": "version", "medium": "medium",
    "doi": "DOI", "url": "URL", "isbn": "ISBN", "issn": "ISSN", "pmid": "PMID", "pmcid": "PMCID",
    "language": "language", "abstract": "abstract", "note": "note", "annote": "annote",
}  # fmt: skip
_VERBATIM = {"doi", "url"}  # never read as LaTeX
# The variables of CSL as tags of RIS; pages are apart. C2 and AN are those of EndNote.
_TAGS = {
    "title": "TI", "title-short": "ST", "container-title": "T2", "collection-title": "T3",
    "volume": "VL", "issue": "IS", "number": "C7", "publisher": "PB", "publisher-place": "CY",
    "edition": "ET", "version": "ET", "medium": "M3", "DOI": "DO", "URL": "UR", "ISBN": "SN",
    "ISSN": "SN", "PMID": "AN", "PMCID": "C2", "language": "LA", "abstract": "AB", "note": "N1",
    "annote": "N1",
}  # fmt: skip
_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}(?:/\d{4}(?:-\d{2}){0,2})?")
_NO_DATE = re.compile(r"n\.\s?d\.|no date", re.IGNORECASE)
_MONTHS = {name[:3].casefold(): number for number, name in enumerate(calendar.month_name) if number}
# Letters that LaTeX takes for itself; braces, of which pybtex loses some, become round.
_ESCAPES = str.maketrans({
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "{": "(", "}": ")",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
})  # fmt: skip


def latex(text: str) -> str:
    """A plain text as a value of BibTeX."""
    return text.translate(_ESCAPES)


def plain(value: str) -> str:
    """The text that a value of BibTeX shows."""
    return " ".join(shown(value).replace(r"\$", "$").split())


def schema_type(entry: Entry) -> str:
    """What schema.org calls such a work."""
    return _type(entry)[2]


def _type(entry: Entry) -> tuple[str, str, str]:
    return _TYPES.get(entry.type, _TYPES["misc"])


def bibtex(entries: Mapping[str, Entry]) -> str:
    """A .bib file: the values as they are written in the project's own."""
    return "\n".join(
        "".join([
            f"@{entry.original_type}{{{key},\n",
            *(f"  {name} = {{{value}}},\n" for name, value in _values(entry)),
            "}\n",
        ])
        for key, entry in entries.items()
    )  # fmt: skip


def _values(entry: Entry) -> Iterator[tuple[str, str]]:
    for role, people in entry.persons.items():
        yield role, " and ".join(str(person) for person in people)
    yield from entry.fields.items()


def csl_json(entries: Mapping[str, Entry]) -> str:
    """A file of CSL-JSON, as Zotero, Pandoc and citeproc read it."""
    items = [csl_item(key, entry) for key, entry in entries.items()]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def csl_item(key: str, entry: Entry) -> dict[str, Any]:
    """An entry as CSL has it, in plain text."""
    item: dict[str, Any] = {"id": key, "type": _type(entry)[0]}
    for role in ("author", "editor"):
        if people := entry.persons.get(role):
            item[role] = [csl_name(person) for person in people]
    fields = {name.lower(): value for name, value in entry.fields.items()}
    fields = {ALIASES[name]: fields[name] for name in ALIASES if name in fields} | fields
    dates = {"issued": _issued(fields), "accessed": _date(fields.get("urldate", ""))}
    item |= {variable: date for variable, date in dates.items() if date}
    for name, variable in VARIABLES.items():
        if name in fields:
            item.setdefault(variable, fields[name] if name in _VERBATIM else plain(fields[name]))
    if item["type"] != "article-journal" and "issue" in item:
        item["number"] = item.pop("issue")  # of a report
    if "page" in item:
        item["page"] = item["page"].replace("–", "-")
    return item


def csl_name(person: Person) -> dict[str, str]:
    """Somebody's name in its parts; an organisation's, which stands in braces, as it is."""
    family, given = " ".join(person.last_names), [*person.first_names, *person.middle_names]
    if family.startswith("{") and not given:
        return {"literal": plain(family)}
    parts = {
        "family": family, "given": " ".join(given),
        "non-dropping-particle": " ".join(person.prelast_names),
        "suffix": " ".join(person.lineage_names),
    }  # fmt: skip
    return {part: plain(words) for part, words in parts.items() if words}


def _issued(fields: Mapping[str, str]) -> dict[str, Any]:
    """When a work appeared; nothing where that is not known."""
    given = fields.get("year") or fields.get("date", "")
    if _NO_DATE.fullmatch(given):
        return {}
    month = fields.get("month", "")
    number = int(month) if re.fullmatch(r"\d{1,2}", month) else _MONTHS.get(month[:3].casefold(), 0)
    return _date(f"{given}-{number:02}" if number and re.fullmatch(r"\d{4}", given) else given)


def _date(given: str) -> dict[str, Any]:
    if not _DATE.fullmatch(given):
        return {"literal": plain(given)} if given else {}
    return {"date-parts": [[int(part) for part in day.split("-")] for day in given.split("/")]}


def ris(entries: Mapping[str, Entry]) -> str:
    """A file of RIS, as EndNote, Mendeley and Zotero read it."""
    return "\n".join(
        "".join(f"{tag}  - {value}\n" for tag, value in _lines(key, entry))
        for key, entry in entries.items()
    )


def _lines(key: str, entry: Entry) -> Iterator[tuple[str, str]]:
    item = csl_item(key, entry)
    yield "TY", _type(entry)[1]
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
    if "page" in item:
        start, _, end = item["page"].partition("-")
        yield "SP", start
        if end:
            yield "EP", end
    yield "ER", ""


def inverted(name: Mapping[str, str]) -> str:
    """A name of CSL with the surname first: ``van Weeghel, Jaap``."""
    if "literal" in name:
        return name["literal"]
    surname = " ".join(filter(None, [name.get("non-dropping-particle"), name.get("family")]))
    return ", ".join(filter(None, [surname, name.get("given"), name.get("suffix")]))


def _slashes(date: Mapping[str, Any]) -> str:
    """``2024/08/03``; what is no date as it is."""
    if "literal" in date:
        return str(date["literal"])
    return "/".join(f"{number:02}" for number in date["date-parts"][0])
