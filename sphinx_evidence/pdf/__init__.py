"""The document as accessible PDFs: the builder ``evidence-pdf``, which sets them with Typst.

Importing the package is cheap: ``documents``, ``markup`` and ``structure`` work without Sphinx.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder and its configuration."""
    from sphinx_evidence.pdf.builder import PDFBuilder  # noqa: PLC0415  # see above
    from sphinx_evidence.pdf.settings import PDFSettings  # noqa: PLC0415
    from sphinx_evidence.runtime.builders import add_builder  # noqa: PLC0415
    from sphinx_evidence.runtime.config import register  # noqa: PLC0415

    app.setup_extension("sphinx_evidence.runtime.outdated")
    add_builder(app, PDFBuilder, "pdf")
    register(app, PDFSettings)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
