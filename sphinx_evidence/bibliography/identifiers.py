"""Rules on DOI, ISBN, ISSN, PMID and PMCID.

Check digits are python-stdnum's, which knows every standard number and is well kept.
"""

import re
from collections.abc import Iterator
from importlib import import_module
from urllib.parse import unquote

from sphinx_evidence.bibliography.faults import Fault, every
from sphinx_evidence.bibliography.reader import Bibliography, Entry
from sphinx_evidence.rulebook.rule import Rule

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_SHORT = re.compile(r"10/[a-z0-9]+", re.IGNORECASE)  # of shortdoi.org
_PREFIX = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi\.org/|doi:\s*|urn:doi:)", re.IGNORECASE)
# Both forms of https://info.arxiv.org/help/arxiv_identifier.html, and what stands around them.
_ARXIV = re.compile(
    r"(?:https?://(?:www\.)?arxiv\.org/(?:abs|html|pdf)/|arxiv:\s*|10\.48550/arxiv\.|abs/)?"
    r"(?P<number>\d{4}\.\d{4,5}|(?P<archive>[a-z]+(?:-[a-z]+)?)(?:\.[a-z-]{2,})?/(?P<old>\d{7}))"
    r"(?:v\d+)?(?:\.pdf)?(?:\s*\[[\w.-]+\])?",
    re.IGNORECASE,
)
_ISBN = re.compile(r"(?<![\dXx-])(?:97[89][ -]?)?(?:\d[ -]?){9}[\dXx](?![\dXx-])")
_ISSN = re.compile(r"(?<![\dXx-])\d{4}-?\d{3}[\dXx](?![\dXx-])")
_RULES = {"isbn": Rule.BIB_ISBN, "issn": Rule.BIB_ISSN}
# Name, form, and the form in words.
_NUMBERS = {
    "isbn": (_ISBN, "has 10 or 13 digits"),
    "issn": (_ISSN, "has the form 1234-5679"),
}


def bare_doi(value: str) -> str:
    """The DOI alone of a field or of an address that is one; an empty string for what is none."""
    bare = _PREFIX.sub("", value).rstrip(".,;")
    return bare if _DOI.fullmatch(bare) else ""


def arxiv_number(value: str) -> str:
    """The number of a work at arXiv in any of its forms, without a version; empty for none."""
    found = _ARXIV.fullmatch(value.strip())
    if not found:
        return ""
    # The part of an archive is no part of the number: math.GT/0309136.
    return f"{found['archive']}/{found['old']}".lower() if found["old"] else found["number"]


def check_identifiers(bibliography: Bibliography) -> Iterator[Fault]:
    """Every fault of an identifier."""
    entries = bibliography.entries
    for entry, name, value in every(entries, "doi"):
        yield from _doi(entry, name, value)
    for entry, name, value in every(entries, "url"):
        bare = bare_doi(value)
        if bare not in {"", value} and not entry.get("doi"):
            wrong = "the address is a DOI."
            yield Fault(Rule.BIB_DOI_URL, entry, name, wrong, f"Write doi = {{{bare}}}, instead.")
    for entry, name, value in every(entries, *_NUMBERS):
        yield from _number(entry, name, value)
    for entry, name, value in every(entries, "pmid"):
        if not re.fullmatch(r"[1-9]\d{0,8}", value):
            remedy = "Write the number alone: {12345678}."
            yield Fault(Rule.BIB_PMID, entry, name, f'"{value}" is no PMID.', remedy)
    for entry, name, value in every(entries, "pmcid"):
        if not re.fullmatch(r"PMC[1-9]\d{0,8}", value):
            remedy = "Write it with its letters: {PMC1234567}."
            yield Fault(Rule.BIB_PMCID, entry, name, f'"{value}" is no PMCID.', remedy)


def _doi(entry: Entry, name: str, value: str) -> Iterator[Fault]:
    bare = _PREFIX.sub("", value).rstrip(".,;")
    if _DOI.fullmatch(value) and bare == value:
        return
    if not _DOI.fullmatch(bare):
        bare = unquote(bare)  # as in an address: 10.1126%2Fscience.1
    if _SHORT.fullmatch(bare):
        wrong = f'"{bare}" is a short DOI, which not every program knows.'
        remedy = f"Open https://doi.org/{bare}, and write the DOI that stands there."
        yield Fault(Rule.BIB_DOI_SHORT, entry, name, wrong, remedy)
    elif _DOI.fullmatch(bare):
        wrong = f'"{value}" is not the bare DOI.'
        yield Fault(Rule.BIB_DOI, entry, name, wrong, f"Write doi = {{{bare}}},", bare)
    else:
        remedy = "Write it without address or prefix: {10.1234/example}."
        yield Fault(Rule.BIB_DOI, entry, name, f'"{value}" is no DOI.', remedy)


def _is_valid(name: str, number: str) -> bool:
    """Whether the check digit fits. What knows it is slow to load, and few files need it."""
    return bool(import_module(f"stdnum.{name}").is_valid(number))


def _number(entry: Entry, name: str, value: str) -> Iterator[Fault]:
    """Numbers may stand side by side, but with nothing else beside them."""
    form, described = _NUMBERS[name]
    rule, kind = _RULES[name], name.upper()
    other = "issn" if name == "isbn" else "isbn"
    found = form.findall(value)
    wrong_digit = next((number for number in found if not _is_valid(name, number)), None)
    if wrong_digit:
        wrong = f'"{wrong_digit}" is no {kind}: its last digit does not fit the others.'
        remedy = f"Copy the number again from the work; it {described}."
        yield Fault(rule, entry, name, wrong, remedy, words=wrong_digit)
    elif not found and any(_is_valid(other, one) for one in _NUMBERS[other][0].findall(value)):
        wrong = f'"{value}" is an {other.upper()}, no {kind}.'
        yield Fault(rule, entry, name, wrong, f"Write {other} = {{{value}}},")
    elif not found:
        yield Fault(rule, entry, name, f'"{value}" is no {kind}.', f"An {kind} {described}.")
    elif re.sub(r"[\s,;/]|\band\b", "", form.sub("", value)):
        wrong = f"something stands beside the {kind}."
        remedy = f"Write the number alone: {name} = {{{', '.join(dict.fromkeys(found))}}},"
        yield Fault(rule, entry, name, wrong, remedy)
