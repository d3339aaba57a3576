"""One run: which works are asked for, and what the lock holds afterwards."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date

from sphinx_evidence.bibliography.reader import Entry
from sphinx_evidence.network.clock import Clock
from sphinx_evidence.network.politeness import Settings
from sphinx_evidence.network.settings import Ask
from sphinx_evidence.registries.asking import Question, ask_all
from sphinx_evidence.registries.lock import SAID, after, fresh
from sphinx_evidence.registries.record import Answer, Registry, Scheme, Verdict, Work
from sphinx_evidence.registries.works import SOUGHT, Outcome, digest, holding, works_of

PARTS = 10  # in which a run is kept, so that little is lost when it is killed

Keep = Callable[[Mapping[str, Work]], None]


class Run:
    """Learns answers one by one, and keeps what it has learnt."""

    def __init__(self, entries: Collection[Entry], known: Mapping[str, Work], keep: Keep) -> None:
        """Know what the lock knows of the works."""
        self._known, self._keep = known, keep
        self.works = works_of(entries, known)
        self._entries = {entry.key: entry for entry in entries}
        self._digests = {entry.key: digest(entry) for entry in entries}
        self._keys: dict[tuple[Scheme, str], list[str]] = {}
        for key, work in self.works.items():
            for pair in work.identifiers.items():
                self._keys.setdefault(pair, []).append(key)

    def ask(self, ask: Ask, settings: Settings, clock: Clock) -> Outcome:
        """Ask what is to be asked, and keep it, also where the run is interrupted."""
        questions = [
            Question(
                scheme, identifier, self._held(scheme, identifier),
                self._entries[self._keys[scheme, identifier][0]],
            )
            for scheme, identifier in self._keys
            if self._due(scheme, identifier, ask, clock.today())
        ]  # fmt: skip
        learnt: list[Answer] = []
        answered: set[tuple[Scheme, str]] = set()
        kept = 0

        def learn(question: Question, registry: Registry, answer: Answer) -> None:
            nonlocal kept
            learnt.append(answer)
            answered.add((question.scheme, question.identifier))
            self._note(question, registry, replace(answer, when=clock.today()))
            if (len(answered) - kept) * PARTS > len(questions):
                kept = len(answered)
                self._keep(self.works)

        try:
            asyncio.run(ask_all(questions, settings, clock, learn))
        finally:
            self._keep(self.works)
        silent = learnt and not any(answer.verdict in SAID for answer in learnt)
        return Outcome(self.works, len(questions), learnt[0].reason if silent else "")

    def _held(self, scheme: Scheme, identifier: str) -> dict[Registry, Answer]:
        return holding(self.works[self._keys[scheme, identifier][0]], scheme, identifier)

    def _due(self, scheme: Scheme, identifier: str, ask: Ask, today: date) -> bool:
        answers = self._held(scheme, identifier).values()
        answered = [answer for answer in answers if answer.verdict is Verdict.ANSWERED]
        new = not answered and any(answer.verdict not in SAID for answer in answers)
        changed = any(
            self._digests[key] != self.works[key].digest for key in self._keys[scheme, identifier]
        )
        match ask:
            case Ask.ALL:
                return True
            case Ask.NEW:
                return new or changed
            case Ask.DUE:
                # Who does not have the work was asked before whoever has it, and once. What was
                # looked for once is not looked for each week.
                stale = scheme not in SOUGHT and not all(
                    fresh(answer, today) for answer in answered or answers
                )
                return new or changed or stale
            case Ask.NONE:
                return False

    def _note(self, question: Question, registry: Registry, answer: Answer) -> None:
        for key in self._keys[question.scheme, question.identifier]:
            work = self.works[key]
            noted = after(work.answers.get(registry), answer)
            answers = work.answers | {registry: noted}
            self.works[key] = replace(work, digest=self._digests[key], answers=answers)
