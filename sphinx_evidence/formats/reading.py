"""Works of a file in any format, as entries of the house."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from sphinx_evidence.bibliography.identifiers import bare_doi
from sphinx_evidence.bibliography.reader import Entry, Field, read
from sphinx_evidence.formats.bibtex import entry_of, left_out
from sphinx_evidence.formats.csl import FormatError, Item, read_csl_json
from sphinx_evidence.formats.nbib import read_nbib
from sphinx_evidence.formats.ris import read_ris

# How the first letters of a file tell its format.
_READERS: dict[str, Callable[[str], Iterator[Item]]] = {
    r"TY\s": read_ris,
    r"PMID\s*-": read_nbib,
    r"[\[{]": read_csl_json,
}
# The fields of biblatex as those of BibTeX, and the notes of somebody's own library.
_RENAMED = {"journaltitle": "journal", "location": "address", "langid": "language"}
_PRIVATE = {
    "abstract", "annotation", "annote", "bdsk-file-1", "date-added", "date-modified", "file",
    "groups", "keywords", "mendeley-tags", "owner", "shortjournal", "timestamp",
}  # fmt: skip
_LEFT = {"abstract", "annote", "keyword", "note", "KW", "citation-key"}  # as the help says
_WEB = re.compile(r"https?://[^\s{}\\]+")


class Works(NamedTuple):
    """The works of a file, without keys, and how many of them have what no field is for."""

    entries: list[Entry]
    left_out: Counter[str]


def read_works(text: str) -> Works:
    """The works of a file in RIS, NBIB, CSL-JSON or BibTeX. Raises FormatError."""
    entries, gone = _entries(text)
    identified = [_identified(entry) for entry in entries]
    for entry, now in zip(entries, identified, strict=True):
        for name in ("doi", "url"):  # which is no DOI, and no address of the web
            value = entry.get(name)
            gone[name] += bool(value and not now.get(name) and not bare_doi(value))
    return Works(identified, +gone)


def _entries(text: str) -> Works:
    start = text.lstrip()
    for opening, reader in _READERS.items():
        if re.match(opening, start):
            items = [*reader(text)]
            gone = Counter(name for item in items for name in left_out(item) if name not in _LEFT)
            return Works([entry_of(item, "") for item in items], gone)
    if not re.search(r"^\s*@\s*\w+\s*[{(]", text, re.MULTILINE):
        wrong = "this is neither RIS, NBIB, CSL-JSON nor BibTeX"
        raise FormatError(f"{wrong}. Export it in one of these formats.")
    bibliography = read(text, "")
    for finding in bibliography.findings:
        raise FormatError(f"line {finding.line}: {finding.wrong} {finding.remedy}")
    entries = bibliography.entries.values()
    gone = Counter(name for entry in entries for name in entry.fields if name in _PRIVATE)
    return Works([_of_the_house(entry) for entry in entries], gone)


def _of_the_house(entry: Entry) -> Entry:
    """An entry with the fields of BibTeX."""
    fields = {
        _RENAMED.get(name, name): field
        for name, field in entry.fields.items() if name not in _PRIVATE
    }  # fmt: skip
    date = fields.pop("date", None)
    if date and (found := re.match(r"\d{4}", date.value)):
        fields.setdefault("year", Field(found[0], 0))
    elif date:
        fields.setdefault("year", date)
    if entry.get("eprinttype").casefold() == "pubmed" and "eprint" in fields:
        number = fields.pop("eprint")
        fields.setdefault("pmid", number)
        del fields["eprinttype"]
    return replace(entry, fields=fields)


def _identified(entry: Entry) -> Entry:
    """With the bare DOI, and an address that is of the web and no DOI."""
    doi, url = entry.get("doi"), entry.get("url")
    values = {
        "doi": bare_doi(doi) or bare_doi(url),
        "url": url if _WEB.fullmatch(url) and not bare_doi(url) else "",
    }
    fields = dict(entry.fields)
    if values["doi"] and "doi" not in fields:  # in the place of the address
        fields = {"doi" if name == "url" else name: field for name, field in fields.items()}
    for name, value in values.items():
        if value:
            fields[name] = Field(value, 0)
        else:
            fields.pop(name, None)
    return replace(entry, fields=fields)
