"""Citations by their company: what stands in one row with a citation is one, too."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from sphinx_evidence.prose.citation import Mention
from sphinx_evidence.prose.classify import is_place, surname_like
from sphinx_evidence.prose.context import goes_on, says

_JOINED = re.compile(
    r"\)?\s*(?:,|;|,?\s*and|&|or|nor|versus|vs\.?)(?:,\s[a-z]+(?:\s[a-z]+){0,2},)?\s+"
    r"(?:(?:against|by|from|in|of|on|that of|those of|to|with)\s+)?"
)
_DOES = re.compile(
    r"\s+(?!(?:and|as|but|for|had|has|have|in|is|of|on|or|to|was|were|with)\b)([a-z]+)"
)
_IN_ONE_BRACKET = re.compile(r"(?:\s*,|[^;()\[\]]{0,60};)\s*(?:[a-z][a-z.]*,?\s+){0,3}")


def with_neighbours(
    mentions: Sequence[Mention],
    text: str,
    fitting: Sequence[bool] = (),
    roles: Sequence[int] = (),
) -> list[Mention]:
    """What is joined to a sure citation is one, too: ``Slade (2009) and Habermas (1981)``.

    ``fitting`` says of each that an entry fits it, which is as good as sure; ``roles`` are
    the places of citations that are marked up, each of one character.
    """
    found = list(mentions)
    sure = [
        m.sure or fits or (_by_people(text, m) and _beside_role(text, m, roles))
        for m, fits in zip(found, fitting or [False] * len(found), strict=True)
    ]
    _parallel(text, found, sure)
    for pairs in (range(1, len(found)), range(len(found) - 1, 0, -1)):
        for index in pairs:
            first, second = found[index - 1], found[index]
            narrative = first.form == second.form == "narrative"
            both = narrative and says(text, second.end, plural=True)
            if sure[index - 1] == sure[index] and not both:
                continue
            bracket = first.form == "parenthetical" and first.bracket == second.bracket
            people = [sure[i] or _by_people(text, found[i]) for i in (index - 1, index)]
            bare = first.form == second.form == "bare"
            row = narrative or bare or (bracket and second.form == first.form)
            if row and all(people) and _row(first).fullmatch(text, first.end, second.start):
                sure[index - 1 : index + 1] = [True, True]
    return [replace(m, sure=m.sure or s) for m, s in zip(found, sure, strict=True)]


def _parallel(text: str, found: Sequence[Mention], sure: list[bool]) -> None:
    """What does the same as a sure one: ``Slade (2009) begins so, Lin (2010) begins so``."""
    does = [
        _DOES.match(text, mention.end) if mention.form == "narrative" else None for mention in found
    ]
    known = {does_it[1] for does_it, is_sure in zip(does, sure, strict=True) if does_it and is_sure}
    for index, does_it in enumerate(does):
        if does_it and does_it[1] in known and _by_people(text, found[index]):
            sure[index] = True


def _row(mention: Mention) -> re.Pattern[str]:
    """What stands between two citations of one row: ``(Anderson, 1983; Gellner 1983)``."""
    return _IN_ONE_BRACKET if mention.form == "parenthetical" else _JOINED


def _beside_role(text: str, mention: Mention, roles: Sequence[int]) -> bool:
    """Whether a citation that is marked up stands in one row with ``mention``."""
    if mention.form == "bare":
        return False
    index = bisect_left(roles, mention.start)
    start, end = (
        mention.bracket if mention.form == "parenthetical" and mention.bracket else (0, len(text))
    )
    gaps = [
        *((at + 1, mention.start) for at in roles[max(index - 1, 0) : index] if at > start),
        *((mention.end, at) for at in roles[index : index + 1] if at < end),
    ]
    return any(_row(mention).fullmatch(text, *gap) for gap in gaps)


def _by_people(text: str, mention: Mention) -> bool:
    reading = mention.works[0].readings[0]
    people = all(map(surname_like, reading.names)) and not is_place(reading)
    return people and not mention.unmarked and not goes_on(text, mention)
