"""Every rule on the entries of .bib files.

Pure: imports neither Sphinx nor docutils.
"""

from collections.abc import Iterator

from sphinx_evidence.bibliography import (
    dates,
    duplicates,
    fields,
    identifiers,
    order,
    wording,
)
from sphinx_evidence.bibliography.faults import Places
from sphinx_evidence.bibliography.reader import Bibliography
from sphinx_evidence.findings import Finding


def check(bibliography: Bibliography) -> Iterator[Finding]:
    """Every finding on the entries of ``bibliography``."""
    places = Places()
    for part in (dates, duplicates, identifiers, order, wording):
        yield from map(places.finding, part.check(bibliography))
    # The identifiers are told above, with what to type instead.
    found = (finding for finding in fields.check(bibliography) if finding.rule != "bib-doi")
    yield from map(places.located, found)
