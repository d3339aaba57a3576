"""How a page is written: sentences on lines of their own, a summary, a way on, length, words."""

import re
from collections.abc import Iterator, Mapping

from sphinx_evidence.diagnostics.finding import Finding, Location
from sphinx_evidence.diagnostics.suppressions import Suppression, suppressions
from sphinx_evidence.rulebook.rule import Rule, Severity
from sphinx_evidence.style.page import Page
from sphinx_evidence.style.sentences import own_words, sentence_starts
from sphinx_evidence.style.settings import StyleSettings

RULES = (
    Rule.STYLE_SENTENCE,
    Rule.STYLE_SUMMARY,
    Rule.STYLE_ONWARD,
    Rule.STYLE_LENGTH,
    Rule.STYLE_WORDING,
)
SUMMARY = "summary"  # the class of a page's first paragraph, which PDFs set apart, too
MOST = 3  # sentences of a summary
_ONWARD = re.compile(
    r"(?<!!)\[(?:[^\[\]]|\[[^\[\]]*\])*\]\((?!https?:|mailto:)[^()\s]+\)"
    r"|\{(?:any|doc|numref|ref|term)\}`|<project:"
)


def check_page(page: Page, path: str, settings: StyleSettings) -> list[Finding]:
    """Every finding on how a page is written."""
    return sorted([
        *_sentences(page, path),
        *_summary(page, path),
        *_onward(page, path),
        *_length(page, path, settings.page_words),
        *_wording(page, path, settings.wording),
    ])  # fmt: skip


def asked(severities: Mapping[Rule, Severity], settings: StyleSettings) -> bool:
    """Whether a project asks for any rule, so that its pages need to be read for them."""
    on = {rule for rule in RULES if severities[rule] is not Severity.OFF}
    return bool(on - {Rule.STYLE_WORDING} or (on and settings.wording))


def suppressions_of(page: Page, path: str) -> Iterator[Suppression]:
    """The suppressions on a page, and not those that it prints as an example."""
    found = suppressions(page.lines.text, path)
    return (suppression for suppression in found if suppression.line in page.comments)


def _sentences(page: Page, path: str) -> Iterator[Finding]:
    for block in page.blocks:
        if block.kind != "paragraph":
            continue
        for start, gap in sentence_starts(block.text):
            if "\n" not in gap:
                words = " ".join(block.text[start:].split("\n")[0].split()[:3])
                wrong = "A second sentence begins on this line."
                remedy = f"Begin a new line before “{words}”."
                location = Location(path, *block.position(start))
                yield location.finding(Rule.STYLE_SENTENCE, wrong, remedy, words)


def _summary(page: Page, path: str) -> Iterator[Finding]:
    below = [block for block in page.blocks if block.kind not in {"argument", "option"}][1:2]
    location = Location(path, *page.title)
    if not below or SUMMARY not in below[0].names:
        wrong = "The page does not begin with its summary."
        remedy = f"Write {{.{SUMMARY}}} in a line below the title, then what the page is about."
        yield location.finding(Rule.STYLE_SUMMARY, wrong, remedy)
        return
    starts = [start for start, _ in sentence_starts(below[0].text)]
    if len(starts) >= MOST:
        wrong = f"The summary has {len(starts) + 1} sentences."
        remedy = f"Keep 1 to {MOST}, and move the others into the paragraph below it."
        location = Location(path, *below[0].position(starts[MOST - 1]))
        yield location.finding(Rule.STYLE_SUMMARY, wrong, remedy)


def _onward(page: Page, path: str) -> Iterator[Finding]:
    kind, first, last = page.end
    line = page.lines.line(last)
    if not _ONWARD.search(line):
        wrong = "The last line of the page leads to no other page."
        remedy = "End it with a link to the page to read next, such as [its title](its-name.md)."
        # A list or a directive is suppressed in the line before it.
        location = Location(path, last if kind == "paragraph" else first, 1)
        yield location.finding(Rule.STYLE_ONWARD, wrong, remedy)


def _length(page: Page, path: str, most: int) -> Iterator[Finding]:
    count = sum(len(block.text.split()) for block in page.blocks)
    if count > most:
        wrong = f"The page has {count} words; evidence_page_words allows {most}."
        remedy = "Shorten it, or move a part of it to a page of its own."
        yield Location(path, *page.title).finding(Rule.STYLE_LENGTH, wrong, remedy)


def _wording(page: Page, path: str, wording: Mapping[str, str]) -> Iterator[Finding]:
    # The words may stand on two lines.
    patterns = {
        re.compile(rf"\b(?:{pattern})\b".replace(" ", r"\s+"), re.IGNORECASE): instead
        for pattern, instead in wording.items()
    }
    for block in page.blocks:
        own = own_words(block.text) if not block.quoted else ""
        for pattern, instead in patterns.items():
            for found in pattern.finditer(own):
                words = " ".join(found[0].split())
                wrong = f"“{words}” is not how this project puts it."
                location = Location(path, *block.position(found.start()))
                yield location.finding(Rule.STYLE_WORDING, wrong, f"Write {instead}.", words)
