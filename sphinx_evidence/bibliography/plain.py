"""Entries as nearly all are written, read with two expressions; any other is the parser's.

pybtex looks for every sign by itself, which takes most of the time that a long file takes. What is
read here is read as there; what has a remark, parts joined by #, an abbreviation that nothing
defines, round brackets, or braces within braces within braces, is left to it, and so is a fault.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

NAME = r"[^\x00-\x20\"#%'(),={}\d\s][^\x00-\x20\"#%'(),={}\s]*+"  # as BibTeX has them
KEPT = {"comment", "preamble", "string"}  # no entries, whatever they look like
_WITHIN = r"[^{}]*+"
for _ in range(2):
    _WITHIN = rf"(?:[^{{}}]++|\{{{_WITHIN}\}})*+"
_QUOTED = _WITHIN.replace(r"[^{}]++", r"[^{}\"]++", 1)
_HEAD = re.compile(rf"@\s*+({NAME})\s*+\{{\s*+([^\s,}}%]++)\s*+,")
_FIELD = re.compile(
    rf"\s*+({NAME})\s*+=\s*+(?:\{{\s*+({_WITHIN})\}}|\"\s*+({_QUOTED})\"|([0-9]++)|({NAME}))"
    r"\s*+(?:,|(?=\}))"
)
_ABBREVIATED = 5  # the group of an abbreviation
_END = re.compile(r"\s*+\}")


class Plain(NamedTuple):
    """An entry; the offsets of its key, of its values and of its end."""

    kind: str
    key: str
    fields: list[tuple[str, list[str]]]
    at: int
    values: list[int]
    end: int


def plain(text: str, start: int, macros: Mapping[str, str]) -> Plain | None:
    """The entry whose ``@`` stands at ``start``, where it is plain."""
    head = _HEAD.match(text, start)
    if not head or head[1].lower() in KEPT:
        return None
    fields, values, end = [], [], head.end()
    while found := _FIELD.match(text, end):
        name, which = found[1], found.lastindex or 0
        value = found[which]
        if which == _ABBREVIATED:
            if value not in macros:
                return None
            value = macros[value]
        fields.append((name, [value]))
        values.append(found.start(which))
        end = found.end()
    close = _END.match(text, end)
    return Plain(head[1], head[2], fields, head.start(2), values, close.end()) if close else None
