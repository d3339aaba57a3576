"""The ledger: what is known of each address, kept from run to run in a file of the project.

A night in which nothing happened changes no line.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from sphinx_evidence.network.ledgers import Form, address
from sphinx_evidence.network.verdicts import Answer, Verdict
from sphinx_evidence.rulebook.rule import Rule

APART = timedelta(days=3)  # between the first and the last run that saw a link gone
FRESH = timedelta(days=7)  # for so long, a link that was seen well is not asked again
SEEN = {Verdict.OK, Verdict.MOVED, Verdict.ANCHOR}


@dataclass(frozen=True)
class Entry:
    """What is known of one address; failures are the runs in a row that saw it gone."""

    verdict: Verdict = Verdict.UNKNOWN
    reason: str = ""
    last_ok: date | None = None
    first_failure: date | None = None
    last_failure: date | None = None
    failures: int = 0
    moved_to: str = ""
    permanent: bool = False
    anchors: tuple[str, ...] = ()  # that were asked for with it
    missing: tuple[str, ...] = ()  # those of them that were not there
    archived: str = address()
    archived_on: date | None = None
    pages: tuple[str, ...] = ()

    @property
    def gone(self) -> bool:
        """Whether it is gone for good: seen so in two runs, with days between them."""
        if self.verdict is not Verdict.GONE or not (self.first_failure and self.last_failure):
            return False
        return self.failures > 1 and self.last_failure - self.first_failure >= APART

    def fresh(self, today: date) -> bool:
        """Whether it was seen well so lately that it need not be asked."""
        if self.verdict not in SEEN or not self.last_ok:
            return False
        return abs(today - self.last_ok) < FRESH  # a day to come is from a clock that was wrong


def after(entry: Entry, answer: Answer, today: date) -> Entry:
    """The entry after a run; what says nothing of the page leaves it as it was."""
    if answer.verdict in SEEN:
        return Entry(
            verdict=answer.verdict,
            last_ok=entry.last_ok if entry.fresh(today) else today,
            moved_to=answer.moved_to,
            permanent=answer.permanent,
            missing=tuple(sorted(answer.missing)),
            pages=entry.pages,
        )
    if answer.verdict is Verdict.GONE:
        return replace(
            entry,
            verdict=Verdict.GONE,
            reason=answer.reason,
            first_failure=min(entry.first_failure or today, today),
            last_failure=today,
            failures=entry.failures + 1,
            moved_to="",
            permanent=False,
            missing=(),
        )
    if answer.verdict is Verdict.BLOCKED and entry.verdict is not Verdict.GONE:
        return replace(entry, verdict=Verdict.BLOCKED, reason=answer.reason)
    return entry


@dataclass
class Ledger:
    """All entries by their address."""

    entries: dict[str, Entry] = field(default_factory=dict)


FORM = Form(Entry, "links", Rule.LINK_LEDGER, "evidence_links_ledger")


def read(path: Path) -> Ledger:
    """The ledger of a file; an empty one where there is none. Raises LedgerFault."""
    return Ledger(FORM.read(path))


def write(path: Path, ledger: Ledger) -> None:
    """Write the ledger whole or not at all, and only where something has changed."""
    FORM.write(path, ledger.entries)
