"""Ledgers: committed files that keep from run to run what hosts and registries have said.

JSON, sorted, one value a line, and without what is not known: a night in which nothing happened
changes no line, and reviewers see what a change is about.
"""

import dataclasses
import json
import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

from sphinx_evidence.diagnostics.finding import Finding, display_path, not_utf8
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.atomic import write_atomically
from sphinx_evidence.text.lines import Lines
from sphinx_evidence.text.source import check_file

T = TypeVar("T")
_BRACES = "pairs in braces"
_WORDS: dict[object, str] = {str: "a text", int: "a number", bool: "true or false"}


class LedgerFault(Exception):  # noqa: N818  # a fault of the file, reported as a finding
    """A ledger cannot be read; ``finding`` says where and what to do."""

    def __init__(self, finding: Finding) -> None:
        """Carry the finding."""
        super().__init__(str(finding))
        self.finding = finding


class LedgerKept(Exception):  # noqa: N818  # a state of the machine, reported as it is
    """A ledger stays as it was: another run is at work on it, or it cannot be written."""


def address() -> Any:  # noqa: ANN401  # as dataclasses.field
    """A field for an address of the web, which is shown to readers; empty for none."""
    return field(default="", metadata={"address": True})


@dataclass(frozen=True)
class Form(Generic[T]):
    """What one ledger holds: an ``entry`` for each name, a frozen dataclass with defaults.

    ``under`` is the name in the file, ``what`` the one in messages, ``setting`` that in conf.py.
    """

    entry: type[T]
    under: str
    rule: Rule
    setting: str
    what: str = "ledger"
    version: int = 1

    def read(self, path: Path) -> dict[str, T]:
        """The entries of a file; none where there is none. Raises LedgerFault."""
        try:
            check_file(path)
            text = path.read_text("utf-8-sig")  # as some editors of Windows save it
        except FileNotFoundError:
            return {}
        except UnicodeDecodeError as error:
            found = not_utf8(path, error)
            raise self._fault(path, found.line, found.wrong) from error
        except OSError as error:
            wrong = f"The {self.what} cannot be read: {error.strerror}."
            raise self._fault(path, 1, wrong, f"Correct {self.setting} in conf.py.") from error
        entries: dict[str, T] = {}
        for name, values in self._unread(path, text).items():
            try:
                entries[name] = _entry(self.entry, values)
            except ValueError as error:
                line = _line_of(text, json.dumps(name, ensure_ascii=False))
                wrong = f"The entry of {name} cannot be read: {error}."
                raise self._fault(path, line, wrong) from error
        return entries

    def write(self, path: Path, entries: Mapping[str, T]) -> None:
        """Write the file whole or not at all, and only where something has changed.

        Raises LedgerKept.
        """
        kept = {name: _values(entry) for name, entry in sorted(entries.items())}
        content = {"version": self.version, self.under: kept}
        data = (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
        try:
            if not path.exists() or path.read_bytes() != data:
                write_atomically(path, data)
        except OSError as error:
            raise self._unwritten(path, error) from error

    @contextmanager
    def alone(self, path: Path) -> Iterator[None]:
        """Keep every other run away from a file while the block runs. Raises LedgerKept."""
        from filelock import FileLock, Timeout  # noqa: PLC0415  # of the extra, to write alone

        lock = FileLock(path.with_name(f".{path.name}.lock"), blocking=False)
        try:
            lock.acquire()
        except Timeout as error:
            said = "another run is at work on it. Wait until it has ended."
            raise LedgerKept(f"{display_path(path)}: {said}") from error
        except OSError as error:
            raise self._unwritten(path, error) from error
        try:
            yield
        finally:
            lock.release()

    def _unread(self, path: Path, text: str) -> dict[str, object]:
        """What the file says under each name. Raises LedgerFault."""
        for number, words in enumerate(Lines(text).texts, 1):
            if re.match(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)", words):
                wrong = "Two versions were merged here and not chosen between."
                raise self._fault(path, number, wrong)
        try:
            content = json.loads(text, object_pairs_hook=_once)
        except json.JSONDecodeError as error:
            raise self._fault(path, error.lineno, f"This is not JSON: {error.msg}.") from error
        except ValueError as error:
            line = _line_of(text, str(error))
            raise self._fault(path, line, f"{error} stands here twice.") from error
        except RecursionError as error:
            wrong = "The brackets of this file are nested too deep."
            raise self._fault(path, 1, wrong) from error
        version = content.get("version") if isinstance(content, dict) else None
        if type(version) is int and version > self.version:
            wrong = f"A newer sphinx_evidence has written this: version {version}, not {{}}."
            line = _line_of(text, '"version"')
            remedy = "Update sphinx_evidence, too."
            raise self._fault(path, line, wrong.format(self.version), remedy)
        if version != self.version:
            raise self._fault(path, 1, f'There is no "version": {self.version}.')
        kept = content.get(self.under, {})
        if not isinstance(kept, dict):
            line = _line_of(text, f'"{self.under}"')
            raise self._fault(path, line, f'"{self.under}" is not {_BRACES}.')
        return kept

    def _unwritten(self, path: Path, error: OSError) -> LedgerKept:
        said = (
            f"{error.strerror}. The {self.what} is as it was: make room, or see that this file and "
            "those beside it may be written, and run again."
        )
        return LedgerKept(f"{display_path(path)}: {said}")

    def _fault(self, path: Path, line: int, wrong: str, remedy: str = "") -> LedgerFault:
        main = f"git checkout main -- {path.name}"
        remedy = remedy or f"Take the whole file as it is on the main branch: {main}"
        return LedgerFault(Finding(display_path(path), line, self.rule, wrong, remedy))


def _values(entry: object) -> dict[str, object]:
    """What is known, without what is not."""
    found = ((one.name, getattr(entry, one.name)) for one in fields(entry))  # type: ignore[arg-type]  # each is a dataclass
    return {name: _plain(value) for name, value in sorted(found) if value}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in sorted(value.items())}
    return _values(value) if is_dataclass(value) else value


def _entry(kind: Callable[..., T], values: object) -> T:
    """The entry; raises ValueError in words for people."""
    if not isinstance(values, dict):
        raise ValueError(f"it is not {_BRACES}")  # noqa: TRY004  # caught as a fault
    hints, addresses = _hints(kind)
    for name, given in values.items():
        if name not in hints:
            raise ValueError(f'nothing is known of "{name}"')
        if name in addresses and isinstance(given, str) and not re.match(r"https?://|$", given):
            raise ValueError(f'"{name}" is not an address that begins with https://')
    return kind(**{name: _value(name, hints[name], given) for name, given in values.items()})


@cache
def _hints(kind: Hashable) -> tuple[dict[str, Any], frozenset[str]]:
    """The types of the fields of an entry, and those that are addresses."""
    own: tuple[dataclasses.Field[Any], ...] = fields(kind)  # type: ignore[arg-type]  # each is a dataclass
    return get_type_hints(kind), frozenset(o.name for o in own if o.metadata.get("address"))


def _value(name: str, kind: Any, given: object) -> Any:  # noqa: ANN401  # that of any field
    arguments = get_args(kind)
    if get_origin(kind) is tuple:
        texts = arguments[0] is str
        if not isinstance(given, list) or (texts and not all(isinstance(o, str) for o in given)):
            raise ValueError(f'"{name}" is not a list{" of texts" if texts else ""}')
        return tuple(_value(name, arguments[0], one) for one in given)
    if get_origin(kind) is dict:
        if not isinstance(given, dict):
            raise ValueError(f'"{name}" is not {_BRACES}')
        of, held = arguments
        return {_value(name, of, key): _value(name, held, one) for key, one in given.items()}
    # What may be missing is of the first kind, where it is not.
    return _single(name, arguments[0] if arguments else kind, given)


def _single(name: str, kind: Any, given: object) -> Any:  # noqa: ANN401  # as above
    if kind is date:
        if day := _day(given):
            return day
        what = "a day such as 2026-03-01"
    elif isinstance(kind, type) and is_dataclass(kind):
        return _entry(kind, given)
    elif issubclass(kind, StrEnum):
        if given in list(kind):
            return kind(given)
        what = f"one of: {', '.join(kind)}"
    elif type(given) is kind:
        return given
    else:
        what = _WORDS[kind]
    raise ValueError(f'"{name}" is not {what}')


def _day(given: object) -> date | None:
    try:
        return date.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        return None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object whose names differ: a merge may have kept two entries under one name."""
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(json.dumps(name, ensure_ascii=False))
        found[name] = value
    return found


def _line_of(text: str, words: str) -> int:
    return Lines(text).position(text.rfind(words))[0]
