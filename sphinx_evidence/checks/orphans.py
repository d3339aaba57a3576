"""Pages that no list of contents names: readers do not find them, and no PDF or e-book has them."""

import logging
from collections.abc import Iterator
from pathlib import PurePosixPath

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import is_suppressed_warning
from sphinx.util.nodes import get_node_line
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.diagnostics.finding import Finding, Location, display_path
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.runtime.builders import ReportsFindings

_SPHINX_OWN = ("toc", "not_included")
_LOGGER = "sphinx.sphinx.environment"


def orphans(env: BuildEnvironment) -> Iterator[Finding]:
    """Every page that Sphinx would say is in no toctree, with the toctree that lacks it."""
    if is_suppressed_warning(*_SPHINX_OWN, env.config.suppress_warnings):
        return
    included = frozenset[str]().union(*env.included.values())
    for docname in sorted(env.found_docs - env.files_to_rebuild.keys() - included):
        if docname != env.config.root_doc and "orphan" not in env.metadata[docname]:
            location = Location(display_path(env.doc2path(docname)), 1)
            wrong = "No list of contents names this page, so readers do not find it."
            yield location.finding(Rule.PAGE_ORPHAN, wrong, _remedy(env, docname))


def _remedy(env: BuildEnvironment, docname: str) -> str:
    folders = [str(folder) for folder in PurePosixPath(docname).parents]
    parents = [f"{folder}/index".removeprefix("./") for folder in folders]
    parent = next((p for p in [*parents, env.config.root_doc] if p in env.toctree_includes), None)
    alone = (
        "If no list is meant to name it, write orphan: true between two lines of --- at its top."
    )
    if parent is None:
        return f"Name it in a toctree of {display_path(env.doc2path(env.config.root_doc))}. {alone}"
    toctree = list(env.get_doctree(parent).findall(addnodes.toctree))[-1]
    path = f"{display_path(env.doc2path(parent))}:{get_node_line(toctree) or 1}"
    folder = parent.rpartition("index")[0]
    name = docname.removeprefix(folder) if docname.startswith(folder) else f"/{docname}"
    return f"Type {name} on a line of its own in the toctree at {path}. {alone}"


class _SaidByUs(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the log keeps the message."""
        said = getattr(record, "type", None), getattr(record, "subtype", None)
        return said != _SPHINX_OWN


def hush(app: Sphinx) -> None:
    """Leave Sphinx's own warning out where the builder reports the finding."""
    if isinstance(app.builder, ReportsFindings):
        said_by_us = _SaidByUs()
        logging.getLogger(_LOGGER).addFilter(said_by_us)
        app.connect(
            "build-finished", lambda *_: logging.getLogger(_LOGGER).removeFilter(said_by_us)
        )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Listen to what Sphinx says of the contents."""
    app.connect("builder-inited", hush)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
