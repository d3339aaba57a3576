"""The gate: nothing is written while a citation, a reference or an image is at fault.

It stands between reading and writing, so it holds for every builder and needs no ``-W``.
"""

from pathlib import Path

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence import settings
from sphinx_evidence.bibliography.reader import Bibliography
from sphinx_evidence.checks.collector import Collector
from sphinx_evidence.checks.project import (
    all_findings,
    bibliography_of,
    suppressions_of,
    unreadable,
)
from sphinx_evidence.checks.settings import ChecksSettings
from sphinx_evidence.diagnostics.finding import Location, display_path, not_utf8
from sphinx_evidence.diagnostics.suppressions import apply_suppressions
from sphinx_evidence.policy.settings import PolicySettings
from sphinx_evidence.rulebook.rule import Rule, Severity
from sphinx_evidence.runtime.abort import abort_on
from sphinx_evidence.runtime.baseline import baseline_of, check_baseline
from sphinx_evidence.runtime.builders import ReportsFindings
from sphinx_evidence.runtime.config import register
from sphinx_evidence.runtime.shared import SharedSettings, severities_of
from sphinx_evidence.style.settings import StyleSettings
from sphinx_evidence.text.source import check_file


def check_bibliography(app: Sphinx, config: Config) -> None:
    """Keep .bib files from sphinxcontrib-bibtex that it would read wrongly, or stop at."""
    if unreadable(bibliography_of(config, Path(app.confdir))):
        config.bibtex_bibfiles = []


def abort_on_unreadable_bibliography(app: Sphinx) -> None:
    """Stop before anything is read."""
    abort_on(unreadable(bibliography_of(app.config, Path(app.confdir))))


def check_files(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Stop before Sphinx misses its first page, or fails at one that is no file in UTF-8."""
    findings = []
    root = app.config.root_doc
    if root not in env.found_docs:
        wrong = (
            f'The first page would be "{root}", but it is not there, or exclude_patterns has it.'
        )
        remedy = "Create it, or write the name of another page."
        findings.append(settings.fault(Path(app.confdir, "conf.py"), "root_doc", wrong, remedy))
    for path in map(env.doc2path, docnames):
        try:
            check_file(path)
            path.read_bytes().decode("utf-8")
        except OSError as error:
            place = Location(display_path(path), 1)
            wrong = f"{error.strerror}."
            findings.append(place.finding(Rule.ENCODING, wrong, "Put the page itself here."))
        except UnicodeDecodeError as error:
            findings.append(not_utf8(path, error))
    abort_on(findings)


def check_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Stop before anything is written, also where an earlier run has read the pages."""
    if not isinstance(app.builder, ReportsFindings):
        abort_on_errors(app, env, bibliography_of(app.config, Path(app.confdir)))
    return []


def abort_on_errors(app: Sphinx, env: BuildEnvironment, bibliography: Bibliography) -> None:
    """Stop at any error in what has been read."""
    own = severities_of(app.config)
    pages = Collector(env)
    findings = [
        finding for finding in all_findings(pages, bibliography, app.config)
        if own[finding.rule] is Severity.ERROR
    ]  # fmt: skip
    # Only the builder citations sees every finding, so it alone judges the suppressions.
    kept = apply_suppressions(findings, suppressions_of(pages, bibliography)) if findings else []
    known = set(findings)
    errors = [finding for finding in kept if finding in known]
    baseline = baseline_of(app.config, Path(app.confdir))
    abort_on(baseline.split(errors).new if baseline else errors)


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
    app.setup_extension("sphinx_evidence.runtime.bibtex")
    register(app, ChecksSettings, PolicySettings, SharedSettings, StyleSettings)
    app.connect("config-inited", check_bibliography)
    app.connect("builder-inited", check_baseline, priority=80)
    app.connect("builder-inited", abort_on_unreadable_bibliography, priority=100)
    app.connect("env-get-outdated", read_again)
    app.connect("env-before-read-docs", check_files)
    # After the collectors have given numbers to boxes, tables and figures (500); before the
    # environment is saved, so that a run that was stopped is stopped again.
    app.connect("env-get-updated", check_pages, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
