"""How the work of the pure parts grows with hostile input: in calls, and in time."""

import sys
import time
from collections.abc import Callable, Iterator

from sphinx_evidence.bibliography import rules
from sphinx_evidence.bibliography.reader import read
from sphinx_evidence.checks.accounting import lost
from sphinx_evidence.citations.alignment import Alignment
from sphinx_evidence.citations.plain_text import Marks, find_plain_citations
from sphinx_evidence.citations.typed_lists import typed_lists
from sphinx_evidence.crossrefs.typed import Numbers, typed_references
from sphinx_evidence.manuscripts.audit import audit
from sphinx_evidence.manuscripts.plain_text import read as read_document
from sphinx_evidence.markup.source_words import source_words
from sphinx_evidence.prose.matching import Library, Work
from sphinx_evidence.text.source import Source

LIBRARY = Library.of([Work("leamy2011", ("Leamy", "Bird", "Slade"), "2011")])
PIECES = (
    "a", "(", "[", "2011 ", "A. ", "and ", "Leamy et al. (2011) ", "(Leamy, 2011; ", "“", "van ",
    "Leamy, ", "‘s ", "\x00", "https://", "May 2011, ", "()", "[]", "[1, 2–9] ", "(1) ", "1990 ",
    "Hill 2002 ", "Table 1 ", "(ibid.) ", "(see Table 1 ", "(leamy, 2011",
    "a [1], ", "王", "\uff08", "\u200b", "“a” ", "\n", "1. ", "- a\n",
)  # fmt: skip
LINES = (
    "References\n", "## References\n\n", "References\n==========\n\n", "Sources\n\na\n\n",
    "References\n\nHill\n\n", "# a\n\n", "Notes\n", "Hill, A. (2002) Title.\n\n",
    "1. Hill, A. (2002) Title.\n", "[1] Hill A. Title. 2002.\n", "```\n", "Table 1: a\n\n",
    "[a](#b)\n", "| a | b |\n",
)  # fmt: skip
MARKUP = (
    "<!-- ", "{a}`", "{.a.a.a=b ", "[a", "](", "[a]: b\n", "```{note}\n", "<a ", "&a", "|a| ",
    "{{a", ".. _a: b\n", ".. |a| replace:: b\n", "a\n% b\n", "```{eval-rst}\na\n", "- ",
    "(a)=\n", ":a: ",
)  # fmt: skip
ENTRIES = (
    "@misc{a,\n  title = {A},\n}\n",
    '@misc{a, title = "a" # "b" # ',
    "{",
    "@",
    "title = {A},\n",
)
SIZE = 40_000  # characters, and four times as many


def prose(text: str) -> None:
    """Find and place the citations of one long paragraph."""
    typed_lists([text])
    placing = Alignment(text, [], Source(text), 1, 0)
    for typed in find_plain_citations(text, LIBRARY, markup="myst"):
        placing.span(typed.start, typed.end)
    links = [(start, start + 1) for start in range(0, len(text), 9)]
    cited = [start for start, _ in links]
    numbers = Numbers({"table": "table"})
    list(typed_references(text, numbers, role="{numref}", links=links, cited=cited))
    list(find_plain_citations(text, LIBRARY, markup="myst", marks=Marks(links=links, roles=cited)))


def manuscript(text: str) -> None:
    """Audit a document that is all of the text, with a list that is, too."""
    audit(read_document(f"{text}\n\nReferences\n\n{text}\n", "x"))


def bibliography(text: str) -> None:
    """Read and check a .bib file."""
    list(rules.check_entries(read(text, "x.bib")))


def accounting(text: str) -> None:
    """Count the words of a page, of which nothing was read."""
    for markup in ("myst", "rst"):
        typed = source_words(text, markup=markup, shows=bool)
        list(lost(typed, iter(["x"] * len(typed))))


PARTS = (
    (accounting, MARKUP),
    (prose, PIECES),
    (manuscript, (*PIECES, *LINES)),
    (bibliography, ENTRIES),
)
SHAPES = [(part, piece) for part, pieces in PARTS for piece in pieces]


def ratios() -> Iterator[tuple[str, float, float]]:
    """Name, seconds, and the seconds of four times the input as a ratio to four times them."""
    for part, piece in SHAPES:
        small, large = (_seconds(part, piece * (size // len(piece))) for size in (SIZE, 4 * SIZE))
        yield f"{part.__name__}: {piece.strip()[:30]!r}", small, large / max(4 * small, 0.02)


def calls(part: Callable[[str], None], text: str) -> int:
    """The calls of functions that ``part`` takes for ``text``: the same on every machine."""
    count = 0

    def note(_frame: object, event: str, _about: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        part(text)
    finally:
        sys.setprofile(before)
    return count


def _seconds(part: Callable[[str], None], text: str) -> float:
    start = time.process_time()
    part(text)
    return time.process_time() - start
