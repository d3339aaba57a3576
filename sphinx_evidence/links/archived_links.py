"""For readers: beside a link that is gone, its archived copy; in every format, by the ledger alone.

The link itself stays: readers see what the author gave, and that the copy is another page.
"""

from datetime import date
from pathlib import Path

from babel.core import UnknownLocaleError
from babel.dates import format_date
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.links import ledger
from sphinx_evidence.links.settings import LinksSettings
from sphinx_evidence.network.identifiers import address_of
from sphinx_evidence.network.ledgers import LedgerFault
from sphinx_evidence.runtime.abort import abort_on
from sphinx_evidence.runtime.config import read, register

COPY = "archived-copy"  # the class of what is added


class ArchivedCopies(SphinxPostTransform):
    """Add the copy after each link that is gone."""

    # After the reference list (6) and cross-references (10), whose links count, too.
    default_priority = 20

    def run(self, **kwargs: object) -> None:  # noqa: ARG002  # docutils' signature
        """Add to the paragraph of the link, or below a linked picture."""
        copies: dict[str, tuple[str, str]] = self.config.evidence_links_copies
        for node in list(self.document.findall(nodes.reference)) if copies else ():
            copy = copies.get(address_of(node.get("refuri", ""))[0])
            if copy and COPY not in node["classes"]:
                in_text = isinstance(node.parent, nodes.TextElement)
                around = nodes.inline if in_text else nodes.paragraph
                address, words = copy
                link = nodes.reference("", words, refuri=address, internal=False, classes=[COPY])
                beside = around("", " (", link, nodes.Text(")"), classes=[COPY])
                node.parent.insert(node.parent.index(node) + 1, beside)


def note_copies(app: Sphinx, config: Config) -> None:
    """Read the ledger into a setting, so that Sphinx writes pages anew when a copy is added."""
    settings = read(LinksSettings, config)
    try:
        known = ledger.read(Path(app.confdir, settings.links_ledger))
    except LedgerFault as fault:
        abort_on([fault.finding])
        raise
    config.evidence_links_copies = {
        address: (entry.archived, words(config, settings.links_words, entry.archived_on))
        for address, entry in known.entries.items()
        if entry.gone and entry.archived and entry.archived_on
    }


def words(config: Config, form: str, day: date) -> str:
    """What readers see: ``archived copy, 12 May 2021``, in the language of the document."""
    locale = str(config.language).replace("-", "_")  # Babel knows en_GB only
    try:
        written = format_date(day, "long", locale=locale)
    except (UnknownLocaleError, ValueError):
        written = format_date(day, "long", locale="en")
    return form.format(date=written)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transform and its settings."""
    register(app, LinksSettings)
    # Not to be set: the copies that the ledger names, by the address of the link.
    app.add_config_value("evidence_links_copies", {}, "html", types=frozenset({dict}))
    app.connect("config-inited", note_copies)
    app.add_post_transform(ArchivedCopies)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
