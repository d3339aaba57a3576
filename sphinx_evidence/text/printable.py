"""Text for a terminal and for the log of a CI service, in which some letters are commands."""

import re

# What ends a line or steers a terminal, and bytes of a file name that are no letters.
CONTROLS = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# GitHub obeys "::" behind white space at the start of a line, and "##[" wherever it stands; Azure
# and TeamCity have "##vso[" and "##teamcity[".
_COMMANDS = re.compile(r"^\s*:(?=:(?!:))|##(?=\w*\[)")


def printed_letters(line: str) -> list[str]:
    """Each letter of a line as it may be printed; a tab stays."""
    unsafe = {found.end() - 1 for one in (CONTROLS, _COMMANDS) for found in one.finditer(line)}
    return [_escaped(letter) if at in unsafe else letter for at, letter in enumerate(line)]


def printable(line: str) -> str:
    """A line as it may be printed: what would end it, or be obeyed, is escaped."""
    return "".join(printed_letters(line))


def printable_lines(text: str) -> str:
    """Several lines, each as it may be printed."""
    return "\n".join(map(printable, text.split("\n")))


def _escaped(letter: str) -> str:
    return f"\\x{ord(letter):02x}" if letter <= "\xff" else f"\\u{ord(letter):04x}"
