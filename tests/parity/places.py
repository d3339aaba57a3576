"""Where the text of a PDF stands, to tell what a reader finds at the end of a link.

Many links of a PDF lead to a point on a sheet, which has no name. What is found there is the first
link, list item or numbered block on the line at the point, or else on a later line.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator
from itertools import islice
from math import inf
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary

from tests.parity.content import Landing
from tests.pdf.reading import Element
from tests.pdf.sheet import sheet

SLACK = 1.0  # points, by which text may stand higher, or more to the left, than its place


class Point(NamedTuple):
    """A point on a sheet; points compare in the order in which lines are read."""

    sheet: int
    down: float
    across: float


class Places:
    """The points at which the elements of a PDF begin."""

    def __init__(self, document: pikepdf.Pdf) -> None:
        self.sheets: dict[Any, int] = {
            page.objgen: number for number, page in enumerate(document.pages)
        }
        self.texts: dict[tuple[int, int], Point] = {
            (number, mark): Point(number, *at)
            for number, page in enumerate(document.pages)
            for mark, at in sheet(page).starts.items()
        }
        self.lines: dict[tuple[int, float], list[float]] = {}  # where pieces of a line begin
        for point in sorted(self.texts.values()):
            self.lines.setdefault(point[:2], []).append(point.across)
        self.order = [*self.lines]
        self.begun: list[tuple[Point, Landing]] = []  # in order

    def note(self, element: Element, landing: Landing) -> None:
        """Remember where an element begins."""
        start = self._start(element.source, Dictionary())
        if start:
            insort(self.begun, (start, landing))

    def _start(self, source: pikepdf.Object, page: pikepdf.Object) -> Point | None:
        """The first text of an element."""
        page = source.get("/Pg", page)
        found = source.get("/K", Array())
        for kid in found if isinstance(found, Array) else [found]:
            if not isinstance(kid, Dictionary):
                point = self.texts.get((self.sheets[page.objgen], int(kid)))
            elif "/MCID" in kid:
                number = self.sheets[kid.get("/Pg", page).objgen]
                point = self.texts.get((number, int(kid.MCID)))
            else:
                point = self._start(kid, page) if "/S" in kid else None
            if point:
                return point
        return None

    def landings(self, destination: Array) -> list[Landing]:
        """All that begins at the first text that a reader finds at a place."""
        number, down = self.sheets[destination[0].objgen], -float(destination[3])
        following = bisect_left(self.order, (number, down - SLACK))
        if following == len(self.order):
            return []
        line = self.order[following]
        place = Point(*line, float(destination[2]) - SLACK)
        after = bisect_left(self.begun, (place,))
        if after == len(self.begun):
            return []
        # A place at the end of a line of a cell goes on in this cell, not in one left of it.
        starts = [across for across in self.lines[line] if across <= place.across]
        left = max(starts, default=0.0) - SLACK
        points = (point for point, _ in islice(self.begun, after, None))
        cell = next((point for point in points if point.across >= left), place)
        captions = self._between(Point(*line, -inf), Point(*line, inf))
        first = self.begun[after][0]
        return [
            *self._between(first, first),
            *self._between(cell, cell),
            # A caption may begin left of what it belongs to.
            *(landing for landing in captions if landing.kind == "numbered"),
        ]

    def _between(self, first: Point, last: Point) -> Iterator[Landing]:
        """What begins from one point to another."""
        for point, landing in islice(self.begun, bisect_left(self.begun, (first,)), None):
            if point > last:
                return
            yield landing
