"""Characters that change what is seen, or what a terminal does, without being seen themselves."""

import unicodedata
from collections.abc import Iterator

# Formatting of Unicode that turns the order of other letters around.
_TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
_TAGS = range(0xE0001, 0xE0080)
_FLAG = "\U0001f3f4"  # before the tags of a flag, such as that of Scotland


def find_characters(text: str) -> Iterator[tuple[int, str]]:
    """Offset and name of each; line ends, tabs and what else is white space are none."""
    if text.isascii() and text.isprintable():
        return
    for offset, letter in enumerate(text):
        if letter.isprintable() and letter < "\u0300":
            continue
        kind = unicodedata.category(letter)
        control = kind in {"Cc", "Co", "Cs"} and not letter.isspace()
        hidden = ord(letter) in _TAGS and not _in_flag(text, offset)
        if control or hidden or unicodedata.bidirectional(letter) in _TURNS:
            yield offset, f"U+{ord(letter):04X} {unicodedata.name(letter, 'control')}"


def _in_flag(text: str, offset: int) -> bool:
    while offset > 0 and ord(text[offset]) in _TAGS:
        offset -= 1
    return text[offset] == _FLAG
