"""Hostile text of four times the length takes no more than about four times the work."""

from collections.abc import Callable

import pytest

from tests.growth import SHAPES, calls

pytestmark = pytest.mark.slow  # counts each call of millions

SIZE = 3_000  # characters: above every bound within which the searches look around


@pytest.mark.parametrize(
    ("part", "piece"), SHAPES, ids=[f"{part.__name__}-{piece!r}" for part, piece in SHAPES]
)
def test_calls_grow_with_the_text(part: Callable[[str], None], piece: str) -> None:
    small, large = (calls(part, piece * (size // len(piece))) for size in (SIZE, 4 * SIZE))
    assert large <= 1.5 * 4 * max(small, 1_000)
