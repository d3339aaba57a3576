"""The pages of the real PDFs as a typographer looks at them, as far as a machine can.

Each rule is a function of what stands where, and is also given pages that break it.
"""

from collections.abc import Iterator, Sequence

import pikepdf
import pytest

from tests.pdf.conftest import REAL
from tests.pdf.placing import Piece, by_content, pieces
from tests.pdf.reading import unicode_map
from tests.projects import Project

pytestmark = pytest.mark.xdist_group("looks")  # one worker makes what they share

A4 = (595.2756, 841.8898)
MARGIN = 50  # the narrowest, of large print, with some room for the sides of letters
HEADINGS = {"/H1", "/H2", "/H3"}

Placed = tuple[frozenset[str], Piece]  # the kinds of the element and of those around it; its place


def placed(document: pikepdf.Pdf) -> list[Placed]:
    """Every piece of content in reading order."""
    return [
        (frozenset({element.kind, *around}), piece)
        for element, around, found in by_content(document)
        for piece in found
    ]


@pytest.fixture(scope="module", params=REAL)
def content(request: pytest.FixtureRequest, pristine: Project) -> list[Placed]:
    with pikepdf.open(pristine.root / "build" / "pdf" / f"{request.param}.pdf") as document:
        return placed(document)


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


def empty_pages(content: Sequence[Placed], full: float = 0.2) -> list[int]:
    """Pages filled less than a part of their height, but for the last of a chapter."""
    foot: dict[int, float] = {}
    opens: dict[int, bool] = {}
    for kinds, piece in content:
        foot[piece.page] = max(foot.get(piece.page, 0), piece.bottom)
        # A chapter may begin with the label of a part.
        opens[piece.page] = opens.get(piece.page, False) or bool(
            kinds & {"/H1"} and piece.top < 0.3 * A4[1]
        )
    ends = {page for page in foot if opens.get(page + 1, True)}
    return [page for page in foot if page not in ends and foot[page] < full * A4[1]]


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
    return [
        name for name, shown in fonts.items() if "0" in shown.values() and "OpenZero" not in name
    ]


# -- The real pages ----------------------------------------------------------------------


def test_no_heading_is_the_last_line_of_a_page(content: list[Placed]) -> None:
    assert headings_at_the_foot(content) == []


def test_no_title_stands_apart_from_its_box(content: list[Placed]) -> None:
    assert titles_alone(content) == []


def test_no_page_within_a_chapter_is_nearly_empty(content: list[Placed]) -> None:
    assert empty_pages(content) == []


def test_nothing_runs_into_the_margins(content: list[Placed]) -> None:
    assert outside(content) == []


@pytest.mark.parametrize("name", [name for name in REAL if "large" in name])
def test_large_print_is_large_and_upright(pristine: Project, name: str) -> None:
    with pikepdf.open(pristine.root / "build" / "pdf" / f"{name}.pdf") as document:
        found = pieces(document)
        assert slashed_zeros(document) == []
    assert list(too_small(found)) == []
    assert list(slanted(found)) == []


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


def test_nearly_empty_page_is_told(pack: list[Placed]) -> None:
    page = next(piece.page for kinds, piece in pack if "/L" in kinds) + 1  # within the questions
    kept = [(k, p) for k, p in pack if p.page != page or p.bottom < 0.19 * A4[1]]
    assert empty_pages(kept) == [page]


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
