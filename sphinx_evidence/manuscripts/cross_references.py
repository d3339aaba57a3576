"""Words that point to a figure, a table, a box, an appendix or a link that is not there."""

import re
from collections.abc import Iterator

from sphinx_evidence.diagnostics.finding import Finding, did_you_mean
from sphinx_evidence.manuscripts.document import Document, Kind
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.spans import meeting

_KINDS = {
    "appendix": "Appendix",
    "box": "Box",
    "fig": "Figure",
    "figure": "Figure",
    "table": "Table",
}
_POINTER = re.compile(
    r"(?<![\w-])(Box|Fig|Figure|Table)(?:e?s)?\.?[ \t\r\n*_]{1,4}(\d{1,3})[a-z]?(?![\w%])"
    r"(?:\s?(?:and|&|,|–|-|to)\s?(\d{1,3})(?![\w%.]))?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"[\s>*_|]{0,12}(Box|Fig|Figure|Table)\.?[ \t]{1,3}(\d{1,3})[a-z]?(?!\w)", re.IGNORECASE
)
_CAPTION = re.compile(
    rf"{_NUMBERED.pattern}(?:[*_]{{0,3}}[ \t]?[.:|–—-]|[*_\s]{{0,6}}$)", re.IGNORECASE
)
_LABEL = r"([A-Z]\d{0,2}|\d{1,2}|[IVX]{1,4})"
_APPENDIX = re.compile(
    rf"(?<![\w-])(?:[Aa]ppendix|[Aa]ppendices|[Aa]nnex)\s{{1,3}}{_LABEL}(?![\w.]\w|\w)"
    rf"(?:\s?(?:and|&|,|–|-|to)\s?{_LABEL}(?![\w%]))?"
)
_APPENDIX_TITLE = re.compile(
    rf"[\s>#*_|]{{0,12}}(?:Appendix|APPENDIX|Annex|ANNEX)[ \t]{{1,3}}{_LABEL}(?!\w)"
    r"(?:[*_]{0,3}[ \t]?[.:|–—-]|[^.]{0,90}$)"
)
_ELSEWHERE = re.compile(r"(?:\d[a-z]?|n\.d\.|p\. ?\d+),\s*$")  # the table of a work that is cited
_OF_A_WORK = re.compile(r"\s{1,3}(?:of|in|from)\s{1,3}[A-Z][\w'’-]+\s[^.\n]{0,40}\d{4}")
_CLICK = re.compile(r"\bclick(?:ing)? (?:on )?(?:this|here)\b(?: link\b)?", re.IGNORECASE)
_AVAILABLE = re.compile(
    r"\b(?:available (?:online )?(?:at|from)|retrieved from|accessible at)\b", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?:|www\.|doi|10\.\d|[\w-]{1,60}\.[a-z]{2,}", re.IGNORECASE)


def crossrefs(text: str, document: Document) -> Iterator[Finding]:
    """Every ``see Table 2`` without a line that begins as the caption of Table 2."""
    captions = set(_captions(document))
    for pattern in (_POINTER, _APPENDIX):
        for found in pattern.finditer(text):
            before, after = text[max(found.start() - 12, 0) : found.start()], found.end()
            if _ELSEWHERE.search(before) or _OF_A_WORK.match(text, after, after + 70):
                continue
            kind, *labels = found.groups() if pattern is _POINTER else ("appendix", *found.groups())
            kind = _KINDS[kind.casefold()]
            for label in filter(None, labels):
                if (kind, label.lstrip("0")) not in captions:
                    yield _finding(document, found, f"{kind} {label}", captions)


def _finding(
    document: Document, found: re.Match[str], target: str, captions: set[tuple[str, str]]
) -> Finding:
    words = " ".join(re.sub(r"[*_]", "", found[0]).split())
    kind = target.partition(" ")[0]
    same = sorted((len(label), label) for known, label in captions if known == kind)
    wrong = f"“{words}” leads nowhere: no line begins with “{target}”."
    offer = did_you_mean([f"{kind} {label}" for _, label in same[:3]], "")
    remedy = f"{offer} If it is there, begin its caption with “{target}:”.".strip()
    place = document.location(found.start())
    return place.finding(Rule.MANUSCRIPT_CROSSREF, wrong, remedy, words)


def _captions(document: Document) -> Iterator[tuple[str, str]]:
    """Kind and label of each caption; a sentence that wraps at ``Table 2.`` is none."""
    for _, block in document.of(Kind.CAPTION):
        if found := _NUMBERED.match(block.text):
            yield _KINDS[found[1].casefold()], found[2].lstrip("0")
    before = ""
    for line in document.lines.texts:
        if not before.strip() or line.lstrip()[:1] in {"*", ">", "|"}:
            if found := _CAPTION.match(line[:80]):
                yield _KINDS[found[1].casefold()], found[2].lstrip("0")
            elif appendix := _APPENDIX_TITLE.match(line[:120]):
                yield "Appendix", appendix[1]
        before = line[:80]


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
