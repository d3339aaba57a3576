"""Slips at the head of a directive that no parser reports: read as text, or as a comment."""

import re
from collections.abc import Iterator

from sphinx_evidence.diagnostics.finding import Finding, Location
from sphinx_evidence.markup.vocabulary import Vocabulary
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.lines import Lines

_FENCE = re.compile(r"(?P<indent>[ >]*)(?P<fence>`{3,}|~{3,}|:{3,})(?P<rest>[^`]*)$")
_NAMED = re.compile(r"\s*\{(?P<name>[\w:+-]+)\}")
_SHORT = re.compile(r" {0,3}(?P<fence>`{1,2}|:{1,2})\{(?P<name>[\w:+-]+)\}[^`]*$")
_OPTION = re.compile(r"\s*:[\w-]+:(?:\s|$)")
_NO_COLON = re.compile(r"\s*(?P<words>:?(?P<name>[\w-]+)(?P<colon>:?))\s+\S")
_ONE_COLON = re.compile(r"\s*\.\.\s+(?P<words>(?P<name>[\w:+-]*\w):)(?:\s|$)")


def check_directives(
    lines: Lines, path: str, vocabulary: Vocabulary, *, markup: str
) -> Iterator[Finding]:
    """Every slip of a page, in the order of its lines."""
    find = _in_rst if markup == "rst" else _in_myst
    for number, column, wrong, remedy, words in find(lines, vocabulary):
        location = Location(path, number, column)
        yield location.finding(Rule.DIRECTIVE_BROKEN, wrong, remedy, words)


_Slip = tuple[int, int, str, str, str]


def _in_myst(lines: Lines, vocabulary: Vocabulary) -> Iterator[_Slip]:
    opened: list[tuple[str, bool]] = []  # the fences around a line, and whether each holds code
    for number, line in enumerate(lines.texts, 1):
        found = _FENCE.match(line)
        in_code = bool(opened) and opened[-1][1]
        if found and opened and _closes(found, opened[-1][0]):
            opened.pop()
        elif in_code:
            continue
        elif found:
            named = _NAMED.match(found["rest"])
            container = named is not None and named["name"] in vocabulary.containers
            # Colons without a name are a container, too.
            opened.append((found["fence"], not container and found["fence"][0] != ":"))
            if named and container:
                yield from _without_colon(lines, number, named["name"], vocabulary)
        elif (short := _SHORT.match(line)) and short["name"] in vocabulary.directives:
            sign = short["fence"][0]
            words = f"{short['fence']}{{{short['name']}}}"
            wrong = f'"{words}" begins no block: that takes three {sign}.'
            remedy = f"Type {sign * 3}{{{short['name']}}}, and {sign * 3} where it ends."
            yield number, short.start("fence") + 1, wrong, remedy, words


def _closes(found: re.Match[str], fence: str) -> bool:
    return str(found["fence"]).startswith(fence) and not found["rest"].strip()


def _without_colon(
    lines: Lines, opening: int, name: str, vocabulary: Vocabulary
) -> Iterator[_Slip]:
    """The first line below the options, where it is one but for a colon."""
    number = opening + 1
    while _OPTION.match(lines.line(number)):
        number += 1
    found = _NO_COLON.match(lines.line(number))
    # A sentence may begin with the name of an option, but then no colon stands beside it.
    if found and found["name"] in vocabulary.options(name) and ":" in found["words"]:
        wrong = f'"{found["words"]}" is read as text, because it lacks a colon.'
        remedy = f"Write :{found['name']}: with a colon before it and behind it."
        yield number, found.start("words") + 1, wrong, remedy, found["words"]


def _in_rst(lines: Lines, vocabulary: Vocabulary) -> Iterator[_Slip]:
    for number, line in enumerate(lines.texts, 1):
        found = _ONE_COLON.match(line)
        if found and found["name"] in vocabulary.directives:
            words = found["words"]
            wrong = f'".. {words}" is read as a remark, so no reader sees it.'
            yield (
                number,
                found.start("words") + 1,
                wrong,
                f"Write .. {words}: with two colons.",
                words,
            )
