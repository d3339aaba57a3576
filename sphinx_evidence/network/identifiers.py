"""DOI, PMID and PMCID in any form of link, and the one address under which each is kept.

The form of a DOI is that of the DOI Handbook, 2.2; links to a publisher's page count where the DOI
is its whole last part.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, unquote, urldefrag, urlsplit

# The short form, 10/abcd, is registered as a handle, too: https://shortdoi.org
_DOI = r"10\.\d{4,9}(?:\.\d+)*/\S+|10/[a-z0-9]+"
_PROXIES = {"doi.org", "dx.doi.org", "www.doi.org", "hdl.handle.net"}
# …/doi/full/10.1177/0123456789 and the like, as most publishers have it.
_PUBLISHER = re.compile(
    r"/(?:doi|article|chapter|book)/(?:(?:abs|epdf|epub|full|pdf|reader)/)?"
    r"(?P<doi>10\.\d{4,9}/[^/\s]+?)/?"
)
_PUBMED = re.compile(r"/(?:m/)?(?:pubmed/)?(?P<number>[1-9]\d{0,8})/?")
_PMC = re.compile(r"/(?:pmc/)?articles/(?P<number>PMC[1-9]\d{0,8})(?:/.*)?", re.IGNORECASE)


class Kind(StrEnum):
    """The registries that are asked."""

    DOI = "doi"
    PMID = "pubmed"  # as E-utilities name their databases
    PMCID = "pmc"


@dataclass(frozen=True)
class Identifier:
    """One identifier; ``printed`` is false where it was found in a publisher's address."""

    kind: Kind
    value: str
    printed: bool = True

    @property
    def address(self) -> str:
        """The address that readers should be given, and under which the ledger keeps it."""
        match self.kind:
            case Kind.DOI:
                return f"https://doi.org/{quote(self.value, safe='/:;()')}"
            case Kind.PMID:
                return f"https://pubmed.ncbi.nlm.nih.gov/{self.value}/"
            case Kind.PMCID:
                return f"https://pmc.ncbi.nlm.nih.gov/articles/{self.value}/"


def doi(value: str) -> Identifier:
    """A DOI; case does not count in it."""
    return Identifier(Kind.DOI, value.lower())


def identify(uri: str) -> Identifier | None:  # noqa: PLR0911  # one return for each form
    """The identifier that a link leads to, whatever its form."""
    if uri[:4].lower() == "doi:":
        return _matched(unquote(uri[4:]).strip("/ "))
    try:
        parts = urlsplit(uri)
        host = (parts.hostname or "").lower()
    except ValueError:  # a bracket in the place of the host
        return None
    if parts.scheme.lower() not in {"http", "https"}:
        return None
    if host in _PROXIES:
        return _matched(
            re.sub(r"^doi:\s*", "", unquote(parts.path).lstrip("/"), flags=re.IGNORECASE)
        )
    path = unquote(parts.path)
    if host == "pubmed.ncbi.nlm.nih.gov" or (
        host in {"ncbi.nlm.nih.gov", "www.ncbi.nlm.nih.gov"} and "/pubmed/" in path
    ):
        found = _PUBMED.fullmatch(path)
        return Identifier(Kind.PMID, found["number"]) if found else None
    if host in {"pmc.ncbi.nlm.nih.gov", "ncbi.nlm.nih.gov", "www.ncbi.nlm.nih.gov"}:
        found = _PMC.fullmatch(path)
        return Identifier(Kind.PMCID, found["number"].upper()) if found else None
    found = _PUBLISHER.fullmatch(path)
    return Identifier(Kind.DOI, found["doi"].lower(), printed=False) if found else None


def _matched(value: str) -> Identifier | None:
    return doi(value) if re.fullmatch(_DOI, value, re.IGNORECASE) else None


def address_of(uri: str) -> tuple[str, str]:
    """The address under which a link is asked and kept, and its anchor where one is to be found.

    What begins with ``!`` or ``/`` is for programs in the page, and no anchor of it; what follows
    ``:~:`` is for the browser, and ``top`` it finds on any page (HTML standard, 7.4.6.4).
    """
    found = identify(uri)
    if found and found.printed:
        return found.address, ""
    address, anchor = urldefrag(uri)
    anchor = "" if found else unquote(anchor.partition(":~:")[0])
    return address, "" if anchor.startswith(("!", "/")) or anchor.lower() == "top" else anchor
