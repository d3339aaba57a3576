"""A work added by its identifier alone, without BibTeX: in the .bib file and in the lock."""

import asyncio
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser
from stdnum import isbn

from sphinx_evidence.bibliography.identifiers import arxiv_number, bare_doi
from sphinx_evidence.bibliography.reader import Entry, Field, read
from sphinx_evidence.formats.bibtex import entry_of
from sphinx_evidence.formats.command import placed, text_of
from sphinx_evidence.network import verdicts as network
from sphinx_evidence.network.client import Client
from sphinx_evidence.network.clock import Clock
from sphinx_evidence.network.politeness import Settings
from sphinx_evidence.registries import lock
from sphinx_evidence.registries.as_entry import item_of
from sphinx_evidence.registries.asking import Question, ask_all
from sphinx_evidence.registries.record import Answer, Notice, Registry, Scheme, Verdict
from sphinx_evidence.registries.works import digest, works_of
from sphinx_evidence.text.atomic import write_atomically

_PUBMED = re.compile(
    r"(?:https?://pubmed\.ncbi\.nlm\.nih\.gov/|pmid:?\s*)?([1-9]\d{0,8})/?", re.IGNORECASE
)
_PMC = re.compile(
    r"(?:https?://(?:pmc\.ncbi\.nlm\.nih\.gov|www\.ncbi\.nlm\.nih\.gov/pmc)/articles/)?"
    r"(PMC[1-9]\d{0,8})/?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://[^\s/]+/?\S*")
_META = {"citation_doi": "", "dc.identifier": "", "citation_pmid": "pmid:", "citation_isbn": ""}
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


def identifier_of(words: str) -> tuple[Scheme, str] | None:
    """The identifier that somebody types, however they write it; None for what is none."""
    typed = words.strip()
    if number := arxiv_number(typed):
        return Scheme.ARXIV, number
    if doi := bare_doi(typed):
        return Scheme.DOI, doi.lower()
    if found := _PMC.fullmatch(typed):
        return Scheme.PMCID, found[1].upper()
    number = typed.removeprefix("ISBN").removeprefix("isbn").lstrip(": ")
    if isbn.is_valid(number):
        return Scheme.ISBN, isbn.to_isbn13(isbn.compact(number))
    if found := _PUBMED.fullmatch(typed):
        return Scheme.PMID, found[1]
    return None


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
        registry, answer = _record_in(words, learnt)
        entry = entry_of(item_of(answer.record), "")  # type: ignore[arg-type]  # it is there
        if confirmed:
            day = clock.today()
            checked = f"{registry.shown}, asked on {day.day} {day:%B %Y}"
            fields = {"status": Field("confirmed", 0), "checked": Field(checked, 0)}
            entry = replace(entry, fields=entry.fields | fields)
        after = placed(before, [entry], into)
        if not after.keys:
            return Added(after.lines, "")
        entries = read(after.text, str(into)).entries
        (key,) = after.keys
        works = works_of(entries.values(), known)
        answers = {one: replace(said, when=clock.today()) for one, said in learnt.items()}
        own = works[key]
        works[key] = replace(own, digest=digest(entries[key]), answers=own.answers | answers)
        lock.write(locked, works)
        try:
            write_atomically(into, after.text.encode())
        except OSError:
            lock.write(locked, known)
            raise
    notices = tuple((one, notice) for one, said in learnt.items() for notice in said.notices)
    return Added(after.lines, _as_written(entries[key], after.text), notices)


def _as_written(entry: Entry, text: str) -> str:
    rest = text.splitlines()[entry.line - 1 :]
    end = next((at for at, line in enumerate(rest) if line.startswith("}")), 0)
    return "\n".join(rest[: end + 1]) + "\n"


async def _ask(words: str, settings: Settings, clock: Clock) -> dict[Registry, Answer]:
    found = identifier_of(words)
    if not found:
        address = words.strip()
        if not _ADDRESS.fullmatch(address):
            raise AddingError(f'"{words}" is no identifier of a work. Give {_FORMS}.')
        async with Client(settings, clock) as client:
            found = await _on_page(client, address)
    learnt: dict[Registry, Answer] = {}

    def learn(_question: Question, registry: Registry, answer: Answer) -> None:
        learnt[registry] = answer

    await ask_all([Question(*found, {})], settings, clock, learn)
    return learnt


async def _on_page(client: Client, address: str) -> tuple[Scheme, str]:
    """The identifier that a page names in its metadata, as Highwire Press has them."""
    reply = await client.record(address)
    for _ in range(3):
        if not reply.location:
            break
        reply = await client.record(reply.location)
    if reply.answer.verdict is not network.Verdict.OK or not reply.body:
        said = reply.answer.reason or "nothing that can be read"
        raise SilentError(f"{address}: {said}. Nothing was written; give the DOI of the work.")
    for meta in LexborHTMLParser(reply.body).css("meta[name][content]"):
        name = (meta.attributes["name"] or "").casefold()
        content = meta.attributes["content"] or ""
        if name in _META and (found := identifier_of(_META[name] + content)):
            return found
    raise AddingError(f"{address}: the page names no identifier of a work. Give its DOI or ISBN.")


def _record_in(words: str, learnt: dict[Registry, Answer]) -> tuple[Registry, Answer]:
    """The answer with a record. Raises AddingError that says what came instead."""
    for registry, answer in learnt.items():
        if answer.record:
            if answer.record.notice:
                raise AddingError(f"{words} is a notice on another work. Give that of the work.")
            return registry, answer
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
