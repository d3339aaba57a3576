"""The document as an accessible .docx, for who reviews in Word: the builder ``evidence-docx``.

What they change and say there comes back to the pages with ``sphinx-evidence review``.
Importing the package is cheap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder and its configuration."""
    from sphinx_evidence.docx.builder import DocxBuilder  # noqa: PLC0415  # see above
    from sphinx_evidence.docx.settings import DocxSettings  # noqa: PLC0415
    from sphinx_evidence.runtime.builders import add_builder  # noqa: PLC0415
    from sphinx_evidence.runtime.config import register  # noqa: PLC0415

    app.setup_extension("sphinx_evidence.runtime.outdated")
    add_builder(app, DocxBuilder, "docx")
    register(app, DocxSettings)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
