"""``evidence-citations``: text and bibliography proved against each other, in both directions.

Shaped like Sphinx's linkcheck: it writes no pages, but what it found, as text and in the
forms that editors and CI services read. All other builders stop at the gate instead.
"""

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
    suppressions_of,
    unchecked,
)
from sphinx_evidence.checks.settings import ChecksSettings
from sphinx_evidence.citations import rules as citation_rules
from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.diagnostics.suppressions import apply_suppressions
from sphinx_evidence.registries.settings import RegistriesSettings
from sphinx_evidence.reports import Report
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.runtime.baseline import baseline_of, rewrite
from sphinx_evidence.runtime.bibtex import bibliography_of
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
        once = citation_rules.cited_once(pages.uses, bibliography)
        left_out = unchecked(bibliography, pages)
        report = Report.of(findings, self.severities, counts, once, left_out)
        if baseline := baseline_of(self.config, Path(self.confdir)):
            # What was not checked has not been found, and yet may be there.
            if self.settings.baseline_write and not left_out:
                baseline = rewrite(baseline, report.findings)
            report = report.against(baseline, () if left_out else None)
        emit(report, Path(self.outdir), fix=self.settings.fix)

    def find(self, bibliography: Bibliography) -> tuple[list[Finding], dict[str, int], Collector]:
        """Every finding, the counts of what was checked, and the pages."""
        pages = Collector(self.env)
        findings = {
            *all_findings(pages, bibliography, self.config, Path(self.confdir)),
            *bibliography_rules.check_entries(bibliography),
        }
        suppressed = suppressions_of(pages, bibliography)
        counts = {
            "citations": sum(not use.further_reading for use in pages.uses),
            "works": len(bibliography.entries),
            "pages": len(self.env.found_docs),
        }
        # A link is suppressed on its page, but judged by the builder linkcheck; what is not found
        # in the lock today may be there tomorrow.
        judged = [rule for rule in Rule if not rule.from_outside]
        # What could not be checked may be what a suppression is for, so none is unused then.
        judged = [] if unchecked(bibliography, pages) else judged
        return apply_suppressions(findings, suppressed, judged=judged), counts, pages


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder ``citations`` and its configuration."""
    app.setup_extension("sphinx_evidence.runtime.bibtex")
    add_builder(app, CitationsBuilder, "citations")
    register(app, ChecksSettings, RegistriesSettings, SharedSettings, StyleSettings)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
