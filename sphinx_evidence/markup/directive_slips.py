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
# "{box}Title", "(box) Title" and "box Title": the name of a directive, but not as one is named.
_NEARLY = re.compile(
    r"\s*(?:(?P<open>[({])(?P<name>[a-z][\w-]*)[)}]|(?P<bare>[a-z][\w-]*))"
    r"(?P<space>\s*)(?P<title>.*?)\s*$"
)
_ONE_COLON = re.compile(r"\s*\.\.\s+(?P<words>(?P<name>[\w:+-]*\w):)(?:\s|$)")


def check_directives(
    lines: Lines, path: str, vocabulary: Vocabulary, *, markup: str
) -> Iterator[Finding]:
    """Every slip of a page, in the order of its lines."""
    find = _in_rst if markup == "rst" else _in_myst
    for number, column, wrong, remedy, words in find(lines, vocabulary):
        location = Location(path, number, column)
        yield location.finding(Rule.DIRECTIVE_BROKEN, wrong, remedy, words)


def block_of(lines: Lines, number: int, *, markup: str) -> range:
    """The lines of the directive whose head holds a line; empty where it is no head of one."""
    first = number
    # An empty line may stand between the head and its options, which is a slip of its own.
    while (
        _OPTION.match(lines.line(first))
        or _NO_COLON.match(lines.line(first))
        or (first < number and not lines.line(first).strip())
    ):
        first -= 1
        if first < 1 or number - first > _HEAD:
            return range(0)
    if markup == "rst":
        indent = _indent(lines.line(first))
        if not lines.line(first).lstrip().startswith(".."):
            return range(0)
        rest = range(first + 1, len(lines.texts) + 1)
        end = next(
            (n for n in rest if lines.line(n).strip() and _indent(lines.line(n)) <= indent), 0
        )
        return range(first, end or len(lines.texts) + 1)
    opening = _FENCE.match(lines.line(first)) or _SHORT.match(lines.line(first))
    if not opening:
        return range(0)
    fence = opening["fence"]
    # Too short a fence may be closed by a right one, which then begins another block.
    longer = "" if len(fence) < _SHORTEST else f"{fence[0]}*"
    closing = re.compile(rf"[ >]*{fence}{longer}\s*$")
    rest = range(first + 1, len(lines.texts) + 1)
    end = next((n for n in rest if closing.match(lines.line(n))), len(lines.texts))
    return range(first, end + 1)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


_HEAD = 12  # lines of options
_SHORTEST = 3  # signs of a fence
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
            slip = _nearly_named(lines, number, found, vocabulary)
            container = container and slip is None
            # Colons without a name are a container, too.
            opened.append((found["fence"], not container and found["fence"][0] != ":"))
            if named and container:
                yield from _without_colon(lines, number, named["name"], vocabulary)
                yield from _behind_a_blank(lines, number, named["name"], vocabulary)
            if slip:
                yield slip
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


def _behind_a_blank(
    lines: Lines, opening: int, name: str, vocabulary: Vocabulary
) -> Iterator[_Slip]:
    """Options that an empty line parts from the head."""
    option = re.match(r"\s*(:([\w-]+):)(?:\s|$)", lines.line(opening + 2))
    if not lines.line(opening + 1).strip() and option and option[2] in vocabulary.options(name):
        wrong = f"{option[1]} is read as text, because an empty line stands before it."
        yield opening + 2, option.start(1) + 1, wrong, "Delete the empty line above.", option[1]


def _nearly_named(
    lines: Lines, number: int, fence: re.Match[str], vocabulary: Vocabulary
) -> _Slip | None:
    """A fence that is code, because its name is not in braces, or touches the title."""
    found = _NEARLY.match(fence["rest"])
    name = (found["name"] or found["bare"]) if found else ""
    if not found or name not in vocabulary.directives:
        return None
    if found["open"] == "{":
        if found["space"] or not found["title"]:
            return None  # as it is meant to be
    elif not _OPTION.match(lines.line(number + 1)):
        return None  # code in a language of that name
    sign = fence["fence"]
    words = (sign + found[0].rstrip()).strip()
    wrong = f'"{words}" is read as code, because its name is not written as a directive\'s.'
    title = f" {found['title']}" if found["title"] else ""
    remedy = f"Write {sign}{{{name}}}{title}"
    return number, fence.start("fence") + 1, wrong, remedy, words


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
