"""Typst source from plain values.

Text never becomes markup, because it is always written as a string literal (``#"…";``).
"""

import re

_SPACES = re.compile(r"[ \t\r\n]+")  # not the no-break space, which an author sets on purpose
_LENGTH = re.compile(r"([0-9]*\.?[0-9]+)\s*(px|pt|mm|cm|in|em|rem|%|)")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # no font can show them
_LONG_WORD = re.compile(r"(\w{30,})")
_TYPST_UNITS = {"rem": "em", "": "px"}
_POINTS_PER_PIXEL = 0.75  # CSS: 96 pixels and 72 points make an inch


class Code(str):
    """A Typst expression, which `value` passes through as it stands."""

    __slots__ = ()


def string(text: str) -> Code:
    """Return a string literal; everything but its own two special characters stands for itself."""
    text = _CONTROLS.sub("", text).replace("\\", "\\\\").replace('"', '\\"')
    return Code('"' + text.replace("\r", "").replace("\n", "\\n").replace("\t", "\\t") + '"')


def prose(text: str) -> Code:
    """Return running text as markup; a line break of the source is a space.

    A word that may be longer than a line is set apart: to let Typst look for such is slow.
    """
    parts = _LONG_WORD.split(_SPACES.sub(" ", text))
    shown = (call("long-word", part) if n % 2 else string(part) for n, part in enumerate(parts))
    return Code("".join(embed(part) for part in shown if part != '""' or len(parts) == 1))


def value(item: object) -> Code:  # noqa: PLR0911  # one for each type
    """Return the literal of a Python value: None, bool, int, str, Code, or a list or dict of them.

    Raises TypeError for any other type.
    """
    match item:
        case Code():
            return item
        case None:
            return Code("none")
        case bool():
            return Code(str(item).lower())
        case int():
            return Code(str(item))
        case str():
            return string(item)
        case dict():
            parts = "".join(f"{key}: {value(part)}, " for key, part in item.items())
            return Code(f"({parts})")
        case list() | tuple():
            return Code("(" + "".join(f"{value(part)}, " for part in item) + ")")
    raise TypeError(f"no Typst literal for {item!r}")


def call(name: str, /, *args: object, **named: object) -> Code:
    """Return a function call; an underscore in a name stands for Typst's hyphen."""
    given = [value(arg) for arg in args]
    given += [Code(f"{key.replace('_', '-')}: {value(item)}") for key, item in named.items()]
    return Code(f"{name}({', '.join(given)})")


def embed(expression: str) -> Code:
    """Return markup that shows an expression; the semicolon keeps what follows apart."""
    return Code(f"#{expression};")


BREAK = prose(" ") + embed("linebreak()")  # a line ends; words are read with a space


def content(*markup: str) -> Code:
    """Return a content block of markup."""
    return Code("[" + "".join(markup) + "]")


def length(size: str) -> Code:
    """Return a docutils length (``80%``, ``300px``, ``12em``; without a unit: pixels).

    Raises ValueError for any other text.
    """
    match = _LENGTH.fullmatch(size.strip())
    if not match:
        raise ValueError(f"not a length: {size!r}")
    number, unit = match[1], _TYPST_UNITS.get(match[2], match[2])
    if unit == "px":
        return Code(f"{float(number) * _POINTS_PER_PIXEL:g}pt")
    return Code(f"{float(number):g}{unit}")


def language(tag: str) -> tuple[str, str | None]:
    """Split a language tag as Typst wants it: ``en-GB`` into ``("en", "GB")``."""
    first, *others = re.split("[-_]", tag)
    region = next((part.upper() for part in others if len(part) == len("GB")), None)
    return first.lower(), region
