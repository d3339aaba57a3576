"""The site, written whole, and what it gets beside its pages, such as copies and a search."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Load its parts."""
    for part in (
        "cite_this",
        "content_security_policy",
        "downloads",
        "mathml",
        "previews",
        "print_footer",
        "reference_filter",
        "search",
        "sitemap",
        "whole",
    ):
        app.setup_extension(f"{__name__}.{part}")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
