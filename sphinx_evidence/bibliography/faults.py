"""What the rules on entries say, before it has a place in a file.

Pure: imports neither Sphinx nor docutils.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sphinx_evidence.bibliography.reader import Entry
from sphinx_evidence.findings import Edit, Finding


@dataclass(frozen=True)
class Fault:
    """One fault of ``field`` of an entry, or of the whole entry where ``field`` is empty.

    ``certain`` is the value to put in place of the present one, where there is no doubt.
    """

    rule: str
    entry: Entry
    field: str
    wrong: str
    remedy: str
    certain: str | None = None


class Places:
    """Gives faults and findings their place: line and column in the file."""

    def __init__(self) -> None:
        """No file is read before it is needed."""
        self._files: dict[str, list[str]] = {}

    def lines(self, path: str) -> list[str]:
        """The lines of a file with their ends, or none where it cannot be read."""
        if path not in self._files:
            try:
                with Path(path).open(encoding="utf-8", newline="") as file:
                    self._files[path] = file.read().splitlines(keepends=True)
            except (OSError, UnicodeDecodeError):
                self._files[path] = []
        return self._files[path]

    def located(self, finding: Finding) -> Finding:
        """The finding with its column, where its words stand in its line."""
        lines = self.lines(finding.path) if finding.words and not finding.column else []
        if not 0 < finding.line <= len(lines):
            return finding
        return replace(finding, column=lines[finding.line - 1].find(finding.words) + 1)

    def finding(self, fault: Fault) -> Finding:
        """The fault as a finding, with the edit that mends it."""
        entry = fault.entry
        field = entry.fields.get(fault.field)
        line = field.line if field else entry.line
        words = field.value if field else entry.key
        lines = self.lines(entry.path)
        text = lines[line - 1] if 0 < line <= len(lines) else ""
        column = text.find(words) + 1
        said = f'The entry "{entry.key}": {fault.wrong}'
        edit = None
        if column and field and fault.certain is not None:
            start = sum(map(len, lines[: line - 1])) + column - 1
            edit = Edit(entry.path, start, start + len(words), fault.certain)
        place = entry.path, line, fault.rule, said, fault.remedy
        return Finding(*place, column, words if column else "", edit)


def every(entries: dict[str, Entry], *names: str) -> Iterator[tuple[Entry, str, str]]:
    """Each entry that has one of the fields ``names``, with its name and value."""
    for entry in entries.values():
        for name in names:
            if entry.get(name):
                yield entry, name, entry.get(name)
