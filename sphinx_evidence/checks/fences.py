"""Blocks of MyST that begin with a fence and never end.

Source of the form: CommonMark 0.31, section 4.5; in MyST, colons fence a directive in the same way.
"""

import re

from sphinx_evidence.diagnostics.finding import Finding, Location
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.lines import Lines

_OPENING = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,}|:{3,})(.*)")


def unclosed(lines: Lines, path: str, *, colons: bool) -> Finding | None:
    """The fence that takes in the rest of the page; ``colons`` says whether colons are one."""
    opened: tuple[int, str] | None = None
    for number, line in enumerate(lines.texts, 1):
        found = _OPENING.match(line)
        if not found or (found[1][0] == ":" and not colons):
            continue
        fence, words = found[1], found[2].strip()
        if opened is None:
            opened = (number, fence)
        elif fence.startswith(opened[1]) and not words:
            opened = None
    if opened is None:
        return None
    number, fence = opened
    words = lines.line(number).strip()
    column = lines.line(number).index(fence) + 1
    wrong = f'"{words}" is not closed, so the rest of the page stands in it.'
    remedy = f"Type {fence} on a line of its own where it ends."
    return Location(path, number, column).finding(Rule.FENCE_OPEN, wrong, remedy, words)
