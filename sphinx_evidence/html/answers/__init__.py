"""Room to write below each question of a numbered list of the class ``questions``.

Where conf.py sets ``evidence_answers``. A script makes the fields and keeps what is written on the
reader's device, if the reader says so; a style sheet gives lines to write on to those who print.
Only pages with such a list load them.
"""

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.html.settings import AnswersSettings
from sphinx_evidence.runtime.config import read, register
from sphinx_evidence.runtime.site import SITES, add_static

_STATIC = Path(__file__).parent / "static"
_NAME = "evidence-answers"  # of the style sheet and the script


def _wanted(app: Sphinx) -> bool:
    return app.builder.name in SITES and read(AnswersSettings, app.config).answers


def add_files(app: Sphinx) -> None:
    """Let the site have the script and its style sheet."""
    if _wanted(app):
        add_static(app, _STATIC)


def load(
    app: Sphinx, _page: str, _template: str, _context: dict[str, Any], tree: nodes.document | None
) -> None:
    """Load them in a page that asks something; notes on other projects have names of their own."""
    lists = tree.findall(nodes.enumerated_list) if tree and _wanted(app) else ()
    if any("questions" in one["classes"] for one in lists):
        app.add_css_file(f"{_NAME}.css")
        project = {"data-project": app.config.project}
        app.add_js_file(f"{_NAME}.js", loading_method="defer", **project)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Come to each page of the site as it is written."""
    register(app, AnswersSettings)
    app.connect("builder-inited", add_files)
    app.connect("html-page-context", load)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
