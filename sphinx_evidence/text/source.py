"""The true position in a source file of words that were read from it.

Markup, line breaks and typographic quotation marks stand between the words of a source, so words
are compared, and not characters.
"""

import errno
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path

from sphinx_evidence.text.lines import Lines

_WORD = re.compile(r"[^\W_]+")
_DESTINATION = re.compile(r"\]\([^()\s]*\)|<https?://[^<>\s]*>`__?")
GAP = 12  # words of markup, such as the address of a link, between two words of a text

REACH = 80  # words of markup and of other columns between two words of a block
TRIES = 2000  # occurrences of the first word that are looked at


def words_of(text: str) -> list[str]:
    """The words of ``text``: letters and digits, as they are compared."""
    return _WORD.findall(text)


def words_with_offsets(text: str) -> list[tuple[int, str]]:
    """The words of ``text``, each with its offset."""
    return [(found.start(), found[0]) for found in _WORD.finditer(text)]


class Source(Lines):
    """The text of a file, with its lines and words."""

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where each word begins and ends; those of an address in a link are none."""
        # The same length, so that offsets stay true.
        bare = _DESTINATION.sub(lambda found: " " * len(found[0]), self.text)
        return [found.span() for found in _WORD.finditer(bare)]

    @cached_property
    def words(self) -> list[str]:
        """Every word."""
        return [self.text[start:end] for start, end in self.spans]

    @cached_property
    def indices(self) -> dict[str, list[int]]:
        """The indices of each word among all."""
        indices: dict[str, list[int]] = defaultdict(list)
        for index, word in enumerate(self.words):
            indices[word].append(index)
        return indices

    def find_words(
        self, words: Sequence[str], *, line: int, after: int = 0
    ) -> tuple[int, int] | None:
        """Offsets of the first run of ``words`` from ``line`` (from 1) and the offset ``after`` on.

        Where none is left there, those of the first run in the file.
        """
        positions = self.indices.get(words[0], []) if words else []
        start = max(after, self.offset(line))
        first = bisect_left(positions, bisect_left(self.spans, (start, start)))
        for begin, gap in ((first, 0), (first, GAP), (0, 0)):
            for position in islice(positions, begin, begin + TRIES):
                last = self._run(words, position, gap)
                if last is not None:
                    return self.spans[position][0], self.spans[last][1]
        return None

    def _run(self, words: Sequence[str], position: int, gap: int) -> int | None:
        """The position of the last word of a run that begins at ``position``."""
        at = position
        for word in words[1:]:
            stop = min(at + 2 + gap, len(self.words))
            at = next((i for i in range(at + 1, stop) if self.words[i] == word), -1)
            if at < 0:
                return None
        return at

    def align(self, words: Sequence[str], *, line: int, after: int = 0) -> list[int]:
        """The position of each of ``words``, which stand in the source in this order.

        Between them may stand markup. -1 where a word is not found near the one before it.
        """
        start = max(after, self.offset(line))
        at = bisect_left(self.spans, (start, start)) - 1
        aligned = []
        for word in words:
            positions = self.indices.get(word, [])
            index = bisect_left(positions, at + 1)
            near = index < len(positions) and positions[index] - at <= REACH
            aligned.append(positions[index] if near else -1)
            at = positions[index] if near else at
        return aligned


class Sources:
    """The files that rules look at, each read and indexed once."""

    def __init__(self) -> None:
        """Read no file before it is needed."""
        self._read: dict[str, Source] = {}

    def __getitem__(self, path: Path | str) -> Source:
        """The text of a file, with its line ends as they are; empty where it cannot be read."""
        name = str(path)
        if name not in self._read:
            try:
                # Opening a pipe would wait for somebody to write into it.
                text = read_exactly(Path(path)) if Path(path).is_file() else ""
            except (OSError, UnicodeDecodeError):
                text = ""
            self._read[name] = Source(text)
        return self._read[name]


def check_file(path: Path) -> None:
    """Raise OSError for what is there, but is no file: to open a pipe would wait for a writer."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "This is a folder, a pipe or a device, not a file", str(path))


def read_exactly(path: Path) -> str:
    """The text of a file, with its line ends as they are."""
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()
