"""Rules on the fields of one entry: what would be lost or shown wrongly without a word.

Pure: imports neither Sphinx nor docutils.
"""

import re
from collections.abc import Iterator

from pybtex.bibtex.utils import split_name_list  # splits at "and", but not inside braces
from pybtex.database import Person
from pybtex.exceptions import PybtexError

from sphinx_evidence.bibliography.reader import Bibliography
from sphinx_evidence.findings import Finding, did_you_mean, nearest
from sphinx_evidence.prose.people import decoded

# What the Harvard style prints, and what an entry says about itself.
KNOWN = {
    "address", "author", "booktitle", "checked", "doi", "edition", "editor", "eid", "institution",
    "isbn", "journal", "note", "number", "pages", "pmcid", "pmid", "publisher", "shorttitle",
    "status", "title", "url", "urldate", "volume", "year",
}  # fmt: skip
# Ordinary fields of BibTeX and biblatex that this style does not print.
ORDINARY = {
    "abstract", "annotation", "annote", "chapter", "crossref", "date", "eprint", "file",
    "howpublished", "issn", "issue", "key", "keywords", "langid", "language", "location", "month",
    "organization", "school", "series", "subtitle", "translator", "type", "version",
}  # fmt: skip
JOIN = "Join people with and: {Surname, Given Name and Other, A.}."
_LINEAGE = re.compile(r"[JS]r\.?|I{1,3}|IV|VI{0,3}", re.IGNORECASE)  # between two commas
LATEX = ("title", "journal", "booktitle")  # read as LaTeX, where % starts a remark


def check(bibliography: Bibliography) -> Iterator[Finding]:
    """Every finding on the fields of every entry."""
    for entry in bibliography.entries.values():
        for name, field in entry.fields.items():
            for wrong, remedy in _faults(name, field.value):
                said = f'The entry "{entry.key}": {wrong}'
                rule = f"bib-{name}" if name in KNOWN else "bib-field"
                words = field.value.splitlines()[0] if field.value else name
                yield Finding(entry.path, field.line, rule, said, remedy, words=words)
        if not entry.get("title"):
            wrong = f'The entry "{entry.key}" has no title.'
            place = entry.path, entry.line
            yield Finding(*place, "bib-title", wrong, "Add title = {…},", words=entry.key)


def unreadable(bibliography: Bibliography) -> Iterator[Finding]:
    """Names at which pybtex would stop with a traceback."""
    for entry in bibliography.entries.values():
        for name in ("author", "editor"):
            for person in split_name_list(entry.get(name)):
                try:
                    Person(person)
                except PybtexError:
                    said = f'The entry "{entry.key}": "{person[:60]}" is not one person.'
                    line = entry.fields[name].line
                    words = person.splitlines()[0]
                    yield Finding(entry.path, line, f"bib-{name}", said, JOIN, words=words)


def _faults(name: str, value: str) -> Iterator[tuple[str, str]]:
    if name not in KNOWN | ORDINARY and (near := nearest(name, KNOWN, most=1)):
        yield f'no reader sees the field "{name}".', did_you_mean([f'"{near[0]}"'], "")
    if name in {"author", "editor"}:
        yield from _people(value)
    elif name == "doi" and not re.match(r"10\.\d+/\S+$", value):
        yield f'"{value}" is no DOI.', "Write it without address or prefix: {10.1234/example}."
    elif name == "url" and not re.match(r"https?://[^\s/]\S*$", value):
        yield f'"{value}" is no web address.', "It begins with https:// and holds no spaces."
    elif name in LATEX and re.search(r"(?<!\\)%", value):
        yield f"what follows % in the {name} would be lost.", r"Write \% for each %."
    elif name not in LATEX and "\\" in decoded(value) and name not in {"url", "doi"}:
        yield f"the {name} would be shown with its backslash.", "Type the letter itself: é, &."


def _people(value: str) -> Iterator[tuple[str, str]]:
    for name in split_name_list(value):
        try:
            person = Person(name)
            lineage = " ".join(person.lineage_names)
            fine = bool(name) and (not lineage or bool(_LINEAGE.fullmatch(lineage)))
        except PybtexError:
            fine = False
        if not fine:
            yield f'"{name[:60]}" is not one person.', JOIN
    if "\\" in decoded(value):
        yield "a name would be shown with its backslash.", "Type the letter itself: é."
