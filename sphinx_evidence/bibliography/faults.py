"""What the rules on entries say, before it has a place in a file."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sphinx_evidence.bibliography.reader import Entry, Field
from sphinx_evidence.diagnostics.finding import Edit, Finding
from sphinx_evidence.rulebook.rule import Rule

_BOM = "\ufeff"


@dataclass(frozen=True)
class Fault:
    """One fault of ``field`` of an entry, or of the whole entry where ``field`` is empty.

    ``certain`` is the value to put in place of the present one, where there is no doubt;
    ``words`` are the part of the value that is wrong, where that is not the whole.
    """

    rule: Rule
    entry: Entry
    field: str
    wrong: str
    remedy: str
    certain: str | None = None
    words: str = ""
    rewrite: Callable[[str], str] | None = None  # gives the whole file, put right


class FaultLocator:
    """Gives faults and findings their place: line and column in the file."""

    def __init__(self) -> None:
        """No file is read before it is needed."""
        self._files: dict[str, tuple[str, list[int]]] = {}

    def _file(self, path: str) -> tuple[str, list[int]]:
        """The text of a file and the offsets of its lines; empty where it cannot be read."""
        if path not in self._files:
            try:
                with Path(path).open(encoding="utf-8", newline="") as file:
                    text = file.read()
            except (OSError, UnicodeDecodeError):
                text = ""
            starts = [0, *(found.end() for found in re.finditer(r"\r\n?|\n", text))]
            if text.startswith(_BOM):
                starts[0] = 1
            self._files[path] = text, starts
        return self._files[path]

    def _value(self, path: str, field: Field) -> tuple[int, int]:
        """Where the whole value begins and ends, or 0, 0 where it is put together from parts.

        White space may be other than in the value, which is read with its own folded.
        """
        text, starts = self._file(path)
        if not 0 < field.line <= len(starts) or not field.value:
            return 0, 0
        pattern = re.compile(r"\s+".join(map(re.escape, field.value.split())))
        found = pattern.match(text, starts[field.line - 1] + max(field.column - 1, 0))
        return found.span() if found else (0, 0)

    def _spot(self, path: str, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        starts = self._file(path)[1]
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def located(self, finding: Finding) -> Finding:
        """The finding with its column, where its words stand in its line."""
        text, starts = self._file(finding.path)
        if finding.column or not finding.words or not 0 < finding.line <= len(starts):
            return finding
        start = starts[finding.line - 1]
        stop = starts[finding.line] if finding.line < len(starts) else len(text)
        return replace(finding, column=max(text.find(finding.words, start, stop) - start + 1, 0))

    def _certain(self, fault: Fault) -> Callable[[str], str] | None:
        """The rewrite of a fault, where it changes the file."""
        text = self._file(fault.entry.path)[0]
        return fault.rewrite if fault.rewrite and fault.rewrite(text) != text else None

    def finding(self, fault: Fault) -> Finding:
        """The fault as a finding, with the edit that mends it."""
        entry = fault.entry
        said = f'The entry "{entry.key[:60]}": {fault.wrong}'
        field = entry.fields.get(fault.field)
        if not field:
            line, column, words = entry.key_line or entry.line, entry.key_column, entry.key
            found = Finding(entry.path, line, fault.rule, said, fault.remedy, column, words)
            return replace(found, rewrite=self._certain(fault))
        line, column = field.line, field.column
        start, end = self._value(entry.path, field)
        text = self._file(entry.path)[0]
        words = text[start:end]
        edit = Edit(entry.path, start, end, fault.certain) if fault.certain and end else None
        if fault.words and (part := text.find(fault.words, start, end)) >= 0:
            line, column = self._spot(entry.path, part)
            words = fault.words
        return Finding(entry.path, line, fault.rule, said, fault.remedy, column, words, edit)


def every(entries: dict[str, Entry], *names: str) -> Iterator[tuple[Entry, str, str]]:
    """Each entry that has one of the fields ``names``, with its name and value."""
    for entry in entries.values():
        for name in names:
            if entry.get(name):
                yield entry, name, entry.get(name)
