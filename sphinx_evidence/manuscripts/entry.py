"""Read one entry of a list of references: its authors, year, title and where it appeared.

Pure: imports neither Sphinx nor docutils. Only the first characters of an entry are looked at,
and every repetition is bounded, so that a hostile line costs no more than a long one.
"""

import re
from dataclasses import dataclass

from sphinx_evidence.prose.words import CONNECTIVES, ORGANISATION, PARTICLES

LONGEST = 3000  # characters of an entry that are read
HEAD = 700  # characters in which the year stands

_DATE = r"(?:1[5-9]|20)\d\d(?:/(?:1[5-9]|20)\d\d)?[a-z]?|n\.\s?d\.?|no date|in press|forthcoming"
_IN_BRACKETS = re.compile(rf"[(\[]\s*({_DATE})(?:,[^()]{{0,30}})?\s*[)\]]", re.IGNORECASE)
_BARE = re.compile(rf"(?<=[.,;:\s])({_DATE})(?![\w/–-])", re.IGNORECASE)
_PARTICLE = "|".join(sorted(PARTICLES, key=len, reverse=True))
_NAME = r"[^\W\d_a-z][\w'’\u02bc`\u2010\u2011-]*"
_AUTHOR = re.compile(
    rf"(?<!\w)((?:(?:{_PARTICLE})\s+){{0,3}}{_NAME}(?:\s{_NAME}){{0,2}}?)"
    r",?\s+((?:[^\W\d_a-z]\.?[\s-]?){1,4})(?=[\s,.;&]|$)"
)
_EDITORS = re.compile(r"[(\[]?\b(?:eds?\b\.?|editors?\b)[)\]]?", re.IGNORECASE)
_ELIDED = re.compile(r"\bet\s+al\b\.?|\.\s?\.\s?\.|…|\band others\b", re.IGNORECASE)
_ITALIC = re.compile(r"(?<![*\w])[*_]([^*_]{2,300})[*_](?![*\w])")
_QUOTED = re.compile(r"[“‘\"']([^“”\"]{4,400})[”’\"'](?=[\s,.])")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s<>\"]{1,200}")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\")\]]{2,1000}")
_PLACE = re.compile(
    r"(?<![\d/])(?<!\d\.)(\d{1,4})\s?(?:\(([\w\s/–-]{1,20})\))?\s?[:,]\s?(?:pp?\.\s?)?"
    r"([A-Za-z]?\d{1,7}(?:\s?[–—-]\s?[A-Za-z]?\d{1,7})?)"
)
_ACCESSED = re.compile(
    r"\b(?:retrieved|accessed|viewed)(?: on)?:?\s+(\w[\w ,./-]{2,26}?\d{4})", re.IGNORECASE
)


@dataclass(frozen=True)
class Listed:
    """One entry; ``start`` is its offset, what is not known is an empty text.

    ``authors`` are pairs of surname and initials; an organisation is one pair without them.
    ``elided`` says that authors are left out with ``…`` or ``et al.``.
    """

    line: int
    end_line: int
    start: int
    text: str
    authors: tuple[tuple[str, str], ...] = ()
    organisation: bool = False
    editors: bool = False
    elided: bool = False
    year: str = ""
    title: str = ""
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    url: str = ""
    accessed: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Surnames, or the name of the organisation."""
        names = tuple(surname for surname, _ in self.authors)
        return (*names, "others") if self.elided and len(names) < 3 else names  # noqa: PLR2004

    @property
    def shown(self) -> str:
        """The entry as a citation names it."""
        names = self.names or (self.title[:40],)
        many = len(names) > 2 or names[-1] == "others"  # noqa: PLR2004
        written = f"{names[0]} et al." if many else " and ".join(names)
        return f"{written} ({self.year or 'no year'})"


def looks_like_entry(line: str) -> bool:
    """Whether a bare line begins an entry: names, and a year not far behind."""
    head = line[:HEAD].lstrip()
    first = re.match(r"[*_“\"‘']{0,3}([^\W\d_])", head)
    if not first:
        return False
    particle = re.match(rf"(?:{_PARTICLE})\s", head)
    if not (first[1].isupper() or particle):
        return False
    year = _IN_BRACKETS.search(head)
    if year and not re.search(r"[.?!:]\s+[^\W\d_]{3,}", head[: year.start()]):
        return True
    author = _AUTHOR.match(head)
    return bool(author and (year or _BARE.search(head)))


def begins_with_author(line: str) -> bool:
    """Whether a line begins with a surname and initials."""
    return bool(_AUTHOR.match(line[:HEAD].lstrip()))


def has_year(line: str) -> bool:
    """Whether a line gives a year of publication."""
    return bool(_IN_BRACKETS.search(line[:HEAD]) or _BARE.search(line[:HEAD]))


def parse(text: str, *, line: int, end_line: int, start: int) -> Listed:
    """Read one entry, whose text has its white space folded."""
    short = text[:LONGEST]
    doi, url = _DOI.search(short), _address(short)
    bare = _ACCESSED.sub(" ", _URL.sub(" ", _DOI.sub(" ", short)))
    head, year, rest = _dated(bare)
    editors = bool(_EDITORS.search(head))
    elided = bool(_ELIDED.search(head))
    authors, organisation = _authors(_ELIDED.sub(",", _EDITORS.sub("", head)))
    title, container, tail = _titles(rest)
    place = _PLACE.search(tail)
    pmid = re.search(r"\bPMID:?\s?(\d{1,9})", short)
    pmcid = re.search(r"\bPMC\d{1,9}\b", short)
    accessed = _ACCESSED.search(short)
    return Listed(
        line,
        end_line,
        start,
        text,
        authors,
        organisation,
        editors,
        elided,
        year,
        title,
        container,
        volume=place[1] if place else "",
        issue=(place[2] or "").strip() if place else "",
        pages=_whole_range(place[3]) if place else "",
        publisher="" if container else _publisher(tail),
        doi=doi[0].rstrip(".,;)]*_") if doi else "",
        pmid=pmid[1] if pmid else "",
        pmcid=pmcid[0] if pmcid else "",
        url=url,
        accessed=accessed[1] if accessed else "",
    )


def _address(text: str) -> str:
    for found in _URL.finditer(text):
        if "doi.org/" not in found[0]:
            return found[0].rstrip(".,;*")
    return ""


def _dated(text: str) -> tuple[str, str, str]:
    """What stands before the year, the year, and what stands after it."""
    found = _IN_BRACKETS.search(text, 0, HEAD)
    if found:
        return text[: found.start()], " ".join(found[1].split()), text[found.end() :]
    bare = _BARE.search(text, 0, HEAD + 400)
    year = " ".join(bare[1].split()) if bare else ""
    # Vancouver: the authors end with the first full stop that is not that of an initial.
    end = re.search(r"(?<=[^\W\d_])\.\s+(?=[^\W\d_a-z]\w+\s)|$", text)
    at = end.start() if end else len(text)
    if bare and bare.start() < at:
        return text[: bare.start()], year, text[bare.end() :]
    return text[:at], year, text[at:]


def _authors(head: str) -> tuple[tuple[tuple[str, str], ...], bool]:
    """Pairs of surname and initials, and whether they are an organisation."""
    head = " ".join(re.sub(r"[*_]", "", head).split()).strip(" ,;:&([")
    found = [(a[1], " ".join(a[2].split())) for a in _AUTHOR.finditer(head)]
    rest = re.sub(r"\band\b|[\s,.;&]", "", _AUTHOR.sub("", head))
    if found and len(rest) < 3:  # noqa: PLR2004
        return tuple(found), False
    head = head.strip(" .")
    if not head:
        return (), False
    words = {word.casefold() for word in re.findall(r"[^\W\d_]+", head)}
    if words & (ORGANISATION | (CONNECTIVES - PARTICLES)):
        return ((head.replace("{", "").replace("}", ""), ""),), True
    groups = [g.strip(" ,") for g in re.split(r"\s+(?:and|&)\s+|;", head) if g.strip(" ,")]
    people: list[tuple[str, str]] = []
    for group in groups:
        surname, _, given = (part.strip(" .") for part in group.partition(","))
        if found and len(surname.split()) > 3:  # noqa: PLR2004
            continue
        people += [(part.strip(), "") for part in group.split(",")] if given.count(",") else [
            (surname, given)
        ]  # fmt: skip
    people = [(surname, given) for surname, given in people if surname]
    one = len(people) == 1 and not people[0][1]
    bare_words = [w for w in head.split() if w.casefold() not in PARTICLES]
    if one and (len(bare_words) > 1 or head.isupper()):
        return ((head, ""),), True
    return tuple(found) if len(found) >= len(people) else tuple(people), False


def _titles(rest: str) -> tuple[str, str, str]:
    """The title, what it appeared in, and what stands after both."""
    rest = rest.lstrip(" .,:;")
    italic = _ITALIC.search(rest)
    if italic and not rest[: italic.start()].strip(" .,:;"):
        return _tidy(italic[1]), "", rest[italic.end() :]
    quoted = _QUOTED.match(rest)
    if quoted or italic:
        end = quoted.end() if quoted else 0
        title = quoted[1] if quoted else rest[: italic.start()] if italic else ""
        if italic:
            title = re.split(r"[.?!]\s+(?:In:?|in:)\s", title, maxsplit=1)[0]
            return _tidy(title), _tidy(italic[1]), rest[italic.end() :]
        return _tidy(title), *_container(rest[end:])
    # A question at the very beginning is seldom the whole title: "Why? Who? A review."
    stop = re.compile(r"(?<=\.)\s+(?=[^\W\d_a-z])|(?<=\w{8}[?!])\s+(?=[^\W\d_a-z])|$").search(rest)
    at = stop.end() if stop else len(rest)
    return _tidy(rest[:at]), *_container(rest[at:])


def _container(rest: str) -> tuple[str, str]:
    """A journal that is not set in italics: the words before the number of the volume."""
    rest = rest.lstrip(" .,:;")
    place = _PLACE.search(rest)
    if not place:
        return "", rest
    name = re.split(r"[.,;]\s|\s(?:1[5-9]|20)\d\d\b|[.,;]$", rest[: place.start()], maxsplit=1)[0]
    name = _tidy(name)
    return (name, rest[len(name) :]) if re.search(r"[^\W\d_]{2}", name) else ("", rest)


def _publisher(tail: str) -> str:
    """``Glasgow: Press`` gives the press; what cannot be told is left out."""
    found = re.search(r"[^\W\d_][\w ]{1,30}:\s+([^\W\d_][^.:;()\[\]]{1,80})", tail)
    place = {word.casefold() for word in found[0].partition(":")[0].split()} if found else set()
    name = found[1] if found and not place & ORGANISATION else ""
    return _tidy(re.split(r"\b(?:Available|Retrieved|Accessed)\b", name, maxsplit=1)[0])


def _whole_range(pages: str) -> str:
    """``140-53`` is short for ``140-153``."""
    parts = re.split(r"\s?[–—-]\s?", pages)
    if len(parts) != 2:  # noqa: PLR2004
        return pages
    first, last = parts
    if first.isdigit() and last.isdigit() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{first}–{last}"


def _tidy(words: str) -> str:
    return re.sub(r"[*_]", "", " ".join(words.split())).strip(" .,:;“”\"‘’'")
