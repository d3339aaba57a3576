"""Ask for identifiers where they are registered, never at the publisher's page.

DOIs: the Handle proxy's REST interface, https://www.handle.net/proxy_servlet.html. PMIDs and
PMCIDs: ESummary of NCBI's E-utilities, https://www.ncbi.nlm.nih.gov/books/NBK25499/, many in one
request, three requests a second.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from sphinx_evidence.network.client import Client, Reply
from sphinx_evidence.network.identifiers import Identifier, Kind
from sphinx_evidence.network.verdicts import Answer, Verdict

AT_ONCE = 200  # identifiers in one request, as NCBI asks for at most
SPACING = 0.34  # seconds between two requests to NCBI without a key
_FOUND, _NOT_FOUND, _NO_VALUES = 1, 100, 200  # response codes of the Handle proxy


async def ask_doi(client: Client, doi: Identifier) -> Answer:
    """Whether a DOI is registered."""
    reply = await client.data(f"{client.settings.handle_base}{quote(doi.value, safe='/')}")
    payload = reply.payload
    code = payload.get("responseCode") if isinstance(payload, dict) else None
    if code == _FOUND and isinstance(payload, dict) and payload.get("values"):
        return Answer(Verdict.OK, "registered")
    if code == _NOT_FOUND:
        # The DOI may be read wrongly from a publisher's address, so that is no proof.
        verdict = Verdict.GONE if doi.printed else Verdict.UNKNOWN
        return Answer(verdict, "the DOI is not registered")
    if code == _NO_VALUES:
        return Answer(Verdict.UNKNOWN, "the DOI is registered, but leads nowhere")
    return no_answer(reply, "doi.org")


async def ask_ncbi(client: Client, of_kind: Sequence[Identifier]) -> dict[str, Answer]:
    """Whether PMIDs, or PMCIDs, are registered: answers by address."""
    return {item.address: answer async for item, answer, _ in summaries(client, of_kind)}


async def summaries(
    client: Client, of_kind: Sequence[Identifier]
) -> AsyncIterator[tuple[Identifier, Answer, dict[str, Any]]]:
    """PMIDs, or PMCIDs, each with the answer and what NCBI says of the work, as batches come."""
    client.hosts.of(client.settings.eutils_base).pause_at_least(SPACING)
    for start in range(0, len(of_kind), AT_ONCE):
        some = of_kind[start : start + AT_ONCE]
        reply = await client.data(_summary_address(client, some))
        payload = reply.payload
        for item in some:
            record = _record(payload, item.value.removeprefix("PMC"))
            yield item, _ncbi_answer(item, reply, record), record or {}


def _summary_address(client: Client, some: Sequence[Identifier]) -> str:
    contact = client.settings.contact
    query = {
        "db": str(some[0].kind),
        "id": ",".join(item.value.removeprefix("PMC") for item in some),
        "retmode": "json",
        "tool": "sphinx-evidence",
        **({"email": contact} if "@" in contact else {}),
    }
    return f"{client.settings.eutils_base}esummary.fcgi?{urlencode(query, safe=',@')}"


def _ncbi_answer(item: Identifier, reply: Reply, record: dict[str, Any] | None) -> Answer:
    if record is None:
        return no_answer(reply, "NCBI")
    name = "PMCID" if item.kind is Kind.PMCID else "PMID"
    # NCBI answers with status 200 and an error in the record.
    if "cannot get document summary" in str(record.get("error", "")):
        return Answer(Verdict.GONE, f"the {name} is not registered")
    if "error" in record or str(record.get("uid")) != item.value.removeprefix("PMC"):
        return Answer(Verdict.UNKNOWN, f"NCBI answers {str(record.get('error'))[:60]!r}")
    return Answer(Verdict.OK, "registered")


def _record(payload: object, number: str) -> dict[str, Any] | None:
    result = payload.get("result") if isinstance(payload, dict) else None
    record = result.get(number) if isinstance(result, dict) else None
    return record if isinstance(record, dict) else None


def no_answer(reply: Reply, name: str) -> Answer:
    """What a registry says that does not answer the question is never the link's fault."""
    well = reply.answer.verdict in {Verdict.OK, Verdict.MOVED, Verdict.GONE} and reply.reached
    said = "an answer that cannot be read" if well else reply.answer.reason
    return Answer(Verdict.UNKNOWN, f"{name}: {said}")


def by_kind(identifiers: Sequence[Identifier]) -> Iterator[list[Identifier]]:
    """The identifiers that NCBI registers, those of a kind together."""
    for kind in (Kind.PMID, Kind.PMCID):
        some = [item for item in identifiers if item.kind is kind]
        if some:
            yield some
