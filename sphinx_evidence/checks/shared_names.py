"""Reads a page again when another page that defined one of its names has changed or gone.

Sphinx keeps one place for each name of a cross-reference. Where two pages define the same name,
the second takes the place of the first, and when it gives the name up, the first is not asked
again: the name stays unknown in what Sphinx has saved, and the pages that use it are blamed.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.runtime.outdated import pages_to_read


def _names_of(doctree: nodes.document) -> Iterator[str]:
    """What other pages can refer to: names that authors have given, terms, objects, equations."""
    yield from (name for name, explicit in doctree.nametypes.items() if explicit)
    yield from (term.astext().casefold() for term in doctree.findall(nodes.term))
    for described in doctree.findall(addnodes.desc_signature):
        yield from described["ids"]
    yield from (block.get("label") or "" for block in doctree.findall(nodes.math_block))


class SharedNames(EnvironmentCollector):
    """Knows the names that each page defines."""

    @staticmethod
    def _names(env: BuildEnvironment) -> dict[str, frozenset[str]]:
        names: dict[str, frozenset[str]] = env.__dict__.setdefault("evidence_names", {})
        return names

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget the names of a page."""
        del app
        self._names(env).pop(docname, None)

    def merge_other(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        docnames: AbstractSet[str],
        other: BuildEnvironment,
    ) -> None:
        """Take over what another process has read."""
        del app
        names = self._names(other)
        self._names(env).update({name: names[name] for name in docnames if name in names})

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Note the names of a page."""
        del app
        env = doctree.settings.env
        self._names(env)[env.docname] = frozenset(_names_of(doctree))

    def get_outdated_docs(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        added: AbstractSet[str],
        changed: AbstractSet[str],
        removed: AbstractSet[str],
    ) -> list[str]:
        """The other pages that define a name which a changed or removed page has defined."""
        names = self._names(env)
        changed = {*changed, *pages_to_read(app, env, added, changed, removed)}
        given_up = frozenset[str]().union(*(names.get(name, ()) for name in changed | removed))
        others = names.keys() - changed - removed
        return sorted(name for name in others if not given_up.isdisjoint(names[name]))


def forget_first(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Clear every page that will be read before the first one is, as Sphinx does one by one.

    Else a page would be warned of a name that another one is about to give up.
    """
    for docname in docnames:
        app.emit("env-purge-doc", env, docname)
        env.clear_doc(docname)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the collector, and what comes before reading."""
    app.setup_extension("sphinx_evidence.runtime.outdated")
    app.add_env_collector(SharedNames)
    app.connect("env-before-read-docs", forget_first)
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
