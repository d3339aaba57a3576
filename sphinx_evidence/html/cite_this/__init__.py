"""How to cite the work, each page and each box, and the reference list for reference managers.

Where conf.py sets ``evidence_cite_this``: what is cited is said by the project's CITATION.cff.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Load its parts."""
    for part in ("pages", "reference_files"):
        app.setup_extension(f"{__name__}.{part}")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
