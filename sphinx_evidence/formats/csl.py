"""References as CSL-JSON has them: items from the entries of pybtex, and items that are read.

An item that was read holds what it should: each variable is a plain text, people are a list of
names, dates have ``date-parts`` of whole numbers or a ``literal``; what is not so is no item. The
format: https://docs.citationstyles.org/en/stable/specification.html.
"""

import calendar
import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pybtex.database import Entry, Person

from sphinx_evidence.bibliography.surnames import shown

Item = dict[str, Any]
# What a type of BibTeX or biblatex is in CSL, in RIS, and for schema.org; the last for others.
TYPES = {
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
_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}(?:/\d{4}(?:-\d{2}){0,2})?")
_NO_DATE = re.compile(r"n\.\s?d\.|no date", re.IGNORECASE)
_NAME = ("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle")
_PEOPLE, _DATES = {"author", "editor"}, {"issued", "accessed"}
_TAG = re.compile(r"</?(?:i|b|em|strong|sub|sup|sc|span)(?:\s[^<>]*)?>", re.IGNORECASE)
_MONTHS = {name[:3].casefold(): number for number, name in enumerate(calendar.month_name) if number}


def plain(value: str) -> str:
    """The text that a value of BibTeX shows."""
    return " ".join(shown(value).replace(r"\$", "$").split())


def schema_type(entry: Entry) -> str:
    """What schema.org calls such a work."""
    return types(entry)[2]


def types(entry: Entry) -> tuple[str, str, str]:
    """Its type in CSL, in RIS and for schema.org."""
    return TYPES.get(entry.type, TYPES["misc"])


def csl_json(entries: Mapping[str, Entry]) -> str:
    """A file of CSL-JSON, as Zotero, Pandoc and citeproc read it."""
    items = [csl_item(key, entry) for key, entry in entries.items()]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def csl_item(key: str, entry: Entry) -> Item:
    """An entry as CSL has it, in plain text."""
    item: Item = {"id": key, "type": types(entry)[0]}
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


def inverted(name: Mapping[str, str]) -> str:
    """A name of CSL with the surname first: ``van Weeghel, Jaap``."""
    if "literal" in name:
        return name["literal"]
    surname = " ".join(filter(None, [name.get("non-dropping-particle"), name.get("family")]))
    return ", ".join(filter(None, [surname, name.get("given"), name.get("suffix")]))


_AGAIN = "Export it as CSL JSON again."


class FormatError(ValueError):
    """What is read is not in its format; the message says where and what to do."""


def read_csl_json(text: str) -> Iterator[Item]:
    """The items of a file of CSL-JSON. Raises FormatError."""
    try:
        items = json.loads(text)
    except RecursionError:
        raise FormatError("it is nested too deeply. Export it again.") from None
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise FormatError(f"line {line}: this is no JSON. Export it again.") from error
    for number, item in enumerate(items if isinstance(items, list) else [items], 1):
        if not isinstance(item, dict):
            raise FormatError(f"work {number} is no object. {_AGAIN}")
        checked: Item = {}
        for name, value in item.items():
            try:
                checked[name] = _checked(name, value)
            except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
                wrong = f'the "{readable(name)}" of work {number} is not as CSL has it'
                raise FormatError(f"{wrong}. {_AGAIN}") from error
        yield {name: value for name, value in checked.items() if value}


def _checked(name: str, value: Any) -> Any:  # noqa: ANN401  # of JSON
    if name in _PEOPLE:
        names = [_checked_name(person) for person in value]
        return [name for name in names if name.get("family") or name.get("literal")]
    if name in _DATES:
        return _checked_date(value)
    if isinstance(value, list) and name == "title":  # as Crossref has it
        value = " ".join(value[:1])
    if isinstance(value, dict | list | bool):
        return [value]  # nothing that an entry has a field for
    return readable("" if value is None else str(value))


def _checked_name(person: Any) -> dict[str, str]:  # noqa: ANN401  # of JSON
    parts = {part: readable(person[part]) for part in _NAME if person.get(part)}
    name = {part: words for part, words in parts.items() if words}
    if not person.keys() & {*_NAME}:  # a group at Crossref
        name["literal"] = readable(person["name"])
    elif "family" not in name and "given" in name:
        name.setdefault("literal", name.pop("given"))
    return name


def _checked_date(date: Any) -> Item:  # noqa: ANN401  # of JSON
    if parts := [[int(part) for part in day if part] for day in date.get("date-parts", ())]:
        return dated(*parts[0][:3])
    literal = readable(date.get("literal") or date.get("raw") or "")
    found = re.fullmatch(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?", literal)
    return dated(*(int(part) for part in found.groups() if part)) if found else named(literal)


def dated(*parts: int) -> Item:
    """A date of year, month and day, as far as they are known and can be."""
    year, month, day = (*parts, 0, 0, 0)[:3]
    if not 0 < year < 10_000:  # noqa: PLR2004  # of four digits
        return {}
    months = range(1, 13)
    days = range(1, calendar.monthrange(year, month)[1] + 1) if month in months else ()
    known = [year, *([month] if month in months else []), *([day] if day in days else [])]
    return {"date-parts": [known]}


def named(literal: str) -> Item:
    """A date in words; nothing where they are "no date"."""
    return {"literal": literal} if literal and not _NO_DATE.fullmatch(literal) else {}


def readable(text: str) -> str:
    """One line of plain text, without the markup that reference managers allow in titles."""
    text = html.unescape(_TAG.sub("", text))
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
