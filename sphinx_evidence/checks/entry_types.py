"""Lets a build reach the gate, which says what is wrong, where a type of entry is unknown."""

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata
from sphinxcontrib.bibtex.domain import BibtexDomain

from sphinx_evidence.bibliography.entry_types import can_print
from sphinx_evidence.bibliography.known import TYPES


def use_misc(app: Sphinx, env: BuildEnvironment) -> None:
    """Format an entry of an unknown type as @misc where its style would stop with a traceback."""
    del app
    domain: BibtexDomain = env.get_domain("cite")  # type: ignore[assignment]
    styles = {listed.style for listed in domain.bibliographies.values()}
    for entry in domain.bibdata.data.entries.values():
        if entry.type not in TYPES and not all(can_print(style, entry.type) for style in styles):
            entry.type = "misc"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Come before sphinxcontrib-bibtex formats the entries (500)."""
    app.connect("env-updated", use_misc, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
