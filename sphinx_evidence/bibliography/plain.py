"""Entries as nearly all are written, read with two expressions; any other is the parser's.

pybtex looks for every sign by itself, which takes most of the time that a long file takes. What is
read here is read as there; what has a remark, parts joined by #, an abbreviation that nothing
defines, round brackets, or braces within braces within braces, is left to it, and so is a fault.
"""

import re
from collections import UserDict
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


_MONTHS = "January February March April May June July August September October November December"


class Macros(UserDict[str, str]):
    """Abbreviations, in any case of letters."""

    def __getitem__(self, name: str) -> str:
        """What a name stands for."""
        return self.data[name.lower()]

    def __setitem__(self, name: str, value: str) -> None:
        """Let a name stand for a value."""
        self.data[name.lower()] = value

    def __contains__(self, name: object) -> bool:
        """Whether a name stands for something."""
        return isinstance(name, str) and name.lower() in self.data


def months() -> Macros:
    """The abbreviations that every style knows; more come from @string."""
    return Macros({name[:3]: name for name in _MONTHS.split()})


class UnreadableError(Exception):
    """What nobody can read; it holds what the parser says."""


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
