"""A work added by its identifier alone, without BibTeX: in the .bib file and in the lock."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from sphinx_evidence.bibliography.reader import Entry, Field, read
from sphinx_evidence.formats.bibtex import entry_of
from sphinx_evidence.formats.command import placed, text_of
from sphinx_evidence.network import verdicts as network
from sphinx_evidence.network.client import Client
from sphinx_evidence.network.clock import Clock
from sphinx_evidence.network.politeness import Settings
from sphinx_evidence.network.public import is_public
from sphinx_evidence.registries import lock, page, replies
from sphinx_evidence.registries.as_entry import item_of
from sphinx_evidence.registries.asking import Question, ask_all
from sphinx_evidence.registries.record import Answer, Notice, Record, Registry, Verdict
from sphinx_evidence.registries.typed import identifier_of
from sphinx_evidence.registries.works import digest, works_of
from sphinx_evidence.text.atomic import write_atomically

_REDIRECTS = 4  # that are followed from the address of a page
_FORMS = "a DOI, a PMID, a PMCID, an arXiv number, an ISBN, or the address of the page of a work"


class AddingError(ValueError):
    """No entry was made; the message says why, and what to do."""


class SilentError(AddingError):
    """Nobody has answered, so nothing is known."""


class Files(NamedTuple):
    """The two files that are written, or neither."""

    bib: Path
    lock: Path


class Added(NamedTuple):
    """What was added, or why nothing was."""

    lines: str
    entry: str  # as it stands in the .bib file
    notices: tuple[tuple[Registry, Notice], ...] = ()


def add(words: str, files: Files, settings: Settings, clock: Clock, *, confirmed: bool) -> Added:
    """Ask for a work, and write its entry and what was answered.

    ``confirmed`` adds how it was checked. Raises AddingError, FormatError, LedgerFault,
    LedgerKept and OSError, with both files as they were.
    """
    into, locked = files
    with lock.FORM.alone(locked):
        known = lock.read(locked)
        before = text_of(into)
        placed(before, [], into)  # before anybody is asked, whether it can be read
        learnt = asyncio.run(_ask(words, settings, clock))
        entry = entry_of(item_of(learnt.record) | learnt.place, "")
        if confirmed:
            day = clock.today()
            checked = f"{learnt.source}, asked on {day.day} {day:%B %Y}"
            fields = {"status": Field("confirmed", 0), "checked": Field(checked, 0)}
            entry = replace(entry, fields=entry.fields | fields)
        after = placed(before, [entry], into)
        if not after.keys:
            return Added(after.lines, "")
        entries = read(after.text, str(into)).entries
        (key,) = after.keys
        works = works_of(entries.values(), known)
        today = clock.today()
        answers = {one: replace(said, when=today) for one, said in learnt.answers.items()}
        own = works[key]
        works[key] = replace(own, digest=digest(entries[key]), answers=own.answers | answers)
        lock.write(locked, works)
        try:
            write_atomically(into, after.text.encode())
        except OSError:
            lock.write(locked, known)
            raise
    notices = tuple(
        (one, notice) for one, said in learnt.answers.items() for notice in said.notices
    )
    return Added(after.lines, _as_written(entries[key], after.text), notices)


def _as_written(entry: Entry, text: str) -> str:
    rest = text.splitlines()[entry.line - 1 :]
    end = next((at for at, line in enumerate(rest) if line.startswith("}")), 0)
    return "\n".join(rest[: end + 1]) + "\n"


class _Learnt(NamedTuple):
    """A work, who says what it is, and the answers of registries.

    ``place`` is its address, of what is known by its page alone.
    """

    record: Record
    source: str
    answers: dict[Registry, Answer]
    place: dict[str, str]


async def _ask(words: str, settings: Settings, clock: Clock) -> _Learnt:
    found = identifier_of(words)
    if not found:
        address = words.strip()
        if not replies.web_address(address):
            raise AddingError(f'"{words}" is no identifier of a work. Give {_FORMS}.')
        async with Client(settings, clock) as client:
            seen = await _on_page(client, address)
        if not seen.identifier:
            return _Learnt(seen.record, address, {}, {"URL": address})
        found = seen.identifier
    answers: dict[Registry, Answer] = {}

    def learn(_question: Question, registry: Registry, answer: Answer) -> None:
        answers[registry] = answer

    await ask_all([Question(*found, {})], settings, clock, learn)
    registry, record = _record_in(words, answers)
    return _Learnt(record, registry.shown, answers, {})


async def _on_page(client: Client, address: str) -> page.Page:
    """What a page says of its work in its metadata; raises AddingError where that is too little."""
    asked, reply = address, None
    for _ in range(_REDIRECTS):
        if not await is_public(asked):
            raise AddingError(f"{asked} is no address of the public web. Give the DOI of the work.")
        reply = await client.record(asked)
        if not reply.location:
            break
        asked = reply.location
    if not reply or reply.answer.verdict is not network.Verdict.OK or not reply.body:
        said = (reply and reply.answer.reason) or "nothing that can be read"
        raise SilentError(f"{address}: {said}. Nothing was written; give the DOI of the work.")
    found = page.read(reply.body, asked)
    if not found.identifier and not found.is_whole:
        raise AddingError(
            f"{address}: the page names no identifier of a work, nor its title, year and author. "
            "Give its DOI or ISBN, or write the entry by hand."
        )
    return found


def _record_in(words: str, learnt: dict[Registry, Answer]) -> tuple[Registry, Record]:
    """The record, and whose it is. Raises AddingError that says what came instead."""
    for registry, answer in learnt.items():
        if answer.record:
            if answer.record.notice:
                raise AddingError(f"{words} is a notice on another work. Give that of the work.")
            return registry, answer.record
    silent = [said for said in learnt.values() if said.verdict is Verdict.UNREACHABLE]
    if silent:
        raise SilentError(
            f"{words}: {silent[0].reason}. So it is not known, and nothing was written. "
            "Try again later."
        )
    if any(said.verdict is Verdict.ANSWERED for said in learnt.values()):
        raise AddingError(
            f"{words} is registered, and nobody who was asked says of which work. "
            "Write the entry by hand."
        )
    raise AddingError(
        f"{words}: {_listed(one.shown for one in learnt)} {'has' if len(learnt) == 1 else 'have'} "
        "no such work. Compare it with the first page of the work, letter by letter."
    )


def _listed(names: Iterable[str]) -> str:
    *rest, last = names
    return " and ".join(filter(None, (", ".join(rest), last)))
