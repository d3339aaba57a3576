"""Tiny books, built in this process, and what can be read from them."""

import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree as ET

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from sphinx_evidence.epub.contents import XHTML
from tests.pdf.documents import COLOURS, SVG

EXTENSIONS = ["myst_parser", "sphinx_design", "sphinx_evidence.boxes", "sphinx_evidence.epub"]
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"


@dataclass(frozen=True)
class Book:
    """A book, and what Sphinx warned of while it was made."""

    path: Path
    warnings: str

    @property
    def names(self) -> list[str]:
        with zipfile.ZipFile(self.path) as file:
            return file.namelist()

    def read(self, name: str) -> bytes:
        with zipfile.ZipFile(self.path) as file:
            return file.read(f"EPUB/{name}")

    def text(self, name: str) -> str:
        return self.read(name).decode("utf-8")

    def tree(self, name: str) -> ET.Element:
        return ET.fromstring(self.read(name))  # noqa: S314  # written by our own build

    @property
    def metadata(self) -> list[tuple[str, str]]:
        """Names and texts of the metadata, in their order."""
        found = self.tree("package.opf").find(f"{OPF}metadata")
        assert found is not None
        return [
            (item.get("property") or item.tag.removeprefix(DC), item.text or "") for item in found
        ]

    @property
    def spine(self) -> list[str]:
        """The paths of the pages, in reading order."""
        package = self.tree("package.opf")
        paths = {item.get("id"): str(item.get("href")) for item in package.iter(f"{OPF}item")}
        return [paths[item.get("idref")] for item in package.iter(f"{OPF}itemref")]

    def links(self, name: str) -> list[str]:
        return [str(link.get("href")) for link in self.tree(name).iter(f"{XHTML}a")]


Make = Callable[..., Book]


def make(folder: Path, pages: dict[str, str], **config: object) -> Book:
    """Build pages in a folder; ``index.md`` is made if it is missing, with all pages below it."""
    source = folder / "docs"
    if "index.md" not in pages:
        names = "\n".join(name.rpartition(".")[0] for name in pages)
        pages |= {"index.md": f"# Sample\n\n```{{toctree}}\n{names}\n```\n"}
    for name, text in {"picture.svg": SVG, **pages}.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, "utf-8")
    settings = {
        "extensions": EXTENSIONS,
        "project": "Sample",
        "author": "Ada",
        "copyright": "Ada",
        "version": "1.2",
        "release": "1.2.3",
        "language": "en-GB",
        "myst_enable_extensions": ["attrs_block", "attrs_inline", "colon_fence", "deflist"],
        "myst_heading_anchors": 3,
        "numfig": True,
        "numfig_format": {"box": "Box %s"},
        "numfig_secnum_depth": 0,
        "epub_show_urls": "no",
        **config,
    }
    told = StringIO()
    with docutils_namespace(), warnings.catch_warnings():
        # MyST-Parser 5 still reads a deprecated attribute of its transform.
        warnings.filterwarnings("ignore", "'myst_parser.*app' is deprecated")
        app = Sphinx(
            source, None, folder / "out", folder / "doctrees", "evidence-epub",
            confoverrides=settings, status=None, warning=told,
        )  # fmt: skip
        app.build()
    (path,) = (folder / "out").glob("*.epub")
    return Book(path, COLOURS.sub("", told.getvalue()))
