"""Bold type that was begun or closed, but not read as such."""

import re
from collections.abc import Iterator

from sphinx_evidence.markup.slip import Slip, quoted
from sphinx_evidence.rulebook.rule import Rule

# One of the two signs touches the words on its inner side, so no product or power is meant.
_SPACED = re.compile(
    r"(?<![*\w])\*\*(?:\s+(?P<a>[^*\n]{1,80}?[^*\s])|(?P<b>[^*\s][^*\n]{0,80}?)\s+)\*\*(?![*\w])"
)
_OPEN = re.compile(r"\s*(?P<sign>\*\*(?P<words>[A-Z][^*\n]*))")


def find_emphasis(text: str) -> Iterator[Slip]:
    """Bold type with a space inside its signs, and a block that begins bold and does not end so."""
    for found in _SPACED.finditer(text):
        words = (found["a"] or found["b"]).strip()
        wrong = f"{quoted(found[0])} is not read as bold: a space stands inside its signs."
        yield Slip(Rule.MARKUP_BOLD, found[0], wrong, f"Write **{words}**")
    begun = _OPEN.match(text)
    if begun and "**" not in text[begun.end("sign") :]:
        first = begun["words"].split()[0]
        wrong = f"{quoted(begun['sign'])} is not read as bold: nothing closes it."
        remedy = f"Type ** where it ends, as in **{first}**, or \\** for two stars."
        yield Slip(Rule.MARKUP_BOLD, begun["sign"][: len(first) + 2], wrong, remedy)
