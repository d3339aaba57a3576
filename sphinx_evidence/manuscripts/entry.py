"""One entry of a list of references: its authors, year, title and where it appeared.

Only the first characters of an entry are read, so that a hostile line costs no more than a long
one.
"""

import re
from dataclasses import dataclass, field

from sphinx_evidence.manuscripts.authors import EDITORS, ELIDED, REPEATED, People, added, authors
from sphinx_evidence.manuscripts.places import Place, placed
from sphinx_evidence.manuscripts.year import ORIGINAL, SHORT, dated, with_original

MOST = 60  # authors that a dash repeats
LONGEST = 3000  # characters of an entry that are read

_ET_AL = re.compile(r"[*_]et al\b\.?[*_]\.?")
_CITED = re.compile(
    r"\[(?:cited|updated)\s[^\[\]]{4,20}\]|\[Internet\]"  # of the NLM
    r"|\[WWW Document\]|\bURL:?\s(?=https?:|www\.)"  # of Elsevier
)
_MORE = re.compile(r"[\s.,]{0,4}(?:and|&)\s(.{1,300})")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s<>\"]{1,200}")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\")\]]{2,1000}")
_ACCESSED = re.compile(
    r"\b(?:retrieved|accessed|viewed)(?: on)?:?\s+(\w[\w ,./-]{2,26}?\d{4})", re.IGNORECASE
)


@dataclass(frozen=True)
class Listed:
    """One entry; ``start`` is its offset, what is not known is an empty text.

    ``authors`` are pairs of surname and initials; an organisation is one pair without them.
    ``elided`` says that authors are left out with ``…`` or ``et al.``; ``number`` is that of a
    numbered list, or 0; ``short`` is a short name that stands before the authors.
    """

    line: int
    end_line: int
    start: int
    text: str
    number: int = 0
    authors: People = ()
    organisation: bool = False
    editors: bool = False
    elided: bool = False
    year: str = ""
    place: Place = field(default_factory=Place)
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    url: str = ""
    accessed: str = ""
    short: str = ""

    @property
    def title(self) -> str:
        """The title of the work."""
        return self.place.title

    @property
    def names(self) -> tuple[str, ...]:
        """Surnames, or the name of the organisation."""
        names = tuple(surname for surname, _ in self.authors)
        return (*names, "others") if self.elided and len(names) < 3 else names  # noqa: PLR2004

    @property
    def label(self) -> str:
        """The entry as a citation names it."""
        names = self.names or (self.title[:40],)
        many = len(names) > 2 or names[-1] == "others"  # noqa: PLR2004
        written = f"{names[0]} et al." if many else " and ".join(names)
        return f"{written} ({self.year or 'no year'})"


def parse(  # noqa: PLR0913  # the place of an entry, and what the list says of it
    text: str, *, line: int, end_line: int, start: int, number: int = 0, above: Listed | None = None
) -> Listed:
    """Read one entry, whose text has its white space folded.

    A dash for the authors repeats those of the entry ``above``.
    """
    short = _ET_AL.sub("et al.", re.sub(r"\*\*|(?<!_)__(?!_)", "", text[:LONGEST]))
    doi = _DOI.search(short)
    named = SHORT.match(short)
    short = short[named.end() :] if named else short
    bare = short
    for sign in (_CITED, _DOI, _URL, _ACCESSED):
        bare = sign.sub(" ", bare)
    head, year, rest = dated(re.sub(r"\s+(?=[.,;])|(?<=\s)\s+", "", bare))
    editors, elided = bool(EDITORS.search(head)), bool(ELIDED.search(head))
    people, organisation = authors(head)
    if again := REPEATED.match(head.lstrip()):
        more = _MORE.match(head.lstrip(), again.end())
        more_people = added(more[1]) if more else ()
        people = (*(above.authors if above else ()), *more_people)[:MOST]
        organisation = bool(above and above.organisation and not more_people)
        elided = elided or bool(above and above.elided)
    pmid = re.search(r"\bPMID:?\s?(\d{1,9})", short)
    pmcid = re.search(r"\bPMC\d{1,9}\b", short)
    accessed = _ACCESSED.search(short) or re.search(r"\[cited\s([^\]]{8,20})\]", short)
    return Listed(
        line,
        end_line,
        start,
        text,
        number,
        people,
        organisation,
        editors,
        elided,
        with_original(short, year),
        placed(ORIGINAL.sub(" ", rest)),
        doi=doi[0].rstrip(".,;)]*_") if doi else "",
        pmid=pmid[1] if pmid else "",
        pmcid=pmcid[0] if pmcid else "",
        url=_address(short),
        accessed=accessed[1] if accessed else "",
        short=named[1] if named else "",
    )


def _address(text: str) -> str:
    for found in _URL.finditer(text):
        if "doi.org/" not in found[0]:
            return found[0].rstrip(".,;*")
    return ""
