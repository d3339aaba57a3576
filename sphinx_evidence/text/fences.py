"""Blocks of MyST between fences.

Source of the form: CommonMark 0.31, section 4.5; in MyST, colons fence a directive in the same way.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sphinx_evidence.text.lines import Lines

_OPENING = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,}|:{3,})(.*)")


class Fence(NamedTuple):
    """A block: its ``marks``, the ``words`` behind them, and its lines; ``last`` is 0 if open."""

    marks: str
    words: str
    first: int
    last: int


def fences(lines: Lines, *, colons: bool) -> Iterator[Fence]:
    """Every outermost block; ``colons`` says whether colons are a fence."""
    opened: Fence | None = None
    for number, line in enumerate(lines.texts, 1):
        found = _OPENING.match(line)
        if not found or (found[1][0] == ":" and not colons):
            continue
        marks, words = found[1], found[2].strip()
        if opened is None:
            opened = Fence(marks, words, number, 0)
        elif marks.startswith(opened.marks) and not words:
            yield opened._replace(last=number)
            opened = None
    if opened:
        yield opened
