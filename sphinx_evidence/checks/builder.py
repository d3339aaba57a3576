"""``evidence-citations``: text and bibliography proved against each other, in both directions.

Shaped like Sphinx's linkcheck: it writes no pages, but what it found, as text and in the
forms that editors and CI services read. All other builders stop at the gate instead.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.dummy import DummyBuilder
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.bibliography import rules as bibliography_rules
from sphinx_evidence.bibliography.reader import Bibliography
from sphinx_evidence.checks.collector import Collector
from sphinx_evidence.checks.project import (
    all_findings,
    bibliography_of,
    files_of,
    suppressions_of,
    unreadable,
)
from sphinx_evidence.checks.settings import ChecksSettings
from sphinx_evidence.citations import rules as citation_rules
from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.diagnostics.suppressions import apply_suppressions, suppressions_in
from sphinx_evidence.reports import Report
from sphinx_evidence.rulebook import explanations
from sphinx_evidence.runtime.baseline import baseline_of, rewrite
from sphinx_evidence.runtime.builders import ReportsFindings, add_builder
from sphinx_evidence.runtime.config import read, register
from sphinx_evidence.runtime.emit import emit
from sphinx_evidence.runtime.shared import SharedSettings, severities_of
from sphinx_evidence.style.settings import StyleSettings


class CitationsBuilder(ReportsFindings, DummyBuilder):
    """Checks the prose of every page, and writes what all checks have found."""

    name = "evidence-citations"
    epilog = ""

    def init(self) -> None:
        """Know the severity of every rule."""
        self.settings = read(SharedSettings, self.config)
        self.severities = severities_of(self.config)

    def write_documents(self, docnames: AbstractSet[str]) -> None:
        """Check all pages, also those that have not changed; the report is always whole."""
        del docnames
        bibliography = bibliography_of(self.config, Path(self.confdir))
        findings, counts, pages = self.find(bibliography)
        self.report(findings, counts, citation_rules.cited_once(pages.uses, bibliography))

    def report_bibliography(self, bibliography: Bibliography) -> None:
        """Report on .bib files that cannot be read whole: every fault at once, not one a run."""
        findings = {*bibliography.findings, *bibliography_rules.check_entries(bibliography)}
        suppressed = list(suppressions_in(files_of(bibliography)))
        counts = {"works": len(bibliography.entries)}
        # What cannot be read may be what a suppression is for, so none is unused.
        self.report(apply_suppressions(findings, suppressed, judged=()), counts, whole=False)

    def find(self, bibliography: Bibliography) -> tuple[list[Finding], dict[str, int], Collector]:
        """Every finding, the counts of what was checked, and the pages."""
        pages = Collector(self.env)
        findings = {
            *all_findings(pages, bibliography, self.config),
            *bibliography_rules.check_entries(bibliography),
        }
        suppressed = suppressions_of(pages, bibliography)
        counts = {
            "citations": sum(not use.further_reading for use in pages.uses),
            "works": len(bibliography.entries),
            "pages": len(self.env.found_docs),
        }
        # A link is suppressed on its page, but judged by the builder linkcheck.
        judged = [rule for rule, explained in explanations().items() if explained.part != "links"]
        return apply_suppressions(findings, suppressed, judged=judged), counts, pages

    def report(
        self,
        findings: Iterable[Finding],
        counts: dict[str, int],
        cited_once: Iterable[tuple[str, str]] = (),
        *,
        whole: bool = True,
    ) -> None:
        """Write the report, print it, and abort with status 1 at an error."""
        report = Report.of(findings, self.severities, counts, cited_once)
        baseline = baseline_of(self.config, Path(self.confdir))
        if baseline and whole and self.settings.baseline_write:
            baseline = rewrite(baseline, report.findings)
        if baseline:
            report = report.against(baseline, None if whole else ())
        emit(report, Path(self.outdir), fix=self.settings.fix)


def report_unreadable(app: Sphinx) -> None:
    """Write the report on .bib files that the gate stops at."""
    if isinstance(app.builder, CitationsBuilder):
        bibliography = bibliography_of(app.config, Path(app.confdir))
        if unreadable(bibliography):
            app.builder.report_bibliography(bibliography)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder ``citations`` and its configuration."""
    app.setup_extension("sphinx_evidence.runtime.bibtex")
    add_builder(app, CitationsBuilder, "citations")
    # Before the gate stops (100).
    app.connect("builder-inited", report_unreadable, priority=90)
    register(app, ChecksSettings, SharedSettings, StyleSettings)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
