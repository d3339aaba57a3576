"""Identifiers as people type them, and as pages have them."""

import re

from stdnum import isbn

from sphinx_evidence.bibliography.identifiers import arxiv_number, bare_doi
from sphinx_evidence.registries.record import Scheme

_PUBMED = re.compile(
    r"(?:https?://pubmed\.ncbi\.nlm\.nih\.gov/|pmid:?\s*)?([1-9]\d{0,8})/?", re.IGNORECASE
)
_PMC = re.compile(
    r"(?:https?://(?:pmc\.ncbi\.nlm\.nih\.gov|www\.ncbi\.nlm\.nih\.gov/pmc)/articles/)?"
    r"(PMC[1-9]\d{0,8})/?",
    re.IGNORECASE,
)


def identifier_of(words: str) -> tuple[Scheme, str] | None:
    """The identifier that somebody types, however they write it; None for what is none."""
    typed = words.strip()
    if number := arxiv_number(typed):
        return Scheme.ARXIV, number
    if doi := bare_doi(typed):
        return Scheme.DOI, doi.lower()
    if found := _PMC.fullmatch(typed):
        return Scheme.PMCID, found[1].upper()
    number = typed.removeprefix("ISBN").removeprefix("isbn").lstrip(": ")
    if isbn.is_valid(number):
        return Scheme.ISBN, isbn.to_isbn13(isbn.compact(number))
    if found := _PUBMED.fullmatch(typed):
        return Scheme.PMID, found[1]
    return None
