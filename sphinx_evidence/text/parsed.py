"""The lines that parsers of pages count, where they count others than editors.

docutils splits reStructuredText with `str.splitlines`, after it has made spaces of vertical tabs
and form feeds. MyST-Parser counts as CommonMark does, but splits with `str.splitlines` the content
of a directive, and all of a file that a page includes.
"""

import re
from collections.abc import Collection, Iterable
from enum import Enum
from typing import NamedTuple

from sphinx_evidence.text.fences import fences
from sphinx_evidence.text.lines import Lines

_UNUSUAL = re.compile("[\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = str.maketrans("\v\f", "  ")


class Form(Enum):
    """How the lines of a file were counted that a page was read from."""

    RST = "rst"
    MYST = "myst"
    MYST_WITH_COLONS = "myst with fences of colons"
    MYST_INCLUDED = "myst, included"


class Shift(NamedTuple):
    """The lines that a parser has counted in some ``lines`` of a file, and an editor's for each."""

    lines: range
    counted: dict[int, int]


def shifts(lines: Lines, form: Form) -> list[Shift]:
    """Where the lines that a parser counts are others than those of an editor."""
    if not _UNUSUAL.search(lines.text):
        return []
    if form in {Form.RST, Form.MYST_INCLUDED}:
        counted = _counted(lines.with_ends, 1, spaces=form is Form.RST)
        return [Shift(range(1, len(counted) + 1), counted)]
    found = []
    for fence in fences(lines, colons=form is Form.MYST_WITH_COLONS):
        if fence.words.startswith("{"):
            last = fence.last or len(lines.texts) + 1
            content = lines.with_ends[fence.first : last - 1]
            found.append(Shift(range(fence.first, last + 1), _counted(content, fence.first + 1)))
    return found


def _counted(content: Iterable[str], first: int, *, spaces: bool = False) -> dict[int, int]:
    """For each line that a parser counts in ``content``, the number of an editor."""
    numbers = [
        number
        for number, line in enumerate(content, first)
        for _ in (line.translate(_SPACES) if spaces else line).splitlines()
    ]
    return dict(enumerate(numbers, first))


def editor_line(found: Iterable[Shift], line: int, around: Collection[int]) -> int:
    """The line of an editor for that of a node; ``around`` are those of the nodes around it.

    Behind a directive, its last lines have the same numbers as those that follow it.
    """
    for shift in found:
        if line in shift.counted and any(n in shift.lines for n in (line, *around)):
            return shift.counted[line]
    return line
