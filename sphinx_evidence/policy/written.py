"""The gate behind the writer: no page of HTML is kept whose content does anything."""

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.diagnostics.finding import Location, display_path
from sphinx_evidence.policy.allowed import SCHEMES
from sphinx_evidence.policy.page import active_content
from sphinx_evidence.policy.settings import PolicySettings
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.runtime.abort import abort_on
from sphinx_evidence.runtime.config import read, register
from sphinx_evidence.runtime.shared import SharedSettings, abort_on_faults, severities_of


def prove(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Stop at a page of the site whose content is active."""
    if doctree is not None:
        parts = ("body", "toc", "metatags")
        written = "\n".join(str(context.get(part) or "") for part in parts)
        prove_inert(written, app.env.doc2path(pagename), app.config)


def prove_inert(content: str, path: Path, config: Config) -> None:
    """Stop at content that is active, of the page at this path."""
    if severities_of(config)[Rule.POLICY_CONTENT] != "error":
        return
    schemes = read(PolicySettings, config).names("schemes", SCHEMES)
    place = Location(display_path(path), 1)
    remedy = "Write it in the markup of the page."
    abort_on([
        place.finding(Rule.POLICY_CONTENT, f"The page would hold {words}.", remedy)
        for words in sorted(set(active_content(content, schemes)))
    ])  # fmt: skip


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look at what the writer made, before a template frames it."""
    register(app, PolicySettings, SharedSettings)
    app.connect("doctree-resolved", abort_on_faults)
    app.connect("html-page-context", prove, priority=200)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
