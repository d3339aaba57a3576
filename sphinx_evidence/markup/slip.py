"""What a slip in markup leaves in the text of a page, and where its source has it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sphinx_evidence.rulebook.rule import Rule

OPAQUE = "\ufffc"  # stands in a text for what is no prose, such as code
_CURLY = {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "--", "—": "---", "…": "..."}


class Slip(NamedTuple):
    """One slip: ``sign`` is the part of its text by which the source is searched.

    It begins at the last ``opening`` before the sign, or at the sign itself.
    """

    rule: Rule
    sign: str
    wrong: str
    remedy: str
    opening: str = ""
    code: bool = False  # whether the sign itself is read as code


def quoted(words: str) -> str:
    """Words as a message gives them: in one line, and not too many."""
    line = " ".join(words.replace(OPAQUE, "…").split())
    return f'"{line[:57]}…"' if len(line) > 60 else f'"{line}"'  # noqa: PLR2004  # as cut


def broken_link(whole: str, sign: str, what: str, right: str, opening: str) -> Slip:
    """The slip in a link: ``whole`` is its text, ``what`` is wrong, ``right`` is to be typed."""
    wrong = f"{quoted(whole)} is not read as a link: {what}."
    remedy = f"Write {' '.join(right.replace(OPAQUE, '…').split())}"
    return Slip(Rule.MARKUP_LINK, sign, wrong, remedy, opening)


def holds(slip: Slip, block: str) -> bool:
    """Whether the source of a block has the slip at all, maybe escaped."""
    return bool(re.search(_pattern(slip.sign), block))


def spans(slip: Slip, block: str) -> Iterator[tuple[int, int]]:
    """Where the source of a block has a slip that is meant as markup.

    What is escaped or stands in code is shown on purpose.
    """
    code = list(_code(block))
    for found in re.finditer(_pattern(slip.sign), block):
        at = found.start()
        start = _opening(slip.opening, block, at) if slip.opening else at
        shown = any(a <= at < b for a, b in code) and not slip.code
        shown = shown or _escaped(block, at) or _escaped(block, start)
        if start >= 0 and not shown:
            picture = slip.opening == "[" and block[start - 1 : start] == "!"
            yield start - picture, found.end()


def _code(block: str) -> Iterator[tuple[int, int]]:
    """The spans of code: from a run of backticks to the next one of the same length."""
    runs = [found.span() for found in re.finditer("`+", block)]
    closing = [-1] * len(runs)
    nearest: dict[int, int] = {}
    for index in reversed(range(len(runs))):
        length = runs[index][1] - runs[index][0]
        closing[index] = nearest.get(length, -1)
        nearest[length] = index
    index = 0
    while index < len(runs):
        if closing[index] > index:
            yield runs[index][0], runs[closing[index]][1]
            index = closing[index]
        index += 1


def _opening(sign: str, block: str, end: int) -> int:
    depth, closing = 1, {"[": "]", "(": ")"}[sign]
    for at in range(end - 1, -1, -1):
        if block[at] == sign and (depth := depth - 1) == 0:
            return at
        if block[at] == closing and block[at - 1 : at] != "\\":
            depth += 1
    return -1


def _escaped(block: str, at: int) -> bool:
    before = block[: max(at, 0)]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _pattern(sign: str) -> str:
    """The sign as a source may have it: before quotation marks and dashes were made round."""
    parts = []
    for part in re.findall(r"\s+|.", sign):
        if part.isspace():
            parts.append(r"\s+(?:>\s*)*")
        elif part == OPAQUE:
            parts.append(r"[^\n]{1,400}?")
        elif part in _CURLY:
            parts.append(f"(?:{part}|{re.escape(_CURLY[part])})")
        else:
            parts.append(re.escape(part))
    return "".join(parts)
