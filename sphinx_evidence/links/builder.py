"""``evidence-links``: Sphinx's linkcheck, with verdicts, a ledger and reports of our own.

Sphinx says what is a link, and its settings are kept; what an answer means is decided here.
"""

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.linkcheck import CheckExternalLinksBuilder
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.links import collector
from sphinx_evidence.links.settings import LinksSettings
from sphinx_evidence.network.settings import NetworkSettings
from sphinx_evidence.runtime.builders import add_builder, require
from sphinx_evidence.runtime.config import register
from sphinx_evidence.runtime.shared import SharedSettings


class LinksBuilder(CheckExternalLinksBuilder):
    """Asks what the ledger leaves open, keeps the ledger, and reports."""

    name = "evidence-links"
    epilog = ""

    def init(self) -> None:
        """Begin without links."""
        require("links", "aiohttp", "filelock", "protego", "tenacity")
        super().init()
        self.seen: list[collector.Seen] = []

    def finish(self) -> None:
        """Judge every link, and report what was found."""
        from sphinx_evidence.links.check import check_links  # noqa: PLC0415  # needs the extra

        asked = [(seen, self._asked(seen.uri)) for seen in self.seen]
        check_links(asked, self.config, Path(self.confdir), Path(self.outdir))

    def _asked(self, uri: str) -> str:
        """What is asked in place of a link, as extensions may wish."""
        return self.events.emit_firstresult("linkcheck-process-uri", uri) or uri


def note_links(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Keep the links of a page for the check."""
    if isinstance(app.builder, LinksBuilder):
        app.builder.seen.extend(collector.links_of_page(app.env, doctree, docname))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder and its settings."""
    app.setup_extension("sphinx.builders.linkcheck")
    add_builder(app, LinksBuilder, "linkcheck")
    register(app, LinksSettings, NetworkSettings, SharedSettings)
    app.connect("doctree-resolved", note_links)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
