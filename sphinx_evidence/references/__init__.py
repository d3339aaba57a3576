"""How works are cited in the text and listed: Harvard author-year, with the status of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Load its part that needs Sphinx."""
    app.setup_extension(f"{__name__}.reference_list")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
