"""Rules on titles and on the LaTeX in them."""

import re
from collections.abc import Iterator

from sphinx_evidence.bibliography.faults import Fault, every
from sphinx_evidence.bibliography.reader import Bibliography
from sphinx_evidence.bibliography.surnames import decoded
from sphinx_evidence.rulebook.rule import Rule

_LATEX = re.compile(r"\\(?:emph|textit|textbf|it|bf|em)\b|(?<!\\)\$[^$]{1,80}\$|(?<=\w)~(?=\w)")
# Fields of words, in which $ begins or ends a formula.
_WORDS = ("title", "booktitle", "journal", "note", "publisher", "institution", "organization")
# A stop that belongs to the last word: U.S., m.y., vol. 2 ed., Inc.
_ABBREVIATED = re.compile(
    r"(?:\.\.|…|\b\w\.|\.\w+\.|\b(?:al|approx|ca|cf|co|corp|ed|eds|esp|etc|inc|jr|ltd|no|nos|pp|pt"
    r"|rev|sr|st|trans|viz|vol|vols|vs)\.)[}'’”\"]*$",
    re.IGNORECASE,
)
_SHORT = 3  # words up to which a title may be an acronym or two


def check_titles(bibliography: Bibliography) -> Iterator[Fault]:
    """Every fault of a title."""
    for entry, name, value in every(bibliography.entries, "title"):
        if value.endswith(".") and not _ABBREVIATED.search(value):
            remedy = "Delete it: the reference list adds its own."
            yield Fault(Rule.BIB_TITLE_STOP, entry, name, "the title ends in a full stop.", remedy)
        if _shouted(value):
            remedy = "Write capitals only where a sentence has them."
            yield Fault(
                Rule.BIB_TITLE_CAPITALS, entry, name, "the title is all in capitals.", remedy
            )
        elif names := _unprotected(value):
            wrong = f'the title has "{names[0]}" without braces; some styles write it small.'
            remedy = f"Write {{{names[0]}}}."
            yield Fault(Rule.BIB_TITLE_CASE, entry, name, wrong, remedy, words=names[0])
    for entry, name, value in every(bibliography.entries, "title", "journal", "booktitle"):
        if found := _LATEX.search(value):
            wrong = f'the {name} holds "{found[0]}", which is LaTeX.'
            remedy = "Write the words alone; a space for ~."
            yield Fault(Rule.BIB_LATEX, entry, name, wrong, remedy, words=found[0])
        elif "\\" in value and (found := re.search(r"\\[A-Za-z]+", decoded(value))):
            wrong = f'the {name} holds "{found[0]}", which readers would see.'
            remedy = "Type the letter or the sign itself, or the words alone."
            yield Fault(Rule.BIB_LATEX, entry, name, wrong, remedy, words=found[0])
    for entry, name, value in every(bibliography.entries, *_WORDS):
        if "$" in value and len(re.findall(r"(?<!\\)\$", value)) % 2:
            wrong = f"the {name} holds one $ without another."
            remedy = r"Write \$ for a sum of money, or $ at both ends of a formula."
            yield Fault(Rule.BIB_LATEX, entry, name, wrong, remedy, words="$")


def _shouted(title: str) -> bool:
    if title[1:].islower():
        return False
    words = re.findall(r"[^\W\d_]{2,}", re.sub(r"\{[^{}]*\}|\\\w+", "", title))
    return len(words) > _SHORT and all(word.isupper() for word in words)


def _unprotected(title: str) -> list[str]:
    """Names and acronyms in a title in sentence case that stand outside braces.

    Of a title in which most words have a capital it cannot be said which of them are names.
    """
    if title[1:].islower():
        return []
    bare = re.sub(r"\{[^{}]*\}", "0", title)
    mixed = [w for w in re.findall(r"[^\W\d_][\w'’]*", bare) if re.search(r"[A-Z]", w[1:])]
    inside = re.findall(r"(?<=[\w,;)] )([^\W\d_][\w'’-]*)", bare)
    names = [word for word in inside if word[0].isupper() and word not in mixed]
    return mixed + (names if len(names) * 3 <= len(inside) else [])
