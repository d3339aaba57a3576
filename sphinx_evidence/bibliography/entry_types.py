"""The types of entries: those that there are, and those that a style can print."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sphinx_evidence.bibliography.faults import Fault
from sphinx_evidence.bibliography.known import TYPES, misspelt
from sphinx_evidence.bibliography.reader import Bibliography
from sphinx_evidence.rulebook.rule import Rule

if TYPE_CHECKING:
    from pybtex.database import Entry as Work

# What people call a type that has another name.
_MEANT = {
    "blog": "online", "bookchapter": "incollection", "booksection": "incollection",
    "chapter": "incollection", "conferencepaper": "inproceedings", "dissertation": "phdthesis",
    "journal": "article", "journalarticle": "article", "magazine": "article",
    "newspaper": "article", "paper": "article", "proceeding": "proceedings", "site": "online",
    "web": "online", "website": "online", "workingpaper": "techreport",
}  # fmt: skip
# What biblatex has, and BibTeX has not; all else is printed as @misc.
_IN_BIBTEX = {
    "bookinbook": "inbook", "collection": "book", "conference": "inproceedings",
    "inreference": "incollection", "mvbook": "book", "mvcollection": "book",
    "mvproceedings": "proceedings", "mvreference": "book", "reference": "book",
    "report": "techreport", "suppbook": "inbook", "suppcollection": "incollection",
    "suppperiodical": "article", "thesis": "phdthesis",
}  # fmt: skip
_FIELDS = {"institution": "school", "journaltitle": "journal", "location": "address"}


def check_types(bibliography: Bibliography) -> Iterator[Fault]:
    """Every type that neither BibTeX nor biblatex, nor a program that writes .bib files, has."""
    for entry in bibliography.entries.values():
        if entry.type not in TYPES:
            near = misspelt(entry.type, TYPES) or misspelt(entry.type, _MEANT) or entry.type
            near = _MEANT.get(near, near)
            remedy = f"Did you mean @{near}?" if near in TYPES else "Write @misc, or another type."
            yield Fault(Rule.BIB_TYPE, entry, "", f'there is no type "@{entry.type}".', remedy)


def adapt(works: "Iterable[Work]", styles: Iterable[str]) -> None:
    """Give works the nearest type, and the names of fields, that every one of ``styles`` knows.

    The styles of pybtex know those of BibTeX, and stop with a traceback at those of biblatex.
    """
    from pybtex.plugin import find_plugin  # noqa: PLC0415  # slow to load
    from pybtex.style.formatting import BaseStyle  # noqa: PLC0415  # as above

    # Once for all works: pybtex walks through every installed package.
    plugins = [find_plugin("pybtex.style.formatting", style) for style in styles]
    # With a method of its own, a style may ask for no form.
    plugins = [one for one in plugins if one.format_entry is BaseStyle.format_entry]
    for work in works if plugins else ():
        _adapt(work, plugins)


def _adapt(work: "Work", plugins: Iterable[type]) -> None:
    if not all(_has_form(plugin, work.type) for plugin in plugins):
        work.type = _IN_BIBTEX.get(work.type, "misc")
    for name, other in _FIELDS.items():
        if name in work.fields:
            work.fields.setdefault(other, work.fields[name])
    if found := re.match(r"\d{4}", work.fields.get("date", "")):
        work.fields.setdefault("year", found[0])


def _has_form(plugin: type, entry_type: str) -> bool:
    return any(
        hasattr(plugin, form) for form in (f"get_{entry_type}_template", f"format_{entry_type}")
    )
