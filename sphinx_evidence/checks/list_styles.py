"""Styles of references that no installed package has: told, while all else is looked at.

sphinxcontrib-bibtex would stop with a traceback. A stand-in of the same name takes the build to the
gate, which stops it with the finding.
"""

from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

from pybtex.exceptions import PybtexError
from pybtex.plugin import find_plugin, register_plugin
from pybtex.style.formatting.unsrt import Style as Unsorted
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata
from sphinxcontrib.bibtex import plugin as of_citations
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.style.referencing.label import LabelReferenceStyle

from sphinx_evidence import settings
from sphinx_evidence.diagnostics.finding import (
    Finding,
    Location,
    did_you_mean,
    display_path,
    nearest,
)
from sphinx_evidence.rulebook.rule import Rule

LISTS = "pybtex.style.formatting"
CITATIONS = "sphinxcontrib.bibtex.style.referencing"
_OF_LISTS = ("bibtex_default_style", "bibtex_tooltips_style")
_OF_CITATIONS = ("bibtex_reference_style", "bibtex_foot_reference_style")
_INSTALL = "Correct it, or install the package that has it."


class AbsentStyle(Unsorted):  # type: ignore[misc]  # pybtex is untyped
    """Stands in for the style of a list."""


class AbsentReferenceStyle(LabelReferenceStyle):
    """Stands in for the style of citations."""


def stand_in(style: str) -> None:
    """Let a list name a style that is not there."""
    try:
        found = find_plugin(LISTS, style)
    except PybtexError:
        found = AbsentStyle
    # Also what is there: pybtex walks through every installed package each time that it is asked.
    register_plugin(LISTS, style, found, force=True)


def stand_in_for_settings(app: Sphinx, config: Config) -> None:
    """Let conf.py name styles that are not there, once every extension has registered its own."""
    del app
    for name in _OF_LISTS:
        if style := getattr(config, name):
            stand_in(style)
    for name in _OF_CITATIONS:
        try:
            of_citations.find_plugin(CITATIONS, getattr(config, name))
        except ImportError:
            of_citations.register_plugin(CITATIONS, getattr(config, name), AbsentReferenceStyle)


def stand_in_for_lists(_app: Sphinx, env: BuildEnvironment) -> None:
    """Let the lists of the pages do so."""
    domain: BibtexDomain = env.get_domain("cite")  # type: ignore[assignment]
    styles = {listed.style for listed in domain.bibliographies.values()}
    for style in styles - {getattr(env.config, name) for name in _OF_LISTS}:
        stand_in(style)


def absent_styles(env: BuildEnvironment, confdir: Path) -> Iterator[Finding]:
    """Every style that is named, and not there."""
    config, conf = env.config, confdir / "conf.py"
    styles = [(name, _is_absent(getattr(config, name))) for name in _OF_LISTS]
    styles += [
        (name, of_citations.find_plugin(CITATIONS, getattr(config, name)) is AbsentReferenceStyle)
        for name in _OF_CITATIONS
    ]
    for name, absent in styles:
        if absent:
            group = CITATIONS if name in _OF_CITATIONS else LISTS
            yield settings.fault(conf, name, *_said(getattr(config, name), group))
    domain: BibtexDomain = env.get_domain("cite")  # type: ignore[assignment]
    for key, listed in domain.bibliographies.items():
        if listed.style != config.bibtex_default_style and _is_absent(listed.style):
            place = Location(display_path(env.doc2path(key.docname)), listed.line)
            yield place.finding(Rule.DIRECTIVE_BROKEN, *_said(listed.style), listed.style)


def _is_absent(style: str) -> bool:
    return bool(style) and find_plugin(LISTS, style) is AbsentStyle


def _said(style: str, group: str = LISTS) -> tuple[str, str]:
    known = {one.name for one in entry_points(group=group)}
    near = [f'"{name}"' for name in nearest(style, known)]
    return f'There is no style "{style}".', did_you_mean(near, _INSTALL)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Come before sphinxcontrib-bibtex looks for styles, and before works are adapted to them."""
    app.connect("config-inited", stand_in_for_settings, priority=900)
    app.connect("env-updated", stand_in_for_lists, priority=300)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
