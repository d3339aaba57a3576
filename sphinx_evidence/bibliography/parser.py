"""pybtex's parser of .bib files, which here remembers where things start."""

import re
from collections.abc import Sequence

from pybtex.database.input.bibtex import LowLevelParser, SkipEntry, month_names
from pybtex.scanner import Pattern, PrematureEOF, PybtexSyntaxError, Token

from sphinx_evidence.diagnostics.finding import Location
from sphinx_evidence.text.lines import Lines

_BEFORE = re.compile(r"\s*[{\"]?\s*")
LONGEST = 100_000  # letters of an abbreviation
_SIGNS = {sign: getattr(LowLevelParser, name) for sign, name in {
    "@": "AT", "{": "LBRACE", "}": "RBRACE", '"': "QUOTE",
}.items()}  # fmt: skip
# Each set of signs as one expression: pybtex searches for one after the other, each time as far
# as the end of the file.
_FIRST = {
    frozenset(_SIGNS[sign] for sign in signs): re.compile(f"[{signs}]")
    for signs in ("@", "{}", '"{}')
}


class Parser(LowLevelParser):  # type: ignore[misc]  # pybtex is untyped
    """pybtex's grammar, remembering where the entry and the values of its fields start."""

    def __init__(self, text: str, path: str) -> None:
        """Read ``text``, which messages call ``path``."""
        # A copy: pybtex adds @string macros to the mapping that it is given.
        super().__init__(text, macros=dict(month_names))
        self.path = path
        self.pos: int = 0
        self.values: list[int] = []
        self.lines = Lines(text)

    def location(self, offset: int) -> Location:
        """The location of an offset."""
        return Location(self.path, *self.lines.position(offset))

    @property
    def start(self) -> int:
        """Offset of the current entry's ``@``."""
        return self.command_start or 0

    def parse_command(self) -> tuple[object, ...]:
        """Forget the values of the entry before; pass over a whole ``@comment{…}``."""
        self.values = []
        try:
            return super().parse_command()  # type: ignore[no-any-return]
        except SkipEntry:
            self._skip_comment()
            return "comment", ()

    def _skip_comment(self) -> None:
        """Go behind the brace that closes a comment; raises PybtexSyntaxError without one."""
        start = self.text[self.pos - 1]
        close = {"{": "}", "(": ")"}[start]
        depth = 1
        for found in re.compile(f"[{start}{close}]").finditer(self.text, self.pos):
            depth += -1 if found[0] == close else 1
            if not depth:
                self.update_lineno(self.text[self.pos : found.end()])
                self.pos = found.end()
                return
        raise PrematureEOF(self)

    def skip_to(self, patterns: Sequence[Pattern]) -> Token | None:
        """The text as far as the first of some signs, in one search."""
        found = _FIRST[frozenset(patterns)].search(self.text, self.pos)
        if not found:
            return None
        value = self.text[self.pos : found.end()]
        self.pos = found.end()
        self.update_lineno(value)
        return Token(value, _SIGNS[found[0]])

    def parse_string_body(self, body_end: str) -> None:
        """Bound the length of an abbreviation; raises PybtexSyntaxError."""
        super().parse_string_body(body_end)
        # Each abbreviation may hold the one before it twice: sixty lines would fill any memory.
        if len(self.macros[self.current_field_name]) > LONGEST:
            self.macros[self.current_field_name] = ""
            raise PybtexSyntaxError(f"the abbreviation has more than {LONGEST} letters", self)

    def parse_value(self) -> None:
        """Note the offset of the first letter of the value."""
        start = _BEFORE.match(self.text, self.pos)
        super().parse_value()
        self.values.append(start.end() if start else self.pos)
