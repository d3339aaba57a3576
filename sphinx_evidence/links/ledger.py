"""The ledger: what is known of each address, kept from run to run in a file of the project.

Pure: imports neither Sphinx nor docutils. A night in which nothing happened changes no line.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from pathlib import Path

from sphinx_evidence.findings import Finding, shown
from sphinx_evidence.links.verdicts import Answer, Verdict
from sphinx_evidence.writing import write_whole

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
    missing: tuple[str, ...] = ()
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
        well = self.verdict in SEEN and self.last_ok
        return bool(well) and today - self.last_ok < FRESH  # type: ignore[operator]  # a date


def after(entry: Entry, answer: Answer, today: date) -> Entry:
    """The entry after a run; what says nothing of the page leaves it as it was."""
    if answer.verdict in SEEN:
        known = entry.last_ok and today - entry.last_ok < FRESH and entry.verdict in SEEN
        return Entry(
            verdict=answer.verdict,
            last_ok=entry.last_ok if known else today,
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
            first_failure=entry.first_failure or today,
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


class LedgerFault(Exception):  # noqa: N818  # a fault of the file, told as a finding
    """The ledger cannot be read; ``finding`` says where and what to do."""

    def __init__(self, finding: Finding) -> None:
        """Carry the finding."""
        super().__init__(str(finding))
        self.finding = finding


def read(path: Path) -> Ledger:
    """The ledger of a file; an empty one where there is none. Raises LedgerFault."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Ledger()
    except UnicodeDecodeError as error:
        place = error.object.count(b"\n", 0, error.start) + 1
        raise _fault(path, place, "A letter on this line is not UTF-8.") from error
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)", line):
            raise _fault(path, number, "Two versions were merged here and not chosen between.")
    try:
        content = json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise _fault(path, error.lineno, f"This is not JSON: {error.msg}.") from error
    except ValueError as error:
        raise _fault(path, _line_of(text, str(error)), f"{error} stands here twice.") from error
    if not isinstance(content, dict) or content.get("version") != VERSION:
        raise _fault(path, 1, f'There is no "version": {VERSION}.')
    entries = {}
    for address, values in dict(content.get("links", {})).items():
        try:
            entries[address] = _entry(values)
        except (TypeError, ValueError, AttributeError) as error:
            place = _line_of(text, json.dumps(address, ensure_ascii=False))
            raise _fault(path, place, f"The entry of {address} cannot be read: {error}.") from error
    return Ledger(entries)


def write(path: Path, ledger: Ledger) -> None:
    """Write the ledger whole or not at all, and only where something has changed."""
    links = {address: _values(entry) for address, entry in sorted(ledger.entries.items())}
    content = {"version": VERSION, "links": links}
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    data = text.encode("utf-8")
    if not path.exists() or path.read_bytes() != data:
        write_whole(path, data)


def _values(entry: Entry) -> dict[str, object]:
    """What is known, without what is not."""
    values: dict[str, object] = {}
    for item in sorted(fields(entry), key=lambda item: item.name):
        value = getattr(entry, item.name)
        if value:
            plain = value.isoformat() if isinstance(value, date) else value
            values[item.name] = list(plain) if isinstance(plain, tuple) else plain
    return values


def _entry(values: Mapping[str, object]) -> Entry:
    read_as = {
        "verdict": Verdict,
        "missing": tuple,
        "pages": tuple,
        **dict.fromkeys(
            ("archived_on", "first_failure", "last_failure", "last_ok"), date.fromisoformat
        ),
    }
    return Entry(**{k: read_as.get(k, lambda value: value)(v) for k, v in values.items()})  # type: ignore[operator]  # checked by reading


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object whose names differ: a merge may have kept two entries for one address."""
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(json.dumps(name, ensure_ascii=False))
        found[name] = value
    return found


def _line_of(text: str, words: str) -> int:
    return text.count("\n", 0, max(text.rfind(words), 0)) + 1


def _fault(path: Path, line: int, wrong: str) -> LedgerFault:
    remedy = f"Take the whole file as it is on the main branch: git checkout main -- {path.name}"
    return LedgerFault(Finding(shown(path), line, "link-ledger", wrong, remedy))
