"""Read a .bib file and keep the line of every entry and field.

pybtex gives the grammar, but its entries carry no line numbers, it stops at the first
fault, and it drops text between entries without a word. What cannot be read is left out, and its
keys are kept: nobody can say that they are unknown. Neither Sphinx nor docutils is imported.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from sphinx_evidence.bibliography.cursor import Cursor
from sphinx_evidence.bibliography.plain import Macros, UnreadableError, months
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
SHOWN = 5  # of many that a message names
MOST = 100  # entries that cannot be read, after which the rest of a file is not looked at
_HEAD = re.compile(r"@\s*\w+\s*[{(]\s*([^\s,{}()=]++)(?!\s*=)")
# What would be lost: a } or a comma too many, an entry without its @, a field; else it is a remark.
_LOST = re.compile(r"[,}]|\w+\s*\{.*,\s*$|\w[\w-]*\s*=\s*[\w{\"]")


class Field(NamedTuple):
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

    @property
    def inherits(self) -> bool:
        """Whether it takes fields from another entry."""
        return bool(self.get("crossref") or self.get("xdata"))


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read of a file from ``line`` on: its text, and the keys in it."""

    path: str
    line: int
    text: str
    keys: tuple[str, ...]


@dataclass
class Bibliography:
    """All entries of a project's .bib files, and what is wrong with the files."""

    entries: dict[str, Entry] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    folded: dict[str, Entry] = field(default_factory=dict)  # by key without case
    unread: list[Unread] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)  # files of which nothing could be read
    macros: Macros = field(default_factory=months)  # a file may abbreviate for the next one

    def may_have(self, key: str) -> bool:
        """Whether an entry that could not be read may have this key."""
        return bool(self.missing) or any(
            key.casefold() == one.casefold() for unread in self.unread for one in unread.keys
        )

    @property
    def unchecked(self) -> list[str]:
        """What no rule could look at, and why."""
        found = [f"citations of works in {name}, which cannot be read" for name in self.missing]
        for unread in self.unread:
            keys = [f'"{key[:60]}"' for key in unread.keys]
            which = f"the entr{'ies' if keys[1:] else 'y'} {', '.join(keys[:SHOWN])}"
            which += f" and {len(keys) - SHOWN} more" if len(keys) > SHOWN else ""
            which = which if keys else "an entry without a key"
            found.append(f"{which} at {unread.path}:{unread.line}, which cannot be read")
        more = len(found) - SHOWN
        return [*found[:SHOWN], f"{more} more"] if more > 0 else found


def read_files(
    paths: list[Path],
    *,
    remedy: str = "Give the name of a .bib file that is there.",
    encoding: str = "utf-8-sig",  # as sphinxcontrib-bibtex reads it
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
                read(path.read_text(encoding), name, into=bibliography)
        except FileNotFoundError:
            wrong = "There is no such file."
        except OSError as error:
            wrong = f"{error.strerror}."
        except LookupError:
            wrong, mend = f'There is no encoding "{encoding}".', "Write utf-8-sig."
        except UnicodeDecodeError as error:
            bibliography.findings.append(not_utf8(path, error))
            _read_anyway(path, name, bibliography)
        if wrong:
            bibliography.findings.append(Finding(name, 1, Rule.BIB_MISSING, wrong, mend))
            bibliography.missing.append(name)
    return bibliography


def _read_anyway(path: Path, name: str, bibliography: Bibliography) -> None:
    """Read a file that is not UTF-8, so that what else is wrong is told in the same run."""
    raw = path.read_bytes()
    if b"\0" in raw:  # no text, or two bytes for each letter
        bibliography.missing.append(name)
    else:
        read(raw.decode("cp1252", "replace"), name, into=bibliography)


def read(text: str, path: str, *, into: Bibliography | None = None) -> Bibliography:
    """Read the text of one .bib file, adding to ``into`` where it is given."""
    bibliography = into or Bibliography()
    cursor = Cursor(text, path, bibliography.macros)
    end = faults = 0
    while True:
        try:
            command = cursor.next()
        except UnreadableError as error:
            from sphinx_evidence.bibliography import syntax  # noqa: PLC0415  # loads pybtex

            bibliography.findings.append(syntax.finding(error.args[0], cursor.parser))
            # A fault in one entry must not hide the faults of the next ones.
            resume = re.compile(r"^@", re.MULTILINE).search(text, cursor.start + 1)
            bibliography.findings.extend(_stray(cursor, end, cursor.start))
            faults += 1
            last = resume is None or faults == MOST
            end = resume.start() if resume and not last else len(text)
            bibliography.unread.append(_unread(cursor, end))
            if last:
                return bibliography
            cursor.pos = end
            continue
        stop = cursor.start if command else len(text)
        bibliography.findings.extend(_stray(cursor, end, stop))
        if command is None:
            return bibliography
        end = cursor.pos
        for one in cursor.unknown:
            from sphinx_evidence.bibliography import syntax  # noqa: PLC0415  # as above

            bibliography.findings.append(syntax.unknown(cursor.parser, one))
        _add(command, cursor, path, bibliography)


def _unread(cursor: Cursor, end: int) -> Unread:
    """The text from the entry that cannot be read as far as an offset."""
    text = cursor.text[cursor.start : end]
    keys = dict.fromkeys(_HEAD.findall(text))
    return Unread(cursor.path, cursor.location(cursor.start).line, text, tuple(keys))


def _add(command: tuple[Any, ...], cursor: Cursor, path: str, bibliography: Bibliography) -> None:
    kind = str(command[0]).lower()
    if kind in {"comment", "string", "preamble"}:
        return
    key, raw_fields = command[1]
    line = cursor.location(cursor.start).line
    fields: dict[str, Field] = {}
    again: dict[str, list[Location]] = defaultdict(list)
    for (name, parts), start in zip(raw_fields, cursor.values, strict=True):
        lower = name.lower()
        if lower in fields:
            again[lower].append(cursor.location(start))
        else:
            fields[lower] = Field(" ".join("".join(parts).split()), *cursor.lines.position(start))
    for name, locations in again.items():
        times = f"{len(locations) + 1} times" if locations[1:] else "twice"
        first = fields[name].line
        wrong = f'The entry "{key}" has the field "{name}" {times} (first on line {first}).'
        remedy = "Keep the right one." if locations[1:] else "Delete the wrong one."
        bibliography.findings.append(locations[0].finding(Rule.BIB_FIELD_TWICE, wrong, remedy))
    at = cursor.location(cursor.key)
    entry = Entry(str(key), kind, path, line, fields, at.line, at.column)
    known = bibliography.folded.setdefault(entry.key.casefold(), entry)
    if known is not entry:
        wrong = f'The key "{entry.key}" is used twice: first at {known.path}:{known.line}.'
        remedy = "If it is the same work, delete one entry; if not, give this one another key."
        bibliography.findings.append(at.finding(Rule.BIB_KEY_TWICE, wrong, remedy, str(key)))
    else:
        bibliography.entries[entry.key] = entry


def _stray(cursor: Cursor, start: int, stop: int) -> Iterator[Finding]:
    """Text between entries, which BibTeX would drop without a word."""
    gap = cursor.text[start:stop]
    for match in re.finditer(r"^.*\S.*$", gap, re.MULTILINE):
        words = match[0].strip()
        location = cursor.location(start + match.start() + match[0].index(words))
        if words.startswith("%"):
            continue
        if words.startswith(MARKERS):
            yield location.finding(Rule.MERGE_LEFT, MERGED, UNMERGE, words)
            return
        if not _LOST.match(words):
            continue
        if words.startswith((",", "}")):
            wrong, remedy = "There is one } too many on this line.", "Delete it."
        else:
            wrong = f'"{words[:40]}" stands outside any entry, so it would be lost.'
            remedy = "An entry starts with @ and its type, as in @article{key, ; a remark with %."
        yield location.finding(Rule.BIB_STRAY, wrong, remedy, words)
        return  # one for each gap: the lines after it are the same fault
