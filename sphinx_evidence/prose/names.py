"""Read the names that stand before a year, backwards from the year.

Where a list of names begins cannot be seen from the words alone ("In Leamy et al.", "Department of
Health and Slade"), so every reading is given, the likeliest first; the bibliography decides.
"""

import re
from dataclasses import dataclass

from sphinx_evidence.prose.words import (
    COLLEAGUES,
    CONNECTIVES,
    ORGANISATION,
    PARTICLES,
    STARTERS,
)

MOST = 28  # words of a list of names
SHORT = 4  # letters of a word that may be cut short: Univ. and Dept.
JOINING = {"and", "und", "et", "y", "e"}  # two names, in English and in its neighbours

_WORD = re.compile(
    r"(?P<word>[^\W\d_](?:[\w\u0300-\u036f]|['’‘`\u02bc\u00b4\u2010\u2011\u2013-](?=[^\W\d_])|(?<=s)['’](?=\s[A-Z])|\.-?(?=[^\W\d_]\b)|&(?=[A-Z]))*)"
    r"|(?P<mark>[,.&]|/(?=[^\W\d_a-z]))|(?P<space>\s+)|(?P<other>.)",
    re.DOTALL,
)
_SMALL_FIRST = re.compile(r"(?:d['’]|(?:al|el|ad|an|ar|as|at|ash|ben)-)(?=[A-ZÀ-Þ])")
_STOP = re.compile(r"(?P<word>[^\W\d_]{3,})(?P<stop>\.)\Z")
_POSSESSIVE = re.compile(r"(?:['’‘]s|(?<=s)['’])\s*$")
_ET_AL = re.compile(
    r",?\s*\b(?:et\s*\.?\s*al[s]?|et\s+alii|and\s+al|et\s+coll|y\s+cols?|và\s+cộng\s+sự)\b\.?\s*(?:\(eds?\.?\))?\s*$",
    re.IGNORECASE,
)
_COLLEAGUES = re.compile(
    r"\s*(?:\band|&)\s+(?:(?:her|his|their|its|other|some|the|research|co-)\s+){0,2}"
    rf"(?:{'|'.join(sorted(COLLEAGUES))})\s*$",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"\s*[\[(]\s*(?:the\s+)?([A-Z][A-Za-z&-]{1,14})\s*[\])]\s*$")
_EDITOR = re.compile(r"(?:\s*\((?:eds?\.?|editors?)\)|,\s*eds?\.?)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """One way to read the names: ``names`` are surnames, or the whole name of an organisation."""

    names: tuple[str, ...]
    start: int
    et_al: bool
    possessive: bool = False
    comma: bool = False  # between the last name and the year
    ampersand: bool = False
    joined: bool = False  # by "and" or "&"
    initials: bool = False
    organisation: bool = False
    before: str = ""  # the last words before the names
    end: int = 0


@dataclass(frozen=True)
class _Token:
    text: str
    start: int

    @property
    def folded(self) -> str:
        return self.text.casefold().rstrip(".")

    @property
    def is_name(self) -> bool:
        first = self.text[0]  # some scripts have no capitals
        return (first.isalpha() and not first.islower()) or bool(_SMALL_FIRST.match(self.text))

    @property
    def is_initial(self) -> bool:
        return self.text[0].isupper() and bool(
            re.fullmatch(r"[^\W\d_](?:[.-]{1,2}[^\W\d_])*|[A-Z]{2}", self.text)
        )


def readings(
    text: str, left: int, right: int, *, narrative: bool, stop: bool = False
) -> list[Reading]:
    """Every reading of the names in ``text[left:right]`` that ends where the year begins.

    ``stop`` says that a stop may stand for the comma: ``(Leamy. 2011)``.
    """
    end, comma = _trim(text, left, right)
    if stop and (found := _STOP.search(text, max(left, end - 8), end)):
        end, comma = found.start("stop"), len(found["word"]) > SHORT
    window = text[left:end]
    possessive = bool(found := _POSSESSIVE.search(window[-4:]))
    if found:
        window = window[: len(window) - 4 + found.start() if len(window) > 4 else found.start()]  # noqa: PLR2004
    tail = window[-60:]
    et_al = False
    for pattern in (_EDITOR, _ET_AL, _COLLEAGUES, _ACRONYM):
        if hit := pattern.search(tail):
            et_al = et_al or pattern in (_ET_AL, _COLLEAGUES)
            window = window[: len(window) - len(tail) + hit.start()]
            tail = window[-60:]
    window = window.rstrip()
    if et_al and window.endswith(","):
        window = window[:-1].rstrip()
    tokens = _run(window, left)
    if not tokens:
        return []
    end = left + len(window)
    common = {"et_al": et_al, "possessive": possessive, "comma": comma}
    found_readings = list(_all(text, tokens, end, common))
    if not found_readings:
        return []
    likely = _likeliest(tokens, et_al=et_al, narrative=narrative)
    found_readings.sort(key=lambda reading: (reading.start != likely, reading.start))
    return found_readings


def _trim(text: str, left: int, right: int) -> tuple[int, bool]:
    """Where the names end, and whether a comma stands between them and the year."""
    end = right
    while end > left and text[end - 1].isspace():
        end -= 1
    comma = end > left and text[end - 1] == ","
    if comma:
        end -= 1
        while end > left and text[end - 1].isspace():
            end -= 1
    return end, comma


def _run(window: str, offset: int) -> list[_Token]:
    """The words at the end of ``window`` that may belong to a list of names."""
    tokens: list[_Token] = []
    for found in _WORD.finditer(window):
        if found["other"]:
            tokens.clear()
        elif not found["space"]:
            tokens.append(_Token(found[0], offset + found.start()))
    kept: list[_Token] = []
    words = 0
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if words >= MOST or not _belongs(tokens, index, kept):
            break
        words += token.text not in {",", "."}
        kept.append(token)
    kept.reverse()
    while kept and not (kept[0].is_name or kept[0].folded in PARTICLES):
        kept.pop(0)
    while kept and kept[0].folded in STARTERS and not (len(kept) == 1 and kept[0].text.isupper()):
        if len(kept[0].text) == 1 and len(kept) > 1 and kept[1].text == ".":
            break  # an initial, not the article
        kept.pop(0)
        while kept and not (kept[0].is_name or kept[0].folded in PARTICLES):
            kept.pop(0)
    return kept if any(token.is_name for token in kept) else []


def _belongs(tokens: list[_Token], index: int, kept: list[_Token]) -> bool:
    token, after = tokens[index], kept[-1] if kept else None
    if token.is_name:
        return True
    if token.text == ".":  # after an initial, "Slade, M." at the end, too; or "St. John"
        before = tokens[index - 1] if index else None
        return bool(before and (before.is_initial or before.folded in {"st", "jr", "sr"}))
    if after is None:
        return False
    if token.text in {",", "&", "/"} or token.text in JOINING:
        return after.is_name or after.folded in PARTICLES | {"and"} or after.text == "&"
    if token.folded in PARTICLES and token.text[0].islower():
        return after.is_name or after.folded in PARTICLES
    before = tokens[index - 1] if index else None
    return (
        token.folded in CONNECTIVES
        and (after.is_name or after.folded in CONNECTIVES)
        and bool(before and (before.is_name or before.folded in CONNECTIVES))
    )


def _all(text: str, tokens: list[_Token], end: int, common: dict[str, bool]) -> list[Reading]:
    """One reading as people and one as an organisation for each place where names may begin."""
    found = []
    for index, token in enumerate(tokens):
        if not (token.is_name or token.folded in PARTICLES):
            continue
        rest = tokens[index:]
        people = _people(rest)
        before = " ".join(text[max(token.start - 40, 0) : token.start].split())
        joined = any(t.folded in {"and", "&"} for t in rest)
        details = {
            **common,
            "ampersand": any(t.text == "&" for t in rest),
            "joined": joined,
            "initials": any(t.is_initial for t in rest) and len(rest) > 1,
        }
        if people:
            found.append(Reading(people, token.start, before=before, end=end, **details))
        whole = " ".join(text[token.start : end].split())
        if (whole,) != people and token.is_name:
            found.append(
                Reading((whole,), token.start, before=before, end=end, organisation=True, **details)
            )
    return found


def _segments(tokens: list[_Token]) -> list[list[_Token]]:
    segments: list[list[_Token]] = [[]]
    for token in tokens:
        if token.text in {",", "&", "/"} or token.text in JOINING:
            segments.append([])
        else:
            segments[-1].append(token)
    return segments


def _people(tokens: list[_Token]) -> tuple[str, ...]:
    """The surnames of a list of people, or nothing where it cannot be one."""
    names: list[str] = []
    for segment in _segments(tokens):
        words = [t for t in segment if t.text != "." and not t.is_initial]
        if not words:
            if segment and len(segment) <= 2 and not names and segment[0].text.isupper():  # noqa: PLR2004
                names.append(segment[0].text)  # an acronym of two letters
            continue  # initials after a comma: Slade, M.
        if any(t.folded in CONNECTIVES - PARTICLES for t in words):
            return ()
        names.append(" ".join(t.text for t in words))
    return tuple(names)


def _of_initials(tokens: list[_Token]) -> bool:
    """Whether nothing follows but initials, with their stops: ``Slade, M.``."""
    stopped = bool(tokens) and tokens[-1].text == "."
    return stopped and all(t.text == "." or t.is_initial for t in tokens)


def _likeliest(tokens: list[_Token], *, et_al: bool, narrative: bool) -> int:
    """Where the names begin if no entry says otherwise."""
    if et_al:  # people: "Find the Rolph et al."
        small = [i for i, t in enumerate(tokens) if t.folded in CONNECTIVES - PARTICLES]
        tokens = tokens[small[-1] + 1 :] if small and small[-1] + 1 < len(tokens) else tokens
    elif any(t.folded in ORGANISATION or t.folded in CONNECTIVES - PARTICLES for t in tokens):
        commas = [i for i, t in enumerate(tokens) if t.text == ","]
        cut = commas[-1] + 1 if commas and narrative else 0
        return tokens[cut].start if cut < len(tokens) else tokens[0].start
    links = [
        i for i, t in enumerate(tokens)
        if (t.text in {",", "&", "/"} or t.folded == "and") and not _of_initials(tokens[i + 1 :])
    ]  # fmt: skip
    start = links[-1] + 1 if links else 0
    joined = et_al
    for position in range(len(links) - 1, -1, -1):
        link = links[position]
        comma = tokens[link].text == ","
        if comma and link + 1 < len(tokens) and tokens[link + 1].folded in {"and", "&"}:
            comma = False  # the serial comma
        if comma and not joined and narrative:
            break
        joined = joined or not comma
        start = links[position - 1] + 1 if position else 0
    # What stands before the first surname and is no initial or particle is not the name:
    # "Recovery Slade and Perkins"; a given name stays.
    return tokens[min(start, len(tokens) - 1)].start
