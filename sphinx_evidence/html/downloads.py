"""``{downloads}``: links to copies of the document, with format, length and size."""

import shutil
from pathlib import Path
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from sphinx_evidence.html.settings import DownloadsSettings
from sphinx_evidence.runtime.builders import require
from sphinx_evidence.runtime.config import read, register

logger = logging.getLogger(__name__)
MEGABYTE = 1_000_000
SITES = {"dirhtml", "html"}  # an e-book is HTML, too, but holds no copies


class downloads(nodes.General, nodes.Element):  # noqa: N801  # docutils names a node as its tag
    """The list of copies, filled in when the page is written."""


class DownloadsDirective(SphinxDirective):
    """Offers the files of ``evidence_downloads``."""

    def run(self) -> list[nodes.Node]:
        """Note the files, so that the page is read anew when one of them changes."""
        for name in read(DownloadsSettings, self.config).downloads.values():
            self.env.note_dependency(str(Path(self.env.srcdir, name).resolve()))
        node = downloads(classes=["html-only"])
        self.set_source_info(node)
        return [node]


def described(path: Path) -> str:
    """Format, length where there are pages, and size: ``PDF, 24 pages, 310 KB``."""
    parts = [path.suffix.removeprefix(".").upper()]
    if path.suffix == ".pdf":
        require("pdf", "pikepdf")
        import pikepdf  # noqa: PLC0415  # needs the extra

        with pikepdf.open(path) as pdf:
            pages = len(pdf.pages)
        parts.append("1 page" if pages == 1 else f"{pages}\N{NO-BREAK SPACE}pages")
    size = path.stat().st_size
    parts.append(
        f"{max(1, round(size / 1e3))}\N{NO-BREAK SPACE}KB"
        if size < MEGABYTE
        else f"{size / 1e6:.1f}\N{NO-BREAK SPACE}MB"
    )
    return ", ".join(parts)


def visit_downloads(self: HTML5Translator, node: downloads) -> None:
    """Write the list; a copy that is not there is a warning, and is not offered."""
    found = []
    for label, name in read(DownloadsSettings, self.config).downloads.items():
        path = Path(self.builder.srcdir, name)
        if path.is_file():
            page = self.builder.get_target_uri(self.builder.current_docname)
            href = self.attval(relative_uri(page, quote(path.name)))
            text = f"{label} ({described(path)})"
            found.append(f'<li><a href="{href}" download>{self.encode(text)}</a></li>\n')
        else:
            logger.warning(
                "There is no %s yet, so the page does not offer it. Build it first: -b evidence-%s",
                name, path.suffix.removeprefix("."), location=node,
            )  # fmt: skip
    self.body.append(self.starttag(node, "ul", CLASS="downloads"))
    self.body.extend(found)
    self.body.append("</ul>\n")
    raise nodes.SkipNode


def skip_downloads(_translator: object, _node: downloads) -> None:
    """Offer no copies in a copy."""
    raise nodes.SkipNode


def copy_files(app: Sphinx, exception: Exception | None) -> None:
    """Put the copies at the root of the site."""
    if exception is None and app.builder.name in SITES:
        for name in read(DownloadsSettings, app.config).downloads.values():
            path = Path(app.srcdir, name)
            if path.is_file():
                shutil.copyfile(path, app.outdir / path.name)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, its node and the copying."""
    register(app, DownloadsSettings)
    app.add_directive("downloads", DownloadsDirective)
    skip = (skip_downloads, None)
    app.add_node(
        downloads, html=(visit_downloads, None), latex=skip, man=skip, texinfo=skip, text=skip
    )
    app.connect("build-finished", copy_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
