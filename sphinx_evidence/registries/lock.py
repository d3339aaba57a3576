"""The lock: what registries have said of each work, in a committed file beside the .bib files.

A night in which nothing happened changes no line, and what was once said stays until the registry
says otherwise: an outage changes no verdict.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from sphinx_evidence.network.ledgers import Form
from sphinx_evidence.registries.record import Answer, Verdict, Work
from sphinx_evidence.rulebook.rule import Rule

FRESH = timedelta(days=7)  # for so long, what was answered is not asked again
SAID = {Verdict.ANSWERED, Verdict.ABSENT}
FORM = Form(Work, "works", Rule.REFERENCE_LOCK, "evidence_references_lock", what="lock")


def read(path: Path) -> dict[str, Work]:
    """The works of a lock by the keys of their entries; none without a file. Raises LedgerFault."""
    return FORM.read(path)


def write(path: Path, works: Mapping[str, Work]) -> None:
    """Write the lock whole or not at all, and only where something has changed."""
    FORM.write(path, works)


def fresh(answer: Answer, today: date) -> bool:
    """Whether a registry has spoken so lately that it need not be asked."""
    if answer.verdict not in SAID or not answer.when:
        return False
    return abs(today - answer.when) < FRESH  # a day to come is from a clock that was wrong


def after(known: Answer | None, new: Answer) -> Answer:
    """What is known after a registry was asked again.

    Silence takes nothing back. A registry that no longer has the work has not withdrawn what it
    said against it, either.
    """
    if known is None or known.asked != new.asked or known.verdict is Verdict.NOT_ASKED:
        return new
    if new.verdict not in SAID:
        return known  # also where it was silent before: since when, a reader may want to know
    if new.verdict is Verdict.ABSENT and known.notices:
        return replace(new, notices=known.notices)
    return new
