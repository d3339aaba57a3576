"""Take the lines of a list of references apart into entries; pure."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from sphinx_evidence.manuscripts.document import Document, Kind
from sphinx_evidence.manuscripts.entry import Listed, parse
from sphinx_evidence.manuscripts.year import HEAD, begins_with_author, has_year, looks_like_entry

_MARKER = re.compile(
    r"[ \t]{0,12}(?:[-*+•‣·–▪◦][ \t]{1,8}|\[(\d{1,6})\][ \t]{0,8}|"
    r"(\d{1,6})[.)][ \t]{1,8}|\((\d{1,6})\)[ \t]{1,8})"
)
_WITHOUT_STOP = re.compile(r"[ \t]{0,12}(\d{1,4})[ \t]{1,8}(?=[^\W\d_])")
_FURNITURE = re.compile(
    r"[ \t]*(?:[*_]{2}[^*_]{1,120}[*_]{2}[ \t]*|"
    r"(?:page[ \t]{1,3})?[-–]?[ \t]?\d{1,4}[ \t]?[-–]?"
    r"(?:[ \t]{1,3}(?:of|/)[ \t]{1,3}\d{1,4})?[ \t]*|[=_*-]{3,80}[ \t]*)$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\s*<?(?:https?:|www\.|doi\b|10\.\d{4})", re.IGNORECASE)


@dataclass
class Open:
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
    def text(self) -> str:
        """The entry on one line."""
        return " ".join(" ".join(self.parts).split())

    @property
    def unfinished(self) -> bool:
        """Whether the last line cannot be the end of an entry."""
        words = self.parts[-1].rsplit(None, 1)
        last = words[-1] if words else ""
        address = "/" in last or "10." in last
        return not self.dated or (bool(re.search(r"[^\W\d_,:&–-][,:&–-]?$", last)) and not address
                                  and not last.endswith((".", ")")))  # fmt: skip


@dataclass(frozen=True)
class Gathered:
    """Entries, and the paragraphs that are none: offset and first words."""

    entries: list[Open]
    unread: list[tuple[int, str]]


class Gatherer:
    """Gathers entries from any lines of a document; lines count from 0."""

    def __init__(self, document: Document) -> None:
        """Note what is no part of a list, wherever it stands."""
        self.document, self.lines = document, document.lines
        self.repeated = _repeated(self.lines.texts)
        self.headings = self._of(Kind.HEADING)
        self.notes = self._of(Kind.NOTE)

    def _of(self, kind: Kind) -> set[int]:
        found: set[int] = set()
        for start, block in self.document.of(kind):
            first = self.lines.position(start)[0] - 1
            found.update(range(first, first + block.text.count("\n") + 1))
        return found

    def gather(self, first: int, end: int) -> Gathered:
        """What the lines from ``first`` up to ``end`` hold."""
        entries: list[Open] = []
        stray: list[tuple[int, str]] = []
        gap = True  # a blank line or a running header stands before
        indented = lost = False
        for number in range(first, end):
            line = self.lines.texts[number]
            if not line[:HEAD].strip() or number in self.headings or number in self.notes:
                gap = True
                continue
            marker = _marker(line, entries)
            if self._of_the_page(line, marker):
                gap = True
                continue
            rest = line[marker.end() :] if marker else line
            now_indented = line[:1] in " \t"
            probe = self._probe(number, end, gap=gap)
            if marker or _begins(probe, entries, gap=gap, deeper=now_indented and not indented):
                label = int(next(filter(None, marker.groups()), 0)) if marker else 0
                entries.append(Open(number, len(line) - len(rest.lstrip()), label))
                entries[-1].add(rest, number)
                indented, lost = now_indented, False
            elif entries and not (lost and not gap) and _continues(entries[-1], rest, gap=gap):
                entries[-1].add(rest, number)
                lost = False
            elif gap or not lost:
                at = self.lines.starts[number] + len(line) - len(line.lstrip())
                stray.append((at, line.strip()))
                lost = True
            gap = False
        return Gathered(entries, [(at, words) for at, words in stray if _may_be_work(words)])

    def _of_the_page(self, line: str, marker: re.Match[str] | None) -> bool:
        """Whether a line is a number or header of the page."""
        if _FURNITURE.match(line[:400]) and len(line) < 400:  # noqa: PLR2004
            return True
        return not marker and _bare(line[:100]) in self.repeated and not looks_like_entry(line)

    def _probe(self, number: int, end: int, *, gap: bool) -> str:
        """A line, with the next one where the year may stand there."""
        line = self.lines.texts[number]
        if has_year(line) or not (gap or begins_with_author(line)):
            return line
        return f"{line[:HEAD]} {' '.join(self.lines.texts[number + 1 : min(number + 2, end)])}"

    def read(self, gathered: list[Open]) -> tuple[tuple[Listed, ...], bool]:
        """Take each entry apart, and say whether they are numbered.

        A dash for the authors repeats those above it.
        """
        whole = [entry for entry in gathered if entry.dated or len(entry.text) > 20]  # noqa: PLR2004
        labels = [entry.label for entry in whole]
        numbered = sum(map(bool, labels)) * 2 > len(whole)
        if len(set(labels)) == 1:  # Markdown counts for itself: 1. 1. 1.
            labels = list(range(1, len(whole) + 1))
        starts = self.lines.starts
        read: list[Listed] = []
        for label, entry in zip(labels, whole, strict=True):
            read.append(
                parse(
                    entry.text,
                    line=self.document.location(starts[entry.number]).line,
                    end_line=self.document.location(starts[entry.last]).line,
                    start=starts[entry.number] + entry.column,
                    number=label if numbered else 0,
                    above=read[-1] if read else None,
                )
            )
        return tuple(read), numbered


def _repeated(lines: Iterable[str]) -> set[str]:
    """Short lines that stand in the document more than once: running headers."""
    counts = Counter(_bare(line) for line in lines if 2 < len(line) < 100)  # noqa: PLR2004
    return {line for line, count in counts.items() if count > 1 and line}


def _bare(line: str) -> str:
    return re.sub(r"[\d\s*_#|]", "", line).casefold()


def _marker(line: str, entries: list[Open]) -> re.Match[str] | None:
    """A bullet or number; one above 999 is a year, unless the numbers have come so far."""
    last = entries[-1].label if entries else 0
    marker = _MARKER.match(line)
    label = int(next(filter(None, marker.groups()), 0)) if marker else 0
    if label > 999 and label != last + 1:  # noqa: PLR2004
        return None
    if marker or (entries and not entries[-1].dated):
        return marker
    bare = _WITHOUT_STOP.match(line)
    return bare if bare and int(bare[1]) == last + 1 else None


def _may_be_work(words: str) -> bool:
    """Whether a paragraph is long or dated, as works are, and not a line of the layout."""
    return has_year(words) or len(words.split()) > 7  # noqa: PLR2004


def _begins(line: str, entries: list[Open], *, gap: bool, deeper: bool) -> bool:
    """Whether a line without a bullet begins an entry."""
    if not looks_like_entry(line, apart=gap):
        return False
    if not entries:
        return True
    if deeper and not gap:  # a hanging indent
        return False
    above = entries[-1]
    # A title may name another work, and its year, where it is wrapped.
    hanging = re.search(r"(?:[,&:–-]|(?<![^\s(])[a-z]{1,20})$", above.parts[-1])
    ended = not above.unfinished or (begins_with_author(line) and not hanging)
    return above.dated and (gap or ended)


def _continues(entry: Open, line: str, *, gap: bool) -> bool:
    """Whether a line belongs to the entry above it, from which a gap may part it."""
    if not gap or _ADDRESS.match(line):
        return True
    first = line.lstrip()[:1]
    return entry.unfinished or (first.islower() and not entry.parts[-1].endswith((".", ")"))
                                and "/" not in entry.parts[-1][-40:])  # fmt: skip
