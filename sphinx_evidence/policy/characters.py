"""Characters that change what is seen, or what a terminal does, without being seen themselves."""

import unicodedata
from collections.abc import Iterator

# Formatting of Unicode that turns the order of other letters around.
_TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
_TAGS = range(0xE0001, 0xE0080)
_FLAG = "\U0001f3f4"  # before the tags of a flag, such as that of Scotland


def find_characters(text: str) -> Iterator[tuple[int, str]]:
    """Offset and name of each; line ends, tabs and what else is white space are none."""
    letters = {letter: name for letter in set(text) if (name := _name(letter))}
    for offset, letter in enumerate(text) if letters else ():
        if letter in letters and not (ord(letter) in _TAGS and _in_flag(text, offset)):
            yield offset, letters[letter]


def _name(letter: str) -> str:
    """The name of a character that is not seen; of any other, nothing."""
    kind = unicodedata.category(letter)
    control = kind in {"Cc", "Co", "Cs"} and not letter.isspace()
    if control or ord(letter) in _TAGS or unicodedata.bidirectional(letter) in _TURNS:
        return f"U+{ord(letter):04X} {unicodedata.name(letter, 'control')}"
    return ""


def _in_flag(text: str, offset: int) -> bool:
    while offset > 0 and ord(text[offset]) in _TAGS:
        offset -= 1
    return text[offset] == _FLAG
