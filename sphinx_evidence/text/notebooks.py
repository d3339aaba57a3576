"""Notebooks: the texts of their cells, and the lines on which these stand in the file.

The form is that of nbformat 4, https://nbformat.readthedocs.io: a line of a cell is a line of the
file, as every program writes it.
"""

import json
import re
from functools import lru_cache

SUFFIX = ".ipynb"
_OF_A_CELL = 10_000  # lines that MyST-NB counts from one cell to the next
_SOURCE = re.compile(r'^( *)"source": (?:\[|")', re.MULTILINE)


@lru_cache(maxsize=4)
def sources(text: str) -> list[str]:
    """The text of each cell; none of what is no notebook."""
    try:
        cells = json.loads(text)["cells"]
        return ["".join(cell.get("source", "")) for cell in cells]
    except (AttributeError, KeyError, TypeError, ValueError):
        return []


@lru_cache(maxsize=4)
def _starts(text: str) -> list[int]:
    """The line of the file above the first one of each cell."""
    found = list(_SOURCE.finditer(text))
    outermost = min((len(one[1]) for one in found), default=0)
    ends = [one.end() for one in found if len(one[1]) == outermost]  # not those in outputs
    starts, line, at = [], 1, 0
    for end in ends:
        line += text.count("\n", at, end)
        at = end
        starts.append(line)
    return starts


def line_of(text: str, counted: int) -> int:
    """The line of the file that MyST-NB has counted; 1 where nobody can say."""
    cell, line = divmod(counted, _OF_A_CELL)
    starts = _starts(text)
    if not 0 < cell <= len(starts):
        return 1
    return starts[cell - 1] + max(line - 1, 0)
