"""Citations by number, [1], [2,3], [4–6] and ^7^, against the numbers of the list.

Vancouver, IEEE, AMA and Nature cite so.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SHOWN = 200  # numbers of one range that are looked at for what is missing
FEW = 3  # numbers in round brackets; fewer are steps of an argument

_RANGE = r"\d{1,6}(?:\s?[–—-]\s?\d{1,6})?"
_PLACE = r"(?:,?\s(?:pp?|ch|chap|sect?|fig|table|vol)\.?\s?[\w–-]{1,12})?"
_MANY = (
    rf"(?:see\s|e\.g\.,?\s|refs?\.?\s)?{_RANGE}{_PLACE}"
    rf"(?:\s?(?:[,;]|\band)\s?{_RANGE}{_PLACE}){{0,60}}"
)
_SQUARE = re.compile(rf"(?<![\]!^])\[({_MANY})\](?!:)", re.IGNORECASE)
_RAISED = re.compile(
    rf"\^\s?\[?({_RANGE}(?:\s?[,;]\s?{_RANGE}){{0,60}})\]?\s?\^|"
    r"([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,6}(?:[⁻˒,–-][⁰¹²³⁴⁵⁶⁷⁸⁹]{1,6}){0,60})(?!\w)"
)
_ROUND = re.compile(rf"\(({_RANGE}(?:\s?[,;]\s?{_RANGE}){{0,60}})\)")
_SPELT = re.compile(
    rf"\b(?:refs?\.?|references?)\s({_RANGE}(?:(?:,|\s(?:and|&))\s{_RANGE}){{0,20}})(?![\w%])",
    re.IGNORECASE,
)
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻˒", "0123456789-,")
_MEASURE = re.compile(  # an interval, a power or an element of an array
    r"(?:\b(?:CI|CrI|IQR|range|interval|between|from)[\s,:(]*|[=∈≈]\s?)$", re.IGNORECASE
)
_POWER = re.compile(r"(?:\d|(?<![^\W\d_])[^\W\d_]{1,2}|/[^\W\d_]{1,4})$")


@dataclass(frozen=True)
class Numbers:
    """One citation: the ranges of numbers that it gives, each from the first to the last."""

    ranges: tuple[tuple[int, int], ...]
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Count:
    """How the text cites a list: by index, where an entry is first cited; and what is missing."""

    first: dict[int, int]
    missing: tuple[tuple[Numbers, tuple[int, ...]], ...]


def numbers(text: str, highest: int, *, by_year: bool) -> list[Numbers]:
    """Every citation by number; ``highest`` is the last number of the list.

    Numbers in round brackets are citations only where there are few others, and where the text
    does not cite by names and years, either.
    """
    square = list(_joined(text, _found(_SQUARE, text, highest)))
    raised = [
        n for n in _found(_RAISED, text, highest) if not _POWER.search(text, n.start - 4, n.start)
    ]
    if len(raised) < len(square):  # notes may be raised, too
        raised = [n for n in raised if n.ranges[-1][1] <= highest]
    cited = [*square, *raised, *_found(_SPELT, text, highest)]
    if not by_year:
        bracketed = [n for n in _found(_ROUND, text, highest) if n.ranges[-1][1] <= highest + FEW]
        # A few others are marks of notes.
        cited = bracketed if len(bracketed) >= max(FEW, 2 * len(cited) + 1) else cited
    return sorted(cited, key=lambda number: number.start)


def _found(pattern: re.Pattern[str], text: str, highest: int) -> Iterator[Numbers]:
    for found in pattern.finditer(text):
        inside = next(filter(None, found.groups())).translate(_PLAIN)
        inside = re.sub(r"\b(?:pp?|ch|chap|sect?|fig|table|vol)\.?\s?[\w–-]{1,12}", "", inside)
        pairs = re.findall(r"(\d+)(?:\s?[–—-]\s?(\d+))?", inside)
        ranges = tuple((int(first), int(last or first)) for first, last in pairs)
        if all(0 < first <= last for first, last in ranges) and _may_cite(
            text, found, ranges[-1][1], highest
        ):
            yield Numbers(ranges, found.start(), found.end(), found[0])


def _may_cite(text: str, found: re.Match[str], last: int, highest: int) -> bool:
    """Whether numbers are no year, interval or element of an array."""
    if last > max(highest, 1499) or _MEASURE.search(
        text, max(found.start() - 14, 0), found.start()
    ):
        return False
    index = re.search(r"(?<!\w)\w{1,2}$|\d$", text[max(found.start() - 3, 0) : found.start()])
    return found[0][0] != "[" or not index


def _joined(text: str, cited: Iterator[Numbers]) -> Iterator[Numbers]:
    """IEEE: ``[1]–[3]`` is one range."""
    before: Numbers | None = None
    for number in cited:
        between = text[before.end : number.start] if before else ""
        if before and between.strip() in {"–", "—", "-"} and len(between) < 4:  # noqa: PLR2004
            span = (before.ranges[-1][1], number.ranges[0][0])
            ranges = (*before.ranges, span, *number.ranges) if span[0] <= span[1] else before.ranges
            before = Numbers(ranges, before.start, number.end, text[before.start : number.end])
            continue
        if before:
            yield before
        before = number
    if before:
        yield before


def count(cited: Sequence[Numbers], labels: Sequence[int]) -> Count:
    """Where each of the ``labels`` is first cited, and the numbers that are none of them."""
    order = sorted(range(len(labels)), key=lambda index: labels[index])
    ranked = [labels[index] for index in order]
    known = set(ranked)
    following = list(range(len(ranked) + 1))  # the next place that is not yet cited
    first: dict[int, int] = {}
    missing: list[tuple[Numbers, tuple[int, ...]]] = []
    for number in cited:
        lacking: list[int] = []
        for low, high in number.ranges:
            begin, end = bisect_left(ranked, low), bisect_right(ranked, high)
            at = _next(following, begin)
            while at < end:
                first[order[at]] = number.start
                following[at] = at + 1
                at = _next(following, at)
            if len(lacking) < SHOWN and (end - begin < high - low + 1 or high not in known):
                last = min(high, low + SHOWN)
                lacking += [n for n in (*range(low, last + 1), high) if n not in known]
        if lacking:
            missing.append((number, tuple(sorted(set(lacking)))))
    return Count(first, tuple(missing))


def _next(following: list[int], at: int) -> int:
    """The first place from ``at`` on that is not yet cited; paths are halved on the way."""
    while following[at] != at:
        following[at] = following[following[at]]
        at = following[at]
    return at
