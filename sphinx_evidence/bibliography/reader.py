"""Read a .bib file and keep the line of every entry and field.

pybtex gives the grammar, but its entries carry no line numbers, it stops at the first
fault, and it drops text between entries without a word. Neither Sphinx nor docutils is imported.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pybtex.exceptions import PybtexError

from sphinx_evidence.bibliography import syntax
from sphinx_evidence.bibliography.parser import Parser
from sphinx_evidence.diagnostics.finding import (
    MARKERS,
    MERGED,
    UNMERGE,
    Finding,
    Location,
    display_path,
    not_utf8,
)
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.source import check_file

LARGEST = 10_000_000  # bytes of a file: more than any hand-kept list, and read within a minute
MOST = 100  # entries that cannot be read, after which the rest of a file is not looked at
_HEAD = re.compile(r"@[^{(]*[{(]\s*")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an entry: its value with white space folded, and where the value starts."""

    value: str
    line: int
    column: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: ``fields`` are keyed by lower-case name.

    ``line`` is that of the ``@``; ``key_line`` and ``key_column`` are the place of the key.
    """

    key: str
    type: str
    path: str
    line: int
    fields: dict[str, Field]
    key_line: int = 0
    key_column: int = 0

    def get(self, name: str) -> str:
        """The field's value, or an empty string."""
        found = self.fields.get(name)
        return found.value if found else ""


@dataclass
class Bibliography:
    """All entries of a project's .bib files, and what is wrong with the files."""

    entries: dict[str, Entry] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    folded: dict[str, Entry] = field(default_factory=dict)  # by key without case


def read_files(
    paths: list[Path], *, remedy: str = "Give the name of a .bib file that is there."
) -> Bibliography:
    """Read several .bib files as one bibliography; ``remedy`` says how to name another file."""
    bibliography = Bibliography()
    for path in paths:
        name = display_path(path)
        wrong, mend = "", remedy
        try:
            check_file(path)
            if path.stat().st_size > LARGEST:
                wrong = f"The file has more than {LARGEST // 1_000_000} million letters."
                mend = "Split it into several files."
            else:
                # As sphinxcontrib-bibtex reads it.
                read(path.read_text("utf-8-sig"), name, into=bibliography)
        except FileNotFoundError:
            wrong = "There is no such file."
        except OSError as error:
            wrong = f"{error.strerror}."
        except UnicodeDecodeError as error:
            bibliography.findings.append(not_utf8(path, error))
        if wrong:
            bibliography.findings.append(Finding(name, 1, Rule.BIB_MISSING, wrong, mend))
    return bibliography


def read(text: str, path: str, *, into: Bibliography | None = None) -> Bibliography:
    """Read the text of one .bib file, adding to ``into`` where it is given."""
    bibliography = into or Bibliography()
    parser = Parser(text, path)
    end = faults = 0
    commands = iter(parser)
    while True:
        try:
            command = next(commands, None)
        except PybtexError as error:
            bibliography.findings.append(syntax.finding(error, parser))
            # A fault in one entry must not hide the faults of the next ones.
            resume = re.compile(r"^@", re.MULTILINE).search(text, parser.start + 1)
            bibliography.findings.extend(_stray(parser, end, parser.start))
            faults += 1
            if resume is None or faults == MOST:
                return bibliography
            end = parser.pos = resume.start()
            parser.lineno = parser.location(end).line
            commands = iter(parser)
            continue
        stop = parser.start if command else len(text)
        bibliography.findings.extend(_stray(parser, end, stop))
        if command is None:
            return bibliography
        end = parser.pos
        _add(command, parser, path, bibliography)


def _add(command: tuple[Any, ...], parser: Parser, path: str, bibliography: Bibliography) -> None:
    kind = str(command[0]).lower()
    if kind in {"comment", "string", "preamble"}:
        return
    key, raw_fields = command[1]
    line = parser.location(parser.start).line
    fields: dict[str, Field] = {}
    again: dict[str, list[Location]] = defaultdict(list)
    for (name, parts), start in zip(raw_fields, parser.values, strict=True):
        lower = name.lower()
        location = parser.location(start)
        if lower in fields:
            again[lower].append(location)
        else:
            fields[lower] = Field(" ".join("".join(parts).split()), location.line, location.column)
    for name, locations in again.items():
        times = f"{len(locations) + 1} times" if locations[1:] else "twice"
        first = fields[name].line
        wrong = f'The entry "{key}" has the field "{name}" {times} (first on line {first}).'
        remedy = "Keep the right one." if locations[1:] else "Delete the wrong one."
        bibliography.findings.append(locations[0].finding(Rule.BIB_FIELD_TWICE, wrong, remedy))
    head = _HEAD.match(parser.text, parser.start)
    at = parser.location(head.end() if head else parser.start)
    entry = Entry(str(key), kind, path, line, fields, at.line, at.column)
    known = bibliography.folded.setdefault(entry.key.casefold(), entry)
    if known is not entry:
        wrong = f'The key "{entry.key}" is used twice: first at {known.path}:{known.line}.'
        remedy = "If it is the same work, delete one entry; if not, give this one another key."
        bibliography.findings.append(at.finding(Rule.BIB_KEY_TWICE, wrong, remedy, str(key)))
    else:
        bibliography.entries[entry.key] = entry


def _stray(parser: Parser, start: int, stop: int) -> Iterator[Finding]:
    """Text between entries, which BibTeX would drop without a word."""
    gap = parser.text[start:stop]
    for match in re.finditer(r"^.*\S.*$", gap, re.MULTILINE):
        words = match[0].strip()
        location = parser.location(start + match.start() + match[0].index(words))
        if words.startswith("%"):
            continue
        if words.startswith(MARKERS):
            yield location.finding(Rule.MERGE_LEFT, MERGED, UNMERGE, words)
            return
        if words.startswith((",", "}")):
            wrong, remedy = "There is one } too many on this line.", "Delete it."
            yield location.finding(Rule.BIB_STRAY, wrong, remedy, words)
            return
        wrong = f'"{words[:40]}" stands outside any entry, so it would be lost.'
        remedy = "An entry starts with @ and its type, as in @article{key, ; a remark with %."
        yield location.finding(Rule.BIB_STRAY, wrong, remedy, words)
        return  # one for each gap: the lines after it are the same fault
