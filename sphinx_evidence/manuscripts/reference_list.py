"""Find the list of references at the end of a document, and take it apart into entries."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from sphinx_evidence.manuscripts.document import Document, Kind
from sphinx_evidence.manuscripts.entry import Listed, parse
from sphinx_evidence.manuscripts.year import HEAD, begins_with_author, has_year, looks_like_entry
from sphinx_evidence.text.lines import Lines

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
    r"further reading|endnotes|notes|glossary|tables|figures)\b[^.]{0,60}$",
    re.IGNORECASE,
)
_MARKER = re.compile(
    r"[ \t]{0,12}(?:[-*+•‣·–▪◦][ \t]{1,8}|\[(\d{1,6})\][ \t]{0,8}|"
    r"(\d{1,6})[.)][ \t]{1,8}|\((\d{1,6})\)[ \t]{1,8})"
)
_FURNITURE = re.compile(
    r"[ \t]*(?:[*_]{2}[^*_]{1,120}[*_]{2}[ \t]*|"
    r"(?:page[ \t]{1,3})?[-–]?[ \t]?\d{1,4}[ \t]?[-–]?"
    r"(?:[ \t]{1,3}(?:of|/)[ \t]{1,3}\d{1,4})?[ \t]*|[=_*-]{3,80}[ \t]*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Listing:
    """The list: offsets of its heading and its end, and its entries; ``numbered`` if they are.

    ``unread`` are the paragraphs that are read as no work: offset and first words.
    """

    start: int
    end: int
    entries: tuple[Listed, ...]
    numbered: bool
    unread: tuple[tuple[int, str], ...] = ()


@dataclass
class _Open:
    """An entry whose lines are being gathered."""

    number: int
    column: int
    label: int  # the number of a numbered list, or 0
    parts: list[str] = field(default_factory=list)
    last: int = 0
    dated: bool = False

    def add(self, line: str, number: int) -> None:
        """Take one more line."""
        self.parts.append(line.strip())
        self.last = number
        self.dated = self.dated or has_year(line)

    @property
    def unfinished(self) -> bool:
        """Whether the last line cannot be the end of an entry."""
        words = self.parts[-1].rsplit(None, 1)
        last = words[-1] if words else ""
        address = "/" in last or "10." in last
        return not self.dated or (bool(re.search(r"[^\W\d_,:&–-][,:&–-]?$", last)) and not address
                                  and not last.endswith((".", ")")))  # fmt: skip


def find_reference_list(document: Document) -> Listing | None:
    """The last list of references of a document, or nothing."""
    lines = document.lines.texts
    repeated = _repeated(lines)
    ends = _ends(document)
    below = len(lines)
    for heading, end in ends.items():  # each is read no further than to the heading below it
        if _listing(document, heading, min(end, below), repeated).entries:
            return _listing(document, heading, end, repeated)
        below = heading
    return next((_listing(document, *last, repeated) for last in ends.items()), None)


def _listing(document: Document, heading: int, end: int, repeated: set[str]) -> Listing:
    lines = document.lines
    gathered, unread = _gathered(lines, heading + 1, end, repeated)
    entries, numbered = _read(document, gathered)
    stop = lines.starts[end] if end < len(lines.texts) else len(lines.text)
    return Listing(lines.starts[heading], stop, entries, numbered, tuple(unread))


def _repeated(lines: Iterable[str]) -> set[str]:
    """Short lines that stand in the document more than once: running headers."""
    counts = Counter(_bare(line) for line in lines if 2 < len(line) < 100)  # noqa: PLR2004
    return {line for line, count in counts.items() if count > 1 and line}


def _bare(line: str) -> str:
    return re.sub(r"[\d\s*_#|]", "", line).casefold()


def _ends(document: Document) -> dict[int, int]:
    """The headings of lists, the last first, and of each the line after its list."""
    lines = document.lines
    levels = {
        lines.position(start)[0] - 1: block.level for start, block in document.of(Kind.HEADING)
    }
    ends: dict[int, int] = {}
    # By the level of a heading, 0 without one: the line that ends what is below it.
    nearest = [len(lines.texts)] * (max(levels.values(), default=0) + 1)
    for number in range(len(lines.texts) - 1, -1, -1):
        line = lines.texts[number][:200]
        level = levels.get(number, 0)
        if len(line) < 120 and _HEADING.match(line):  # noqa: PLR2004
            ends[number] = nearest[level]
        if number in levels or _AFTER.match(line):
            nearest[level:] = [number] * (len(nearest) - level)
    return ends


def _gathered(
    lines: Lines, first: int, end: int, repeated: set[str]
) -> tuple[list[_Open], list[tuple[int, str]]]:
    """The lines of each entry, and the paragraphs that are none."""
    entries: list[_Open] = []
    stray: list[tuple[int, str]] = []
    gap = True  # a blank line or a running header stands before
    indented = lost = False
    for number in range(first, end):
        line = lines.texts[number]
        if not line[:HEAD].strip():
            gap = True
            continue
        marker = _marker(line, entries)
        header = _FURNITURE.match(line[:400]) and len(line) < 400  # noqa: PLR2004
        if header or (not marker and _bare(line[:100]) in repeated and not looks_like_entry(line)):
            gap = True
            continue
        rest = line[marker.end() :] if marker else line
        now_indented = line[:1] in " \t"
        probe = line
        if not has_year(line) and (gap or begins_with_author(line)):  # the year is on the next line
            probe = f"{line[:HEAD]} {' '.join(lines.texts[number + 1 : min(number + 2, end)])}"
        if marker or _begins(probe, entries, gap=gap, deeper=now_indented and not indented):
            label = int(next(filter(None, marker.groups()), 0)) if marker else 0
            entries.append(_Open(number, len(line) - len(rest.lstrip()), label))
            entries[-1].add(rest, number)
            indented, lost = now_indented, False
        elif entries and not (lost and not gap) and _continues(entries[-1], rest, gap=gap):
            entries[-1].add(rest, number)
            lost = False
        elif gap or not lost:
            stray.append((lines.starts[number] + len(line) - len(line.lstrip()), line.strip()))
            lost = True
        gap = False
    return entries, [(at, words) for at, words in stray if _may_be_work(words)]


def _marker(line: str, entries: list[_Open]) -> re.Match[str] | None:
    """A bullet or number; one above 999 is a year, unless the numbers have come so far."""
    marker = _MARKER.match(line)
    label = int(next(filter(None, marker.groups()), 0)) if marker else 0
    if label > 999 and not (entries and entries[-1].label == label - 1):  # noqa: PLR2004
        return None
    return marker


def _may_be_work(words: str) -> bool:
    """Whether a paragraph is long or dated, as works are, and not a line of the layout."""
    return has_year(words) or len(words.split()) > 7  # noqa: PLR2004


def _read(document: Document, gathered: list[_Open]) -> tuple[tuple[Listed, ...], bool]:
    """Take each entry apart; a dash for the authors repeats those above it."""
    whole = [
        (entry, " ".join(" ".join(entry.parts).split()))
        for entry in gathered
        if entry.dated or len(" ".join(entry.parts)) > 20  # noqa: PLR2004
    ]
    labels = [entry.label for entry, _ in whole]
    numbered = sum(map(bool, labels)) * 2 > len(whole)
    if len(set(labels)) == 1:  # Markdown counts for itself: 1. 1. 1.
        labels = list(range(1, len(whole) + 1))
    starts = document.lines.starts
    read: list[Listed] = []
    for label, (entry, text) in zip(labels, whole, strict=True):
        read.append(
            parse(
                text,
                line=document.location(starts[entry.number]).line,
                end_line=document.location(starts[entry.last]).line,
                start=starts[entry.number] + entry.column,
                number=label if numbered else 0,
                above=read[-1] if read else None,
            )
        )
    return tuple(read), numbered


def _begins(line: str, entries: list[_Open], *, gap: bool, deeper: bool) -> bool:
    """Whether a line without a bullet begins an entry."""
    if not looks_like_entry(line, apart=gap):
        return False
    if not entries:
        return True
    if deeper and not gap:  # a hanging indent
        return False
    return entries[-1].dated


def _continues(entry: _Open, line: str, *, gap: bool) -> bool:
    """Whether a line belongs to the entry above it, from which a gap may part it."""
    if not gap:
        return True
    first = line.lstrip()[:1]
    return entry.unfinished or (first.islower() and not entry.parts[-1].endswith((".", ")"))
                                and "/" not in entry.parts[-1][-40:])  # fmt: skip
