"""What all checks find in a project: in its bibliography, and in the pages as they were read."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from sphinx.config import Config

from sphinx_evidence.bibliography import rules as bibliography_rules
from sphinx_evidence.bibliography.faults import FaultLocator
from sphinx_evidence.bibliography.reader import Bibliography
from sphinx_evidence.checks.circles import circles
from sphinx_evidence.checks.collector import Collector
from sphinx_evidence.checks.followups import without_followups
from sphinx_evidence.checks.list_styles import absent_styles
from sphinx_evidence.checks.orphans import orphans
from sphinx_evidence.checks.prose import ProseChecker
from sphinx_evidence.checks.settings import ChecksSettings
from sphinx_evidence.checks.style import check_style
from sphinx_evidence.citations import rules as citation_rules
from sphinx_evidence.citations.plain_text import works_of
from sphinx_evidence.crossrefs import rules as crossref_rules
from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.diagnostics.suppressions import Suppression, suppressions_in
from sphinx_evidence.policy.allowed import SCHEMES
from sphinx_evidence.policy.bibliography import check_bibliography
from sphinx_evidence.policy.settings import PolicySettings
from sphinx_evidence.prose.matching import Library
from sphinx_evidence.record.notes import unmarked
from sphinx_evidence.registries.rules import check_lock
from sphinx_evidence.registries.settings import RegistriesSettings
from sphinx_evidence.rulebook.rule import Rule, Severity
from sphinx_evidence.runtime.bibtex import bib_paths
from sphinx_evidence.runtime.config import read
from sphinx_evidence.runtime.digests import digest, digest_of_files
from sphinx_evidence.runtime.kept import kept
from sphinx_evidence.runtime.shared import SharedSettings, severities_of
from sphinx_evidence.style.settings import StyleSettings


def all_findings(
    pages: Collector, bibliography: Bibliography, config: Config, confdir: Path
) -> list[Finding]:
    """Every finding of every rule, in the order of files and lines."""
    statuses = list(read(SharedSettings, config).reference_status)
    schemes = read(PolicySettings, config).names("schemes", SCHEMES)
    locator = FaultLocator()

    def of_works() -> list[Finding]:
        return [
            *bibliography_rules.visible_faults(bibliography),
            *check_bibliography(bibliography, schemes),
        ]

    findings = set(map(locator.located, [
        *bibliography.findings,
        *kept(pages.env, "works", "", of_works, of=_works(bibliography, config, confdir)),
        *check_lock(
            bibliography, confdir / read(RegistriesSettings, config).references_lock
        ),
        *pages.findings,
        *citation_rules.unlisted(pages.uses, bibliography, pages.listed()),
        *citation_rules.check_citations(pages.uses, bibliography, statuses, pages.shown()),
        *crossref_rules.check_crossrefs(
            pages.references, pages.numbered, pages.images, pages.targets
        ),
        *check_style(pages.env, severities_of(config), read(StyleSettings, config)),
        *absent_styles(pages.env, confdir),
        *orphans(pages.env),
        *circles(pages.env),
        *unmarked(pages.env),
        *prose_findings(pages, bibliography, config, confdir),
    ]))  # fmt: skip
    return sorted(without_followups(findings, pages.lost, bibliography))


def _works(bibliography: Bibliography, config: Config, confdir: Path) -> str:
    """A digest of what is known of works."""
    return digest_of_files({*bib_paths(config, confdir), *files_of(bibliography)})


def prose_findings(
    pages: Collector, bibliography: Bibliography, config: Config, confdir: Path
) -> Iterator[Finding]:
    """Every finding on citations that are typed as plain words, and on quotations."""
    numbers = pages.numbers()
    works = _works(bibliography, config, confdir)
    ground = digest([works, pages.acronyms, numbers.kinds, numbers.names])

    @cache  # not made where no page is to be looked through
    def checker() -> ProseChecker:
        library = Library.of(works_of(bibliography), pages.acronyms)
        quotation = read(ChecksSettings, config).quotation
        headings = severities_of(config)[Rule.CITATION_HEADING] is Severity.OFF
        return ProseChecker(
            library, bibliography, quotation, pages.locator, numbers, headings=headings
        )

    def of_page(docname: str) -> list[Finding]:
        path = Path(pages.env.doc2path(docname))
        return [*checker().check(pages.env.get_doctree(docname), path)]

    for docname in sorted(pages.env.found_docs):
        for found in kept(pages.env, "prose", docname, partial(of_page, docname), of=ground):
            # The work that is meant may be one that could not be read: no key is certain.
            yield replace(found, edit=None) if bibliography.unchecked else found


def unchecked(bibliography: Bibliography, pages: Collector) -> list[str]:
    """What no rule could look at, and why."""
    return [*bibliography.unchecked, *pages.unchecked]


def suppressions_of(pages: Collector, bibliography: Bibliography) -> list[Suppression]:
    """The suppressions of pages and .bib files."""
    return [*pages.suppressions, *suppressions_in(files_of(bibliography))]


def files_of(bibliography: Bibliography) -> list[Path]:
    """The .bib files that entries were read from."""
    return sorted({Path(entry.path) for entry in bibliography.entries.values()})
