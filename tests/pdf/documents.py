"""Tiny documents, set as PDF in this process, and what can be read from the result."""

import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pikepdf
from pypdf import PdfReader
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

EXTENSIONS = ["myst_parser", "sphinx_design", "sphinx_evidence.boxes", "sphinx_evidence.pdf"]
COLOURS = re.compile("\x1b\\[[0-9;]*m")
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    '<rect width="9" height="9"/></svg>'
)


@dataclass(frozen=True)
class Tag:
    """A structure element: its kind, its attributes, the kinds of the elements around it."""

    kind: str
    attributes: dict[str, object]
    around: tuple[str, ...]
    alt: str = ""


@dataclass(frozen=True)
class Document:
    """A PDF, and what Sphinx warned of while it was made."""

    path: Path
    warnings: str

    @property
    def text(self) -> str:
        """The words of all pages after the cover, with single spaces."""
        pages = PdfReader(self.path).pages[1:]
        return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))

    @property
    def tags(self) -> list[Tag]:
        with pikepdf.open(self.path) as pdf:
            return list(walk(pdf.Root.StructTreeRoot.K, ()))

    @property
    def kinds(self) -> list[str]:
        return [tag.kind for tag in self.tags]

    @property
    def links(self) -> list[str]:
        """Where the links lead: an address, or the number of a page counted from 0."""
        reader = PdfReader(self.path)
        return [
            str(link["/A"].get("/URI", "")) if "/A" in link else str(link["/Dest"])
            for page in reader.pages
            for link in (item.get_object() for item in page.get("/Annots", []))
        ]

    @property
    def typst(self) -> str:
        """What Typst was given."""
        folder = self.path.parent.parent / "doctrees" / "_typst"
        return (folder / f"{self.path.stem}.typ").read_text("utf-8")


Make = Callable[..., Document]


def walk(item: pikepdf.Object, around: tuple[str, ...]) -> Iterator[Tag]:
    """Yield the structure elements in reading order."""
    if isinstance(item, pikepdf.Array):
        for kid in item:
            yield from walk(kid, around)
    elif isinstance(item, pikepdf.Dictionary) and "/S" in item:
        kind = str(item.S).removeprefix("/")
        found = item.get("/A", pikepdf.Array())
        several = list(found) if isinstance(found, pikepdf.Array) else [found]
        attributes: dict[str, object] = {
            str(key): str(value) if isinstance(value, pikepdf.Name) else value
            for entry in several if isinstance(entry, pikepdf.Dictionary)
            for key, value in entry.items()
        }  # fmt: skip
        yield Tag(kind, attributes, around, str(item.get("/Alt", "")))
        if "/K" in item:
            yield from walk(item.K, (*around, kind))


def make(folder: Path, pages: dict[str, str], **config: object) -> Document:
    """Build pages in a folder; ``index.md`` is made if it is missing, with all pages below it."""
    source = folder / "docs"
    source.mkdir(exist_ok=True)
    (source / "picture.svg").write_text(SVG, "utf-8")
    if "index.md" not in pages:
        names = "\n".join(name.rpartition(".")[0] for name in pages)
        (source / "index.md").write_text(f"# Sample\n\n```{{toctree}}\n{names}\n```\n", "utf-8")
    for name, text in pages.items():
        (source / name).write_text(text, "utf-8")
    settings = {
        "extensions": EXTENSIONS,
        "project": "Sample",
        "author": "Ada",
        "language": "en-GB",
        "myst_enable_extensions": ["attrs_block", "attrs_inline", "colon_fence", "deflist"],
        "myst_heading_anchors": 3,
        "numfig": True,
        "numfig_format": {"box": "Box %s"},
        "numfig_secnum_depth": 0,
        **config,
    }
    told = StringIO()
    with docutils_namespace(), warnings.catch_warnings():
        # MyST-Parser 5 still reads a deprecated attribute of its transform.
        warnings.filterwarnings("ignore", "'myst_parser.*app' is deprecated")
        app = Sphinx(
            source, None, folder / "out", folder / "doctrees", "evidence-pdf",
            confoverrides=settings, status=None, warning=told,
        )  # fmt: skip
        app.build()
    # The first of the documents, unless there is none, because the setting is at fault.
    name = app.config.evidence_pdf_documents[0]["name"]
    return Document(folder / "out" / f"{name}.pdf", COLOURS.sub("", told.getvalue()))
