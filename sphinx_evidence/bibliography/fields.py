"""Rules on the fields of one entry: what would be lost or shown wrongly without a word."""

import re
from collections.abc import Iterator

from sphinx_evidence.bibliography.faults import Fault
from sphinx_evidence.bibliography.known import PRINTED, UNPRINTED, is_own, misspelt
from sphinx_evidence.bibliography.reader import Bibliography, Entry
from sphinx_evidence.bibliography.surnames import decoded
from sphinx_evidence.rulebook.rule import Rule

LATEX = ("title", "journal", "journaltitle", "booktitle")  # there % starts a comment
_LETTERS = "Type the letter itself: é, &."
_LETTER = 2  # signs of a command for a letter, as \\'
# Other rules look at some.
_READ = PRINTED - {*LATEX, "author", "checked", "doi", "editor", "status", "url"}


def check_fields(bibliography: Bibliography) -> Iterator[Fault]:
    """Every fault of the fields of every entry."""
    for entry in bibliography.entries.values():
        # Entries take their fields from @xdata or by crossref; @set has those of its members.
        if not entry.get("title") and not entry.inherits and entry.type not in {"set", "xdata"}:
            place = "title" if "title" in entry.fields else ""
            yield Fault(Rule.BIB_TITLE, entry, place, "it has no title.", "Add title = {…},")
        for name, field in entry.fields.items():
            if field.value:
                yield from _faults(entry, name, field.value)
        empty = [n for n, field in entry.fields.items() if not field.value and n in PRINTED]
        if empty := [name for name in empty if name != "title"]:
            wrong = f"nothing stands in {', '.join(empty)}."
            remedy = "Fill in what is known, and delete the other lines."
            yield Fault(Rule.BIB_EMPTY, entry, empty[0], wrong, remedy)


def _faults(entry: Entry, name: str, value: str) -> Iterator[Fault]:
    known = name in PRINTED or name in UNPRINTED or is_own(name)
    if not known and (near := misspelt(name, PRINTED)):
        wrong = f'no reader sees the field "{name}".'
        yield Fault(Rule.BIB_FIELD, entry, name, wrong, f'Did you mean "{near}"?')
    if name == "url" and not re.match(r"https?://[^\s/]\S*$", value):
        remedy = "It begins with https:// and holds no spaces."
        yield Fault(Rule.BIB_URL, entry, name, f'"{value}" is no web address.', remedy)
    elif name in LATEX and "%" in value and (found := re.search(r"(?<!\\)%", value)):
        wrong = f"what follows % in the {name} would be lost."
        yield Fault(Rule.BIB_FIELD, entry, name, wrong, r"Write \% for each %.", words=found[0])
    elif name in _READ and "\\" in decoded(value):
        wrong = f"the {name} would be shown with its backslash."
        command = re.search(r"\\\w*", decoded(value))
        remedy = f"Delete {command[0]}" if command and len(command[0]) > _LETTER else _LETTERS
        yield Fault(Rule.BIB_FIELD, entry, name, wrong, remedy, words="\\")
