"""The altered font of large print follows from the one that it was made from."""

import pytest

from tests.pdf import open_zero


@pytest.mark.parametrize("face", open_zero.FACES)
def test_open_zero_is_made_from_the_font_beside_it(face: str) -> None:
    assert open_zero.path(face).read_bytes() == open_zero.made(face)
