"""The true place in a source file of words that were read from it.

Markup, line breaks and typographic quotation marks stand between the words of a source, so words
are compared, and not characters.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

_WORD = re.compile(r"[^\W_]+")
_DESTINATION = re.compile(r"\]\([^()\s]*\)|<https?://[^<>\s]*>`__?")
GAP = 12  # words of markup, such as the address of a link, between two words of a text

REACH = 80  # words of markup and of other columns between two words of a block
TRIES = 2000  # places of the first word that are looked at


def words_of(text: str) -> list[str]:
    """The words of ``text``: letters and digits, as they are compared."""
    return _WORD.findall(text)


def words_with_offsets(text: str) -> list[tuple[int, str]]:
    """The words of ``text``, each with its offset."""
    return [(found.start(), found[0]) for found in _WORD.finditer(text)]


class Source:
    """The text of a file, with its words and lines."""

    def __init__(self, text: str) -> None:
        """Index the words of ``text`` once."""
        self.text = text
        self.lines = [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", text))]
        self.words: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self.places: dict[str, list[int]] = defaultdict(list)
        # The same length, so that offsets stay true.
        bare = _DESTINATION.sub(lambda found: " " * len(found[0]), text)
        for found in _WORD.finditer(bare):
            self.places[found[0]].append(len(self.words))
            self.words.append(found[0])
            self.spans.append(found.span())

    def find(self, words: Sequence[str], *, line: int, after: int = 0) -> tuple[int, int] | None:
        """Offsets of the first run of ``words`` from ``line`` (from 1) and the offset ``after`` on.

        Where none is left there, those of the first run in the file.
        """
        positions = self.places.get(words[0], []) if words else []
        start = max(after, self.lines[min(max(line, 1), len(self.lines)) - 1])
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
        start = max(after, self.lines[min(max(line, 1), len(self.lines)) - 1])
        at = bisect_left(self.spans, (start, start)) - 1
        aligned = []
        for word in words:
            positions = self.places.get(word, [])
            index = bisect_left(positions, at + 1)
            near = index < len(positions) and positions[index] - at <= REACH
            aligned.append(positions[index] if near else -1)
            at = positions[index] if near else at
        return aligned

    def line_up_to(self, offset: int) -> str:
        """What stands in the line of an offset before it."""
        return self.text[self.lines[bisect_right(self.lines, offset) - 1] : offset]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        line = bisect_right(self.lines, offset)
        return line, offset - self.lines[line - 1] + 1
