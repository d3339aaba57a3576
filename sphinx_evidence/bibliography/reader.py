"""Read a .bib file and keep the line of every entry and field.

Pure: pybtex gives the grammar, but its entries carry no line numbers, it stops at the first
fault, and it drops text between entries without a word. Neither Sphinx nor docutils is imported.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pybtex.database.input.bibtex import LowLevelParser, UndefinedMacro, month_names
from pybtex.exceptions import PybtexError
from pybtex.scanner import PrematureEOF, PybtexSyntaxError, TokenRequired

from sphinx_evidence.findings import Finding, not_utf8, shown

MOST = 100  # entries that cannot be read, after which the rest of a file is not looked at
REACH = 400  # lines of a faulty entry that are looked through
LONGEST = 100_000  # letters of an abbreviation
WIDE = 2000  # characters of such a line
_ENTRY = re.compile(r"@\w+\s*\{")


@dataclass(frozen=True)
class Field:
    """One field of an entry: its value with white space folded, and its line."""

    value: str
    line: int


@dataclass(frozen=True)
class Entry:
    """One entry: ``fields`` are keyed by lower-case name, ``line`` is that of the ``@``."""

    key: str
    type: str
    path: str
    line: int
    fields: dict[str, Field]

    def get(self, name: str) -> str:
        """The field's value, or an empty string."""
        found = self.fields.get(name)
        return found.value if found else ""


@dataclass
class Bibliography:
    """All entries of a project's .bib files, and what is wrong with the files."""

    entries: dict[str, Entry] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    folded: dict[str, Entry] = field(default_factory=dict)  # by key without case


def read_files(paths: list[Path]) -> Bibliography:
    """Read several .bib files as one bibliography."""
    bibliography = Bibliography()
    for path in paths:
        name = shown(path)
        try:
            text = path.read_text("utf-8-sig")  # as sphinxcontrib-bibtex reads it
        except FileNotFoundError:
            wrong = "There is no such file."
            remedy = "Create it, or correct bibtex_bibfiles in conf.py."
            bibliography.findings.append(Finding(name, 1, "bib-missing", wrong, remedy))
        except (IsADirectoryError, PermissionError) as error:
            remedy = "Correct bibtex_bibfiles in conf.py."
            finding = Finding(name, 1, "bib-missing", f"{error.strerror}.", remedy)
            bibliography.findings.append(finding)
        except UnicodeDecodeError as error:
            bibliography.findings.append(not_utf8(path, error))
        else:
            read(text, name, into=bibliography)
    return bibliography


def read(text: str, path: str, *, into: Bibliography | None = None) -> Bibliography:
    """Read the text of one .bib file, adding to ``into`` where it is given."""
    bibliography = into or Bibliography()
    parser = _Parser(text)
    end = faults = 0
    commands = iter(parser)
    while True:
        try:
            command = next(commands, None)
        except PybtexError as error:
            bibliography.findings.append(_syntax_finding(error, parser, path))
            # A fault in one entry must not hide the faults of the next ones.
            resume = re.compile(r"^@", re.MULTILINE).search(text, parser.start + 1)
            bibliography.findings.extend(_stray(parser, end, parser.start, path))
            faults += 1
            if resume is None or faults == MOST:
                return bibliography
            end = parser.pos = resume.start()
            parser.lineno = parser.line(end)
            commands = iter(parser)
            continue
        stop = parser.start if command else len(text)
        bibliography.findings.extend(_stray(parser, end, stop, path))
        if command is None:
            return bibliography
        end = parser.pos
        _add(command, parser, path, bibliography)


def _add(
    command: tuple[Any, ...], parser: "_Parser", path: str, bibliography: Bibliography
) -> None:
    kind = str(command[0]).lower()
    if kind in {"string", "preamble"}:
        return
    key, raw_fields = command[1]
    line = parser.line(parser.start)
    fields: dict[str, Field] = {}
    for (name, parts), field_line in zip(raw_fields, parser.field_lines, strict=True):
        lower = name.lower()
        if lower in fields:
            first = fields[lower].line
            wrong = f'The entry "{key}" has the field "{lower}" twice (first on line {first}).'
            finding = Finding(path, field_line, "bib-field-twice", wrong, "Delete the wrong one.")
            bibliography.findings.append(finding)
            continue
        fields[lower] = Field(" ".join("".join(parts).split()), field_line)
    entry = Entry(str(key), kind, path, line, fields)
    known = bibliography.folded.setdefault(entry.key.casefold(), entry)
    if known is not entry:
        wrong = f'The key "{entry.key}" is used twice: first at {known.path}:{known.line}.'
        remedy = "If it is the same work, delete one entry; if not, give this one another key."
        bibliography.findings.append(Finding(path, line, "bib-key-twice", wrong, remedy))
    else:
        bibliography.entries[entry.key] = entry


class _Parser(LowLevelParser):  # type: ignore[misc]  # pybtex is untyped
    """pybtex's grammar, remembering where the entry and each of its fields start."""

    def __init__(self, text: str) -> None:
        # A copy: pybtex adds @string macros to the mapping that it is given.
        super().__init__(text, macros=dict(month_names))
        self.field_lines: list[int] = []
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def line(self, offset: int) -> int:
        """The line of an offset, from 1."""
        return bisect_right(self.starts, offset)

    @property
    def start(self) -> int:
        """Offset of the current entry's ``@``."""
        return self.command_start or 0

    def parse_command(self) -> Iterator[object]:
        self.field_lines = []
        return super().parse_command()  # type: ignore[no-any-return]

    def parse_string_body(self, body_end: str) -> None:
        super().parse_string_body(body_end)
        # Each abbreviation may hold the one before it twice: sixty lines would fill any memory.
        if len(self.macros[self.current_field_name]) > LONGEST:
            self.macros[self.current_field_name] = ""
            raise PybtexSyntaxError(f"the abbreviation has more than {LONGEST} letters", self)

    def parse_field(self) -> None:
        self.eat_whitespace()
        line = self.lineno
        super().parse_field()
        if self.current_field_name and self.current_value:
            self.field_lines.append(line)


def _syntax_finding(  # noqa: PLR0911  # one return for each fault
    error: PybtexError, parser: _Parser, path: str
) -> Finding:
    """Say which brace, comma, key or equals sign is missing, and on which line."""
    text, first = parser.text, parser.line(parser.start)
    name = (
        f'The entry "{parser.current_entry_key[:60]}"' if parser.current_entry_key else "The entry"
    )
    if isinstance(error, UndefinedMacro):
        wrong = f'{name}: the abbreviation "{str(error).rsplit(" ", 1)[-1][:40]}" is not known.'
        return Finding(path, first, "bib-syntax", wrong, "Write the words themselves, in braces.")
    if "nested" in str(error):
        wrong = f"{name}: its braces are nested too deep."
        return Finding(path, first, "bib-syntax", wrong, "Write {name} or {{name}}, no deeper.")
    bare = _bare_value(parser)
    if bare:
        place, field_name, value = bare
        wrong = f'{name}: the value of "{field_name}" has no opening brace.'
        return Finding(path, place, "bib-syntax", wrong, f"Write {field_name} = {{{value}}},")
    unclosed = _unclosed(parser)
    if unclosed or isinstance(error, PrematureEOF):
        place, remedy = unclosed or (first, "Type the } that is missing.")
        wrong = f"{name} that starts on line {first} is not closed."
        return Finding(path, place, "bib-syntax", wrong, remedy)
    line = getattr(error, "lineno", first) or first
    expected = str(error).rsplit(": ", 1)[-1]
    remedy = "A field is written as:  name = {value},"
    if isinstance(error, TokenRequired) and "entry key" in expected:
        remedy = "Write one after the brace, for example @article{surname2024,"
        return Finding(path, first, "bib-syntax", "The entry has no key.", remedy)
    if isinstance(error, TokenRequired) and "'='" in expected:
        wrong = f'{name}: the field "{parser.current_field_name}" has no value.'
        return Finding(path, line, "bib-syntax", wrong, remedy)
    if isinstance(error, TokenRequired) and "'}'" in expected:
        if re.compile(r"\s*=").match(text, parser.pos):
            wrong = "The entry has no key."
            remedy = "Write one after the brace, for example @article{surname2024,"
            return Finding(path, first, "bib-syntax", wrong, remedy)
        if (
            not parser.current_fields
            and text[: parser.pos - _spaces_before(text, parser.pos)][-1:] != ","
        ):
            wrong = f"{name}: there is no comma after the key, or the key has a space."
            remedy = "Write the key without spaces, then a comma: @article{surname2024,"
            return Finding(path, first, "bib-syntax", wrong, remedy)
        before = parser.line(max(parser.pos - 1 - _spaces_before(text, parser.pos), 0))
        wrong = f"{name} cannot be read after this line."
        remedy = f"Type a comma at the end of line {before}."
        return Finding(path, before, "bib-syntax", wrong, remedy)
    return Finding(path, line, "bib-syntax", f"{name} cannot be read: {expected}.", remedy)


def _spaces_before(text: str, offset: int) -> int:
    """How many characters before an offset are white space."""
    at = offset
    while at and text[at - 1].isspace():
        at -= 1
    return offset - at


def _lines_from(parser: _Parser) -> Iterator[tuple[int, str]]:
    """The numbered lines from the start of the entry on, as many as people look through."""
    first = parser.line(parser.start)
    for number in range(first, min(first + REACH, len(parser.starts) + 1)):
        start = max(parser.starts[number - 1], parser.start)
        stop = parser.starts[number] if number < len(parser.starts) else len(parser.text)
        yield number, parser.text[start : min(stop, start + WIDE)].rstrip("\r\n")


def _bare_value(parser: _Parser) -> tuple[int, str, str] | None:
    """The line, field and value of the first value that starts without brace or quote."""
    first = parser.line(parser.start)
    for number, line in _lines_from(parser):
        if number > first and _ENTRY.match(line):
            return None
        found = re.match(r"\s*(\w+)\s*=\s*([^\s{\"\d].*)$", line)
        value = found[2].rstrip("}, \t") if found else ""
        if found and value and value.casefold() not in month_names:
            return number, found[1], value
    return None


def _unclosed(parser: _Parser) -> tuple[int, str] | None:
    """The line after which a brace is missing, and what to type there.

    A missing brace makes a value swallow the next fields or entries, so that the parser
    notices it far below; a line that looks like the next field or entry gives it away.
    """
    first = parser.line(parser.start)
    depth, last = 0, first
    for number, line in _lines_from(parser):
        is_entry = bool(_ENTRY.match(line)) and number > first
        if depth > 1 and (is_entry or re.match(r"\s*\w+\s*=\s*[{\"\w]|\}\s*$", line)):
            return last, f"Type the missing }} at the end of line {last}, before the comma."
        if is_entry:
            remedy = f"Type }} on a line of its own after line {last}."
            return (last, remedy) if depth else None
        depth += line.count("{") - line.count("}")
        last = number if line.strip() else last
    return (last, f"Type }} on a line of its own after line {last}.") if depth > 0 else None


def _stray(parser: _Parser, start: int, stop: int, path: str) -> Iterator[Finding]:
    """Text between entries, which BibTeX would drop without a word."""
    gap = parser.text[start:stop]
    for match in re.finditer(r"^.*\S.*$", gap, re.MULTILINE):
        line = parser.line(start + match.start())
        if match[0].lstrip().startswith("%") or re.match(r"@comment\b", match[0], re.IGNORECASE):
            continue
        if match[0].strip().startswith((",", "}")):
            wrong, remedy = "There is one } too many on this line.", "Delete it."
            yield Finding(path, line, "bib-stray", wrong, remedy)
            return
        wrong = f'"{match[0].strip()[:40]}" stands outside any entry, so it would be lost.'
        remedy = "An entry starts with @ and its type, as in @article{key, ; a remark with %."
        yield Finding(path, line, "bib-stray", wrong, remedy)
        return  # one for each gap: the lines after it are the same fault
