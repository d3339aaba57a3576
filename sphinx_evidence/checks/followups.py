"""Findings that only follow from what could not be read: a directive, a page, an entry.

What it was to define is missing everywhere: a box without its title has no number on any page,
and a glossary with a misspelt name explains no term. The directive is the one mistake.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from sphinx_evidence.bibliography.reader import Bibliography
from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.rulebook.rule import Rule

# What names something that the directive may have been to define.
_NAMED = {
    Rule.CITATION_UNUSED, Rule.CROSSREF_HEADING, Rule.CROSSREF_NAME, Rule.CROSSREF_NUMBER,
    Rule.CROSSREF_TERM, Rule.CROSSREF_TYPED,
}  # fmt: skip
_OF_PAGES = {Rule.CITATION_UNUSED, Rule.CROSSREF_HEADING}
_INSIDE = {Rule.CROSSREF_UNREFERENCED, Rule.FENCE_OPEN, Rule.IMAGE_ALT, Rule.MARKUP_LEFT}
_FILES = {Rule.CROSSREF_PAGE, Rule.POLICY_FILE}
# With markup that was not read as it is meant, words go that are there when it is mended.
_MARKUP = ("block-nested", "fence-", "markup-", "policy-content", "policy-directive")
_LISTS = {"bibliography", "footbibliography"}


class Lost(NamedTuple):
    """A directive that could not be read: its file, its lines, and the words in them.

    Of a page, there are no lines. Without words, nobody knows what it was to define: it may be
    any name, as in a file that was to be included.
    """

    path: str
    lines: range
    words: frozenset[str]


def without_followups(
    findings: Iterable[Finding], lost: Sequence[Lost], bibliography: Bibliography
) -> Iterator[Finding]:
    """The findings that are mistakes of their own."""
    in_entries = {word for one in bibliography.unread for word in _words(one.text)}
    words = frozenset[str]().union(*(one.words for one in lost))
    given = list(findings)
    unknown = any(not one.words for one in lost)
    page = any(not one.words and not one.lines for one in lost)
    pages = {_stem(one.path) for one in lost if not one.lines}
    unread = {one.path for one in lost}
    unread |= {one.path for one in given if one.rule.startswith(_MARKUP)}
    lines: dict[str, set[int]] = {}  # of each file, that were not read
    for one in lost:
        lines.setdefault(one.path, set()).update(one.lines)
    for finding in given:
        inside = finding.line in lines.get(finding.path, ())
        follows = (
            (finding.rule in _NAMED and finding.words.casefold() in words)
            # A file that is included may have any name, a page any heading, too.
            or (finding.rule in _NAMED and unknown and (page or finding.rule not in _OF_PAGES))
            or (finding.rule in _INSIDE and inside)
            or (finding.rule is Rule.CITATION_UNLISTED and words & _LISTS)
            or (finding.rule is Rule.PAGE_LOST and finding.path in unread)
            or (finding.rule in _FILES and _stem(finding.words) in pages)
            or (finding.rule is Rule.PAGE_ORPHAN and _stem(finding.path) in words)
            or (
                finding.rule is Rule.CITATION_UNMATCHED
                and (bibliography.missing or _words(finding.words) <= in_entries)
            )
        )
        if not follows:
            yield finding


def _words(text: str) -> set[str]:
    """Names and years, as an entry and a citation of it share them."""
    return {word.casefold() for word in re.findall(r"\d{4}|[^\W\d_]{3,}", text)}


def _stem(path: str) -> str:
    return PurePosixPath(path).stem.casefold()
