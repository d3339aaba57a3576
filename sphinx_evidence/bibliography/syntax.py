"""What is missing where a .bib file cannot be read: which brace, comma, key or equals sign.

The parser notices a fault where it can go no further, which may be far below the place that a
person has to mend.
"""

import re
from collections.abc import Iterator

from pybtex.database.input.bibtex import UndefinedMacro
from pybtex.exceptions import PybtexError
from pybtex.scanner import PrematureEOF, TokenRequired

from sphinx_evidence.bibliography.parser import Parser, Unknown
from sphinx_evidence.diagnostics.finding import MARKERS, MERGED, UNMERGE, Finding, Location
from sphinx_evidence.rulebook.rule import Rule

REACH = 400  # lines of a faulty entry that are looked through
WIDE = 2000  # characters of such a line
_ENTRY = re.compile(r"@\w+\s*\{")
_KEY = "Write one after the brace, for example @article{surname2024,"
_RULE = Rule.BIB_SYNTAX


def finding(error: PybtexError, parser: Parser) -> Finding:
    """Say what is missing, at the place where it is to be typed."""
    key = parser.current_entry_key
    name = f'The entry "{key[:60]}"' if key else "The entry"
    first = parser.location(parser.start)
    for location, line in _lines_from(parser):
        if line.startswith(MARKERS):
            return location.finding(Rule.MERGE_LEFT, MERGED, UNMERGE, line)
        if location.line > first.line and _ENTRY.match(line):
            break
    if "nested" in str(error):
        wrong = f"{name}: its braces are nested too deep."
        return first.finding(_RULE, wrong, "Write {name} or {{name}}, no deeper.")
    bare = _bare_value(parser)
    if bare:
        location, field_name, value = bare
        wrong = f'{name}: the value of "{field_name}" has no opening brace.'
        return location.finding(_RULE, wrong, f"Write {field_name} = {{{value}}},", value)
    if isinstance(error, UndefinedMacro):
        word = str(error).rsplit(" ", 1)[-1].strip("'\"")[:40]
        wrong = f'{name}: the abbreviation "{word}" is not known.'
        return first.finding(_RULE, wrong, "Write the words themselves, in braces.")
    unclosed = _unclosed(parser)
    if unclosed or isinstance(error, PrematureEOF):
        location, remedy = unclosed or (first, "Type the } that is missing.")
        wrong = f"{name} that starts on line {first.line} is not closed."
        return location.finding(_RULE, wrong, remedy)
    return _token_missing(error, parser, name)


def unknown(parser: Parser, found: Unknown) -> Finding:
    """Say of an abbreviation, in an entry that can be read, that nothing defines it."""
    key = parser.current_entry_key
    start = f'The entry "{key[:60]}": the' if key else "The"
    name = found.name[:40]
    wrong = f'{start} abbreviation "{name}" is not known.'
    remedy = f"Put it in braces, {{{name}}}, or say with @string what it stands for."
    return parser.location(found.offset).finding(_RULE, wrong, remedy, found.name)


def _token_missing(error: PybtexError, parser: Parser, name: str) -> Finding:
    first, here = parser.location(parser.start), parser.location(min(parser.pos, len(parser.text)))
    expected = str(error).rsplit(": ", 1)[-1]
    remedy = "A field is written as:  name = {value},"
    if not isinstance(error, TokenRequired):
        return here.finding(_RULE, f"{name} cannot be read: {expected}.", remedy)
    if "entry key" in expected:
        return first.finding(_RULE, "The entry has no key.", _KEY)
    if "'='" in expected:
        wrong = f'{name}: the field "{parser.current_field_name}" has no value.'
        return here.finding(_RULE, wrong, remedy)
    if "'}'" in expected:
        return _comma_missing(parser, name)
    return here.finding(_RULE, f"{name} cannot be read: {expected}.", remedy)


def _comma_missing(parser: Parser, name: str) -> Finding:
    """The entry goes on where its end was expected: a key or a comma is missing."""
    first = parser.location(parser.start)
    if re.compile(r"\s*=").match(parser.text, parser.pos):
        return first.finding(_RULE, "The entry has no key.", _KEY)
    last = _before_spaces(parser.text, parser.pos)
    if not parser.current_fields and parser.text[last - 1 : last] != ",":
        wrong = f"{name}: there is no comma after the key, or the key has a space."
        remedy = "Write the key without spaces, then a comma: @article{surname2024,"
        return first.finding(_RULE, wrong, remedy)
    end = parser.location(max(last - 1, 0))
    wrong = f"{name} cannot be read after this line."
    return end.finding(_RULE, wrong, f"Type a comma at the end of line {end.line}.")


def _before_spaces(text: str, offset: int) -> int:
    """The offset behind the last character before ``offset`` that is no white space."""
    while offset and text[offset - 1].isspace():
        offset -= 1
    return offset


def _lines_from(parser: Parser) -> Iterator[tuple[Location, str]]:
    """The lines from the start of the entry on, as many as people look through."""
    first = parser.location(parser.start)
    lines = parser.lines.texts[first.line - 1 : first.line - 1 + REACH]
    for number, text in enumerate(lines, first.line):
        start = first.column - 1 if number == first.line else 0
        yield Location(parser.path, number, start + 1), text[start : start + WIDE]


def _bare_value(parser: Parser) -> tuple[Location, str, str] | None:
    """Place, field and value of the first value that starts without brace or quote."""
    first = parser.location(parser.start).line
    for location, line in _lines_from(parser):
        if location.line > first and _ENTRY.match(line):
            return None
        found = re.match(r"\s*(\w+)\s*=\s*([^\s{\"\d].*)$", line)
        value = found[2].rstrip("}, \t") if found else ""
        if found and value and value.casefold() not in parser.macros:
            return location._replace(column=location.column + found.start(2)), found[1], value
    return None


def _unclosed(parser: Parser) -> tuple[Location, str] | None:
    """The place where a brace is missing, and what to type there.

    A missing brace makes a value swallow the next fields or entries, so that the parser
    notices it far below; a line that looks like the next field or entry gives it away.
    """
    first = last = parser.location(parser.start)
    depth = 0
    for location, line in _lines_from(parser):
        is_entry = bool(_ENTRY.match(line)) and location.line > first.line
        if depth > 1 and (is_entry or re.match(r"\s*\w+\s*=\s*[{\"\w]|\}\s*$", line)):
            return last, f"Type the missing }} at the end of line {last.line}, before the comma."
        if is_entry:
            return (
                (last, f"Type }} on a line of its own after line {last.line}.") if depth else None
            )
        depth += line.count("{") - line.count("}")
        if line.strip():
            last = location._replace(column=location.column + max(len(line.rstrip()) - 1, 0))
    remedy = f"Type }} on a line of its own after line {last.line}."
    return (last, remedy) if depth > 0 else None
