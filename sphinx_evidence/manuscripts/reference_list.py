"""Find the list of references of a document, whatever its heading says; pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from sphinx_evidence.manuscripts.document import Document, Kind
from sphinx_evidence.manuscripts.entry import Listed
from sphinx_evidence.manuscripts.gathering import Gatherer
from sphinx_evidence.manuscripts.year import begins_with_author

_HEADING = re.compile(
    r"[ \t>]{0,8}[*_]{0,3}(?:(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVXivx]{1,5})"
    r"[.):]?[ \t]{1,4})?[*_]{0,3}"
    r"(?:notes and |endnotes and |selected |select |cited |annotated )?"
    r"(?:list of (?:references|works cited)|references?(?: list)?(?: cited)?|"
    r"bibliograph(?:y|ic references)|works (?:cited|consulted)|literature(?: cited)?|sources|"
    r"reference section)(?: (?:and|&) (?:further reading|notes|sources|consulted))?"
    r"[*_:.# \t]{0,20}$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[ \t]{0,8}[*_]{0,3}(?:appendi(?:x|ces)|annex|acknowledge?ments?|"
    r"about the authors?|"
    r"further reading|endnotes|notes|glossary|tables|figures)\b[^.]{0,60}$"
    r"|[ \t]{0,8}[*_]{0,3}(?:table|figure|fig\.?)[^\S\n]\d{1,3}[*_]{0,3}(?:[.:|]|$)",
    re.IGNORECASE,
)
_TITLE = re.compile(r"[^\n]{1,60}(?<![.,;:!?])")  # a paragraph that may be a heading
FEWEST = 3  # works that make a list of what stands below any heading
MOSTLY = 0.7  # of the paragraphs there must be works


@dataclass(frozen=True)
class Listing:
    """A list: offsets of its heading and its end, and its entries; ``numbered`` if they are.

    ``unread`` are the paragraphs that are read as no work: offset and first words. ``further`` are
    other lists of the document, whose works need not be cited.
    """

    start: int
    end: int
    entries: tuple[Listed, ...]
    numbered: bool
    unread: tuple[tuple[int, str], ...] = ()
    further: tuple["Listing", ...] = ()


def find_reference_list(document: Document) -> Listing | None:
    """The last list of references of a document, or nothing.

    It stands below a heading that says so, or else below any that has works and little else.
    """
    gatherer = Gatherer(document)
    main, further = _by_words(gatherer)
    if main is None or not main.entries:
        found = [listing for listing in _by_works(gatherer, 0) if len(listing.entries) >= FEWEST]
        return found[-1] if found else main
    return replace(main, further=(*further, *_by_works(gatherer, main.end)))


def _by_words(gatherer: Gatherer) -> tuple[Listing | None, list[Listing]]:
    """The last list whose heading says that it is one, and those before it."""
    ends = _ends(gatherer.document)
    below = len(gatherer.lines.texts)
    found: dict[int, Listing] = {}
    for heading, end in ends.items():  # each is read no further than to the heading below it
        found[heading] = _listing(gatherer, heading, min(end, below))
        below = heading
    last = next((heading for heading in found if found[heading].entries), -1)
    if last < 0:
        return next(iter(found.values()), None), []
    for heading, end in ends.items():  # “Sources” within “Bibliography”
        last = heading if heading < last and end >= ends[last] else last
    main = _listing(gatherer, last, ends[last])
    return main, [listing for heading, listing in found.items() if heading < last]


def _by_works(gatherer: Gatherer, start: int) -> Iterator[Listing]:
    """What stands from an offset on below any heading, and is works for the most part."""
    document, lines = gatherer.document, gatherer.lines
    headings = [
        lines.position(at)[0] - 1
        for at, block in zip(document.starts, document.blocks, strict=True)
        if at >= start and (block.kind is Kind.HEADING or _TITLE.fullmatch(block.text))
    ]
    for heading, end in pairwise([*headings, len(lines.texts)]):
        gathered = gatherer.gather(heading + 1, end)
        works = [e for e in gathered.entries if e.dated and begins_with_author(e.text)]
        if works and len(works) >= MOSTLY * (len(gathered.entries) + len(gathered.unread)):
            before = [e for e in gathered.entries if e.number < works[0].number]
            stray = any(at < lines.starts[works[0].number] for at, _ in gathered.unread)
            # What stands before the works is text.
            yield _listing(gatherer, works[0].number - 1 if before or stray else heading, end)


def _listing(gatherer: Gatherer, heading: int, end: int) -> Listing:
    lines = gatherer.lines
    gathered = gatherer.gather(heading + 1, end)
    works = gathered.entries
    labelled = [bool(entry.label) for entry in works]
    first = labelled.index(True) if any(labelled) else 0
    if (
        all(labelled[first:]) and len(works) < 2 * first
    ):  # numbered notes behind works without numbers
        works, end = works[:first], works[first].number
    entries, numbered = gatherer.read(works)
    stop = lines.starts[end] if end < len(lines.texts) else len(lines.text)
    unread = tuple((at, words) for at, words in gathered.unread if at < stop)
    return Listing(lines.starts[heading], stop, entries, numbered, unread)


def _ends(document: Document) -> dict[int, int]:
    """The headings of lists, the last first, and of each the line after its list."""
    lines = document.lines
    levels = {
        lines.position(start)[0] - 1: block.level for start, block in document.of(Kind.HEADING)
    }
    ends: dict[int, int] = {}
    # By the level of a heading: the line that ends what is below it. One without ends at any.
    lowest = max(levels.values(), default=0)
    nearest = [len(lines.texts)] * (lowest + 1)
    for number in range(len(lines.texts) - 1, -1, -1):
        line = lines.texts[number][:200]
        if len(line) < 120 and _HEADING.match(line):  # noqa: PLR2004
            ends[number] = nearest[levels.get(number, lowest)]
        if number in levels or _AFTER.match(line):
            level = levels.get(number, 0)
            nearest[level:] = [number] * (len(nearest) - level)
    return ends
