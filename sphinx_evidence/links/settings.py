"""Settings of the links: which are asked, how, and what is kept of the answers."""

from dataclasses import dataclass, field
from enum import StrEnum

from sphinx_evidence.settings import about


class Ask(StrEnum):
    """Which addresses a run asks."""

    DUE = "due"  # those not seen well for a week
    ALL = "all"
    NEW = "new"  # those of which the ledger knows nothing
    NONE = "none"


def _date_alone(words: str) -> None:
    try:
        words.format(date="")
    except (LookupError, ValueError) as error:
        wrong = "Nothing but {date} can stand in braces."
        raise ValueError(wrong, 'Write "archived copy, {date}".') from error


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
class LinksSettings:
    """How links are asked, and what readers see of the answers."""

    links_ask: Ask = field(
        default=Ask.DUE,
        metadata=about(
            "Which links are asked: `due`, those not seen well for a week; `all`, which also notes "
            "what is new and gone; `new`, those that the ledger does not know; `none`, so that "
            "the ledger judges alone, without network."
        ),
    )
    links_contact: str = field(
        default="",
        metadata=about(
            "An e-mail or web address by which hosts can reach whoever runs the check; otherwise "
            "`html_baseurl`."
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
    links_ledger: str = field(
        default="links.lock.json", metadata=about("The file of the ledger, relative to `conf.py`.")
    )
    links_words: str = field(
        default="archived copy, {date}",
        metadata=about(
            "What readers see beside a link that is gone.", rebuild="html", validator=_date_alone
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
