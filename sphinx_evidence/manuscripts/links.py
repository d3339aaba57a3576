"""Links of a manuscript that have no address; pure."""

import re
from collections.abc import Iterator

from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.manuscripts.document import Document
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.spans import meeting

_CLICK = re.compile(r"\bclick(?:ing)? (?:on )?(?:this|here)\b(?: link\b)?", re.IGNORECASE)
_AVAILABLE = re.compile(
    r"\b(?:available (?:online )?(?:at|from)|retrieved from|accessible at)\b", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?:|www\.|doi|10\.\d|[\w-]{1,60}\.[a-z]{2,}", re.IGNORECASE)


def links(document: Document) -> Iterator[Finding]:
    """Every link without an address."""
    text, found_links = document.text, list(document.links())
    for link in found_links:
        if not link.address:
            words = " ".join(text[link.start : link.end].split())
            name = f"The link “{words[:60]}”" if words else "A link"
            wrong = f"{name} has no address: readers cannot follow it."
            remedy = "Give it one that begins with https://, or take the link away."
            place = document.location(link.start)
            yield place.finding(Rule.MANUSCRIPT_LINK, wrong, remedy, words[:80])
    spans = [(link.start, link.end) for link in found_links]
    for pattern, reach in ((_CLICK, 40), (_AVAILABLE, 30)):
        for found in pattern.finditer(text):
            rest = text[found.end() : found.end() + reach]
            # What is a link has an address, or is told above.
            if _ADDRESS.search(rest) or meeting(spans, found.start(), found.end() + reach):
                continue
            if pattern is _AVAILABLE and not re.match(r"\s*(?:[:.,;)<\]]|$|[\r\n])", rest):
                continue  # "available at any time"
            words = " ".join(found[0].split())
            wrong = f"“{words}” gives no address."
            remedy = "Type the address after it, beginning with https://, or take the words away."
            place = document.location(found.start())
            yield place.finding(Rule.MANUSCRIPT_LINK, wrong, remedy, words)
