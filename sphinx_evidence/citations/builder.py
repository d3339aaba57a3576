"""The builder ``citations``: writes nothing, and says what the checks have proved.

The checks themselves stand in the gate, which every builder passes before it writes.
"""

from collections.abc import Set as AbstractSet

from sphinx.application import Sphinx
from sphinx.builders.dummy import DummyBuilder
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata
from sphinxcontrib.bibtex.domain import BibtexDomain

logger = logging.getLogger(__name__)


class CitationsBuilder(DummyBuilder):
    """Counts what the gate has let through."""

    name = "citations"
    epilog = ""

    def write_documents(self, docnames: AbstractSet[str]) -> None:
        """Print the counts; resolving the pages would only repeat what the gate has done."""
        del docnames
        domain: BibtexDomain = self.env.get_domain("cite")  # type: ignore[assignment]
        citations = sum(len(ref.targets) for ref in domain.citation_refs)
        cited = {target.key for ref in domain.citation_refs for target in ref.targets}
        works = len(domain.bibdata.data.entries)
        logger.info(
            "%d citations on %d pages: each leads to one of %d works. "
            "%d works are cited, %d are further reading, none is left over.",
            citations, len(self.env.found_docs), works, len(cited), works - len(cited),
        )  # fmt: skip


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder ``citations``."""
    app.add_builder(CitationsBuilder)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
