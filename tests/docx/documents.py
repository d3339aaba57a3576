"""Tiny documents, written for Word in this process, and what can be read from the result."""

import io
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import docx
from docx.document import Document as Word
from docx.oxml.ns import qn
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from sphinx_evidence.docx.xml import Element, text_of
from tests.pdf.documents import COLOURS, SVG

EXTENSIONS = ["myst_parser", "sphinx_design", "sphinx_evidence.boxes", "sphinx_evidence.docx"]


@dataclass(frozen=True)
class Copy:
    """A .docx, and what Sphinx warned of while it was made."""

    path: Path
    warnings: str = ""

    @property
    def word(self) -> Word:
        return docx.Document(str(self.path))

    @property
    def body(self) -> Element:
        return self.word.element.body

    @property
    def paragraphs(self) -> list[tuple[str, str]]:
        """Style and words of each paragraph of the text, also in boxes and tables."""
        names = {style.style_id: style.name for style in self.word.styles}
        return [(str(names[one.pPr.pStyle.val]), text_of(one)) for one in self.body.iter(qn("w:p"))]

    @property
    def words(self) -> str:
        return " ".join(words for _, words in self.paragraphs if words)

    @property
    def parts(self) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.path.read_bytes())) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


Make = Callable[..., Copy]


def make(folder: Path, pages: dict[str, str], **config: object) -> Copy:
    """Build pages in a folder; ``index.md`` is made if it is missing, with all pages below it."""
    source = folder / "docs"
    source.mkdir(exist_ok=True)
    names = "\n".join(name.rpartition(".")[0] for name in pages)
    index = f"# Sample\n\n```{{toctree}}\n{names}\n```\n"
    for name, text in {"index.md": index, "picture.svg": SVG, **pages}.items():
        if not (source / name).is_file() or (source / name).read_text("utf-8") != text:
            (source / name).write_text(text, "utf-8")
    settings = {
        "extensions": EXTENSIONS,
        "project": "Sample",
        "author": "Ada",
        "language": "en-GB",
        "myst_enable_extensions": [
            "attrs_block", "attrs_inline", "colon_fence", "deflist", "fieldlist", "substitution",
        ],
        "myst_substitutions": {"key": "value"},
        "myst_heading_anchors": 3,
        "numfig": True,
        "numfig_format": {"box": "Box %s"},
        "numfig_secnum_depth": 0,
        **config,
    }  # fmt: skip
    told = StringIO()
    with docutils_namespace(), warnings.catch_warnings():
        # MyST-Parser 5 still reads a deprecated attribute of its transform.
        warnings.filterwarnings("ignore", "'myst_parser.*app' is deprecated")
        app = Sphinx(
            source, None, folder / "out", folder / "doctrees", "evidence-docx",
            confoverrides=settings, status=None, warning=told,
        )  # fmt: skip
        app.build()
    name = app.config.evidence_docx_name
    return Copy(folder / "out" / f"{name}.docx", COLOURS.sub("", told.getvalue()))
