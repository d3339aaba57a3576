"""The fixture that builds a tiny document."""

import functools
from pathlib import Path

import pytest

from tests.docx.documents import Make, make


@pytest.fixture
def written(tmp_path: Path) -> Make:
    """Build pages, each given as ``{"name.md": text}``, in a folder of this test's own."""
    return functools.partial(make, tmp_path)
