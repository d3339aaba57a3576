"""The files of an EPUB 3 book around its pages, and the book as bytes.

The form is that of https://www.w3.org/TR/epub-33/.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sphinx_evidence.epub.contents import Page, accessibility

HERE = Path(__file__).parent
FOLDER = "EPUB"  # all but what names the format lies in it
STYLE = "style.css"
COVER = "cover.png"
CONFORMANCE = "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"  # in the only form that is allowed
TYPES = {
    ".gif": "image/gif", ".jpeg": "image/jpeg", ".jpg": "image/jpeg", ".png": "image/png",
    ".svg": "image/svg+xml", ".webp": "image/webp",
}  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """What a library tells of a book; an empty text is left out."""

    identifier: str
    title: str
    language: str
    author: str = ""
    contributor: str = ""
    publisher: str = ""
    description: str = ""
    rights: str = ""
    modified: int = 0  # seconds since 1970
    certifier: str = ""  # who says that it meets CONFORMANCE
    certifier_report: str = ""  # the address where they say why


@dataclass(frozen=True)
class Entry:
    """A line of the list of contents; without a path it is the name of a group."""

    text: str
    path: str = ""
    children: tuple["Entry", ...] = ()


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=StrictUndefined, keep_trailing_newline=True,
    )  # fmt: skip


def rendered(template: str, **context: object) -> str:
    """Fill in one of the templates beside this module; every text is escaped."""
    return _templates().get_template(f"{template}.jinja").render(**context)


@dataclass(frozen=True)
class Contents:
    """The list of contents: its own title, and its lines."""

    title: str
    entries: Sequence[Entry]


def pack(
    facts: Facts,
    pages: Sequence[Page],
    contents: Contents,
    images: Mapping[str, bytes],
    cover: bytes,
) -> bytes:
    """Return the book: pages in reading order, images by their paths in the book.

    The list of contents stands after the first page. The bytes are the same for the same input.
    """
    modified = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(facts.modified))
    image_types = {path: TYPES[Path(path).suffix.lower()] for path in images}
    package = rendered(
        "package.opf", facts=facts, pages=pages, modified=modified, cover=COVER, style=STYLE,
        images=image_types, accessibility=accessibility(pages, image_types.values()),
        conformance=CONFORMANCE if facts.certifier else "",
    )  # fmt: skip
    nav = rendered("nav.xhtml", facts=facts, contents=contents, pages=pages, style=STYLE)
    files: dict[str, str | bytes] = {
        "META-INF/container.xml": rendered("container.xml", package=f"{FOLDER}/package.opf"),
        f"{FOLDER}/package.opf": package,
        f"{FOLDER}/nav.xhtml": nav,
        f"{FOLDER}/{STYLE}": (HERE / STYLE).read_bytes(),
        f"{FOLDER}/{COVER}": cover,
        **{f"{FOLDER}/{page.path}": page.text for page in pages},
        **{f"{FOLDER}/{path}": images[path] for path in sorted(images)},
    }
    written = BytesIO()
    with ZipFile(written, "w") as book:
        # OCF 4.3: first, and neither compressed nor with extra fields, to be told by its bytes.
        book.writestr(_entry("mimetype", ZIP_STORED), "application/epub+zip")
        for path, data in files.items():
            book.writestr(_entry(path, ZIP_DEFLATED), data)
    return written.getvalue()


def _entry(path: str, compression: int) -> ZipInfo:
    """An entry of the archive that says nothing of when and on which machine it was made."""
    entry = ZipInfo(path, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = compression
    entry.create_system = 3  # the same on Windows
    entry.external_attr = 0o644 << 16
    return entry
