"""The editorial record: what an edition changed in its source, as one TOML file.

Tables of the file:

``[[kind]]``      ``id``, ``title``, ``intro``
``[[change]]``    ``id``, ``kind``, ``where``, ``lines``, ``says``, ``ours``, ``why``, ``pages``,
                  and ``evidence`` where it lies outside the source
``[[question]]``  ``id``, ``title``, ``lines``, ``known``, ``ask``, and keys of works in ``cites``

Both may have a ``note``, which pages show where they mark it with ``{edition-note}``.

``lines`` are line numbers of the source, ``pages`` names of pages without ending.
Texts may hold markup.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any, get_args

from sphinx_evidence.diagnostics.finding import Finding, did_you_mean, nearest
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.lines import Lines

_KEY = re.compile(r"""\s*(["']?)(?P<key>[^"'=]*?)\1\s*=""")
_HEAD = re.compile(r"""\s*(?:\[+\s*)?["']?(?P<name>[\w-]+)""")
_LAST = 1_000_000_000  # the highest number of a line
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
    note: str = ""
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
    note: str = ""
    line: int = 1


@dataclass
class Record:
    """The whole file, and what is wrong with it."""

    kinds: list[Kind] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Item:
    """One table of the file, by the line of its head."""

    path: str
    lines: Sequence[str]
    line: int

    def finding(self, rule: Rule, wrong: str, remedy: str, key: str = "") -> Finding:
        """A finding at the line of ``key``, or at the head where that has none."""
        line = self._line_of.get(key, self.line)
        text = self.lines[line - 1]
        column = len(text) - len(text.lstrip()) + 1 if key in self._line_of else 1
        words = text.strip() if key in self._line_of else text
        return Finding(self.path, line, rule, wrong, remedy, column, words)

    @cached_property
    def _line_of(self) -> dict[str, int]:
        """The line of each key, found once: strangers may write thousands."""
        found: dict[str, int] = {}
        for number, text in enumerate(islice(self.lines, self.line, None), self.line + 1):
            if text.lstrip().startswith("[["):
                break
            if key := _KEY.match(text):
                found.setdefault(key["key"], number)
        return found


@lru_cache(maxsize=1)  # several directives and notes show one record
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
    except ValueError as error:  # of Python: a number of thousands of digits
        remedy = "Write the number of a line, as in lines = [27, 31]."
        wrong = f"{str(error).partition(';')[0]}."
        record.findings.append(Finding(path, _longest(text), Rule.RECORD_SYNTAX, wrong, remedy))
        return record
    except RecursionError:
        wrong = "The brackets of this file are nested too deep."
        remedy = "A list holds texts or numbers, and no other lists: lines = [27, 31]."
        record.findings.append(Finding(path, _deepest(text), Rule.RECORD_SYNTAX, wrong, remedy))
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
            required = known - {"cites", "evidence", "note"}
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


def _deepest(text: str) -> int:
    """The line where most brackets are open."""
    depth = deepest = at = 0
    for found in re.finditer(r"[\[{]|[\]}]", text):
        depth += 1 if found[0] in "[{" else -1
        if depth > deepest:
            deepest, at = depth, found.start()
    return Lines(text).position(at)[0]


def _longest(text: str) -> int:
    """The line with the longest number."""
    found = max(re.finditer(r"[\d_]+", text), key=lambda one: len(one[0]))
    return Lines(text).position(found.start())[0]


def _starts(text: str, name: str) -> list[int]:
    header = re.compile(rf"\[\[\s*{name}\s*\]\]")
    return [n for n, line in enumerate(Lines(text).texts, 1) if header.match(line.strip())]


def _tables(text: str, tables: dict[str, Any], names: list[str], path: str) -> Iterator[Finding]:
    """Tables of an unknown name, which would be lost, and those not written as ``[[name]]``."""
    lines: dict[str, int] = {}
    for number, written in enumerate(Lines(text).texts, 1):
        if found := _HEAD.match(written):
            lines.setdefault(found["name"], number)
    for name, rows in tables.items():
        line = lines.get(name, 1)
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
            fits = isinstance(value, list) and all(
                type(each) is part and (part is not int or 0 < each <= _LAST) for each in value
            )
            form = f"{wanted.name} = " + ("[27, 31]" if part is int else '["…", "…"]')
        if not fits:
            wrong = f'The {name} "{_id(table)}" has a wrong value for "{wanted.name}".'
            yield item.finding(Rule.RECORD_TYPE, wrong, f"Write {form}.", wanted.name)


def _id(table: dict[str, Any]) -> str:
    found = table.get("id")
    return found if isinstance(found, str) else ""


def _names(
    name: str, table: dict[str, Any], known: set[str], required: set[str], item: Item
) -> Iterator[Finding]:
    for missing in sorted(required - set(table)):
        wrong = f'The {name} "{_id(table)}" has no "{missing}".'
        yield item.finding(Rule.RECORD_MISSING, wrong, f'Add a line {missing} = "…" to it.')
    for unknown in sorted(set(table) - known):
        near = [f'"{word}"' for word in nearest(unknown, known, most=1)]
        remedy = did_you_mean(near, "Delete the line.")
        wrong = f'The {name} "{_id(table)}" has an unknown line "{unknown}".'
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
