r"""Lines and columns of a text: the one index of every rule and reader.

A line ends with ``\n``, ``\r\n`` or ``\r`` and with nothing else, as in editors, git, CommonMark
and TOML. `str.splitlines` would also end one at a form feed, NEL, U+2028 and five others, which
come into a sentence with text that is copied, and each would shift every line after it.
Lines and columns count from 1, columns in characters; a byte order mark is none.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate, pairwise

LINE_END = re.compile(r"\r\n?|\n")
# Also one of a quotation, without words; atomic, as \r alone ends a line, too.
EMPTY_LINE = re.compile(r"(?>\r\n?|\n)[ \t>]*(?>\r\n?|\n)")
_BOM = "\ufeff"
REACH = 80  # lines of a block


class Lines:
    """The lines of a text, and the positions of its offsets."""

    def __init__(self, text: str) -> None:
        """Find the start of every line of ``text``."""
        self.text = text
        first = len(_BOM) if text.startswith(_BOM) else 0
        ends: Iterable[int]
        if "\r" in text:
            ends = (found.end() for found in LINE_END.finditer(text))
        else:  # ten times as fast
            ends = accumulate(len(line) + 1 for line in text.split("\n")[:-1])
        self.starts = [first, *ends]

    @cached_property
    def with_ends(self) -> list[str]:
        """Every line with its end; behind the last end there is none."""
        spans = pairwise([*self.starts, len(self.text)])
        return [self.text[start:stop] for start, stop in spans if start < stop]

    @cached_property
    def texts(self) -> list[str]:
        """Every line without its end."""
        return [line.rstrip("\r\n") for line in self.with_ends]

    def line(self, number: int) -> str:
        """A line without its end; empty where there is none of this number."""
        return self.texts[number - 1] if 0 < number <= len(self.texts) else ""

    def offset(self, line: int) -> int:
        """The offset of the first letter of a line; the end of the text behind the last one."""
        return self.starts[max(line, 1) - 1] if line <= len(self.starts) else len(self.text)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        line = max(bisect_right(self.starts, offset), 1)
        return line, max(offset - self.starts[line - 1], 0) + 1

    def line_up_to(self, offset: int) -> str:
        """What stands in the line of an offset before it."""
        return self.text[self.offset(self.position(offset)[0]) : offset]

    def find(
        self, words: str, *, line: int, column: int = 0, before: str = ""
    ) -> tuple[int, int] | None:
        """The first position of ``words`` behind a column, in the `REACH` lines from ``line`` on.

        ``before`` stands in front of them. White space may be other than in both, and case where
        nothing else is there, as Sphinx makes small letters of names. They are not found inside a
        longer word, such as a key in a name.
        """
        left = _pattern(before) or (r"(?<![\w-])" if words[0].isalnum() else "")
        right = r"(?![\w-])" if words[-1].isalnum() else ""
        pattern = f"{left}({_pattern(words)}){right}"
        span = self.offset(line) + column, self.offset(line + REACH)
        found = re.compile(pattern).search(self.text, *span)
        found = found or re.compile(pattern, re.IGNORECASE).search(self.text, *span)
        return self.position(found.start(1)) if found else None


def _pattern(words: str) -> str:
    return r"\s+".join(map(re.escape, re.split(r"\s+", words)))
