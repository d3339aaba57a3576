"""Rules on pages, volumes and numbers."""

import re
from collections.abc import Iterator

from sphinx_evidence.bibliography.faults import Fault, every
from sphinx_evidence.bibliography.reader import Bibliography, Entry
from sphinx_evidence.rulebook.rule import Rule

# Not inside e-locators such as e303-14 or 1:303-14; a letter before both is a supplement's.
_RANGE = re.compile(
    r"(?<![\w.:–—-])(?P<letter>[A-Za-z]?)(?P<first>\d{1,9})\s*(?:--?-?|–|—)\s*(?P=letter)"
    r"(?P<last>\d{1,9})(?![\w:–—-])"
)
_OPEN = re.compile(r"([A-Za-z]?(?<!\d)\d++)\s*(?:--?-?|–|—)\s*(?=,|$)")  # 101--
_WORD = {
    "pages": re.compile(r"^(?:pp?\.\s*|pp?\s+|pages?:?\s+|S\.\s*)(?=[\divxlce])", re.IGNORECASE),
    "volume": re.compile(r"^(?:vols?\.?|volumes?|bd\.?|band)\s*(?=\d)", re.IGNORECASE),
    "number": re.compile(r"^(?:no\.|nos\.|nr\.|n°|issue|number|#)\s*(?=\d)", re.IGNORECASE),
    "edition": re.compile(r"\s*(?:\bedn\b\.?|\bed\b\.?|\bedition\b)$", re.IGNORECASE),
}


def check_page_ranges(bibliography: Bibliography) -> Iterator[Fault]:
    """Every fault of a range of pages, and every word that a style adds itself."""
    for entry, name, value in every(bibliography.entries, *_WORD):
        # The numbers of reports may have words: they are their names.
        found = _WORD[name].search(value)
        if found and (name != "number" or entry.type == "article"):
            right = value[: found.start()] + value[found.end() :]
            wrong = f'"{found[0].strip()}" would be shown twice.'
            remedy = f"Write the number alone: {name} = {{{right}}},"
            yield Fault(Rule.BIB_NUMBER, entry, name, wrong, remedy, right, found[0].strip())
        elif name == "pages":
            yield from _pages(entry, name, value)


def _pages(entry: Entry, name: str, value: str) -> Iterator[Fault]:
    if found := _OPEN.search(value):
        wrong = f'the pages "{found[0].strip()}" have no end.'
        remedy = f"Write the last page, too, or the first alone: pages = {{{found[1]}}},"
        yield Fault(Rule.BIB_PAGES, entry, name, wrong, remedy, words=found[0].strip())
        return
    ranges = list(_RANGE.finditer(value))
    cut = next((found for found in ranges if _full(found) != found[0]), None)
    if cut:
        certain = _RANGE.sub(_full, value)  # all of them, so that nothing is left to mend
        remedy = f"Write pages = {{{certain}}},"
        wrong = f'the pages "{cut[0]}" are cut short.'
        yield Fault(Rule.BIB_PAGES_SHORT, entry, name, wrong, remedy, certain, cut[0])
    for found in ranges:
        if int(found["first"]) > int(found["last"]) and _full(found) == found[0]:
            wrong = f'the pages "{found[0]}" end before they begin.'
            remedy = "Put the smaller number first."
            yield Fault(Rule.BIB_PAGES, entry, name, wrong, remedy, words=found[0])
            return


def _full(found: re.Match[str]) -> str:
    """A range with its last page in full: 303--314 for 303-14; else as it is."""
    letter, first, last = found.groups()
    full = first[: max(len(first) - len(last), 0)] + last
    cut = int(last) < int(first) < int(full) and len(last) < len(first)
    return f"{letter}{first}--{letter}{full}" if cut else found[0]
