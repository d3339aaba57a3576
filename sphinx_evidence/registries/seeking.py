"""Works looked for by title, author and year, where they have no identifier: to offer them one.

What is found judges nothing: it is kept only where it says what the entry says, and a person reads
both before the identifier is typed.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from sphinx_evidence.bibliography.reader import Entry
from sphinx_evidence.network import registered
from sphinx_evidence.network import verdicts as network
from sphinx_evidence.network.client import Client, Reply
from sphinx_evidence.registries import alike, crossref, open_library
from sphinx_evidence.registries.meant import identifier, is_meant
from sphinx_evidence.registries.record import Answer, Registry, Verdict

_MOST = 5  # works that are looked at


async def seek(client: Client, registry: Registry, words: str, entry: Entry) -> Answer:
    """What one registry finds: the one work that may be meant, or none."""
    if registry is Registry.OPEN_LIBRARY:
        reply, read = await _in_open_library(client, entry), open_library.found
    else:
        reply, read = await _in_crossref(client, words), crossref.found
    found = read(reply.payload) if reply.answer.verdict is network.Verdict.OK else None
    if found is None:
        said = registered.no_answer(reply, registry.shown).reason
        return Answer(Verdict.UNREACHABLE, words, reason=said)
    meant = [one for one in found if is_meant(entry, one[0])]
    # Of two that would do, one is wrong.
    if len({identifier(record) for record, _ in meant}) != 1:
        return Answer(Verdict.ABSENT, words)
    return Answer(Verdict.ANSWERED, words, record=meant[0][0], notices=meant[0][1])


async def _in_crossref(client: Client, words: str) -> Reply:
    query = {"query.bibliographic": words, "rows": str(_MOST)}
    query |= crossref.polite(client.settings.contact)
    return await client.record(f"{client.settings.crossref_base}works?{urlencode(query, safe='@')}")


async def _in_open_library(client: Client, entry: Entry) -> Reply:
    """Editions of the year that the entry has: an ISBN is that of one edition."""
    first = alike.people_of(entry.get("author") or entry.get("editor"))[0][0]
    title, name = (" ".join(_words(text)) for text in (
        alike.as_shown(entry.get("title")), first.family or first.group,
    ))  # fmt: skip
    year = re.search(r"\d{4}", entry.get("year") or entry.get("date"))
    asked = f"title:({title}) author:({name}) publish_year:{year[0] if year else ''}"
    wanted = ["title", "subtitle", "publish_date", "publisher", "isbn"]
    names = ["author_name", "editions", *(f"editions.{name}" for name in wanted)]
    query = {"q": asked, "limit": str(_MOST), "fields": ",".join(("title", *names))}
    return await open_library.ask(client, f"search.json?{urlencode(query, safe=',')}")


def _words(text: str) -> Iterator[str]:
    """Words without the signs, AND, OR and NOT that steer a search."""
    return (word.casefold() for word in re.findall(r"\w+", text))
