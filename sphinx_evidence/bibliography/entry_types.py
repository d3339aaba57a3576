"""The types of entries: those that there are, and those that a style can print."""

from collections.abc import Iterator

from pybtex.plugin import find_plugin
from pybtex.style.formatting import BaseStyle

from sphinx_evidence.bibliography.faults import Fault
from sphinx_evidence.bibliography.known import TYPES, misspelt
from sphinx_evidence.bibliography.reader import Bibliography
from sphinx_evidence.rulebook.rule import Rule

# What people call a type that has another name.
_MEANT = {
    "blog": "online", "bookchapter": "incollection", "booksection": "incollection",
    "chapter": "incollection", "conferencepaper": "inproceedings", "dissertation": "phdthesis",
    "journal": "article", "journalarticle": "article", "magazine": "article",
    "newspaper": "article", "paper": "article", "proceeding": "proceedings", "site": "online",
    "web": "online", "website": "online", "workingpaper": "techreport",
}  # fmt: skip


def check_types(bibliography: Bibliography) -> Iterator[Fault]:
    """Every type that neither BibTeX nor biblatex, nor a program that writes .bib files, has."""
    for entry in bibliography.entries.values():
        if entry.type not in TYPES:
            near = misspelt(entry.type, TYPES) or misspelt(entry.type, _MEANT) or entry.type
            near = _MEANT.get(near, near)
            remedy = f"Did you mean @{near}?" if near in TYPES else "Write @misc, or another type."
            yield Fault(Rule.BIB_TYPE, entry, "", f'there is no type "@{entry.type}".', remedy)


def can_print(style: str, entry_type: str) -> bool:
    """Whether a style of pybtex has a form for a type; without one it stops with a traceback."""
    plugin = find_plugin("pybtex.style.formatting", style)
    forms = f"get_{entry_type}_template", f"format_{entry_type}"
    own = plugin.format_entry is not BaseStyle.format_entry  # which may ask for no form
    return own or any(hasattr(plugin, form) for form in forms)
