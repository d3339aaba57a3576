"""Spans of a text in the order of their start."""

from bisect import bisect_left
from collections.abc import Sequence


def meeting(spans: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """The last of ``spans`` that shares a character with the span from ``start`` to ``end``."""
    at = bisect_left(spans, (end, 0)) - 1
    return spans[at] if at >= 0 and spans[at][1] > start else None
