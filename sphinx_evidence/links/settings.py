"""Settings of the links: which are asked, how, and what is kept of the answers."""

from dataclasses import dataclass, field

from sphinx_evidence.network.settings import Ask
from sphinx_evidence.settings import about


def _date_alone(words: str) -> None:
    try:
        words.format(date="")
    except (LookupError, ValueError) as error:
        wrong = "Nothing but {date} can stand in braces."
        raise ValueError(wrong, 'Write "archived copy, {date}".') from error


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
    links_ledger: str = field(
        default="links.lock.json", metadata=about("The file of the ledger, relative to `conf.py`.")
    )
    links_words: str = field(
        default="archived copy, {date}",
        metadata=about(
            "What readers see beside a link that is gone.", rebuild="html", validator=_date_alone
        ),
    )
