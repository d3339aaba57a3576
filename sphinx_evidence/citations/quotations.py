"""Long quotations whose citation gives no page."""

import re
from collections.abc import Iterator, Mapping, Sequence

from sphinx_evidence.prose.words import reports

_QUOTED = re.compile(
    r"„[^„“”]*[“”]|“[^“”]*”|\"[^\"]*\"|«[^«»]*»|»[^«»]*«"
    # An apostrophe between two letters ends no quotation.
    r"|(?<![^\s(])['‘][^'‘’]*(?:(?<=\w)['’](?=\w)[^'‘’]*)*['’](?!\w)"
)
_BEHIND = 6  # characters, such as “. (”, between a quotation and its citation
_VERB = re.compile(r"[\s,]*(?:as\s)?([a-z]+)\s")
_KEY = re.compile(r"(?:\{[^{}]*\})?([^,{}\s]+)(\{[^{}]*\})?")
# Web pages and the like have no pages to give.
PAGELESS = {"electronic", "misc", "online", "software", "unpublished", "webpage", "www"}


def inline(
    text: str, roles: Sequence[tuple[int, str]], *, length: int
) -> Iterator[tuple[int, str]]:
    """Offset and target of the citation of each quotation in ``text`` of ``length`` words or more.

    ``roles`` are offset and target of the citations. The one right behind a quotation is meant,
    or else the last one before it in its sentence.
    """
    for found in _QUOTED.finditer(text):
        if len(found[0].split()) < length:
            continue
        sentence = max(text.rfind(stop, 0, found.start()) for stop in (". ", "? ", "! ", "\n\n"))
        verb = _VERB.match(text, found.end(), found.end() + 40)
        end = verb.end() if verb and reports(verb[1]) else found.end() + _BEHIND
        behind = [role for role in roles if found.end() <= role[0] <= end]
        before = [role for role in roles if sentence < role[0] < found.start()]
        yield from behind[:1] or before[-1:]


def unpaged(target: str, types: Mapping[str, str]) -> str:
    """The first key of ``target`` without a page, if its work has pages; else an empty text.

    ``types`` gives the type of each entry.
    """
    for found in _KEY.finditer(target):
        if types.get(found[1], "misc") not in PAGELESS and not found[2]:
            return found[1]
    return ""
