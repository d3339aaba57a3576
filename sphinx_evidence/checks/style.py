"""How pages are written, asked of every page in MyST that has been read."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from sphinx.environment import BuildEnvironment

from sphinx_evidence.diagnostics.finding import Finding, display_path
from sphinx_evidence.rulebook.rule import Rule, Severity
from sphinx_evidence.style import page
from sphinx_evidence.style.settings import StyleSettings
from sphinx_evidence.style.writing import asked, check_page


def check_style(
    env: BuildEnvironment, severities: Mapping[Rule, Severity], settings: StyleSettings
) -> Iterator[Finding]:
    """Every finding, where a project asks for one of these rules."""
    if not asked(severities, settings):
        return
    for docname in sorted(env.found_docs):
        path = Path(env.doc2path(docname))
        if path.suffix == ".md":
            read = page.read(path.read_text("utf-8"))
            yield from check_page(read, display_path(path), settings)
