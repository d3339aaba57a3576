"""Names and a year with words of the sentence between them: “the 1998 paper by Slade”."""

import re
from typing import NamedTuple

from sphinx_evidence.prose.words import CUES, PARTICLES, reports

AROUND = 80  # characters before the year in which names are looked for

_CUE = rf"(?:{'|'.join(sorted(CUES))})s?"
_PARTICLE = rf"(?:{'|'.join(map(re.escape, sorted(PARTICLES)))})"
_SURNAME = rf"(?:{_PARTICLE}\s){{0,3}}[^\W\d_a-z](?:[\w-]|['’](?!s\b)){{1,30}}"
_NAMES = (
    rf"(?P<names>{_SURNAME}(?:\s(?:(?:for|of|on)\s)?{_SURNAME}){{0,5}}"
    rf"(?:(?:,\s{_SURNAME}){{0,4}},?\s(?:and|&)\s{_SURNAME})?"
    r"(?:\s(?:et\sal\.?|and\s(?:colleagues|others)))?)"
)
_WORK = rf"\s(?:[a-z-]+\s){{0,2}}{_CUE}\b"
_VERB = r"(?P<verb>[a-z]+)"
# What is written by somebody, as a theory or a table need not be.
_WRITTEN = re.compile(
    r"\b(?:article|book|catalogue|chapter|commentary|dissertation|essay|lecture|monograph|paper|"
    r"report|review|study|survey|thesis)\b"
)
# Names before the year, by the word that stands last but one; `_judged` reads the groups.
_BY_WORD = {
    kind: [re.compile(rf"{sign}\s\Z") for sign in signs]
    for kind, signs in {
        "name": (
            rf"(?i:\b(?:as|nor|so)\s(?:did|had))\s{_NAMES}\sin",
            rf"\b{_VERB}\s(?P<by>by)\s{_NAMES}\sin",
        ),
        "verb": (
            rf"\b{_NAMES},\swriting\sin",
            rf"(?P<as>\b[Aa]s\s)?\b{_NAMES}\s(?:(?:also|first|had|later)\s)?{_VERB}\sin",
        ),
        "work": (
            rf"\b{_NAMES}['’]s?(?P<work>{_WORK})\s(?:from|of)",
            rf"\b{_NAMES},?\sin\s(?:an?|her|his|the|their)(?P<work>{_WORK})\s(?:from|of)",
        ),
    }.items()
}
_OWN = re.compile(
    rf"\b{_NAMES}(?:,?(?:\s[a-z]+)?,?\sin|\sand)\s(?:an?|her|his|its|their)\s(?:[a-z]+\s)?\Z"
)
_BRACKETED = [
    re.compile(rf"{sign}\s\Z")
    for sign in (
        rf"\b{_NAMES}['’]s?(?P<work>{_WORK})",
        rf"\b{_NAMES}\s(?:her|him|them)sel(?:f|ves)",
        rf"(?P<as>\b[Aa]s\s)?\b{_NAMES}\s(?:also\s)?{_VERB}",
    )
]
# Names behind the year.
_NO_YEAR = r"\b(?!\s[(\[])"
_WORK_BY = re.compile(rf"{_WORK}\s(?P<by>by|of)\s(?:the\s)?{_NAMES}{_NO_YEAR}")
_OWN_WORK = re.compile(rf"{_WORK},?\s{_NAMES}{_NO_YEAR}")
_NEXT = re.compile(rf",?\s(?P<by>by\s)?{_NAMES}{_NO_YEAR}(?:\s(?:had\s)?{_VERB}\b)?")
_A_WORK = re.compile(_WORK)
_OWNERS = {"a", "an", "her", "his", "its", "their"}
_THAT = re.compile(r"\s(?:how|that|whether|why)\b")
# What is said aloud, or decided, and so has another source.
_SPOKEN = {"agreed", "asked", "called", "denied", "said", "stated", "urged"}


class Apart(NamedTuple):
    """The span of the names, and whether these words are a citation even if no entry fits."""

    names: tuple[int, int]
    sure: bool


def apart(text: str, year: tuple[int, int], stop: int) -> Apart | None:
    """The names that a year belongs to and that stand apart from it, behind ``stop``."""
    start, end = year
    left = max(stop, start - AROUND)
    *_, before, last = "", "", *text[max(stop, start - 30) : start].split()
    if found := _WORK_BY.match(text, end):
        return Apart(found.span("names"), sure=bool(_WRITTEN.search(found[0])))
    if not {before, last}.isdisjoint(_OWNERS) and _A_WORK.match(text, end):
        found = _OWN.search(text, left, start)
        if not found and not {before, last} & {"a", "an"}:
            found = _OWN_WORK.match(text, end)
        sure = bool(_WRITTEN.search(text, end, end + AROUND))
        return Apart(found.span("names"), sure) if found else None
    for sign in _BY_WORD.get(_kind(before, last), ()):
        if found := sign.search(text, left, start):
            return _judged(found, text, end)
    found = _NEXT.match(text, end) if last in {"as", "in", "In"} else None
    if not found:
        return None
    writing = before in {"Writing", "writing"}
    return _judged(found, text, found.end(), before if found["by"] or writing else found["verb"])


def _kind(before: str, last: str) -> str:
    """What stands before the last word: a name or a verb before “in”, a work before “of”."""
    if last in {"of", "from"}:
        return "work" if before in CUES or before.removesuffix("s") in CUES else ""
    if last != "in":
        return ""
    return "name" if before[:1].isupper() else "verb"


def before_bracket(text: str, bracket: tuple[int, int], stop: int) -> Apart | None:
    """The names that a year alone in ``bracket`` belongs to: “as Slade notes (1998)”."""
    start, end = bracket
    for sign in _BRACKETED:
        if found := sign.search(text, max(stop, start - AROUND), start):
            return _judged(found, text, end + 1)
    return None


def _judged(found: re.Match[str], text: str, end: int, verb: str | None = None) -> Apart | None:
    """What a verb makes of names and a year: “showed in 1998”; ``end`` is that of both."""
    parts = found.groupdict()
    verb = verb or parts.get("verb") or ""
    if "verb" not in parts:
        work = parts.get("work")
        return Apart(found.span("names"), sure=not work or bool(_WRITTEN.search(work)))
    said = reports(verb) and verb not in _SPOKEN
    if parts.get("by") and (said or not verb.endswith(("ed", "en", "lt"))):  # "built by"
        return Apart(found.span("names"), sure=said)
    writing = verb.casefold() == "writing"
    if not said and not writing:
        return None
    sure = writing or parts.get("as") or _THAT.match(text, end)
    return Apart(found.span("names"), sure=bool(sure))
