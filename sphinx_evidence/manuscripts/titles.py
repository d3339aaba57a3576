"""Read what follows the year of an entry: its title, where it appeared, and who published it.

Every repetition is bounded.
"""

import re
from dataclasses import dataclass

from sphinx_evidence.prose.words import ORGANISATION

_ITALIC = re.compile(r"(?<![*\w])[*_]([^*_]{2,300})[*_](?![*\w])")
_QUOTED = re.compile(r"[“‘\"']([^“”\"]{4,400})[”’\"'](?=[\s,.])|[“‘\"]([^“”\"]{4,400}[.,?!])[”’\"]")
_RANGE = r"[A-Za-z]{0,2}\d{1,8}(?:\s?[–—-]{1,2}\s?[A-Za-z]?\d{1,7})?"
_PLACES = (
    re.compile(  # Chicago and MLA: 12, no. 3 (1961): 4–9
        r"(?<![\d/])(?:vol\.?\s)?(\d{1,4}),?\s(?:no|issue)\.\s?(\d{1,4})(?:\s?\([^()]{0,30}\))?"
        rf"\s?[:,]\s?(?:[^\W\d_]{{0,12}}\.?\s?\d{{4}},\s)?(?:pp?\.\s?)?({_RANGE})"
    ),
    re.compile(
        r"(?<![\d/])(?<!\d\.)(\d{1,4})\s?(?:\(([\w\s/–-]{1,20})\))?\s?[:,]\s?"
        rf"(?:(?:pp?\.|Article|Art\.|e-?article)\s?)?({_RANGE})(?![\w–-])"
    ),
)
_PAGES = re.compile(rf"\bpp?\.\s?({_RANGE})")
_EDITION = re.compile(r"\((?:[^()]{0,30},\s)?(\w{1,12})\s(?:ed\.?|edn\.?|edition)\b[^()]{0,40}\)")
_ABBREVIATED = re.compile(r"(?:[^\W\d_a-z][\w&-]{0,14}\.?,?\s+|(?:of|and|the|in|for)\s+){1,12}")
_VOLUME_AT_END = re.compile(r"(.{2,300}?),?\s+(\d{1,4})$")


@dataclass(frozen=True)
class Place:
    """Where a work appeared; what is not known is an empty text."""

    title: str = ""
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    edition: str = ""
    chapter: bool = False  # the container is a book


def placed(rest: str) -> Place:
    """Take apart what stands after the authors and the year."""
    rest = re.sub(
        r"</?(?:i|em)>|(?<!\w)_(?=\w)|(?<=[\w.])_(?!\w)",
        "*",
        re.sub(r"</?(?:b|strong)>|\*\*|__", "", rest),
    )
    title, container, tail, chapter = _titles(rest)
    tail = re.sub(r"[*_]", "", tail)
    found = next((hit for pattern in _PLACES if (hit := pattern.search(tail))), None)
    if found and (chapter or not container):
        found = None  # “(pp. 4–9)” of a book, or a number in the title of a series
    pages = found[3] if found else hit[1] if (hit := _PAGES.search(tail)) else ""
    edition = _EDITION.search(tail)
    return Place(
        title,
        container,
        volume=found[1] if found else "",
        issue=(found[2] or "").strip() if found else "",
        pages=_whole_range(pages),
        publisher=_publisher(tail, alone="*" in rest or "_" in rest)
        if chapter or not container
        else "",
        edition=edition[1] if edition else "",
        chapter=chapter,
    )


def _titles(rest: str) -> tuple[str, str, str, bool]:
    """The title, what it appeared in, what stands after both, and whether that is a book."""
    rest = rest.lstrip(" .,:;")
    italic = _ITALIC.search(rest)
    if italic and not rest[: italic.start()].strip(" .,:;"):
        return _tidy(italic[1]), "", rest[italic.end() :], False
    quoted = _QUOTED.match(rest)
    if italic:
        before = rest[quoted.end() if quoted else 0 : italic.start()]
        inside = re.search(r"(?:^|[.?!,]?\s)In:?\s|(?:^|[.?!,]\s)in:?\s", before)
        title = (
            (quoted[1] or quoted[2]) if quoted else before[: inside.start()] if inside else before
        )
        name, number = italic[1], ""
        if trailing := _VOLUME_AT_END.match(name):  # *Journal, 16*(4)
            name, number = trailing[1], trailing[2]
        return _tidy(title), _tidy(name), number + rest[italic.end() :], bool(inside)
    if quoted:
        return _tidy(quoted[1] or quoted[2]), *_container(rest[quoted.end() :]), False
    # A question at the very beginning is seldom the whole title: "Why? Who? A review."
    stop = re.compile(r"(?<=\.)\s+(?=[^\W\d_a-z])|(?<=\w{8}[?!])\s+(?=[^\W\d_a-z])|$").search(rest)
    at = stop.end() if stop else len(rest)
    if any(pattern.search(rest, 0, at) for pattern in _PLACES):  # "Why? J Skies 1:2"
        questions = [hit.end() for hit in re.finditer(r"[?!]\s+(?=[^\W\d_a-z])", rest[:at])]
        at = questions[-1] if questions else at
    return _tidy(rest[:at]), *_container(rest[at:]), False


def _container(rest: str) -> tuple[str, str]:
    """A journal that is not set in italics: the words before the number of the volume."""
    rest = rest.lstrip(" .,:;")
    places = [hit.start() for pattern in _PLACES if (hit := pattern.search(rest))]
    if not places:
        return "", rest
    name = re.split(r"[.,;]\s|\s(?:1[5-9]|20)\d\d\b|[.,;]$", rest[: min(places)], maxsplit=1)[0]
    name = _tidy(name)
    if len(name) < 3 and (short := _ABBREVIATED.match(rest, 0, min(places))):  # noqa: PLR2004
        name = short[0].rstrip(" ,")
    return (name, rest[len(name) :]) if re.search(r"[^\W\d_]{2}", name) else ("", rest)


def _publisher(tail: str, *, alone: bool) -> str:
    """``Glasgow: Press`` gives the press, and so does ``Press`` where it may stand ``alone``."""
    tail = re.split(r"\b(?:Available|Retrieved|Accessed|Viewed|doi)\b", tail, maxsplit=1)[0]
    found = re.search(r"[^\W\d_][\w ,]{1,30}:\s+([^\W\d_][^.:;()\[\]]{1,80})", tail)
    tail = re.sub(r",\s*(?:1[5-9]|20)\d\d[\s.]*$", "", tail)
    if found:
        place = {word.casefold() for word in re.findall(r"\w+", found[0].partition(":")[0])}
        name = "" if place & ORGANISATION else found[1]
    else:
        name = re.sub(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]", "", tail).strip(" .,;")
        name = name if alone and re.fullmatch(r"[^\W\d_a-z][^\d.:;]{1,60}", name) else ""
    return _tidy(re.sub(r"[,;]\s*(?:1[5-9]|20)\d\d\s*$", "", name))


def _whole_range(pages: str) -> str:
    """``140-53`` is short for ``140-153``."""
    parts = re.split(r"\s?[–—-]{1,2}\s?", pages)
    if len(parts) != 2:  # noqa: PLR2004
        return pages
    first, last = parts
    if first.isdigit() and last.isdigit() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{first}–{last}"


def _tidy(words: str) -> str:
    return re.sub(r"[*_]", "", " ".join(words.split())).strip(" .,:;“”\"‘’'")
