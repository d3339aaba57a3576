"""Citations that name no work: numbers, and words that lead back to a work named before."""

import re
from collections.abc import Iterator

from sphinx_evidence.prose.scanner import without_quotations
from sphinx_evidence.prose.words import COUNTED

_RANGE = r"[1-9]\d{0,2}(?:\s?[–-]\s?[1-9]\d{0,2})?"
_NUMBERS = rf"{_RANGE}(?:\s?[,;]\s?{_RANGE}){{0,30}}"
# A sentence goes on or ends behind it: in front of other words, it is the number of an item.
_SQUARE = re.compile(
    rf"(?<=[\w”’\"'.,)]\s)\[{_NUMBERS}\](?=[.,;:?!)]|\s*\Z|\s(?:and|but|or|which|while)\b)"
)
_PAGED = re.compile(rf"\[{_NUMBERS},\spp?\.\s?\d+\]")
_SPELT = re.compile(rf"\((?:see\s)?refs?\.?\s{_NUMBERS}\)", re.IGNORECASE)
_BACK = re.compile(
    r"\((?:[^()]{1,60}[\s,])?(?:ibid|(?:op|loc)\.\s?cit)\b\.?(?:[,:\s][^()]{0,40})?\)",
    re.IGNORECASE,
)
_LAST = re.compile(r"([^\W\d_]+)\W*\Z")


def nameless(text: str) -> Iterator[tuple[int, int]]:
    """The span of each citation in ``text`` that names no work; a quotation has its own."""
    text = without_quotations(text)
    for pattern in (_SQUARE, _PAGED, _SPELT, _BACK):
        for found in pattern.finditer(text):
            before = _LAST.search(text, max(found.start() - 20, 0), found.start())
            if pattern is not _SQUARE or not (before and before[1].casefold() in COUNTED):
                yield found.span()
