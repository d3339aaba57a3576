"""Read what follows the authors and the year of an entry: its title, and where it appeared; pure.

Where the numbers of a volume are found, the journal stands before them, and the title before that.
What is read as no field is kept as it is. Every repetition is bounded.
"""

import re
from dataclasses import dataclass, replace

from sphinx_evidence.manuscripts.loci import RANGE, YEAR, locus_in, whole_range
from sphinx_evidence.manuscripts.publishers import house, words_of
from sphinx_evidence.prose.words import ORGANISATION

_PAGES_ALONE = re.compile(rf"\(?\b(?:pp?\.?|pages|S\.)\s?(?P<pages>{RANGE})\)?")
_PAGES_IN_BRACKETS = re.compile(r"\((?:\w{1,12}\sed\.?,\s)?(?:pp?|pages)\.?\s?\w")
_PAGES_FIRST = re.compile(rf"\b[Pp]ages?\s({RANGE})\s\*?in:?\*?:?\s([^.*]{{5,200}})")
_EDITION = re.compile(
    r"\((?:[^()]{0,30},\s)?(\w{1,12})\s(?:ed\.?|edn\.?|edition)\b[^()]{0,40}\)"
    r"|\b(\d{1,2}(?:st|nd|rd|th))\s(?:edn?\b|edition\b)\.?"
)
_QUOTED = re.compile(
    r"“[^“”]{4,400}”(?=[\s,.]|$)"
    r"|[“‘\"'](?:[^“”\"]{4,400}[.,?!][”’\"']|[^“”\"]{4,400}[”’\"'](?=[\s,.]|$))"
)
_BEGINS = r"(?=[^\W\d_a-z]|\d[A-Z]|\d{1,2}(?:st|nd|rd|th)\sed)"  # Skies, 3D Skies, 2nd ed.
_STOP = re.compile(rf"(?<=[.?!])[”’\"']?\s+{_BEGINS}")
# A question at the very beginning is seldom the whole title: "Why? Who? A review."
_TITLE_STOP = re.compile(rf"(?<=\.)[”\"']?\s+{_BEGINS}|(?<=\w{{8}}[?!])\s+{_BEGINS}|$")
_IN = re.compile(r"(?:(?<=[.?!,;”’\"'])|^)\s{0,2}[Ii]n:?\s(?=[^\Wa-z])")
_EDITORS = re.compile(
    r"(.{3,300}?)(?:\s?\((?:eds?|editors?|Hrsg)\b\.?\)|,\s(?:eds?\b|editors?\b))[,.:]{0,2}\s"
    r"|edited by ",
    re.IGNORECASE,
)
_EDITORS_BEHIND = re.compile(
    r"\s?\((?P<inside>[^()\d]{3,400}?),?\s(?:eds?\b\.?|editors?|Hrsg\.?)\)"
    r"|,?\s(?:edited by|ed\. by)\s(?P<named>[^()\d]{3,300}?)(?=,\s\d|\.\s(?=[^\W\d_]{3})|\.?$)",
    re.IGNORECASE,
)
_PAGES_BARE = re.compile(r",\s(?P<pages>\d{1,5}[–-]\d{1,5})(?=[.,\s]|$)")
_MEETING = re.compile(r"\b(?:Proceedings|Proc\.|Conference|Symposium|Workshop|Congress)\b")
_SOUGHT = re.compile(
    r"[\[(]?\b(?:Available|Retrieved|Accessed|Viewed|doi)\b.{0,200}$|\[(?:online|internet|image|video"
    r"|film|software|\s{0,9})\.?\]|\(\s*\)",
    re.IGNORECASE,
)
_EDITED = re.compile(r"(?<=[.?!])\s+[^.]{3,60},\seditors?\.?$")  # of PLOS, behind the title
_TOWN_FIRST = re.compile(  # behind the end of a sentence, or what was read as blank
    r"(?:(?<=[.,;)] )|(?<=  )|^\s{0,9})([^\W\d_a-z][\w ,]{1,30}):\s+([^\W\d_][^.:;()\[\]]{1,80})"
)
_CAPITALS = r"(?:[^\W\d_a-z][\w&’'-]*|of|and|the|in|for|on|&)"
_JOURNAL = re.compile(  # without any number
    rf"\s*((?:{_CAPITALS}\s){{0,8}}(?:Journal|Annals|Transactions|Quarterly)(?:\s{_CAPITALS}){{0,8}})[\s.]*"
)
_NO_JOURNAL = re.compile(
    r"arXiv|unpublished|preprint|working paper|\bthesis|dissertation", re.IGNORECASE
)


@dataclass(frozen=True)
class Place:
    """Where a work appeared; what is not known is an empty text.

    ``unread`` is what is in no field.
    """

    title: str = ""
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    address: str = ""
    edition: str = ""
    editors: str = ""
    chapter: bool = False  # the container is a book,
    meeting: bool = False  # or the papers of a meeting
    unread: str = ""


def placed(rest: str) -> Place:
    """Take apart what stands after the authors and the year."""
    place = _Reader(rest).place()
    title, editor = _EDITED.sub("", place.title), _EDITED.search(place.title)
    unread = "; ".join(filter(None, [place.unread, _tidy(editor[0]) if editor else ""]))
    title = re.sub(rf"(?<=[.?!])\s+{YEAR}$", "", title)
    title = re.sub(r"(?<!\b(?:etc|Inc|Ltd|spp))(?<=[^\W\d_]{3})\.$", "", title)
    title += "”" * (title.count("“") - title.count("”"))
    if re.search(r"’[:?!]", title) and "‘" not in title:  # ‘Rain’: a study
        title = f"‘{title}"
    return replace(place, title=title, unread=unread)


class _Reader:
    """Reads one entry; what has been read is blanked in ``left``."""

    def __init__(self, rest: str) -> None:
        rest = re.sub(r"(?<!\w)_(?=\w)|(?<=[\w.])_(?!\w)", "*", rest)
        rest = rest.lstrip(" .,:;")
        rest = _PAGES_FIRST.sub(r"In \2 (pp. \1)", rest)
        parts = rest.split("*")
        ends: list[int] = []
        for part in parts:
            ends.append((ends[-1] if ends else 0) + len(part))
        spans = zip(ends[::2], ends[1::2], strict=False)  # every other part is in italics
        self.text = _SOUGHT.sub(lambda found: " " * len(found[0]), "".join(parts))
        self.italics = [
            (start, end) for start, end in spans if re.search(r"[^\W\d_]{2}", self.text[start:end])
        ]
        self.left = self.text

    def place(self) -> Place:
        quoted = _QUOTED.match(self.text)
        inside = _IN.search(self.text, quoted.end() if quoted else 0)
        if inside and (not self.italics or inside.end() <= self.italics[-1][0] + 2):
            return self._chapter(inside, quoted)
        first = self.italics[0] if self.italics else None
        if first and not quoted and not self.text[: first[0]].strip(" .,:;"):
            return self._book(first)
        return self._article(quoted)

    def _chapter(self, inside: re.Match[str], quoted: re.Match[str] | None) -> Place:
        """In B. Beta (Ed.), *Skies* (pp. 4–9). Press."""
        title = self._take(*(quoted.span() if quoted else (0, inside.start())))
        self._take(*inside.span())
        start, editors = inside.end(), ""
        if found := _EDITORS.match(self.text, start):
            editors, start = _tidy(found[1] or ""), found.end()
            self._take(*found.span())
        span = next((span for span in self.italics if span[0] >= start - 1), None)
        behind = _EDITORS_BEHIND.search(self.text, start)
        if span is None:
            stop = _STOP.search(self.text, start)
            signs = [sign for sign in (behind, _PAGES_IN_BRACKETS.search(self.text, start)) if sign]
            ends = [sign.start() for sign in signs or filter(None, [stop])]
            span = (start, min(ends, default=len(self.text)))
        name = self._take(*span)
        if behind and not editors:
            editors = _tidy(behind["inside"] or behind["named"])
            self._take(*behind.span())
        locus = None if editors else locus_in(self.text, span[1])
        if locus and locus["volume"] and not self.text[span[1] : locus.start()].strip(" ,.("):
            return self._numbered(title, name, locus)
        edition, pages_of = self._edition(), self._pages() or self._pages(_PAGES_BARE)
        publisher, address = self._publisher()
        meeting = bool(_MEETING.search(name))
        return Place(
            title, name, pages=pages_of, publisher=publisher, address=address, edition=edition,
            editors=editors, chapter=not meeting, meeting=meeting, unread=self._unread(),
        )  # fmt: skip

    def _book(self, span: tuple[int, int]) -> Place:
        title = self._take(*span)
        second = next((other for other in self.italics if other[0] > span[1]), None)
        locus = locus_in(self.text, second[1]) if second else None
        if second and locus and locus.start() - second[1] < len("  vol. "):
            return self._numbered(title, self._take(*second), locus)
        edition, pages = self._edition(), self._pages()
        publisher, address = self._publisher()
        return Place(title, pages=pages, publisher=publisher, address=address, edition=edition,
                     unread=self._unread())  # fmt: skip

    def _article(self, quoted: re.Match[str] | None) -> Place:
        start = quoted.end() if quoted else 0
        behind = [span for span in self.italics if span[0] >= start - 1]
        italic = next((span for span in reversed(behind) if self._may_be_journal(*span)), None)
        stop = _STOP.search(self.text, start)
        locus = locus_in(
            self.text, italic[0] if italic else start if quoted or not stop else stop.start()
        )
        if italic:
            title = self._take(*(quoted.span() if quoted else (0, italic[0])))
            end = min(italic[1], locus.start()) if locus else italic[1]
            abbreviated = re.search(r"\s[^\W\d_]{1,8}\.$", self.text[italic[0] : end])
            name = self._take(italic[0], end).rstrip(".") + ("." if abbreviated else "")
            if _NO_JOURNAL.search(name):
                self.left = f"{self.left} {name}"
                return Place(title, unread=self._unread())
            return self._numbered(title, name, locus)
        if locus:
            if not quoted:
                at = _split(self.text[: locus.start()])
                if not at:  # where the title ends is not certain
                    return Place(self._take(0, len(self.text)))
                start = at
            title = self._take(*(quoted.span() if quoted else (0, start)))
            return self._numbered(title, self._take(start, locus.start()), locus)
        end = quoted.end() if quoted else self._title_end()
        title = self._take(*(quoted.span() if quoted else (0, end)))
        if journal := _JOURNAL.fullmatch(self.left):
            self.left = ""
            return Place(title, journal[1])
        edition, pages = self._edition(), self._pages()
        publisher, address = self._publisher(alone=False)
        return Place(title, pages=pages, publisher=publisher, address=address, edition=edition,
                     unread=self._unread())  # fmt: skip

    def _may_be_journal(self, start: int, end: int) -> bool:
        """Whether words in italics stand behind a title: a species within it does not."""
        before = self.text[:start].rstrip()
        ended = not before or before[-1] in ".?!,;:”’\"'"
        return ended and not re.match(r"\)?\s?[a-z]{2,}\s", self.text[end:])

    def _title_end(self) -> int:
        stop = _TITLE_STOP.search(self.text)
        return stop.end() if stop else len(self.text)

    def _numbered(self, title: str, name: str, locus: re.Match[str] | None) -> Place:
        """An article, whose numbers are found or not."""
        name = re.sub(rf"[\s,(]{{1,3}}{YEAR}$|[\s.]{{1,3}}\d{{1,2}}$", "", name)
        if not re.search(r"[^\W\d_]{2}", name) or len(name.split()) > 15:  # noqa: PLR2004
            return Place(title, unread=self._unread())
        if locus is None:
            pages, unread = self._pages(), self._unread()
            volume = unread if re.fullmatch(r"\d{1,4}", unread) else ""  # alone behind a journal
            return Place(title, name, volume, pages=pages, unread="" if volume else unread)
        self._take(*locus.span())
        groups = locus.groupdict()
        issue = re.sub(r"^(?:no|issue|Nr)\.?\s", "", (groups.get("issue") or "").strip(" .,"))
        pages = groups.get("pages") or ""
        return Place(title, name, groups["volume"], "" if re.fullmatch(YEAR, issue) else issue,
                     whole_range(pages) if pages else self._pages(),
                     unread=self._unread())  # fmt: skip

    def _take(self, start: int, end: int) -> str:
        """Read a span."""
        self.left = self.left[:start] + " " * (end - start) + self.left[end:]
        return _tidy(self.text[start:end])

    def _edition(self) -> str:
        found = _EDITION.search(self.left)
        if not found:
            return ""
        pages = _PAGES_ALONE.search(found[0])  # (2nd ed., pp. 4–9)
        kept = pages[0] if pages else ""
        self.left = self.left.replace(found[0], kept.rjust(len(found[0])), 1)
        return found[1] or found[2]

    def _pages(self, pattern: re.Pattern[str] = _PAGES_ALONE) -> str:
        found = pattern.search(self.left)
        if not found:
            return ""
        self.left = self.left[: found.start()] + " " * len(found[0]) + self.left[found.end() :]
        return whole_range(found["pages"])

    def _publisher(self, *, alone: bool = True) -> tuple[str, str]:
        """``Glasgow: Press`` gives press and place, and so does ``Press`` where it may be alone."""
        found = _TOWN_FIRST.search(self.left)
        if found and not words_of(found[1]) & ORGANISATION:
            self.left = self.left[: found.start()] + " " * len(found[0]) + self.left[found.end() :]
            return _without_year(found[2]), _tidy(found[1])
        beside = re.findall(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]", self.left)
        bare = re.sub(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]", " ", self.left)
        *series, bare = re.split(r"(?<=[^\W\d_]{3}\.)\s+", " ".join(bare.split()).strip(" .,;()"))
        name, place, sure = house(_without_year(bare))
        plain = re.fullmatch(r"[^\W\d_a-z][^\d.:;()\[\]]{1,60}", name)
        if sure or (alone and not series and plain):
            self.left = " ".join([*series, *beside])
            return name, place
        return "", ""

    def _unread(self) -> str:
        kept = re.sub(rf"[()\[\]]|\b{YEAR}\b", " ", self.left)
        kept = _tidy(" ".join(kept.split()))
        # “from” alone says nothing.
        return kept if re.search(r"\d|[^\W\d_a-z]|[a-z]{6}", kept) else ""


def _split(text: str) -> int:
    """Where a journal begins that is not marked; 0 where that is not certain.

    Of several words in a row that end with a stop the first ends the title, as in
    ``Rain at night. Ann. Appl. Biol.``
    """
    stops = [found.end() for found in _STOP.finditer(text)]
    if stops:
        at = stops[-1]
        for earlier in reversed(stops[:-1]):
            if " " in text[earlier:at].strip():
                break
            at = earlier
        return at
    comma = text.rstrip(" ,").rfind(", ")
    name = text[comma + 2 :].strip(" ,")
    capitals = all(word[:1].isupper() for word in re.findall(r"[^\W\d_]{4,}", name))
    return comma + 2 if comma > 0 and name[:1].isupper() and capitals else 0


def _without_year(name: str) -> str:
    return _tidy(re.sub(rf"[,;]?\s*{YEAR}[\s.]*$", "", name))


def _tidy(words: str) -> str:
    """Words without the marks around them; the stop of an abbreviation stays."""
    words = " ".join(words.split()).strip(" ,:;“”\"‘’'")
    if re.search(r"\w\.\s.{0,40}[^\W\d_]{1,8}\.$", words) and len(words) < 60:  # noqa: PLR2004
        return words.lstrip(" .")
    return words.strip(" .,:;“”\"‘’'")
