"""Where the text of a PDF stands, to tell what a reader finds at the end of a link.

Many links of a PDF lead to a point on a sheet, which has no name. What is found there is the first
link, list item or numbered block on the line at the point, or else on a later line.
"""

from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary

from tests.parity.content import Landing
from tests.pdf.reading import Element

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
            for mark, at in marked_places(page).items()
        }
        self.lines = sorted({point[:2] for point in self.texts.values()})
        self.begun: list[tuple[Point, Landing]] = []

    def note(self, element: Element, landing: Landing) -> None:
        """Remember where an element begins."""
        start = self._start(element.source, Dictionary())
        if start:
            self.begun.append((start, landing))

    def _start(self, source: pikepdf.Object, page: pikepdf.Object) -> Point | None:
        """The first text of an element."""
        page = source.get("/Pg", page)
        found = source.get("/K", Array())
        for kid in found if isinstance(found, Array) else [found]:
            if not isinstance(kid, Dictionary):
                point = self.texts.get((self.sheets[page.objgen], int(kid)))
            elif "/MCID" in kid:
                sheet = self.sheets[kid.get("/Pg", page).objgen]
                point = self.texts.get((sheet, int(kid.MCID)))
            else:
                point = self._start(kid, page) if "/S" in kid else None
            if point:
                return point
        return None

    def landings(self, destination: Array) -> list[Landing]:
        """All that begins at the first text that a reader finds at a place."""
        sheet, down = self.sheets[destination[0].objgen], -float(destination[3])
        line = next((at for at in self.lines if at >= (sheet, down - SLACK)), None)
        if line is None:
            return []
        place = Point(*line, float(destination[2]) - SLACK)
        after = sorted((point, landing) for point, landing in self.begun if point >= place)
        # A place at the end of a line of a cell goes on in this cell, not in one left of it.
        starts = [at.across for at in self.texts.values() if at[:2] == line]
        left = max((start for start in starts if start <= place.across), default=0.0) - SLACK
        cell = next((point for point, _ in after if point.across >= left), None)
        return [
            landing
            for point, landing in [*after, *self.begun]
            if point in {after[0][0], cell}
            # A caption may begin left of what it belongs to.
            or (landing.kind == "numbered" and point[:2] == line)
        ]


def marked_places(page: pikepdf.Page) -> dict[int, tuple[float, float]]:
    """Where the text of each marked content begins: downwards, across."""
    found: dict[int, tuple[float, float]] = {}
    matrix, saved = pikepdf.Matrix(), list[pikepdf.Matrix]()
    marks: list[int | None] = []
    for instruction in pikepdf.parse_content_stream(page):
        operands: list[Any] = [*instruction.operands]
        match str(instruction.operator):
            case "q":
                saved.append(matrix)
            case "Q":
                matrix = saved.pop()
            case "cm":
                matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
            case "BDC" | "BMC":
                marks.append(_number(operands))
            case "EMC":
                marks.pop()
            case "Tj" | "TJ":
                for mark in marks:
                    if mark is not None:
                        found.setdefault(mark, (-matrix.f, matrix.e))
    return found


def _number(operands: list[Any]) -> int | None:
    """The number of a marked content, if it has one."""
    properties = operands[1] if len(operands) > 1 else None
    if isinstance(properties, Dictionary) and "/MCID" in properties:
        return int(properties.MCID)
    return None
