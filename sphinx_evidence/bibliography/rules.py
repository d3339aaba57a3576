"""Every rule on the entries of .bib files.

Pure: imports neither Sphinx nor docutils.
"""

from collections.abc import Iterator

from sphinx_evidence.bibliography import (
    dates,
    duplicates,
    fields,
    identifiers,
    journals,
    letters,
    needed,
    order,
    pages,
    people,
    titles,
)
from sphinx_evidence.bibliography.faults import Places
from sphinx_evidence.bibliography.reader import Bibliography
from sphinx_evidence.findings import Finding

PARTS = (
    dates, duplicates, fields, identifiers, journals, letters, needed, order, pages, people, titles,
)  # fmt: skip


def check(bibliography: Bibliography) -> Iterator[Finding]:
    """Every finding on the entries of ``bibliography``."""
    places = Places()
    for part in PARTS:
        yield from map(places.finding, part.check(bibliography))


def shown(bibliography: Bibliography) -> Iterator[Finding]:
    """The findings for which no page may be written: names, links and words shown wrongly."""
    places = Places()
    for part in (fields, people):
        yield from map(places.finding, part.check(bibliography))
    dois = (fault for fault in identifiers.check(bibliography) if fault.rule == "bib-doi")
    yield from map(places.finding, dois)


def unreadable(bibliography: Bibliography) -> Iterator[Finding]:
    """The findings at which sphinxcontrib-bibtex would stop with a traceback."""
    yield from map(Places().finding, people.unreadable(bibliography))
