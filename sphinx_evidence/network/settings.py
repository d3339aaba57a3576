"""Settings of everything that asks the network: which hosts, and how."""

from dataclasses import dataclass, field
from enum import StrEnum

from sphinx_evidence.settings import about


class Ask(StrEnum):
    """What a run asks of what a ledger holds."""

    DUE = "due"  # what was not seen well for a week
    ALL = "all"
    NEW = "new"  # of which the ledger knows nothing
    NONE = "none"


def _at_least_one(number: int) -> None:
    if number < 1:
        raise ValueError(f"{number!r} is not what it takes.", "Write 1 or more.")


def _not_negative(number: float) -> None:
    if number < 0:
        raise ValueError(f"{number!r} is not what it takes.", "Write 0 or more.")


def _base(address: str) -> None:
    if not address.startswith(("http://", "https://")) or not address.endswith("/"):
        form = "a whole address that ends with a slash, such as https://doi.org/api/handles/"
        raise ValueError(f"{address!r} is not what it takes.", f"Write {form}.")


@dataclass(frozen=True)
class NetworkSettings:
    """How hosts are asked, and where the registries are."""

    links_contact: str = field(
        default="",
        metadata=about(
            "An e-mail or web address by which hosts and registries can reach whoever runs the "
            "check; otherwise `html_baseurl`."
        ),
    )
    links_per_host: int = field(
        default=2, metadata=about("Requests at once to one host.", validator=_at_least_one)
    )
    links_delay: float = field(
        default=0.5,
        metadata=about(
            "Seconds between the starts of two requests to one host; this machine is asked without "
            "pause.",
            validator=_not_negative,
        ),
    )
    links_handle: str = field(
        default="https://doi.org/api/handles/",
        metadata=about("The registry that DOIs are asked at.", validator=_base),
    )
    links_eutils: str = field(
        default="https://eutils.ncbi.nlm.nih.gov/entrez/eutils/",
        metadata=about("The registry that PMIDs and PMCIDs are asked at.", validator=_base),
    )
    links_archive: str = field(
        default="https://archive.org/wayback/available",
        metadata=about("Where archived copies are looked for."),
    )
    registries_crossref: str = field(
        default="https://api.crossref.org/",
        metadata=about("Where Crossref is asked for the records of works.", validator=_base),
    )
    registries_datacite: str = field(
        default="https://api.datacite.org/",
        metadata=about(
            "Where DataCite is asked for works that Crossref does not know.", validator=_base
        ),
    )
    registries_open_library: str = field(
        default="https://openlibrary.org/",
        metadata=about("Where Open Library is asked for books, by their ISBN.", validator=_base),
    )
