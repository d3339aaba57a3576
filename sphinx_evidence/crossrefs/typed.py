"""References to boxes, tables and figures that are typed as plain words: “see Box 2”."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sphinx_evidence.prose.scanner import without_quotations
from sphinx_evidence.text.spans import meeting

SENTENCE = 200  # characters of a sentence that are looked at on each side
_END = re.compile(r"[.?!]\s")


@dataclass(frozen=True)
class Numbers:
    """What has a number: ``kinds`` by the words for them, ``names`` by kind and number."""

    kinds: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Pointer:
    """A reference that was typed: its span in a text, what is wrong and what to type."""

    start: int
    end: int
    wrong: str
    remedy: str


def typed_references(
    text: str,
    numbers: Numbers,
    *,
    role: str,
    links: Sequence[tuple[int, int]],
    cited: Sequence[int],
) -> Iterator[Pointer]:
    """Every reference in ``text`` that certainly is one; ``role`` is numref in its markup.

    ``cited`` are the places of citations: the table of a sentence with one is that work's.
    """
    if not numbers.kinds:
        return
    for found in _pattern(numbers).finditer(without_quotations(text)):
        start, end = found.span("words")
        if meeting(links, start, end) or _cites(text, start, end, cited):
            continue
        words = " ".join(found["words"].split())
        kind = numbers.kinds[found["kind"].casefold()]
        name = numbers.names.get((kind, found["number"]))
        if name is None:
            wrong = f"“{words}” leads nowhere: no {kind} has this number."
            remedy = f"Write {role}`name` with the :name: of the {kind} that is meant."
        else:
            wrong = f"“{words}” is typed as plain words: no link, and its number may go wrong."
            remedy = f"Write {role}`{name}`." if name else (
                f"Give the {kind} a :name: and write {role}`that-name`."
            )  # fmt: skip
        yield Pointer(start, end, wrong, remedy)


def _pattern(numbers: Numbers) -> re.Pattern[str]:
    kinds = "|".join(map(re.escape, sorted(numbers.kinds, reverse=True)))
    return re.compile(
        # "In Box 2" needs its capital, as one may sit in box 2.
        r"(?:\((?:see\s)?|\b[Ss]ee\s(?:also\s)?|\b(?:[Ii]n|[Ff]rom)\s(?=[^\W\d_a-z]))"
        rf"(?P<words>(?P<kind>(?i:{kinds}))\.?\s(?P<number>\d{{1,3}}(?:\.\d{{1,3}}){{0,3}}))"
        # Not a number of something else, and not the table of another work.
        r"(?![\w%]|\.\d|,\s?(?:\d|pp?\.)|\s\((?:\d|p)|\s(?:by|from|in|of|on)\b)"
    )


def _cites(text: str, start: int, end: int, cited: Sequence[int]) -> bool:
    """Whether the sentence around a span cites a work."""
    first = max((f.end() for f in _END.finditer(text, max(start - SENTENCE, 0), start)), default=0)
    last = _END.search(text, end, end + SENTENCE)
    at = bisect_left(cited, max(first, start - SENTENCE))
    return at < len(cited) and cited[at] < (last.start() if last else end + SENTENCE)
