"""The pages of the real PDFs as a typographer looks at them, as far as a machine can.

Each rule is a function of what stands where, and is also given pages that break it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pikepdf
import pytest

from tests.pdf.placing import by_content, groups, lowest, pieces
from tests.pdf.sheet import Piece, unicode_map
from tests.projects import Project
from tests.real import PDFS

A4 = (595.2756, 841.8898)
MARGIN = 50  # the narrowest, of large print, with some room for the sides of letters
BOXES = ("/Sect", "/Table")  # a table set as a list is a section, too
HEADINGS = {"/H1", "/H2", "/H3"}

THIRD = 0.32  # of a page; the template measures it from the margins, and not from the letters
FRAME = 40  # points above and below the words of a box


class Body(NamedTuple):
    """The part of the pages that text may fill, as the fullest pages tell."""

    top: float
    height: float


def body(document: pikepdf.Pdf) -> Body:
    top = min(piece.top for piece in pieces(document) if piece.number is not None)
    return Body(top, max(lowest(document)) - top)


Placed = tuple[frozenset[str], Piece]  # the kinds of the element and of those around it; its place


def placed(document: pikepdf.Pdf) -> list[Placed]:
    """Every piece of content in reading order."""
    return [
        (frozenset({element.kind, *around}), piece)
        for element, around, found in by_content(document)
        for piece in found
    ]


@pytest.fixture(scope="module")
def content(real_pdf: pikepdf.Pdf) -> list[Placed]:
    return placed(real_pdf)


# -- The rules ------------------------------------------------------------------------


def headings_at_the_foot(content: Sequence[Placed]) -> list[int]:
    """Pages on which nothing follows a heading."""
    last = {piece.page: kinds for kinds, piece in content}
    return [page for page, kinds in last.items() if kinds & HEADINGS]


def titles_alone(content: Sequence[Placed]) -> list[int]:
    """Pages that end with the title of a box: what follows it in the box is on the next one."""
    return [
        piece.page
        for (before, _), (kinds, piece), (inside, following) in zip(
            content, content[1:], content[2:], strict=False
        )
        if "/Sect" not in before and "/Sect" in kinds & inside and following.page != piece.page
    ]


def empty_pages(feet: Sequence[float], body: Body) -> list[int]:
    """Pages less than a third full; ``feet`` is how far down each of them reaches."""
    return [page for page, foot in enumerate(feet) if foot - body.top < THIRD * body.height]


def splits(found: Sequence[tuple[str, list[Piece]]], body: Body) -> list[str]:
    """Boxes and tables that go on on another page, though a page can hold them.

    But for those that would leave the page before them less than a third full.
    """
    told = []
    for words, own in found:
        extents = list(_extents(own).values())
        height = sum(bottom - top for top, bottom in extents)
        before = extents[0][0] - body.top
        if len(extents) > 1 and height < body.height - FRAME and before > THIRD * body.height:
            told.append(words)
    return told


def lines_alone(found: Sequence[tuple[str, list[Piece]]]) -> list[str]:
    """Paragraphs of which one line stands on another page than the rest."""
    return [
        words
        for words, own in found
        if len(counts := Counter(page for page, _ in {(p.page, round(p.bottom)) for p in own})) > 1
        and min(counts.values()) == 1
    ]


def out_of_view(question: int, table: Sequence[Piece]) -> list[int]:
    """Pages of a table that is neither on the page of its question nor on the one facing it.

    The cover lies on the right, so pages 1 and 2, counted from it as 0, face each other.
    """
    view = {question, question + 1 if question % 2 else question - 1}
    pages = {piece.page for piece in table}
    return sorted(pages) if len(pages) > 1 or not pages <= view else []


def _extents(own: Sequence[Piece]) -> dict[int, tuple[float, float]]:
    """From where to where pieces reach on each page."""
    found: dict[int, tuple[float, float]] = {}
    for piece in own:
        top, bottom = found.get(piece.page, (piece.top, piece.bottom))
        found[piece.page] = min(top, piece.top), max(bottom, piece.bottom)
    return dict(sorted(found.items()))


def outside(content: Sequence[Placed]) -> list[Piece]:
    """What stands in the margins or beyond the page."""
    return [
        piece
        for _, piece in content
        if piece.left < MARGIN or piece.right > A4[0] - MARGIN or piece.bottom > A4[1] - MARGIN
    ]


def too_small(found: Sequence[Piece]) -> Iterator[Piece]:
    """What large print prints smaller than 18 point."""
    yield from (piece for piece in found if piece.size < 17.9)


def slanted(found: Sequence[Piece]) -> Iterator[Piece]:
    """What large print sets in italics."""
    yield from (piece for piece in found if "Italic" in piece.font or "Oblique" in piece.font)


def slashed_zeros(document: pikepdf.Pdf) -> list[str]:
    """Fonts other than the one without a slash that a PDF takes its zeros from."""
    fonts = {
        str(font.BaseFont): unicode_map(font)
        for page in document.pages
        for font in page.Resources.get("/Font", {}).values()
    }
    open_zeros = ("OpenZero", "SourceSans")  # the second is that of drawings
    return [
        name
        for name, shown in fonts.items()
        if "0" in shown.values() and not any(one in name for one in open_zeros)
    ]


# -- The real pages ----------------------------------------------------------------------


def test_no_heading_is_the_last_line_of_a_page(content: list[Placed]) -> None:
    assert headings_at_the_foot(content) == []


def test_no_title_stands_apart_from_its_box(content: list[Placed]) -> None:
    assert titles_alone(content) == []


def test_no_page_is_nearly_empty(real_pdf: pikepdf.Pdf) -> None:
    assert empty_pages(lowest(real_pdf), body(real_pdf)) == []


def test_no_box_and_no_table_is_split(real_pdf: pikepdf.Pdf) -> None:
    assert splits(groups(real_pdf, *BOXES), body(real_pdf)) == []


def test_no_line_stands_alone(real_pdf: pikepdf.Pdf) -> None:
    assert lines_alone(groups(real_pdf, "/P", "/Note")) == []


@pytest.mark.parametrize("name", [name for name in PDFS if "pack" in name])
def test_table_is_in_view_of_its_question(pristine: Project, name: str) -> None:
    with pikepdf.open(pristine.root / "build" / "pdf" / f"{name}.pdf") as document:
        assert out_of_view(*question_and_table(document)) == []


def test_nothing_runs_into_the_margins(content: list[Placed]) -> None:
    assert outside(content) == []


@pytest.mark.parametrize("name", [name for name in PDFS if "large" in name])
def test_large_print_is_large_and_upright(pristine: Project, name: str) -> None:
    with pikepdf.open(pristine.root / "build" / "pdf" / f"{name}.pdf") as document:
        found = pieces(document)
        assert slashed_zeros(document) == []
    assert list(too_small(found)) == []
    assert list(slanted(found)) == []


def question_and_table(document: pikepdf.Pdf) -> tuple[int, list[Piece]]:
    """The page of the first question, and the table that it is about."""
    numbers = (own[0].page for words, own in groups(document, "/Lbl") if words == "1.")
    tables = (own for words, own in groups(document, *BOXES) if words.startswith("Table 1"))
    return next(numbers), next(tables)


# -- Each rule can fail ----------------------------------------------------------------------


@pytest.fixture
def pack(pristine: Project) -> list[Placed]:
    with pikepdf.open(pristine.root / "build" / "pdf" / "discussion-pack.pdf") as document:
        return placed(document)


def test_heading_at_the_foot_is_told(pack: list[Placed]) -> None:
    place = next(n for n, (kinds, _) in enumerate(pack) if "/H2" in kinds)
    page = pack[place][1].page
    rest = [(kinds, piece) for kinds, piece in pack[place + 1 :] if piece.page > page]
    assert headings_at_the_foot([*pack[: place + 1], *rest]) == [page]


def test_title_apart_from_its_box_is_told(pack: list[Placed]) -> None:
    place = next(n for n, (kinds, _) in enumerate(pack) if "/Sect" in kinds)
    page = pack[place][1].page
    moved = [(kinds, piece._replace(page=piece.page + 1)) for kinds, piece in pack[place + 1 :]]
    assert titles_alone([*pack[: place + 1], *moved]) == [page]


def test_nearly_empty_page_is_told() -> None:
    assert empty_pages([800, 310, 320], Body(80, 720)) == [1]


@pytest.fixture
def table(pristine: Project) -> tuple[int, list[Piece]]:
    with pikepdf.open(pristine.root / "build" / "pdf" / "discussion-pack.pdf") as document:
        return question_and_table(document)


def test_split_table_is_told(table: tuple[int, list[Piece]]) -> None:
    _, own = table
    half = [piece._replace(page=piece.page + (piece.top > own[-1].top - 40)) for piece in own]
    assert splits([("Table 1", half)], Body(80, 720)) == ["Table 1"]
    assert splits([("Table 1", own)], Body(80, 720)) == []
    assert splits([("Table 1", half)], Body(80, 150)) == []  # no page can hold it


def test_table_out_of_view_is_told(table: tuple[int, list[Piece]]) -> None:
    question, own = table
    facing = question + 1 if question % 2 else question - 1
    for page in (question, facing):
        assert out_of_view(question, [piece._replace(page=page) for piece in own]) == []
    for page in {question - 1, question + 1} - {facing}:
        assert out_of_view(question, [piece._replace(page=page) for piece in own]) == [page]


def test_line_alone_is_told(table: tuple[int, list[Piece]]) -> None:
    last = max(piece.bottom for piece in table[1])
    moved = [piece._replace(page=piece.page + (piece.bottom == last)) for piece in table[1]]
    assert lines_alone([("Words", moved)]) == ["Words"]
    assert lines_alone([("Words", table[1])]) == []


def test_text_in_the_margin_is_told(pack: list[Placed]) -> None:
    kinds, piece = pack[0]
    beyond = piece._replace(right=A4[0])
    assert outside([(kinds, beyond), *pack[1:]]) == [beyond]


def test_small_and_slanted_letters_are_told(pristine: Project) -> None:
    with pikepdf.open(pristine.root / "build" / "pdf" / "discussion-pack.pdf") as document:
        found = pieces(document)
        assert slashed_zeros(document)
    assert list(too_small(found))
    assert list(slanted(found))
