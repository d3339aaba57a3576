"""pybtex's parser of .bib files, which here remembers where things start.

Pure: imports neither Sphinx nor docutils.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.scanner import PybtexSyntaxError

from sphinx_evidence.findings import Spot

LONGEST = 100_000  # letters of an abbreviation


class Parser(LowLevelParser):  # type: ignore[misc]  # pybtex is untyped
    """pybtex's grammar, remembering where the entry and each of its fields start."""

    def __init__(self, text: str, path: str) -> None:
        """Read ``text``, which messages call ``path``."""
        # A copy: pybtex adds @string macros to the mapping that it is given.
        super().__init__(text, macros=dict(month_names))
        self.path = path
        self.field_lines: list[int] = []
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def line(self, offset: int) -> int:
        """The line of an offset, from 1."""
        return bisect_right(self.starts, offset)

    def spot(self, offset: int) -> Spot:
        """The place of an offset."""
        line = self.line(offset)
        return Spot(self.path, line, offset - self.starts[line - 1] + 1)

    @property
    def start(self) -> int:
        """Offset of the current entry's ``@``."""
        return self.command_start or 0

    def parse_command(self) -> Iterator[object]:
        """Forget the fields of the entry before."""
        self.field_lines = []
        return super().parse_command()  # type: ignore[no-any-return]

    def parse_string_body(self, body_end: str) -> None:
        """Bound the length of an abbreviation; raises PybtexSyntaxError."""
        super().parse_string_body(body_end)
        # Each abbreviation may hold the one before it twice: sixty lines would fill any memory.
        if len(self.macros[self.current_field_name]) > LONGEST:
            self.macros[self.current_field_name] = ""
            raise PybtexSyntaxError(f"the abbreviation has more than {LONGEST} letters", self)

    def parse_field(self) -> None:
        """Note the line on which the field starts."""
        self.eat_whitespace()
        line = self.lineno
        super().parse_field()
        if self.current_field_name and self.current_value:
            self.field_lines.append(line)
