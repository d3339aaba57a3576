"""The gate: nothing is written while a citation, a reference or an image is at fault.

It stands between reading and writing, so it holds for every builder and needs no ``-W``.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from weakref import WeakKeyDictionary

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence import settings
from sphinx_evidence.bibliography import rules as bibliography_rules
from sphinx_evidence.bibliography.faults import FaultLocator
from sphinx_evidence.bibliography.reader import Bibliography, read_files
from sphinx_evidence.checks.collector import Collector
from sphinx_evidence.citations import rules as citation_rules
from sphinx_evidence.crossrefs import rules as crossref_rules
from sphinx_evidence.diagnostics.finding import Finding, not_utf8
from sphinx_evidence.diagnostics.severities import severities, suppressed
from sphinx_evidence.diagnostics.suppressions import (
    Suppression,
    apply_suppressions,
    suppressions_in,
)
from sphinx_evidence.rulebook.rule import Rule, Severity
from sphinx_evidence.runtime.abort import abort_on


def bib_paths(config: Config, confdir: Path) -> list[Path]:
    """The .bib files of the project, as sphinxcontrib-bibtex finds them."""
    # Path.resolve raises in a loop of links.
    return [Path(os.path.realpath(confdir / name)) for name in config.bibtex_bibfiles or []]


def all_findings(pages: Collector, bibliography: Bibliography, config: Config) -> list[Finding]:
    """Every finding of every rule, in the order of files and lines."""
    statuses = list(config.evidence_reference_status)
    places = FaultLocator()
    return sorted(set(map(places.located, [
        *bibliography.findings,
        *bibliography_rules.visible_faults(bibliography),
        *pages.findings,
        *citation_rules.unlisted(pages.uses, bibliography, pages.listed()),
        *citation_rules.check_citations(pages.uses, bibliography, statuses),
        *crossref_rules.check_crossrefs(
            pages.references, pages.numbered, pages.images, pages.targets()
        ),
    ])))  # fmt: skip


def check_settings(app: Sphinx, config: Config) -> None:
    """Stop at a setting, a rule or a severity that does not exist, before anything is read."""
    conf = Path(app.confdir, "conf.py")
    abort_on([*settings.misspelt(conf, config.values), *_mistyped(conf, config)])
    try:
        severities(config.evidence_rules)
    except ValueError as error:
        abort_on([settings.fault(conf, "evidence_rules", str(error), "Correct evidence_rules.")])
    try:
        suppressed(config.suppress_warnings)
    except ValueError as error:
        abort_on([settings.fault(conf, "suppress_warnings", *error.args)])


def _mistyped(conf: Path, config: Config) -> Iterator[Finding]:
    for name, declared in config.values.items():
        types = declared.valid_types
        if name.startswith(settings.PREFIX) and isinstance(types, frozenset):
            yield from settings.mistyped(conf, name, config[name], types)


def bibliography_of(app: Sphinx) -> Bibliography:
    """The .bib files of the project, read once."""
    if app not in _bibliographies:
        remedy = "Create it, or correct bibtex_bibfiles in conf.py."
        paths = bib_paths(app.config, Path(app.confdir))
        _bibliographies[app] = read_files(paths, remedy=remedy)
    return _bibliographies[app]


_bibliographies: WeakKeyDictionary[Sphinx, Bibliography] = WeakKeyDictionary()


def check_bibliography(app: Sphinx, config: Config) -> None:
    """Keep .bib files from sphinxcontrib-bibtex that it would read wrongly, or stop at.

    It would stop at a project that has none, too, although there are links and pages to check.
    """
    if config.bibtex_bibfiles is None or _unreadable(app):
        config.bibtex_bibfiles = []


def abort_on_unreadable_bibliography(app: Sphinx) -> None:
    """Stop before anything is read; the builder ``citations`` first writes its report."""
    findings = _unreadable(app)
    if findings and app.builder.name == "citations":
        app.builder.report_bibliography(bibliography_of(app))  # type: ignore[attr-defined]
    abort_on(findings)


def _unreadable(app: Sphinx) -> list[Finding]:
    bibliography = bibliography_of(app)
    # Text outside every entry is lost, but breaks nothing.
    faults = [found for found in bibliography.findings if found.rule != Rule.BIB_STRAY]
    return list(
        map(FaultLocator().located, [*faults, *bibliography_rules.unreadable(bibliography)])
    )


def check_encoding(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Stop before Sphinx fails at a page that is not UTF-8."""
    del app
    findings = []
    for path in map(env.doc2path, docnames):
        try:
            path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            findings.append(not_utf8(path, error))
    abort_on(findings)


def check_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Stop before anything is written, also where an earlier run has read the pages."""
    if app.builder.name != "citations":  # which reports these findings with its own
        abort_on_errors(app, env, bibliography_of(app))
    return []


def abort_on_errors(app: Sphinx, env: BuildEnvironment, bibliography: Bibliography) -> None:
    """Stop at any error in what has been read."""
    own = severities(app.config.evidence_rules, app.config.suppress_warnings)
    pages = Collector(env)
    findings = [
        finding for finding in all_findings(pages, bibliography, app.config)
        if own[finding.rule] is Severity.ERROR
    ]  # fmt: skip
    # Only the builder citations sees every finding, so it alone judges the remarks.
    kept = apply_suppressions(findings, suppressions_of(pages, bibliography)) if findings else []
    abort_on([finding for finding in kept if finding in findings])


def suppressions_of(pages: Collector, bibliography: Bibliography) -> list[Suppression]:
    """The remarks of pages and .bib files that silence findings."""
    return [*pages.remarks, *suppressions_in(files_of(bibliography))]


def files_of(bibliography: Bibliography) -> list[Path]:
    """The .bib files that entries were read from."""
    return sorted({Path(entry.path) for entry in bibliography.entries.values()})


def read_again(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Pages that a stopped run has read: newer on disk than what Sphinx knows of them."""
    del changed, removed
    saved = Path(app.doctreedir, ENV_PICKLE_FILENAME)
    if not saved.is_file():
        return []
    limit = saved.stat().st_mtime_ns
    trees = {name: Path(app.doctreedir, f"{name}.doctree") for name in env.found_docs - added}
    return [n for n, tree in trees.items() if tree.is_file() and tree.stat().st_mtime_ns > limit]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Hang the two checks into the build."""
    # Before features read their settings (500).
    app.connect("config-inited", check_settings, priority=100)
    app.connect("config-inited", check_bibliography)
    app.connect("builder-inited", abort_on_unreadable_bibliography, priority=100)
    app.connect("env-get-outdated", read_again)
    app.connect("env-before-read-docs", check_encoding)
    # After the collectors have given numbers to boxes, tables and figures (500); before the
    # environment is saved, so that a run that was stopped is stopped again.
    app.connect("env-get-updated", check_pages, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
