"""Links and pictures whose markup has a slip, so that readers would see brackets and an address.

What was read as a link is not in the text that is looked at; so what looks like one there is none.
Source of the forms: CommonMark 0.31, sections 4.7, 6.3 and 6.5; docutils, "Hyperlink References".
"""

import re
from collections.abc import Iterator

from sphinx_evidence.markup.addresses import ADDRESS
from sphinx_evidence.markup.destinations import find_destinations
from sphinx_evidence.markup.slip import Slip, broken_link, quoted
from sphinx_evidence.rulebook.rule import Rule

_WORDS = r"[^\[\]]{1,200}?"
_TITLE = r"""(?P<title>\s+["“”'‘’][^"“”]*["“”'‘’])?"""

_GAP = re.compile(rf"!?\[(?P<words>{_WORDS})(?P<sign>\]\s+\(\s*(?P<to>{ADDRESS}){_TITLE}\s*\))")
_SWAPPED = re.compile(rf"!?\((?P<words>[^()]{{1,200}}?)(?P<sign>\)\s?\[(?P<to>{ADDRESS})\])")
_OTHER_BRACKETS = re.compile(
    rf"!?\[(?P<words>{_WORDS})(?P<sign>\](?:[\[{{](?P<to>{ADDRESS})[\])}}]"
    rf"|\((?P<to2>{ADDRESS})[\]}}]))"
)
_ONE_BRACKET = re.compile(
    rf"!?\[(?P<words>[^\[\]()\s][^\[\]()]{{0,200}}?)(?P<sign>(?<=\S)\((?P<to>{ADDRESS})\))"
    r"(?![^\[]*\])"
)
_NO_PARENTHESIS = re.compile(rf"!?\[(?P<words>{_WORDS})(?P<sign>\](?P<to>{ADDRESS})\))")
_ANGLE = re.compile(
    r"(?P<sign><(?P<gap>\s*)(?P<to>(?:https?://|www\.)[^\s<>]+)(?P<end>\s*>|(?=\s|$)))"
)
_DEFINED = re.compile(
    rf"(?m)^(?P<sign>\[(?P<label>[^\[\]^][^\[\]]*)\](?P<gap>[ \t]*):\s*(?P<to>{ADDRESS}))[ \t]*$"
)

_MARKDOWN = re.compile(rf"!?\[(?P<words>{_WORDS})(?P<sign>\]\((?P<to>{ADDRESS})\))")
_REFERENCE = re.compile(rf"(?P<words>[^<>]*[^<>\s])\s+<(?P<to>{ADDRESS})>")

_UNDEFINED = re.compile(
    r"(?<![\w\]\[)])\[(?P<words>[^\[\]^][^\[\]]{0,200})(?P<sign>\]\[(?P<label>[^\[\]]{0,80})\])(?!\[)"
)
_RANGES = re.compile(r"\^?(?:\w-\w)+\W*")  # of letters, in a pattern


def find_links(text: str) -> Iterator[Slip]:
    """Every link in MyST that was not read as one."""
    done: list[tuple[int, int]] = []
    for pattern, what in (
        (_GAP, "white space stands between its brackets"),
        (_SWAPPED, "its brackets are the other way round"),
        (_OTHER_BRACKETS, "its address stands in the wrong brackets"),
        (_ONE_BRACKET, "a ] is missing"),
        (_NO_PARENTHESIS, "a ( is missing"),
    ):
        for found in pattern.finditer(text):
            words = found["words"].strip()
            if words and not words.isdigit() and not _meets(found.span(), done):
                if pattern is _NO_PARENTHESIS and _parenthesis_open(text[: found.start()]):
                    continue
                done.append(found.span())
                to = found["to"] or found.groupdict().get("to2")
                title = found.groupdict().get("title") or ""
                picture = "!" * found[0].startswith("!")
                new = f"{picture}[{words}]({to}{title})"
                opening = "(" if pattern is _SWAPPED else "["
                yield broken_link(found[0], found["sign"], what, new, opening)
    for at, slip in find_destinations(text):
        if not _meets((at, at + 1), done):
            yield slip
    yield from _undefined(text, done)
    yield from _addresses(text)


def find_foreign_links(text: str) -> Iterator[Slip]:
    """Every link of Markdown in reStructuredText."""
    for found in _MARKDOWN.finditer(text):
        words, to = found["words"].strip(), found["to"]
        page = re.fullmatch(r"(?!\w+:|#)([^#]*)\.(?:md|rst)", to)
        right = f":doc:`{words} <{page[1]}>`" if page else f"`{words} <{to}>`_"
        what = "it has the form of Markdown"
        yield broken_link(found[0], found["sign"], what, right, "[")


def find_foreign_reference(code: str, after: str) -> Iterator[Slip]:
    """A link of reStructuredText in MyST, which is read as code and an underscore."""
    found = _REFERENCE.fullmatch(code)
    if found and re.match(r"__?(?!\w)", after):
        right = f"[{found['words']}]({found['to']})"
        what = "it has the form of reStructuredText"
        whole = f"`{code}`_"
        yield broken_link(whole, whole, what, right, "")._replace(code=True)


def find_unfinished_reference(text: str) -> Iterator[Slip]:
    """A link of reStructuredText without its underscore, which is read as a title."""
    if found := _REFERENCE.fullmatch(text):
        whole, right = f"`{text}`", f"`{found['words']} <{found['to']}>`_"
        what = "its underscore is missing, or a space stands before it"
        yield broken_link(whole, whole, what, right, "")._replace(code=True)


def _undefined(text: str, done: list[tuple[int, int]]) -> Iterator[Slip]:
    """Words with the name of an address that no line gives."""
    for found in _UNDEFINED.finditer(text):
        words, label = found["words"], found["label"]
        prose = re.search(r"[^\W\d_]{2}", words) and (re.search(r"[^\W\d_]", label) or not label)
        if (
            prose
            and not any(map(_RANGES.fullmatch, (words, label)))
            and not _meets(found.span(), done)
        ):
            name = label or words
            wrong = f"{quoted(found[0])} is no link: no line gives the address of {quoted(name)}."
            remedy = f"Write [{name}]: and the address after an empty line, or \\[ for a bracket."
            yield Slip(Rule.MARKUP_LINK, found["sign"], wrong, remedy, "[")


def _addresses(text: str) -> Iterator[Slip]:
    for found in _ANGLE.finditer(text):
        to = found["to"]
        if found["gap"] or found["end"] != ">":
            what = "white space or a missing > keeps its address from being read"
        elif to.startswith("www."):
            what = "its address lacks https://"
        else:
            continue
        new = f"<{'https://' * to.startswith('www.')}{to.rstrip('.,;')}>"
        yield broken_link(found[0], found["sign"], what, new, "")
    for found in _DEFINED.finditer(text):
        what = "a space stands before its colon" if found["gap"] else "no empty line is before it"
        new = f"[{found['label']}]: {found['to']}"
        wrong = f"{quoted(found[0])} is not read as the address of a link: {what}."
        remedy = f"Write {new} after an empty line."
        yield Slip(Rule.MARKUP_LINK, found["sign"], wrong, remedy)


def _meets(span: tuple[int, int], done: list[tuple[int, int]]) -> bool:
    return any(span[0] < stop and start < span[1] for start, stop in done)


def _parenthesis_open(before: str) -> bool:
    return before.count("(") > before.count(")")
