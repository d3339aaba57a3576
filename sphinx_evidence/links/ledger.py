"""The ledger: what is known of each address, kept from run to run in a file of the project.

A night in which nothing happened changes no line.
"""

import json
import re
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from pathlib import Path
from types import NoneType
from typing import Any

from sphinx_evidence.diagnostics.finding import Finding, display_path, not_utf8
from sphinx_evidence.links.verdicts import Answer, Verdict
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.atomic import write_atomically
from sphinx_evidence.text.lines import Lines
from sphinx_evidence.text.source import check_file

VERSION = 1
APART = timedelta(days=3)  # between the first and the last run that saw a link gone
FRESH = timedelta(days=7)  # for so long, a link that was seen well is not asked again
SEEN = {Verdict.OK, Verdict.MOVED, Verdict.ANCHOR}


@dataclass(frozen=True)
class Entry:
    """What is known of one address; failures are the runs in a row that saw it gone."""

    verdict: Verdict = Verdict.UNKNOWN
    reason: str = ""
    last_ok: date | None = None
    first_failure: date | None = None
    last_failure: date | None = None
    failures: int = 0
    moved_to: str = ""
    permanent: bool = False
    anchors: tuple[str, ...] = ()  # that were asked for with it
    missing: tuple[str, ...] = ()  # those of them that were not there
    archived: str = ""
    archived_on: date | None = None
    pages: tuple[str, ...] = ()

    @property
    def gone(self) -> bool:
        """Whether it is gone for good: seen so in two runs, with days between them."""
        if self.verdict is not Verdict.GONE or not (self.first_failure and self.last_failure):
            return False
        return self.failures > 1 and self.last_failure - self.first_failure >= APART

    def fresh(self, today: date) -> bool:
        """Whether it was seen well so lately that it need not be asked."""
        if self.verdict not in SEEN or not self.last_ok:
            return False
        return abs(today - self.last_ok) < FRESH  # a day to come is from a clock that was wrong


def after(entry: Entry, answer: Answer, today: date) -> Entry:
    """The entry after a run; what says nothing of the page leaves it as it was."""
    if answer.verdict in SEEN:
        return Entry(
            verdict=answer.verdict,
            last_ok=entry.last_ok if entry.fresh(today) else today,
            moved_to=answer.moved_to,
            permanent=answer.permanent,
            missing=tuple(sorted(answer.missing)),
            pages=entry.pages,
        )
    if answer.verdict is Verdict.GONE:
        return replace(
            entry,
            verdict=Verdict.GONE,
            reason=answer.reason,
            first_failure=min(entry.first_failure or today, today),
            last_failure=today,
            failures=entry.failures + 1,
            moved_to="",
            permanent=False,
            missing=(),
        )
    if answer.verdict is Verdict.BLOCKED and entry.verdict is not Verdict.GONE:
        return replace(entry, verdict=Verdict.BLOCKED, reason=answer.reason)
    return entry


@dataclass
class Ledger:
    """All entries by their address."""

    entries: dict[str, Entry] = field(default_factory=dict)


class LedgerFault(Exception):  # noqa: N818  # a fault of the file, reported as a finding
    """The ledger cannot be read; ``finding`` says where and what to do."""

    def __init__(self, finding: Finding) -> None:
        """Carry the finding."""
        super().__init__(str(finding))
        self.finding = finding


def read(path: Path) -> Ledger:
    """The ledger of a file; an empty one where there is none. Raises LedgerFault."""
    try:
        check_file(path)
        text = path.read_text("utf-8-sig")  # as some editors of Windows save it
    except FileNotFoundError:
        return Ledger()
    except UnicodeDecodeError as error:
        found = not_utf8(path, error)
        raise _fault(path, found.line, found.wrong) from error
    except OSError as error:
        wrong = f"The ledger cannot be read: {error.strerror}."
        raise _fault(path, 1, wrong, "Correct evidence_links_ledger in conf.py.") from error
    entries = {}
    for address, values in _links(path, text).items():
        try:
            entries[address] = _entry(values)
        except ValueError as error:
            line = _line_of(text, json.dumps(address, ensure_ascii=False))
            raise _fault(path, line, f"The entry of {address} cannot be read: {error}.") from error
    return Ledger(entries)


def _links(path: Path, text: str) -> dict[str, object]:
    """What the file says of each address, unread. Raises LedgerFault."""
    for number, line in enumerate(Lines(text).texts, 1):
        if re.match(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)", line):
            raise _fault(path, number, "Two versions were merged here and not chosen between.")
    try:
        content = json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise _fault(path, error.lineno, f"This is not JSON: {error.msg}.") from error
    except ValueError as error:
        raise _fault(path, _line_of(text, str(error)), f"{error} stands here twice.") from error
    except RecursionError as error:
        raise _fault(path, 1, "The brackets of this file are nested too deep.") from error
    version = content.get("version") if isinstance(content, dict) else None
    if type(version) is int and version > VERSION:
        wrong = f"A newer sphinx_evidence has written this: version {version}, not {VERSION}."
        raise _fault(path, _line_of(text, '"version"'), wrong, "Update sphinx_evidence, too.")
    if version != VERSION:
        raise _fault(path, 1, f'There is no "version": {VERSION}.')
    links = content.get("links", {})
    if not isinstance(links, dict):
        raise _fault(path, _line_of(text, '"links"'), f'"links" is not {_WORDS[dict]}.')
    return links


def write(path: Path, ledger: Ledger) -> None:
    """Write the ledger whole or not at all, and only where something has changed."""
    links = {address: _values(entry) for address, entry in sorted(ledger.entries.items())}
    content = {"version": VERSION, "links": links}
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    data = text.encode("utf-8")
    if not path.exists() or path.read_bytes() != data:
        write_atomically(path, data)


def _values(entry: Entry) -> dict[str, object]:
    """What is known, without what is not."""
    values: dict[str, object] = {}
    for item in sorted(fields(entry), key=lambda item: item.name):
        value = getattr(entry, item.name)
        if value:
            plain = value.isoformat() if isinstance(value, date) else value
            values[item.name] = list(plain) if isinstance(plain, tuple) else plain
    return values


# What may stand in the ledger, by the type that the fields of an entry begin with.
_WORDS = {
    Verdict: f"one of: {', '.join(Verdict)}",
    NoneType: "a day such as 2026-03-01",
    tuple: "a list of texts",
    str: "a text",
    int: "a number",
    bool: "true or false",
    dict: "pairs in braces",
}


def _entry(values: object) -> Entry:
    """The entry; raises ValueError in words for people."""
    if not isinstance(values, dict):
        raise ValueError(f"it is not {_WORDS[dict]}")  # noqa: TRY004  # caught as a fault
    return Entry(**{name: _value(name, given) for name, given in values.items()})


def _value(name: str, given: object) -> Any:  # noqa: ANN401  # that of any field
    kind = {item.name: type(item.default) for item in fields(Entry)}.get(name)
    if kind is None:
        raise ValueError(f'nothing is known of "{name}"')
    if kind is tuple and isinstance(given, list) and all(isinstance(item, str) for item in given):
        return tuple(given)
    if kind is NoneType and _day(given):
        return _day(given)
    if kind is Verdict and isinstance(given, str) and given in list(Verdict):
        return Verdict(given)
    if name == "archived" and isinstance(given, str) and not re.match(r"https?://|$", given):
        raise ValueError('"archived" is not an address that begins with https://')
    if kind is type(given) and kind is not NoneType:
        return given
    raise ValueError(f'"{name}" is not {_WORDS[kind]}')


def _day(given: object) -> date | None:
    try:
        return date.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        return None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object whose names differ: a merge may have kept two entries for one address."""
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(json.dumps(name, ensure_ascii=False))
        found[name] = value
    return found


def _line_of(text: str, words: str) -> int:
    return Lines(text).position(text.rfind(words))[0]


def _fault(path: Path, line: int, wrong: str, remedy: str = "") -> LedgerFault:
    remedy = remedy or (
        f"Take the whole file as it is on the main branch: git checkout main -- {path.name}"
    )
    return LedgerFault(Finding(display_path(path), line, Rule.LINK_LEDGER, wrong, remedy))
