"""Names by their letters alone, so that O’Brien and O'Brien are the same; a text as it is read."""

import re
import unicodedata
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

# Letters that Unicode does not take apart into a letter and a mark.
_WHOLE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}  # noqa: RUF001  # meant
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
# Forms as wide as a Chinese character, each as the usual one.
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0x3001: ","}


_SIGNS = re.compile(r"[\W_]+")


class AsRead(NamedTuple):
    """A text without what cannot be seen, and the offset in the source of each character.

    Behind the last one stands the offset of the end.
    """

    text: str
    offsets: list[int] | range

    def at(self, source: int) -> int:
        """The offset as it is read of one in the source."""
        return bisect_left(self.offsets, source)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span in the source; what cannot be seen behind its last character is none of it."""
        return self.offsets[start], self.offsets[end - 1] + 1 if end > start else self.offsets[end]


def as_read(text: str) -> AsRead:
    """``text`` without zero-width characters and soft hyphens, and with usual digits and marks."""
    unseen = {char for char in set(text) if unicodedata.category(char) == "Cf"}
    if not unseen:
        return AsRead(text.translate(_WIDE), range(len(text) + 1))
    seen = [at for at, char in enumerate(text) if char not in unseen]
    return AsRead("".join(text[at] for at in seen).translate(_WIDE), [*seen, len(text)])


@lru_cache(maxsize=10_000)  # titles and names are compared over and over
def plain(text: str) -> str:
    """Letters and digits without accents or case: ``Smith-Merry`` becomes ``smithmerry``."""
    if text.isascii():
        return _SIGNS.sub("", text.casefold())
    folded = unicodedata.normalize("NFKD", text.casefold()).translate(_WHOLE)
    return "".join(c for c in folded if c.isalnum() and unicodedata.category(c) != "Lm")


def spelt_out(text: str) -> str:
    """As `plain`, but umlauts as German writes them without marks: ``Müller`` is ``mueller``."""
    return plain(text.casefold().translate(_UMLAUTS))
