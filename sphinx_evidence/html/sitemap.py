"""``sitemap.xml`` for search engines, where ``html_baseurl`` says what the addresses are.

Our own few lines, because the usual extension starts a server process in every build of every
builder and calls what Sphinx 11 takes away. The format: https://www.sitemaps.org/protocol.html.
"""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.runtime.site import SITES_OF_PAGES

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(addresses: Iterable[str]) -> str:
    """The text of the file."""
    rows = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in addresses)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<urlset xmlns="{NAMESPACE}">\n{rows}</urlset>\n'


def write_sitemap(app: Sphinx, exception: Exception | None) -> None:
    """Write the file after a build of the site; a stopped build leaves the old one."""
    base = app.config.html_baseurl
    if exception is None and app.builder.name in SITES_OF_PAGES and base:
        pages = [base + app.builder.get_target_uri(name) for name in sorted(app.env.found_docs)]
        (app.outdir / "sitemap.xml").write_text(sitemap(pages), "utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Hang the writing into the end of a build."""
    app.connect("build-finished", write_sitemap)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
