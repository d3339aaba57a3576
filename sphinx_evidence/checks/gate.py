"""The gate: nothing is written while a citation, a reference or an image is at fault.

It stands between reading and writing, so it holds for every builder and needs no ``-W``.
"""

from pathlib import Path

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.bibliography.reader import Bibliography
from sphinx_evidence.checks.collector import Collector
from sphinx_evidence.checks.project import (
    all_findings,
    suppressions_of,
    unchecked,
)
from sphinx_evidence.checks.settings import ChecksSettings
from sphinx_evidence.diagnostics.suppressions import apply_suppressions
from sphinx_evidence.policy.settings import PolicySettings
from sphinx_evidence.registries.settings import RegistriesSettings
from sphinx_evidence.rulebook.rule import Severity
from sphinx_evidence.runtime.abort import abort_on
from sphinx_evidence.runtime.baseline import baseline_of, check_baseline
from sphinx_evidence.runtime.bibtex import bibliography_of
from sphinx_evidence.runtime.builders import ReportsFindings
from sphinx_evidence.runtime.config import register
from sphinx_evidence.runtime.shared import SharedSettings, severities_of
from sphinx_evidence.runtime.written import run_of
from sphinx_evidence.style.settings import StyleSettings


def check_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Stop before anything is written, also where an earlier run has read the pages.

    What this builder has written of the very same project has been let through.
    """
    if not isinstance(app.builder, ReportsFindings) and run_of(app.builder).pages:
        abort_on_errors(app, env, bibliography_of(app.config, Path(app.confdir)))
    return []


def abort_on_errors(app: Sphinx, env: BuildEnvironment, bibliography: Bibliography) -> None:
    """Stop at any error in what has been read."""
    own = severities_of(app.config)
    pages = Collector(env)
    found = all_findings(pages, bibliography, app.config, Path(app.confdir))
    findings = [finding for finding in found if own[finding.rule] is Severity.ERROR]
    # Only the builder citations sees every finding, so it alone judges the suppressions.
    kept = apply_suppressions(findings, suppressions_of(pages, bibliography)) if findings else []
    errors = sorted(set(kept) & set(findings))
    baseline = baseline_of(app.config, Path(app.confdir))
    # Nobody may ask that a work or a page be left out without a word.
    stopping = {finding for finding in found if finding.rule.leaves_out}
    stopping |= set(baseline.split(errors).new if baseline else errors)
    abort_on(sorted(stopping), unchecked(bibliography, pages))


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
    """Hang the checks into the build."""
    for part in ("bibtex", "kept", "outdated"):
        app.setup_extension(f"sphinx_evidence.runtime.{part}")
    register(app, ChecksSettings, PolicySettings, RegistriesSettings, SharedSettings, StyleSettings)
    app.connect("builder-inited", check_baseline, priority=80)
    app.connect("env-get-outdated", read_again)
    # After the collectors have given numbers to boxes, tables and figures (500); before the
    # environment is saved, so that a run that was stopped is stopped again.
    app.connect("env-get-updated", check_pages, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
