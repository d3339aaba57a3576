"""Settings of the PDFs."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sphinx_evidence.pdf import documents
from sphinx_evidence.settings import about


def _documents(entries: Sequence[object]) -> None:
    documents.read(entries, "")


@dataclass(frozen=True)
class PDFSettings:
    """Which PDFs there are, and how they are set. Every build sets them whole."""

    pdf_documents: list[dict[str, object]] = field(
        default_factory=lambda: [{"name": "document"}],
        metadata=about(
            "The PDFs: one dictionary each, with its `name`, and what the table of keys says.",
            validator=_documents,
        ),
    )
    pdf_template: str = field(
        default="",
        metadata=about(
            "A Typst file, relative to `conf.py`, in place of the extension's own template."
        ),
    )
    pdf_font_paths: list[str] = field(
        default_factory=list,
        metadata=about(
            "Folders with more fonts, relative to `conf.py`; "
            "a letter that no font has stops the build."
        ),
    )
    pdf_standards: list[str] = field(
        default_factory=lambda: ["ua-1", "a-2a"],
        metadata=about("The standards that Typst must keep to."),
    )
