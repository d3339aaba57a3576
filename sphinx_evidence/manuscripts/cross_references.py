"""Words that point to a figure, a table, a box or an appendix that is not there; pure."""

import re
from collections import defaultdict
from collections.abc import Iterator

from sphinx_evidence.diagnostics.finding import Finding, did_you_mean
from sphinx_evidence.manuscripts.document import Document, Kind
from sphinx_evidence.prose.words import reports
from sphinx_evidence.rulebook.rule import Rule

_KINDS = {
    "appendix": "Appendix",
    "box": "Box",
    "fig": "Figure",
    "figure": "Figure",
    "table": "Table",
}
_KIND = r"(?<![\w-])(Box|Fig|Figure|Table)(?:e?s)?\.?"
# 2, S1, A.1, 1.2 in a chapter, IV; the letter of a panel counts for nothing.
_NUMBER = r"((?:[A-Z]{1,2}[.-]?)?\d{1,3}(?:\.\d{1,2}(?!\d)){0,2}|[IVX]{1,5}(?![a-z]))"
_CHAPTER = _NUMBER.replace(r"\.\d{1,2}", r"[.-]\d{1,2}")  # 3-1 of a caption is no range
_POINTER = re.compile(
    rf"{_KIND}[\s*_]{{1,4}}{_NUMBER}[a-z]?(?![\w%])"
    rf"(?:\s?(?:and|&|,|–|-|to)\s?(\d{{1,3}})(?![\w%]|\.\d))?",
    re.IGNORECASE,
)
_LABEL = r"([A-Z]\d{0,2}|\d{1,2}|[IVX]{1,4})"
_APPENDIX = re.compile(
    rf"(?<![\w-])(?:[Aa]ppendix|[Aa]ppendices|[Aa]nnex)\s{{1,3}}{_LABEL}(?![\w.]\w|\w)"
    rf"(?:\s?(?:and|&|,|–|-|to)\s?{_LABEL}(?![\w%]))?"
)
_LEAD = (
    r"[\s>*_|:\[(]{0,12}"
    r"(?:(?:Figure|Table)\W{1,5}|Insert\s|(?:Supplementa(?:ry|l)|Extended Data|Online)\s)?"
)
_CAPTION = re.compile(
    rf"{_LEAD}{_KIND}[*_]{{0,3}}[^\S\n]{{1,3}}[*_]{{0,3}}{_CHAPTER}[a-z]?(?!\w)(?P<rest>.{{0,60}})",
    re.IGNORECASE,
)
_APPENDIX_TITLE = re.compile(
    rf"[\s>*_|]{{0,12}}(?:Appendix|APPENDIX|Annex|ANNEX)[ \t]{{1,3}}{_LABEL}(?!\w)"
    r"(?:[*_]{0,3}[ \t]?[.:|–—-]|[^.]{0,90}$)"
)
# What follows the number of a caption: a mark, nothing, words that begin one, or “about here”.
_TITLE = re.compile(
    r"[*_\s]{0,6}(?:[.:|)–—-](?![\w])|$)|[*_\s]{0,3}\s[*_\s]{0,3}[^\Wa-z]|[*_\s]{0,3}\s[(\[“\"‘'*]"
    r"|[*_\s]{1,6}(?:about |around |near )?here\b"
)
_BOLD_TITLE = re.compile(r"(?:\*\*|__)\s{1,3}([a-z]\w{0,30})")
_SENTENCE_END = re.compile(r"[.!?:;|\])”\"*_]\s{0,9}$")
_ELSEWHERE = re.compile(r"(?:\d[a-z]?|n\.d\.|p\. ?\d+),\s*$")  # the table of a work that is cited
_POSTAL = re.compile(r"\bP\.?\s?O\.?\s$|\bPost(?:al)?\s(?:Office\s)?$", re.IGNORECASE)
_SUPPLEMENT = re.compile(
    r"\b(?:supplementa(?:ry|l)|additional|extended data|online|web)\s$", re.IGNORECASE
)
_OF_A_WORK = re.compile(r"\s{1,3}(?:of|in|from)\s{1,3}[A-Z][\w'’-]+\s[^.\n]{0,40}\d{4}")


def crossrefs(text: str, document: Document) -> Iterator[Finding]:
    """Every ``see Table 2`` without the caption of Table 2, and once what has no caption at all."""
    captions: dict[str, set[str]] = defaultdict(set)
    for kind, label in _captions(document):
        captions[kind].add(_folded(label))
    without: dict[str, list[re.Match[str]]] = defaultdict(list)
    for pattern in (_POINTER, _APPENDIX):
        for found in pattern.finditer(text):
            before, after = text[max(found.start() - 16, 0) : found.start()], found.end()
            named, *labels = (
                found.groups() if pattern is _POINTER else ("appendix", *found.groups())
            )
            if (
                _ELSEWHERE.search(before) or _POSTAL.search(before)
                or _OF_A_WORK.match(text, after, after + 70)
                or (labels[0] == "I" and named.islower())  # the figures I made
            ):  # fmt: skip
                continue
            kind = _KINDS[named.casefold()]
            if labels[-1] and _folded("-".join(labels)) in captions[kind]:
                continue
            apart = bool(_SUPPLEMENT.search(before))  # it may be a file of its own
            if not captions[kind] and not _series(labels[0]) and not apart:
                without[kind].append(found)
                continue
            for label in filter(None, labels):
                # The tables of a supplement, S1, may stand in a file of their own.
                beside = apart or (_series(label) and not any(map(_series, captions[kind])))
                if _folded(label) not in captions[kind] and not beside:
                    yield _nowhere(document, found, f"{kind} {label}", captions[kind])
    yield from (_no_caption(document, kind, found) for kind, found in without.items())


def _nowhere(document: Document, found: re.Match[str], target: str, labels: set[str]) -> Finding:
    words, kind = _words(found), target.partition(" ")[0]
    same = sorted((len(label), label) for label in labels)
    wrong = f"“{words}” leads nowhere: no caption of {target} is in the document."
    offer = did_you_mean([f"{kind} {label.upper()}" for _, label in same[:3]], "")
    remedy = f"{offer} If it is there, begin its caption with “{target}:”.".strip()
    place = document.location(found.start())
    return place.finding(Rule.MANUSCRIPT_CROSSREF, wrong, remedy, words)


def _no_caption(document: Document, kind: str, found: list[re.Match[str]]) -> Finding:
    words = _words(found[0])
    wrong = f"“{words}” leads nowhere: no caption of any {kind.lower()} is in the document."
    wrong += f" The text points to one at {len(found)} places." if found[1:] else ""
    remedy = f"Put it into the document, and begin its caption with “{kind} …:”."
    place = document.location(found[0].start())
    return place.finding(Rule.MANUSCRIPT_CROSSREF, wrong, remedy, words)


def _words(found: re.Match[str]) -> str:
    return " ".join(re.sub(r"[*_]", "", found[0]).split())


def _series(label: str) -> str:
    """The letters before a number: S of S1; those of Roman numbers are none."""
    return re.sub(r"[^A-Za-z]", "", label) if re.search(r"\d", label) else ""


def _folded(label: str) -> str:
    return label.lstrip("0").casefold()


def _captions(document: Document) -> Iterator[tuple[str, str]]:
    """Kind and label of each caption; a sentence that wraps at ``Table 2.`` is none."""
    for _, block in document.of(Kind.CAPTION):
        if found := _CAPTION.match(block.text):
            yield _KINDS[found[1].casefold()], found[2]
    before = ""
    for line in document.lines.texts:
        if not before.strip() or _SENTENCE_END.search(before) or line.lstrip()[:1] in {*"*>|"}:
            found = _CAPTION.match(line[:200])
            if found and (_TITLE.match(found["rest"]) or _bold(found["rest"])):
                yield _KINDS[found[1].casefold()], found[2]
            elif appendix := _APPENDIX_TITLE.match(line[:120]):
                yield "Appendix", appendix[1]
        before = line[-80:]


def _bold(rest: str) -> bool:
    """Whether words that begin small follow a number in bold, and they are no sentence about it."""
    found = _BOLD_TITLE.match(rest)
    return found is not None and not reports(found[1])
