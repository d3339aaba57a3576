"""What a check reports: where, what is wrong, what to type instead."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.lines import Lines
from sphinx_evidence.text.printable import printable


class Location(NamedTuple):
    """A place in a file; column 0 says that only the line is known."""

    path: str
    line: int
    column: int = 0

    def finding(self, rule: Rule, wrong: str, remedy: str, words: str = "") -> "Finding":
        """A finding at this place."""
        return Finding(self.path, self.line, rule, wrong, remedy, self.column, words)


@dataclass(frozen=True)
class Edit:
    """A certain replacement: the characters from ``start`` to ``end`` of a file become ``text``.

    Offsets count the characters of the file decoded as UTF-8, with its line ends as they are.
    """

    path: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, said so that the reader can mend it.

    ``path`` is as `display_path` gives it, ``line`` and ``column`` count from 1; column 0 says that
    only the line is known. ``words`` are those found in the file.
    """

    path: str
    line: int
    rule: Rule
    wrong: str
    remedy: str
    column: int = 0
    words: str = ""
    edit: Edit | None = None
    rewrite: Callable[[str], str] | None = None  # of the whole file, after the edits
    where: str = ""  # as a person finds it in a file whose lines nobody sees

    @property
    def certain(self) -> bool:
        """Whether it can be fixed without a person."""
        return bool(self.edit or self.rewrite)

    def __lt__(self, other: "Finding") -> bool:
        """In the order of files, lines and columns."""
        return self._order < other._order

    @property
    def _order(self) -> tuple[str, int, int, str, str]:
        return self.path, self.line, self.column, self.rule, self.wrong

    def __str__(self) -> str:
        """The message without its place, which the caller prints in front, as it may be printed."""
        return printable(f"{self.wrong} {self.remedy}")

    @property
    def place(self) -> str:
        """The place in the form that editors and CI logs turn into a link, and in words."""
        column = f":{self.column}" if self.column else ""
        where = f" ({self.where})" if self.where else ""
        return printable(f"{self.path}:{self.line}{column}{where}")


MARKERS = ("<<<<<<< ", ">>>>>>> ")  # by which git parts two versions of a passage
MERGED = "This line is left from a merge, so both versions of the passage are shown."
UNMERGE = "Keep one version, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>."


def not_utf8(path: Path, error: UnicodeDecodeError) -> Finding:
    """The finding for a file whose bytes are not UTF-8, at the first line that shows it."""
    before = error.object[: error.start].decode("utf-8", "replace")
    location = Location(display_path(path), *Lines(before).position(len(before)))
    wrong = "A letter on this line is not UTF-8."
    return location.finding(Rule.ENCODING, wrong, "Save the file with UTF-8 encoding.")


def display_path(path: Path) -> str:
    """The path as messages give it: relative to the current folder where it lies inside."""
    return _shown(path, Path.cwd())


@lru_cache  # of one file, there are many findings
def _shown(path: Path, here: Path) -> str:
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def nearest(word: str, candidates: Iterable[str], *, most: int = 3) -> list[str]:
    """The candidates spelt most like ``word``, best first; case does not count."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  # slow to load

    by_folded = {candidate.casefold(): candidate for candidate in sorted(candidates, reverse=True)}
    close = process.extract(
        word.casefold(), list(by_folded), scorer=fuzz.ratio, score_cutoff=60, limit=most
    )
    return [by_folded[folded] for folded, _, _ in close]


def did_you_mean(suggestions: Sequence[str], otherwise: str) -> str:
    """A sentence that offers ``suggestions``, or ``otherwise`` where there are none."""
    if not suggestions:
        return otherwise
    return f"Did you mean {' or '.join(suggestions)}?"
