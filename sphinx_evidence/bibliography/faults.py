"""What the rules on entries say, before it has a location in a file."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from sphinx_evidence.bibliography.reader import Entry, Field
from sphinx_evidence.diagnostics.finding import Edit, Finding
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.source import Sources


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
    """Gives faults and findings their line and column in the file."""

    def __init__(self) -> None:
        """No file is read before it is needed."""
        self._sources = Sources()

    def _value(self, path: str, field: Field) -> tuple[int, int]:
        """Where the whole value begins and ends, or 0, 0 where it is put together from parts.

        White space may be other than in the value, which is read with its own folded.
        """
        source = self._sources[path]
        if not 0 < field.line <= len(source.starts) or not field.value:
            return 0, 0
        start = source.offset(field.line) + max(field.column - 1, 0)
        if source.text.startswith(field.value, start):
            return start, start + len(field.value)
        pattern = re.compile(r"\s+".join(map(re.escape, field.value.split())))
        found = pattern.match(source.text, start)
        return found.span() if found else (0, 0)

    def located(self, finding: Finding) -> Finding:
        """The finding with its column, where its words stand in its line."""
        if finding.column or not finding.words:
            return finding
        column = self._sources[finding.path].line(finding.line).find(finding.words) + 1
        return replace(finding, column=column)

    def _certain(self, fault: Fault) -> Callable[[str], str] | None:
        """The rewrite of a fault, where it changes the file."""
        text = self._sources[fault.entry.path].text
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
        source = self._sources[entry.path]
        words = source.text[start:end]
        edit = Edit(entry.path, start, end, fault.certain) if fault.certain and end else None
        if fault.words and (part := source.text.find(fault.words, start, end)) >= 0:
            line, column = source.position(part)
            words = fault.words
        return Finding(entry.path, line, fault.rule, said, fault.remedy, column, words, edit)


def every(entries: dict[str, Entry], *names: str) -> Iterator[tuple[Entry, str, str]]:
    """Each entry that has one of the fields ``names``, with its name and value."""
    for entry in entries.values():
        for name in names:
            if (field := entry.fields.get(name)) and field.value:
                yield entry, name, field.value
