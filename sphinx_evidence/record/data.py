"""The editorial record: what an edition changed in its source, as one TOML file.

Tables of the file:

``[[kind]]``      ``id``, ``title``, ``intro``
``[[change]]``    ``id``, ``kind``, ``where``, ``lines``, ``says``, ``ours``, ``why``, ``pages``,
                  and ``evidence`` where it lies outside the source
``[[question]]``  ``id``, ``title``, ``lines``, ``known``, ``ask``, and keys of works in ``cites``

``lines`` are line numbers of the source, ``pages`` names of pages without ending.
Texts may hold markup.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple, get_args

from sphinx_evidence.diagnostics.finding import Finding, did_you_mean, nearest
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.lines import Lines

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Kind:
    """A kind of change, which becomes a section."""

    id: str
    title: str
    intro: str
    line: int = 1


@dataclass(frozen=True)
class Change:
    """One change: where, what the source says, what the edition says, why, on what evidence."""

    id: str
    kind: str
    where: str
    lines: tuple[int, ...]
    says: str
    ours: str
    why: str
    pages: tuple[str, ...]
    evidence: str = ""
    line: int = 1


@dataclass(frozen=True)
class Question:
    """Something that only the source's author can settle."""

    id: str
    title: str
    lines: tuple[int, ...]
    known: str
    ask: str
    cites: tuple[str, ...] = ()
    line: int = 1


@dataclass
class Record:
    """The whole file, and what is wrong with it."""

    kinds: list[Kind] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


class Item(NamedTuple):
    """One table of the file, by the line of its head."""

    path: str
    lines: Sequence[str]
    line: int

    def finding(self, rule: Rule, wrong: str, remedy: str, key: str = "") -> Finding:
        """A finding at the line of ``key``, or at the head where that has none."""
        wanted = re.compile(rf"\s*([\"']?){re.escape(key)}\1\s*=") if key else None
        for number in range(self.line, len(self.lines)):
            text = self.lines[number]
            if text.lstrip().startswith("[["):
                break
            if wanted and wanted.match(text):
                column = len(text) - len(text.lstrip()) + 1
                return Finding(self.path, number + 1, rule, wrong, remedy, column, text.strip())
        return Finding(self.path, self.line, rule, wrong, remedy, 1, self.lines[self.line - 1])


def load(text: str, path: str) -> Record:
    """Read the text of a record; faults come back as findings, never as exceptions."""
    record = Record()
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(found[1]), int(found[2])) if found else (len(Lines(text).starts), 0)
        remedy = 'A text stands in quotes, name = "text"; a quote inside it is written \\".'
        if re.search(r"overwrite|array|twice|table", str(error)):
            remedy = "A change begins with [[change]] on a line of its own; a list ends with ]."
        record.findings.append(Finding(path, line, Rule.RECORD_SYNTAX, f"{error}.", remedy, column))
        return record
    plans: list[tuple[str, list[Any], type[Kind | Change | Question]]] = [
        ("kind", record.kinds, Kind),
        ("change", record.changes, Change),
        ("question", record.questions, Question),
    ]
    record.findings.extend(_tables(text, tables, [name for name, *_ in plans], path))
    if record.findings:
        return record
    lines = Lines(text).texts
    for name, into, cls in plans:
        for table, line in zip(tables.get(name, []), _starts(text, name), strict=True):
            known = {f.name for f in fields(cls)} - {"line"}
            required = known - {"cites", "evidence"}
            item = Item(path, lines, line)
            faults = [
                *_names(name, table, known, required, item),
                *_types(name, table, cls, item),
            ]
            record.findings.extend(faults)
            if not faults:
                values: dict[str, Any] = {
                    key: tuple(value) if isinstance(value, list) else value
                    for key, value in table.items()
                    if key in known
                }
                into.append(cls(**values, line=line))
    record.findings.extend(_consistency(record, path, lines))
    return record


def _starts(text: str, name: str) -> list[int]:
    header = re.compile(rf"\[\[\s*{name}\s*\]\]")
    return [n for n, line in enumerate(Lines(text).texts, 1) if header.match(line.strip())]


def _tables(text: str, tables: dict[str, Any], names: list[str], path: str) -> Iterator[Finding]:
    """Tables of an unknown name, which would be lost, and those not written as ``[[name]]``."""
    for name, rows in tables.items():
        found = re.search(rf"^\s*(\[+\s*)?[\"']?{re.escape(name)}\b", text, re.MULTILINE)
        line, _ = Lines(text).position(found.end() if found else 0)
        if name not in names:
            near = [f"[[{word}]]" for word in nearest(name, names, most=1)]
            wrong = f'Nothing reads "{name}".'
            remedy = did_you_mean(near, "Use one of: [[" + "]], [[".join(names) + "]].")
            yield Finding(path, line, Rule.RECORD_TABLE, wrong, remedy, words=name)
        elif not isinstance(rows, list) or len(rows) != len(_starts(text, name)):
            wrong = f'"{name}" is not a list of tables that each start with [[{name}]].'
            remedy = f"Write [[{name}]] on a line of its own above each, and nowhere else."
            yield Finding(path, line, Rule.RECORD_TABLE, wrong, remedy, words=name)


def _types(name: str, table: dict[str, Any], cls: type, item: Item) -> Iterator[Finding]:
    for wanted in fields(cls):
        value = table.get(wanted.name)
        if value is None or wanted.name == "line":
            continue
        if wanted.type is str:
            fits, form = isinstance(value, str), f'{wanted.name} = "…"'
        else:
            part = get_args(wanted.type)[0]
            fits = isinstance(value, list) and all(type(each) is part for each in value)
            form = f"{wanted.name} = " + ("[27, 31]" if part is int else '["…", "…"]')
        if not fits:
            wrong = f'The {name} "{table.get("id", "")}" has a wrong value for "{wanted.name}".'
            yield item.finding(Rule.RECORD_TYPE, wrong, f"Write {form}.", wanted.name)


def _names(
    name: str, table: dict[str, Any], known: set[str], required: set[str], item: Item
) -> Iterator[Finding]:
    for missing in sorted(required - set(table)):
        wrong = f'The {name} "{table.get("id", "")}" has no "{missing}".'
        yield item.finding(Rule.RECORD_MISSING, wrong, f'Add a line {missing} = "…" to it.')
    for unknown in sorted(set(table) - known):
        near = [f'"{word}"' for word in nearest(unknown, known, most=1)]
        remedy = did_you_mean(near, "Delete the line.")
        wrong = f'The {name} "{table.get("id", "")}" has an unknown line "{unknown}".'
        yield item.finding(Rule.RECORD_UNKNOWN, wrong, remedy, unknown)


def _consistency(record: Record, path: str, lines: Sequence[str]) -> Iterator[Finding]:
    kinds = {kind.id for kind in record.kinds}
    everything: list[Kind | Change | Question] = [
        *record.kinds,
        *record.changes,
        *record.questions,
    ]
    # A kind may be called as one of its changes: they have addresses of their own.
    counts = Counter((isinstance(each, Kind), each.id) for each in everything)
    for each in everything:
        item = Item(path, lines, each.line)
        count = counts[isinstance(each, Kind), each.id]
        if count > 1:
            wrong = f'The id "{each.id}" is used {count} times.'
            yield item.finding(Rule.RECORD_ID, wrong, "Give each its own id.", "id")
        elif not _ID.fullmatch(each.id):
            wrong = f'The id "{each.id}" cannot be part of an address.'
            remedy = "Use small letters, digits and hyphens, as in turton-year."
            yield item.finding(Rule.RECORD_ID, wrong, remedy, "id")
        if isinstance(each, Change) and each.kind not in kinds:
            near = [f'"{word}"' for word in nearest(each.kind, kinds)]
            remedy = did_you_mean(near, f"Use one of: {', '.join(sorted(kinds))}.")
            wrong = f'The change "{each.id}" is of the unknown kind "{each.kind}".'
            yield item.finding(Rule.RECORD_KIND, wrong, remedy, "kind")
