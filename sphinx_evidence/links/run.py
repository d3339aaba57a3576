"""One run of the check: which addresses are asked, and what the ledger holds afterwards."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sphinx_evidence.links.ledger import Entry, Ledger, after
from sphinx_evidence.links.probe import Question, ask_all, find_copies
from sphinx_evidence.network.clock import Clock
from sphinx_evidence.network.politeness import Settings
from sphinx_evidence.network.settings import Ask
from sphinx_evidence.network.verdicts import Answer, Verdict


@dataclass(frozen=True)
class Outcome:
    """What is known after a run; ``added`` are gone now, and the ledger has never known them.

    ``reasons`` say why nothing is known of an address, ``network`` is false where it was down.
    """

    ledger: Ledger
    added: frozenset[str] = frozenset()
    reasons: Mapping[str, str] = field(default_factory=dict)
    network: bool = True


def run(
    ledger: Ledger, questions: Iterable[Question], ask: Ask, settings: Settings, clock: Clock
) -> Outcome:
    """Ask what is to be asked; ``ledger`` itself is left as it was."""
    wanted = {question.address: question for question in questions}
    # What no page leads to any more is forgotten.
    entries = {a: entry for a, entry in ledger.entries.items() if a in wanted}
    due = [q for q in wanted.values() if _asked(q, entries.get(q.address), ask, clock.today())]
    answers = asyncio.run(ask_all(due, settings, clock)) if due else {}
    if answers is None:
        return Outcome(ledger, network=False)
    known = Ledger(entries)
    added = _record(known, answers, wanted, ask, clock.today())
    if ask is not Ask.NONE:
        asyncio.run(find_copies(known, [a for a in answers if a not in added], settings, clock))
    return Outcome(known, frozenset(added), {a: r.reason for a, r in answers.items()})


def _asked(question: Question, entry: Entry | None, ask: Ask, today: date) -> bool:
    # An anchor that nobody has looked for is as new as a link.
    new = entry is None or not question.anchors <= set(entry.anchors)
    match ask:
        case Ask.ALL:
            return True
        case Ask.NEW:
            return new
        case Ask.DUE:
            return new or entry is None or not entry.fresh(today)
        case Ask.NONE:
            return False


def _record(
    ledger: Ledger,
    answers: Mapping[str, Answer],
    wanted: Mapping[str, Question],
    ask: Ask,
    today: date,
) -> set[str]:
    """Note the answers; give the addresses that somebody is adding, and that are gone.

    The run that keeps the ledger asks everything, and nobody is adding anything in it. Other
    runs do not note what is new and gone: it must fail again until it is mended.
    """
    added = set()
    for address, answer in answers.items():
        entry = ledger.entries.get(address)
        if entry is None and answer.verdict is Verdict.GONE and ask is not Ask.ALL:
            added.add(address)
            continue
        noted = after(entry or Entry(), answer, today)
        if answer.verdict is not Verdict.UNKNOWN:
            noted = replace(noted, anchors=tuple(sorted(wanted[address].anchors)))
        if noted != Entry():
            ledger.entries[address] = noted
    return added


def with_pages(ledger: Ledger, pages: Mapping[str, Iterable[str]]) -> Ledger:
    """The ledger with the files that lead to each address."""
    return Ledger({
        address: replace(entry, pages=tuple(sorted(set(pages[address]))))
        for address, entry in ledger.entries.items()
    })  # fmt: skip
