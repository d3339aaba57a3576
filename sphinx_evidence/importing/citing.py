"""Which words of a manuscript cite for certain, and the roles that stand for them."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from sphinx_evidence.manuscripts.audit import flat
from sphinx_evidence.manuscripts.document import Document, Kind
from sphinx_evidence.manuscripts.lookup import Shelf
from sphinx_evidence.manuscripts.numbered import numbers
from sphinx_evidence.manuscripts.reference_list import Listing
from sphinx_evidence.prose.citation import Cited, Mention
from sphinx_evidence.prose.matching import acronyms
from sphinx_evidence.prose.scanner import scan
from sphinx_evidence.word.blocks import Manuscript
from sphinx_evidence.word.document import rendered

_LEAD = re.compile(r"[\w .,’'-]{0,40}")  # what may stand before or behind a work in its role


class Role(NamedTuple):
    """Words of the document, by their offsets in it, and the role that takes their place."""

    start: int
    end: int
    text: str


def field_roles(
    manuscript: Manuscript, starts: Mapping[int, int], keys: Mapping[int, Sequence[str]]
) -> Iterator[Role]:
    """The fields of reference managers that cite and say no more; ``keys`` by their identity."""
    for one in manuscript.paragraphs:
        if not any(span.citation for span in one.spans):
            continue
        start, made = starts[one.number], rendered(one)
        for cited, same in groupby(made.pieces, lambda piece: piece[1].citation):
            spans = list(same)
            words = "".join(span.text for _, span in spans).strip()
            bracket = words[:1] + words[-1:] in {"()", "[]"} or all(s.raised for _, s in spans)
            if cited and bracket and not cited.more and keys.get(id(cited)):
                end = spans[-1][0] + len(spans[-1][1].text)
                text = f"{{cite:p}}`{','.join(keys[id(cited)])}`"
                yield Role(start + spans[0][0], start + end, text)


def roles(document: Document, listing: Listing, keys: Sequence[str]) -> Iterator[Role]:
    """The citations in the words; ``keys`` are those of the entries of the list."""
    read = flat(document.text, (s + len(b.text) for s, b in document.of(Kind.HEADING)))
    shelf = Shelf(listing.entries, acronyms(read))
    headings = [(start, start + len(block.text)) for start, block in document.of(Kind.HEADING)]
    found = [*_by_year(document.text, read, shelf, keys)]
    if listing.numbered or not found:
        found += _by_number(document.text, listing, keys)
    for role in found:
        at = bisect_right(headings, (role.start, len(document.text))) - 1
        in_heading = at >= 0 and role.start < headings[at][1]
        if not in_heading and not listing.start <= role.start < listing.end:
            yield role


def apart(first: Iterable[Role], then: Iterable[Role]) -> list[Role]:
    """The roles in order, without those that reach into another; ``first`` go before."""
    kept = sorted(first)
    begun = [role.start for role in kept]
    for role in then:
        at = bisect_right(begun, role.start)
        before = kept[at - 1].end if at else 0
        behind = kept[at].start if at < len(kept) else role.end
        if before <= role.start and role.end <= behind:
            kept.insert(at, role)
            begun.insert(at, role.start)
    return kept


def _by_year(text: str, read: str, shelf: Shelf, keys: Sequence[str]) -> Iterator[Role]:
    brackets: dict[tuple[int, int], list[Mention]] = defaultdict(list)
    for mention in scan(read):
        if mention.form == "parenthetical" and mention.bracket:
            brackets[mention.bracket].append(mention)
        elif mention.form == "narrative" and not mention.possessive and len(mention.works) == 1:
            key = _key(shelf, mention.works[0], keys)
            place = _place(mention.works[0])
            whole = _whole(text[mention.start : mention.end], read[mention.start : mention.end])
            if key and place is not None and whole:
                yield Role(mention.start, mention.end, f"{{cite:t}}`{key}{place}`")
    for (start, end), mentions in brackets.items():
        stop = end + (read[end : end + 1] in {")", "]"})
        written = _bracket(read[start:stop], start, mentions, shelf, keys)
        if written and _whole(text[start:stop], read[start:stop]):
            yield Role(start, stop, f"{{cite:p}}`{written}`")


def _whole(text: str, read: str) -> bool:
    """Whether nothing of a text was overread, such as “report” in “WHO report (2019)”."""
    return re.sub(r"[\s*_]", "", text) == re.sub(r"\s", "", read) and "\n\n" not in text


def _bracket(
    words: str, start: int, mentions: Sequence[Mention], shelf: Shelf, keys: Sequence[str]
) -> str:
    """What a role gives for all of a bracket; empty where it holds anything that is no citation."""
    rest, written = list(words), []
    for mention in mentions:
        for at in range(mention.start - start, mention.end - start):
            rest[at] = " "
        for cited in mention.works:
            key, place = _key(shelf, cited, keys), _place(cited)
            if not key or place is None or not _LEAD.fullmatch(cited.pre):
                return ""
            lead = f"{{{cited.pre.strip(' ,')}}}" if cited.pre.strip(" ,") else ""
            written.append(f"{lead}{key}{place}")
    left = "".join(rest)
    for cited in (cited for mention in mentions for cited in mention.works):
        for words_beside in filter(None, (cited.pre, cited.post)):
            left = left.replace(words_beside, "", 1)
    return ",".join(written) if not re.sub(r"[\s;,()\[\]]", "", left) else ""


def _key(shelf: Shelf, cited: Cited, keys: Sequence[str]) -> str:
    """The key of the one entry that fits fully."""
    found = shelf.exact(cited)
    return keys[found[0]] if len(found) == 1 else ""


def _place(cited: Cited) -> str | None:
    """The place in the work, as a role has it; nothing where a role cannot."""
    words = cited.post.strip(" ,")
    if not _LEAD.fullmatch(words.replace("–", "-")) or "," in words:
        return None
    return f"{{{words}}}" if words else ""


def _by_number(text: str, listing: Listing, keys: Sequence[str]) -> Iterator[Role]:
    labels = [one.number if listing.numbered else at for at, one in enumerate(listing.entries, 1)]
    known: Mapping[int, str] = dict(zip(labels, keys, strict=True))
    for cited in numbers(text, max(labels), by_year=not listing.numbered):
        wanted = [n for first, last in cited.ranges if last - first < 100  # noqa: PLR2004
                  for n in range(first, last + 1)]  # fmt: skip
        plain = re.fullmatch(r"[\[(^]?[\d\s,;–—-]+[\])^]?", cited.words)
        if wanted and plain and all(n in known for n in wanted):
            yield Role(cited.start, cited.end, f"{{cite:p}}`{','.join(known[n] for n in wanted)}`")
