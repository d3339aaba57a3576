"""The document as accessible PDFs: the builder ``pdf``, which sets them with Typst.

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

    app.add_builder(PDFBuilder)
    text, several = frozenset({str}), frozenset({list, tuple})
    # Nothing is rebuilt for these: every build sets the whole document.
    app.add_config_value("pdf_documents", [{"name": "document"}], "", several)  # see documents.py
    app.add_config_value("pdf_template", "", "", text)  # relative to conf.py; empty: our own
    app.add_config_value("pdf_font_paths", [], "", several)  # folders, relative to conf.py
    app.add_config_value("pdf_standards", ["ua-1", "a-2a"], "", several)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
