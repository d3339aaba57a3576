"""Ask all links of a run: each address once, identifiers at their registry."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from sphinx_evidence.links import wayback
from sphinx_evidence.links.ledger import Ledger
from sphinx_evidence.network import registered
from sphinx_evidence.network.client import UNKNOWN_HOST, Client
from sphinx_evidence.network.clock import Clock
from sphinx_evidence.network.identifiers import Identifier, Kind, identify
from sphinx_evidence.network.politeness import Settings
from sphinx_evidence.network.verdicts import PERMANENT, Answer, Verdict

HOPS = 10  # redirects, as browsers follow twenty and Sphinx thirty
SAMPLE = 5  # hosts that are tried before the network is said to be down


@dataclass(frozen=True)
class Question:
    """One address, and the anchors of it that pages lead to."""

    address: str
    anchors: frozenset[str] = frozenset()


async def ask_all(
    questions: Iterable[Question],
    settings: Settings,
    clock: Clock,
) -> dict[str, Answer] | None:
    """An answer for each address; none at all where the network is down."""
    asked = {question.address: question.anchors for question in questions}
    async with Client(settings, clock) as client:
        if asked and not await network(client, asked):
            return None
        answers = await _answers(client, asked)
    # A network that went down meanwhile knows no host, either.
    lost = [a for a, answer in answers.items() if UNKNOWN_HOST in answer.reason]
    if lost:
        async with Client(settings, clock) as anew:  # which remembers no host and no connection
            if not await network(anew, asked):
                unknown = Answer(Verdict.UNKNOWN, "the network went down")
                answers |= dict.fromkeys(lost, unknown)
    return answers


async def network(client: Client, addresses: Iterable[str]) -> bool:
    """Whether a registry can be reached or, failing that, the host of some link."""
    settings = client.settings
    bases = (settings.handle_base, settings.eutils_base, settings.archive_base)
    others = [_root(address) for address in addresses if not identify(address)]
    for roots in (map(_root, bases), others):
        some = list(dict.fromkeys(filter(None, roots)))[:SAMPLE]
        tries = [asyncio.ensure_future(client.reaches(root)) for root in some]
        try:
            for attempt in asyncio.as_completed(tries):
                if await attempt:
                    return True
        finally:
            for attempt in tries:
                attempt.cancel()
            await asyncio.gather(*tries, return_exceptions=True)
    return False


async def _answers(client: Client, asked: Mapping[str, frozenset[str]]) -> dict[str, Answer]:
    found = {address: identify(address) for address in asked}
    numbers = [item for item in found.values() if item and item.kind is not Kind.DOI]
    batches = [registered.ask_ncbi(client, some) for some in registered.by_kind(numbers)]
    singles = [a for a, item in found.items() if item is None or item.kind is Kind.DOI]
    of_batches, of_singles = await asyncio.gather(
        asyncio.gather(*batches),
        asyncio.gather(*(_follow(client, address, asked[address]) for address in singles)),
    )
    answers = dict(zip(singles, of_singles, strict=True))
    for batch in of_batches:
        answers |= batch
    return answers


async def _follow(client: Client, address: str, anchors: frozenset[str]) -> Answer:
    """Follow redirects to their end; one that leads to an identifier ends at its registry."""
    at, seen, permanent = address, {address}, True
    for _ in range(HOPS):
        identifier = identify(at)
        if identifier:
            answer = await _registered(client, identifier)
            break
        reply = await client.ask(at, anchors)
        answer = reply.answer
        if not reply.location:
            break
        permanent = permanent and reply.status in PERMANENT
        at = reply.location
        if at in seen:
            return Answer(Verdict.UNKNOWN, "its redirects lead in a circle")
        seen.add(at)
    else:
        return Answer(Verdict.UNKNOWN, f"more than {HOPS} redirects")
    if at == address:
        return answer
    if answer.verdict is Verdict.OK:
        return replace(answer, verdict=Verdict.MOVED, moved_to=at, permanent=permanent)
    if answer.verdict is Verdict.ANCHOR:
        return replace(answer, moved_to=at, permanent=permanent)
    return replace(answer, reason=f"{answer.reason}, after a redirect to {at}")


async def _registered(client: Client, identifier: Identifier) -> Answer:
    if identifier.kind is Kind.DOI:
        return await registered.ask_doi(client, identifier)
    return (await registered.ask_ncbi(client, [identifier]))[identifier.address]


def _root(address: str) -> str:
    """The start page of a host; empty where the address is malformed."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}/" if parts.netloc else ""


async def find_copies(
    ledger: Ledger, addresses: Iterable[str], settings: Settings, clock: Clock
) -> None:
    """Note in the ledger the archived copies of those ``addresses`` that are gone."""
    gone = [
        address
        for address in addresses
        if (entry := ledger.entries.get(address)) is not None
        and entry.verdict is Verdict.GONE
        and not entry.archived
    ]
    if not gone:
        return
    async with Client(settings, clock) as client:
        days = [ledger.entries[address].last_ok for address in gone]
        found = await asyncio.gather(
            *(
                wayback.find_snapshot(client, address, day)
                for address, day in zip(gone, days, strict=True)
            )
        )
    for address, copy in zip(gone, found, strict=True):
        if copy:
            noted = replace(ledger.entries[address], archived=copy[0], archived_on=copy[1])
            ledger.entries[address] = noted
