"""Every rule on the entries of .bib files."""

from collections.abc import Iterable, Iterator

from sphinx_evidence.bibliography.characters import check_characters
from sphinx_evidence.bibliography.dates import check_dates
from sphinx_evidence.bibliography.duplicates import check_duplicates
from sphinx_evidence.bibliography.entry_types import check_types
from sphinx_evidence.bibliography.faults import FaultLocator
from sphinx_evidence.bibliography.fields import check_fields
from sphinx_evidence.bibliography.identifiers import check_identifiers
from sphinx_evidence.bibliography.journals import check_journals
from sphinx_evidence.bibliography.order import check_order
from sphinx_evidence.bibliography.page_ranges import check_page_ranges
from sphinx_evidence.bibliography.people import check_people
from sphinx_evidence.bibliography.reader import Bibliography
from sphinx_evidence.bibliography.required_fields import check_required_fields
from sphinx_evidence.bibliography.titles import check_titles
from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.rulebook.rule import Rule

CHECKS = (
    check_characters, check_dates, check_duplicates, check_fields, check_identifiers,
    check_journals, check_order, check_page_ranges, check_people, check_required_fields,
    check_titles, check_types,
)  # fmt: skip

_VISIBLE = {Rule.BIB_DOI, Rule.BIB_WORK_TWICE}


def check_entries(bibliography: Bibliography) -> Iterator[Finding]:
    """Every finding on the entries of ``bibliography``."""
    locator = FaultLocator()
    for check in CHECKS:
        yield from _own(map(locator.finding, check(bibliography)), bibliography)


def visible_faults(bibliography: Bibliography) -> Iterator[Finding]:
    """The findings for which no page may be written: what would be shown wrongly, or twice."""
    locator = FaultLocator()
    for check in (check_fields, check_people, check_types):
        yield from _own(map(locator.finding, check(bibliography)), bibliography)
    for check in (check_duplicates, check_identifiers):
        faults = (fault for fault in check(bibliography) if fault.rule in _VISIBLE)
        yield from map(locator.finding, faults)


def _own(findings: Iterable[Finding], bibliography: Bibliography) -> Iterator[Finding]:
    """The findings that do not follow from an abbreviation that is not known."""
    places = {found.place for found in bibliography.findings if found.rule is Rule.BIB_SYNTAX}
    return (found for found in findings if found.place not in places)
