"""A build after edits comes to what a build from nothing comes to."""

import pytest

from tests.edits import play


@pytest.mark.slow
def test_a_build_after_edits_is_as_one_from_nothing() -> None:
    play(5)
