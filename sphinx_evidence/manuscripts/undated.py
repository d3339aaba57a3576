"""Names of a listed work without its year, in a text that gives the year elsewhere; pure."""

import re
from collections.abc import Iterator, Sequence

from sphinx_evidence.manuscripts.entry import Listed
from sphinx_evidence.prose.citation import Mention
from sphinx_evidence.prose.context import says
from sphinx_evidence.text.normalise import plain
from sphinx_evidence.text.spans import meeting

SELDOM = 10  # citations in the sentence, with a year, for each without: else it is a habit
_NAME = r"[^\W\d_a-z][\w'’-]{1,40}"
_PAIR = re.compile(rf"(?<![\w-])({_NAME}) (?:and|&) ({_NAME})(?!['’\w-])")
_YEAR = re.compile(r"[^.;¶\n]{0,40}(?:\d{4}|n\.d\.)")


def undated(
    text: str, mentions: Sequence[Mention], entries: Sequence[Listed]
) -> Iterator[tuple[int, str, Listed]]:
    """Offset and words of each “Alpha and Beta argue” that has no year, and the work.

    Behind a citation in the sentence, the rest of its paragraph may leave the year out.
    """
    listed = {tuple(map(plain, e.names)): e for e in entries if len(e.names) == 2}  # noqa: PLR2004
    spans = [(mention.start, mention.end) for mention in mentions]
    narrative = [mention for mention in mentions if mention.form == "narrative"]
    found = []
    for pair in _PAIR.finditer(text) if listed else ():
        entry = listed.get((plain(pair[1]), plain(pair[2])))
        if not entry or meeting(spans, *pair.span()) or _YEAR.match(text, pair.end()):
            continue
        paragraph = text.rfind("\n\n", 0, pair.start())
        before = (m.start for m in narrative if plain(pair[1]) in map(plain, m.works[0].names))
        if says(text, pair.end(), plural=True) and not any(
            paragraph < start < pair.start() for start in before
        ):
            found.append((pair.start(), pair[0], entry))
    if len(found) * SELDOM <= len(narrative):
        yield from found
