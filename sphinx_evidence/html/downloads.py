"""``{downloads}``: a table of copies by need, with format, length and size of each."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from sphinx_evidence.html.settings import DownloadsSettings
from sphinx_evidence.runtime.builders import require
from sphinx_evidence.runtime.config import read, register
from sphinx_evidence.runtime.site import SITES_OF_PAGES

logger = logging.getLogger(__name__)
MEGABYTE = 1_000_000


class downloads(nodes.General, nodes.Element):  # noqa: N801  # docutils names a node as its tag
    """The table of copies, filled in when the page is written."""


class DownloadsDirective(SphinxDirective):
    """Offers the files of ``evidence_downloads``."""

    def run(self) -> list[nodes.Node]:
        """Note the files, so that the page is read anew when one of them changes."""
        for name in files(self.config):
            self.env.note_dependency(str(Path(self.env.srcdir, name).resolve()))
        node = downloads(classes=["html-only"])
        self.set_source_info(node)
        return [node]


def files(config: Config) -> Iterator[str]:
    """Yield the copies, each once, relative to the pages."""
    offers = read(DownloadsSettings, config).downloads.values()
    yield from dict.fromkeys(name for copies in offers for name in copies.values())


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
    """Write the table; a copy that is not there is a warning, and is not offered."""
    self.body.append(self.starttag(node, "table", CLASS="downloads"))
    for need, copies in read(DownloadsSettings, self.config).downloads.items():
        links = [
            link for words, name in copies.items() if (link := offered(self, words, name, node))
        ]
        if links:
            shown = "".join(f"<p>{link}</p>" for link in links)
            self.body.append(f'<tr><th scope="row">{self.encode(need)}</th><td>{shown}</td></tr>\n')
    self.body.append("</table>\n")
    raise nodes.SkipNode


def offered(self: HTML5Translator, words: str, name: str, node: downloads) -> str:
    """A link to a copy; nothing, with a warning, where it is not there."""
    path = Path(self.builder.srcdir, name)
    if not path.is_file():
        logger.warning(
            "There is no %s yet, so the page does not offer it. Build it first: -b evidence-%s",
            name, path.suffix.removeprefix("."), location=node,
        )  # fmt: skip
        return ""
    page = self.builder.get_target_uri(self.builder.current_docname)
    href = self.attval(relative_uri(page, quote(path.name)))
    return f'<a href="{href}" download>{self.encode(words)}</a> ({self.encode(described(path))})'


def skip_downloads(_translator: object, _node: downloads) -> None:
    """Offer no copies in a copy."""
    raise nodes.SkipNode


def copy_files(app: Sphinx, exception: Exception | None) -> None:
    """Put the copies at the root of the site."""
    if exception is None and app.builder.name in SITES_OF_PAGES:
        for name in files(app.config):
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
