"""Records of tagged lines, of which RIS and NBIB are made: ``TAG  - value``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sphinx_evidence.formats.csl import FormatError, readable
from sphinx_evidence.text.lines import Lines

_LINE = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,3}-(?: (.*)|$)")


@dataclass
class Record:
    """One record: its tags with their values, in the order of the file."""

    values: list[tuple[str, str]] = field(default_factory=list)

    def all(self, *tags: str) -> list[str]:
        """Every value of some tags."""
        return [value for tag, value in self.values if tag in tags]

    def first(self, *tags: str) -> str:
        """The first value of the first tag that has one, or an empty string."""
        return next((value for tag in tags for value in self.all(tag)), "")


def records(text: str, opening: str) -> Iterator[Record]:
    """The records of a file, each from one tag ``opening`` to the next. Raises FormatError."""
    record = None
    for number, line in enumerate(Lines(text).texts, 1):
        found = _LINE.match(line)
        if found and found[1] == opening:
            if record:
                yield _clean(record)
            record = Record()
        if record is None:
            if line.strip():
                wrong = f'line {number}: this stands before the first line "{opening}"'
                raise FormatError(f"{wrong}. Export the file again, or delete the line.")
        elif found:
            record.values.append((found[1], found[2] or ""))
        elif line.strip() and record.values:  # which goes on
            tag, value = record.values[-1]
            record.values[-1] = (tag, f"{value} {line}")
    if record:
        yield _clean(record)


def _clean(record: Record) -> Record:
    return Record([(tag, readable(value)) for tag, value in record.values if value.strip()])
