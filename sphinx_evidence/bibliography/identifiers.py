"""Rules on DOI, ISBN, ISSN, PMID and PMCID.

Pure: imports neither Sphinx nor docutils. Check digits are python-stdnum's, which knows every
standard number and is well kept.
"""

import re
from collections.abc import Iterator

from stdnum import isbn, issn

from sphinx_evidence.bibliography.faults import Fault, every
from sphinx_evidence.bibliography.reader import Bibliography

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_PREFIX = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi\.org/|doi:\s*|urn:doi:)", re.IGNORECASE)


def check(  # noqa: C901, PLR0912  # one branch for each kind of number
    bibliography: Bibliography,
) -> Iterator[Fault]:
    """Every fault of an identifier."""
    for entry, name, value in every(bibliography.entries, "doi"):
        bare = _PREFIX.sub("", value).rstrip(".,;")
        if _DOI.fullmatch(value) and bare == value:
            continue
        wrong = f'"{value}" is not the bare DOI.'
        if _DOI.fullmatch(bare):
            yield Fault("bib-doi", entry, name, wrong, f"Write doi = {{{bare}}},", bare)
        else:
            remedy = "Write it without address or prefix: {10.1234/example}."
            yield Fault("bib-doi", entry, name, f'"{value}" is no DOI.', remedy)
    for entry, name, value in every(bibliography.entries, "isbn"):
        for number in re.split(r"[,;]\s*|\s+and\s+", value):
            if not isbn.is_valid(number):
                wrong = f'"{number}" is no ISBN: its last digit does not fit the others.'
                remedy = "Copy the number again from the work; it has 10 or 13 digits."
                yield Fault("bib-isbn", entry, name, wrong, remedy)
    for entry, name, value in every(bibliography.entries, "issn"):
        for number in re.split(r"[,;]\s*|\s+and\s+", value):
            if not issn.is_valid(number):
                wrong = f'"{number}" is no ISSN: its last digit does not fit the others.'
                remedy = "Copy the number again; it has the form 1234-5679."
                yield Fault("bib-issn", entry, name, wrong, remedy)
    for entry, name, value in every(bibliography.entries, "pmid"):
        if not re.fullmatch(r"[1-9]\d{0,8}", value):
            remedy = "Write the number alone: {12345678}."
            yield Fault("bib-pmid", entry, name, f'"{value}" is no PMID.', remedy)
    for entry, name, value in every(bibliography.entries, "pmcid"):
        if not re.fullmatch(r"PMC[1-9]\d{0,8}", value):
            remedy = "Write it with its letters: {PMC1234567}."
            yield Fault("bib-pmcid", entry, name, f'"{value}" is no PMCID.', remedy)
