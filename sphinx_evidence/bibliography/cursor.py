"""The way through a .bib file, from one entry to the next."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sphinx_evidence.bibliography.plain import Macros, plain
from sphinx_evidence.diagnostics.finding import Location
from sphinx_evidence.text.lines import Lines

if TYPE_CHECKING:
    from sphinx_evidence.bibliography.parser import Parser, Unknown

_AT = re.compile(r"%[^\r\n]*|@")  # none in a remark


class Cursor:
    """A place in a text: where an entry starts, its key and its values, and where it ends."""

    def __init__(self, text: str, path: str, macros: Macros) -> None:
        """Begin ``text``, which messages call ``path``; what it abbreviates goes to ``macros``."""
        self.text, self.path, self.macros = text, path, macros
        self.lines = Lines(text)
        self.start = self.key = self.pos = 0
        self.values: list[int] = []
        self.unknown: Sequence[Unknown] = ()

    @cached_property
    def parser(self) -> "Parser":
        """What reads an entry that is not plain: it is slow to load, and many files have none."""
        from sphinx_evidence.bibliography.parser import Parser  # noqa: PLC0415  # as said

        return Parser(self.lines, self.path, self.macros)

    def location(self, offset: int) -> Location:
        """The location of an offset."""
        return Location(self.path, *self.lines.position(offset))

    def next(self) -> tuple[Any, ...] | None:
        """The next command, None behind the last; raises UnreadableError."""
        all_found = _AT.finditer(self.text, self.pos)
        found = next((one for one in all_found if one[0] == "@"), None)
        if not found:
            return None
        self.start, self.unknown = found.start(), ()
        if entry := plain(self.text, self.start, self.macros):
            self.key, self.values, self.pos = entry.at, entry.values, entry.end
            return entry.kind, (entry.key, entry.fields)
        command = self.parser.command(self.start)
        self.key, self.values, self.pos = self.parser.key, self.parser.values, self.parser.pos
        self.unknown = self.parser.unknown
        return command
