"""Proving a project: the gate before every builder, and the builder that reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Load its parts."""
    parts = (
        "accounting", "builder", "circles", "list_styles", "nesting", "orphans", "parser",
        "registries", "shared_names", "targets", "unread", "works", "gate",
    )  # fmt: skip
    for part in parts:
        app.setup_extension(f"{__name__}.{part}")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
