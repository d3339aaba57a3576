"""Ask registries for works: each identifier once, at the registry that owns it."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote, urlencode

from sphinx_evidence.bibliography.reader import Entry
from sphinx_evidence.network import registered
from sphinx_evidence.network import verdicts as network
from sphinx_evidence.network.client import Client, Reply
from sphinx_evidence.network.clock import Clock
from sphinx_evidence.network.identifiers import Identifier, Kind
from sphinx_evidence.network.politeness import Settings
from sphinx_evidence.registries import crossref, datacite, open_library, pubmed, seeking
from sphinx_evidence.registries.record import Answer, Notice, Record, Registry, Scheme, Verdict
from sphinx_evidence.registries.works import SOUGHT, registries_of

Read = tuple[Record, tuple[Notice, ...]] | None
_NCBI = {Scheme.PMID: (Kind.PMID, Registry.PUBMED), Scheme.PMCID: (Kind.PMCID, Registry.PMC)}


@dataclass(frozen=True)
class Question:
    """An identifier, and what is known of it; ``entry`` is one that has it."""

    scheme: Scheme
    identifier: str
    known: Mapping[Registry, Answer]
    entry: Entry | None = None


Learn = Callable[[Question, Registry, Answer], None]


async def ask_all(
    questions: Iterable[Question], settings: Settings, clock: Clock, learn: Learn
) -> None:
    """Hand each answer to ``learn`` as it comes; the days of answers are left to it."""
    asked = list(questions)
    async with Client(settings, clock) as client:
        numbers = ([q for q in asked if q.scheme is scheme] for scheme in _NCBI)
        await asyncio.gather(
            *(_ask_ncbi(client, some, learn) for some in numbers if some),
            *(_ask(client, q, learn) for q in asked if q.scheme not in _NCBI),
        )


async def _ask(client: Client, question: Question, learn: Learn) -> None:
    """Ask one registry after the other, as long as each says that it does not have the work."""
    for registry in registries_of(question.scheme, question.known):
        if question.scheme in SOUGHT and question.entry:
            answer = await seeking.seek(client, registry, question.identifier, question.entry)
        else:
            answer = await _ask_one(client, registry, question.identifier)
        learn(question, registry, answer)
        if answer.verdict is not Verdict.ABSENT:
            return


async def _ask_one(client: Client, registry: Registry, identifier: str) -> Answer:
    settings, path = client.settings, quote(identifier, safe="/")
    match registry:
        case Registry.CROSSREF:
            query = urlencode(crossref.polite(settings.contact), safe="@")
            query = f"?{query}" if query else ""
            reply = await client.record(f"{settings.crossref_base}works/{path}{query}")
            return _answer(registry, identifier, reply, crossref.read)
        case Registry.ARXIV:
            reply = await client.record(f"{settings.datacite_base}dois/10.48550/arXiv.{path}")
            return _answer(registry, identifier, reply, datacite.read)
        case Registry.DATACITE:
            reply = await client.record(f"{settings.datacite_base}dois/{path}")
            return _answer(registry, identifier, reply, datacite.read)
        case Registry.OPEN_LIBRARY:
            query = f"bibkeys=ISBN:{identifier}&format=json&jscmd=data"
            reply = await open_library.ask(client, f"api/books?{query}")
            if reply.payload == {}:  # as it says that it has no such book
                return Answer(Verdict.ABSENT, identifier)
            read = partial(open_library.read, isbn=identifier)
            return _answer(registry, identifier, reply, read)
        case _:
            return _plain(
                identifier, await registered.ask_doi(client, Identifier(Kind.DOI, identifier))
            )


async def _ask_ncbi(client: Client, questions: list[Question], learn: Learn) -> None:
    """Ask for many numbers at once.

    Its robots.txt refuses every program, and means search engines: the interface is made for
    programs, and its own rules are kept.
    """
    kind, registry = _NCBI[questions[0].scheme]
    by_number = {question.identifier: question for question in questions}
    items = [Identifier(kind, number) for number in by_number]
    async for item, found, record in registered.summaries(client, items):
        answer = _plain(item.value, found)
        if answer.verdict is Verdict.ANSWERED:
            read = pubmed.read(record, item.value.removeprefix("PMC"))
            answer = _made(registry, item.value, read)
        learn(by_number[item.value], registry, answer)


def _answer(
    registry: Registry, identifier: str, reply: Reply, read: Callable[[object], Read]
) -> Answer:
    """What a reply says of an identifier: a record, that there is none, or nothing."""
    if reply.answer.verdict is network.Verdict.OK:
        return _made(registry, identifier, read(reply.payload))
    # The page of a proxy or a portal is no word of the registry.
    if reply.status == 404 and not reply.body.lstrip().startswith(b"<"):  # noqa: PLR2004
        return Answer(Verdict.ABSENT, identifier)
    said = registered.no_answer(reply, registry.shown).reason
    return Answer(Verdict.UNREACHABLE, identifier, reason=said)


def _made(registry: Registry, identifier: str, read: Read) -> Answer:
    if read is None:
        said = f"{registry.shown}: an answer that cannot be read"
        return Answer(Verdict.UNREACHABLE, identifier, reason=said)
    return Answer(Verdict.ANSWERED, identifier, record=read[0], notices=read[1])


def _plain(identifier: str, found: network.Answer) -> Answer:
    """What the check of links makes of an identifier, which is whether it is registered."""
    if found.verdict is network.Verdict.UNKNOWN:
        return Answer(Verdict.UNREACHABLE, identifier, reason=found.reason)
    gone = found.verdict is network.Verdict.GONE
    return Answer(Verdict.ABSENT if gone else Verdict.ANSWERED, identifier)
