"""The true position in a file of what stands in a block of prose.

docutils knows the first line of a block only, so the words of the block are laid side by side with
those of the file, from that line on.
"""

from bisect import bisect_left
from collections.abc import Sequence

from sphinx_evidence.text.source import Source, words_of, words_with_offsets

LATE = 2  # lines by which a block may begin before the line that docutils gives


class Alignment:
    """Maps offsets in the text of a block to offsets in its file."""

    def __init__(
        self, text: str, literals: Sequence[tuple[int, str]], source: Source, line: int, after: int
    ) -> None:
        """``literals`` are words that stand in the file at an offset without being prose.

        ``line`` is that of the block, from 1; ``after`` the offset from which to look.
        """
        self.source = source
        self.line = line
        self.after = after
        tokens = [
            *words_with_offsets(text),
            *((at, word) for at, literal in literals for word in words_of(literal)),
        ]
        tokens.sort(key=lambda token: token[0])
        self.offsets = [at for at, _ in tokens]
        self.words = [word for _, word in tokens]
        self.aligned = source.align(self.words, line=line, after=after)
        if -1 in self.aligned:  # some directives count a line of their own twice
            earlier = source.align(self.words, line=line - LATE, after=after)
            self.aligned = min(self.aligned, earlier, key=lambda places: places.count(-1))

    def span(self, start: int, end: int, words: Sequence[str] = ()) -> tuple[int, int] | None:
        """Offsets in the file of the words in a span, or of ``words`` among them."""
        chosen = range(bisect_left(self.offsets, start), bisect_left(self.offsets, end))
        if words:
            found = [self.words[i] for i in chosen]
            runs = range(len(found) - len(words) + 1)
            first = next((i for i in runs if found[i : i + len(words)] == list(words)), None)
            chosen = chosen[:0] if first is None else chosen[first : first + len(words)]
        places = [self.aligned[i] for i in chosen]
        if places and min(places) >= 0:
            return self.source.spans[places[0]][0], self.source.spans[places[-1]][1]
        wanted = list(words) or [self.words[i] for i in chosen]
        return self.source.find_words(wanted, line=self.line, after=self.after)

    @property
    def end(self) -> int:
        """The offset in the file behind the last word."""
        placed = [position for position in self.aligned if position >= 0]
        return self.source.spans[placed[-1]][1] if placed else 0
