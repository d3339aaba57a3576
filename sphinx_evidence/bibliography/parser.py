"""pybtex's parser of .bib files, which here remembers where things start.

It also takes what BibTeX and biber take, and pybtex does not: remarks behind %, a @comment of any
form, several abbreviations in one @string, letters of any alphabet in names, an abbreviation that
is not known.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pybtex.database.input.bibtex import LowLevelParser, SkipEntry, UndefinedMacro
from pybtex.exceptions import PybtexError
from pybtex.scanner import Pattern, PybtexSyntaxError, Token

from sphinx_evidence.bibliography.plain import NAME, Macros, UnreadableError
from sphinx_evidence.diagnostics.finding import Location
from sphinx_evidence.text.lines import Lines

LONGEST = 100_000  # letters of an abbreviation
MOST = 100  # comments without an end that are looked through
_COMMENT = re.compile(r"@\s*comment\b", re.IGNORECASE)
_OPENED = re.compile(r"[{\"]?\s*")
_SIGNS = {sign: getattr(LowLevelParser, name) for sign, name in {
    "{": "LBRACE", "}": "RBRACE", '"': "QUOTE",
}.items()}  # fmt: skip
# Each set of signs as one expression: pybtex searches for one after the other, each time as far
# as the end of the file.
_FIRST = {
    frozenset(_SIGNS[sign] for sign in signs): re.compile(f"[{signs}]") for signs in ("{}", '"{}')
}


class Unknown(NamedTuple):
    """An abbreviation that nothing defines, and its offset."""

    offset: int
    name: str


class Parser(LowLevelParser):  # type: ignore[misc]  # pybtex is untyped
    """pybtex's grammar, remembering where key and values of an entry start."""

    NAME = Pattern(NAME, "a valid name")  # pybtex knows the letters of English alone
    WHITESPACE = Pattern(r"(?:\s|%[^\r\n]*)+", "whitespace")  # with remarks, as biber has it

    def __init__(self, lines: Lines, path: str, macros: Macros) -> None:
        """Read a text, which messages call ``path``; what it abbreviates goes to ``macros``."""
        super().__init__(lines.text, macros=macros)
        self.path = path
        self.pos: int = 0
        self.key = 0  # the offset of the key
        self.values: list[int] = []  # the offsets of the values
        self.unknown: list[Unknown] = []
        self.lines = lines
        self._open = 0

    def location(self, offset: int) -> Location:
        """The location of an offset."""
        return Location(self.path, *self.lines.position(offset))

    def update_lineno(self, value: str) -> None:
        """Count no lines: offsets have theirs."""

    @property
    def start(self) -> int:
        """Offset of the current entry's ``@``."""
        return self.command_start or 0

    def command(self, start: int) -> tuple[object, ...]:
        """The command whose ``@`` stands at ``start``. Raises UnreadableError."""
        self.command_start, self.pos = start, start + 1
        try:
            return self.parse_command()
        except PybtexError as error:
            raise UnreadableError(error) from error

    def parse_command(self) -> tuple[object, ...]:
        """Forget the entry before; pass over a @comment."""
        self.values, self.unknown = [], []
        try:
            command: tuple[object, ...] = super().parse_command()
        except SkipEntry:
            self._skip_comment()
            return "comment", ()
        except PybtexSyntaxError:
            if _COMMENT.match(self.text, self.start):  # without a brace: BibTeX goes on behind it
                return "comment", ()
            raise
        if self.unknown and re.compile(r"\s*[,}]").match(self.text, self.pos):
            # One word of a value that has lost its brace, which now ends the entry too early.
            raise UndefinedMacro(self.unknown[0].name, self)
        return command

    def _skip_comment(self) -> None:
        """Go behind the brace that closes a comment; where there is none, BibTeX goes on inside."""
        start = self.text[self.pos - 1]
        close = {"{": "}", "(": ")"}[start]
        depth = 1
        signs = re.compile(f"[{start}{close}]").finditer(self.text, self.pos)
        for found in signs if self._open < MOST else ():
            depth += -1 if found[0] == close else 1
            if not depth:
                self.pos = found.end()
                return
        self._open += 1

    def skip_to(self, patterns: Sequence[Pattern]) -> Token | None:
        """The text as far as the first of some signs, in one search."""
        found = _FIRST[frozenset(patterns)].search(self.text, self.pos)
        if not found:
            return None
        value = self.text[self.pos : found.end()]
        self.pos = found.end()
        return Token(value, _SIGNS[found[0]])

    def parse_string_body(self, body_end: Pattern) -> None:
        """Read one abbreviation or several; raises PybtexSyntaxError for one without bounds."""
        while True:
            super().parse_string_body(body_end)
            # Each may hold the one before it twice: sixty lines would fill any memory.
            if len(self.macros[self.current_field_name]) > LONGEST:
                self.macros[self.current_field_name] = ""
                raise PybtexSyntaxError(f"the abbreviation has more than {LONGEST} letters", self)
            if not self.optional([self.COMMA]):
                return
            self.eat_whitespace()
            if self.text.startswith(("}", ")"), self.pos):
                return

    def parse_entry_body(self, body_end: Pattern) -> None:
        """Note the offset of the key."""
        self.eat_whitespace()
        self.key = self.pos
        super().parse_entry_body(body_end)

    def parse_value(self) -> None:
        """Note the offset of the first letter of the value."""
        self.eat_whitespace()
        start = _OPENED.match(self.text, self.pos)
        super().parse_value()
        self.values.append(start.end() if start else self.pos)

    def substitute_macro(self, name: str) -> str:
        """What an abbreviation stands for; itself, where nothing defines it."""
        if name not in self.macros:
            self.unknown.append(Unknown(self.pos - len(name), name))
            return name
        return self.macros[name]  # type: ignore[no-any-return]  # pybtex is untyped
