"""Builders under names that collide with nobody's, and under short ones where a project wants that.

Sphinx has an ``epub`` and a ``linkcheck``, and other extensions a ``pdf``: they stay what they are
until conf.py says otherwise.
"""

from collections.abc import Set as AbstractSet
from importlib.util import find_spec

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config

from sphinx_evidence.runtime.abort import BuildAborted
from sphinx_evidence.runtime.config import read, register
from sphinx_evidence.runtime.shared import SharedSettings


class ReportsFindings:
    """Mixin of a builder that reports all findings itself, so that the gate lets it run."""


class PartialBuilder(Builder):
    """Base of a builder whose copies may leave pages out."""

    held: AbstractSet[str] = frozenset()  # the pages of the copy that is being made


def add_builder(app: Sphinx, builder: type[Builder], short: str) -> None:
    """Register a builder, and give it its short name, too, if the project says so."""

    def take_short_name(app: Sphinx, config: Config) -> None:
        if read(SharedSettings, config).short_names:
            named = type(builder.__name__, (builder,), {"name": short})
            app.add_builder(named, override=True)

    app.add_builder(builder)
    register(app, SharedSettings)
    # When every extension has registered its builders, whatever their order.
    app.connect("config-inited", take_short_name)


def require(extra: str, *libraries: str) -> None:
    """Stop where the libraries of an extra of the distribution are not installed."""
    missing = [name for name in libraries if find_spec(name) is None]
    if missing:
        raise BuildAborted(
            f"This needs {' and '.join(missing)}. Run: pip install 'sphinx-evidence[{extra}]'"
        )
