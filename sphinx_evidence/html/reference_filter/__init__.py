"""A filter above the list of references, where conf.py sets ``evidence_reference_filter``.

A script makes it from what the list says of each work. Without one, the list is whole.
"""

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.html.settings import ReferenceFilterSettings
from sphinx_evidence.runtime.config import read, register
from sphinx_evidence.runtime.site import SITES, add_static

_FILES = Path(__file__).parent / "site"
_LIST = 'class="references'
_NAME = "evidence-reference-filter"  # of the script and its style sheet


def _wanted(app: Sphinx) -> bool:
    return app.builder.name in SITES and read(ReferenceFilterSettings, app.config).reference_filter


def add_files(app: Sphinx) -> None:
    """Let the site have the script and its style sheet."""
    if _wanted(app):
        add_static(app, _FILES)


def load(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: nodes.document | None
) -> None:
    """Load them on a page with a list of references alone."""
    if _wanted(app) and _LIST in context.get("body", ""):
        app.add_css_file(f"{_NAME}.css")
        app.add_js_file(f"{_NAME}.js", loading_method="defer")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look at each page that is written."""
    register(app, ReferenceFilterSettings)
    app.connect("builder-inited", add_files)
    app.connect("html-page-context", load)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
