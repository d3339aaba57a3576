"""Find the year of an entry, and with it where the authors end and the title begins.

APA and Harvard put the year in brackets after the authors, Chicago sets it there without brackets,
Vancouver and MLA give it near the end. Only the first characters are looked at, and every
repetition is bounded.
"""

import re

from sphinx_evidence.manuscripts.authors import AUTHOR, PARTICLE, REPEATED, with_single
from sphinx_evidence.prose.words import ORGANISATION, STARTERS

HEAD = 700  # characters in which the year stands

_DATE = r"(?:1[5-9]|20)\d\d(?:/(?:1[5-9]|20)\d\d)?[a-z]?|n\.\s?d\.?|no date|in press|forthcoming"
_IN_BRACKETS = re.compile(rf"[(\[]\s*({_DATE})(?:,[^()]{{0,30}})?\s*[)\]]", re.IGNORECASE)
_BARE = re.compile(rf"(?<=[.,;:\s])({_DATE})(?![\w/–-])", re.IGNORECASE)
_AFTER_NAMES = re.compile(
    rf"(?P<head>[^\d“\"‘:;()\[\]]{{2,600}}?)(?P<mark>[.,]?)\s+(?P<year>{_DATE})(?P<stop>[.,:]?)\s",
    re.IGNORECASE,
)
_BEFORE_VOLUME = re.compile(rf"\b({_DATE})(?:\s[^\W\d_]{{3,9}}[^;.]{{0,20}})?;")  # 2021 Mar 5;372
_AUTHORS_END = re.compile(
    r"(?<=[^\W\d_])\.\s+(?:[a-z]{2,3}\s+){0,2}"  # Beta, B. de los
    r"(?=[*_“\"‘']{0,3}[^\W\d_a-z](?:[\w’'-]+[\s.:?!*_]|[\s:]))"
    r"|(?<=[^\W\d_]{3})\.\s+(?=[^\W\d_a-z][\w’'-]+,)"  # Cloud Group. Rain, a history.
    r"|(?<=[^\W\d_])\.\s+(?=[^\W\d_a-z][\w’'-]+,\s[^\W\d_a-z][^\W\d_]{2})"  # Beta, B. Rain, Snow
    r"|,\s+(?=[“‘\"'][^\W\d_])|$"  # Ann Alpha, ‘Rain’
)
# Works without authors: “Rain.” 2019. Sky; and Rain falls on “sky.” (2011). Sky
_TITLE_FIRST = re.compile(
    rf"(?P<title>[“\"][^“”\"]{{4,300}}[”\"])[.,]?\s+(?:\((?P<bracketed>{_DATE})[^()]{{0,20}}\)|"
    rf"(?P<bare>{_DATE})(?=[.,]))[.,]?",
    re.IGNORECASE,
)
_UNSIGNED = re.compile(
    rf"(?P<title>(?:[^\W\d_a-z][\w’'-]*)(?:\s[“\"]?[\w’'-]+[,”\"]?){{3,40}}[.?!][”\"]?)\s"
    rf"\((?P<bracketed>{_DATE})[^()]{{0,20}}\)(?P<bare>(?!))?\.?",
)
ORIGINAL = re.compile(
    r"\b(?:orig(?:inal(?:ly)?|\.)(?: work| edition)? published|orig\.|first published)"
    r"(?: in)?[:,]?\s(1[4-9]\d\d|20\d\d)"
    r"|\[(?:orig\.?\s|first published\s)?(1[4-9]\d\d|20\d\d)\]",
    re.IGNORECASE,
)
SHORT = re.compile(r"\[([A-Z][A-Za-z&.-]{1,14})\]\s+(?=[^\W\d_])")  # [WHO] World Health …
_SENTENCE = re.compile(r"(?:[a-z]{2}|[A-Z]{3})[.?!][”\"’]?\s+(?!and\b|eds?\b|Jr\b)[^\W\d_]{3,}")
_TURNED = re.compile(rf"[*_]{{0,3}}(?:(?:{PARTICLE})\s+){{0,3}}[^\W\d_a-z][\w'’ -]{{0,40}},\s"
                     r"[^\W\d_a-z][\w'’.-]*")  # fmt: skip
_SMALL = re.compile(rf"[a-z][\w.-]{{1,30}}(?:\s[\w.-]{{1,30}}){{0,3}}\.?\s\(({_DATE})\)")  # jamovi
_NAMES = re.compile(rf"(?:(?:{PARTICLE}|[^\W\d_a-z][\w'’.-]*)\s+){{0,4}}[^\W\d_a-z][\w'’.-]*")
_MANY = 6  # words beside surnames and initials: more than names


def dated(text: str) -> tuple[str, str, str]:
    """What stands before the title, the year, and the text from the title on."""
    found = _IN_BRACKETS.search(text, 0, HEAD)
    after = _after_names(text)
    first = found and not (after and after.start("year") < found.start())
    if found and first and _is_head(text[: found.start()]):
        return text[: found.start()], _folded(found[1]), text[found.end() :]
    if title := _TITLE_FIRST.match(text) or _UNSIGNED.match(text):
        year = _folded(title["bracketed"] or title["bare"])
        return "", year, f"{title['title']} {text[title.end() :]}"
    if after and re.search(r"[^\W\d_]{3}", text[after.end() :]):
        return after["head"] + after["mark"], _folded(after["year"]), text[after.end() :]
    ends = _AUTHORS_END.finditer(text, 0, HEAD)
    end = next((end for end in ends if re.search(r"[^\W\d_]{2}", text[: end.start()])), None)
    at = end.end() if end else len(text[:HEAD])
    year = _last_year(text, at)
    rest = re.sub(rf"\s{re.escape(year)}[.\s]*$", "", text[at:]) if year else text[at:]
    return text[:at], year, rest


def with_original(text: str, year: str) -> str:
    """A year, with that of the first edition before it where an entry gives it: 1935/2000."""
    found = ORIGINAL.search(text, 0, HEAD + 800)
    first = next(filter(None, found.groups()), "") if found else ""
    if not first or first in year or not year[:4].isdigit():
        return year
    return f"{first}/{year}" if first < year[:4] else year


def looks_like_entry(line: str, *, apart: bool = False) -> bool:
    """Whether a bare line begins an entry: names, and a year not far behind.

    ``apart`` says that a gap stands before it, so that it is no line of the entry above.
    """
    head = SHORT.sub("", re.sub(r"(?<=[\w)])\s(?=[.,;])", "", line[:HEAD].lstrip()))
    if REPEATED.match(head):
        return has_year(head)
    first = re.match(r"[*_“\"‘']{0,3}([^\W\d_])", head)
    if not first or not (first[1].isupper() or re.match(rf"(?:{PARTICLE})\s", head)):
        return bool(apart and first and _SMALL.match(head))
    year = _IN_BRACKETS.search(head)
    if year and not re.search(r"(?<!\b[^\W\d_])[.?!:]\s+[^\W\d_]{3,}", head[: year.start()]):
        return True
    if (apart and _TITLE_FIRST.match(head)) or (
        AUTHOR.match(head) and (year or _BARE.search(head))
    ):
        return True
    after = _after_names(f"{head} ")
    turned = _TURNED.match(head)
    if after and (apart or (after["mark"] == "." and (turned or _organisation(after["head"])))):
        return True
    return bool(apart and turned and has_year(head))


def begins_with_author(line: str) -> bool:
    """Whether a line begins with a surname and initials, or a surname and given names."""
    head = line[:HEAD].lstrip()
    if head.partition(" ")[0].casefold() in STARTERS:  # The NHS
        return False
    return bool(AUTHOR.match(head) or _TURNED.match(head))


def has_year(line: str) -> bool:
    """Whether a line gives a year of publication."""
    head = re.sub(r"\*\*|__", "", line[:HEAD])
    return bool(_IN_BRACKETS.search(head) or _BARE.search(head))


def _after_names(text: str) -> re.Match[str] | None:
    """The year that follows names without brackets."""
    found = _AFTER_NAMES.match(text, 0, HEAD)
    if not found:
        return None
    head = found["head"]
    beside = re.sub(r"\b(?:and|eds?)\b|et al|[\W\d_]", "", AUTHOR.sub("", head))
    people = len(beside) < 3 or (found["mark"] == "," and with_single(head))  # noqa: PLR2004
    if AUTHOR.match(head) and people and (found["mark"] or found["stop"]):
        return found
    named = found["mark"] == "." or (found["mark"] == "," and not AUTHOR.search(head))
    return found if named and found["stop"] == "." and not _holds_title(head) else None


def _is_head(head: str) -> bool:
    """Whether words can be authors alone, and hold no title."""
    beside, count = AUTHOR.subn("", head)
    many = len(re.findall(r"[^\W\d_]{2,}", beside)) > _MANY and not _given_names(head)
    return not _holds_title(head) and not (count and many)


def _given_names(head: str) -> bool:
    """Whether words are names with given names: each part has few words, and none that is small."""
    parts = re.split(r",\s+|\s+(?:and|&)\s+", head.strip(" ,.&"))
    return all(_NAMES.fullmatch(part.removeprefix("and ")) for part in parts if part)


def _holds_title(head: str) -> bool:
    return bool(_SENTENCE.search(head) or re.search(r"[“\"]|\s[‘'*_]\w", head))


def _organisation(head: str) -> bool:
    return any(word.casefold() in ORGANISATION for word in re.findall(r"[^\W\d_]+", head))


def _last_year(text: str, at: int) -> str:
    """The year before the volume, or in the last brackets, or else the last of all."""
    if volume := _BEFORE_VOLUME.search(text, at, HEAD + 800):
        return _folded(volume[1])
    rest = ORIGINAL.sub(" ", text[at : HEAD + 800])
    for pattern in (_IN_BRACKETS, _BARE):
        if years := pattern.findall(rest):
            return _folded(years[-1])
    return ""


def _folded(year: str) -> str:
    return " ".join(year.split())
