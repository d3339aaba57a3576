"""Compare the citations of a document with its own list of references, in both directions.

Pure: imports neither Sphinx nor docutils.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from sphinx_evidence.findings import Finding
from sphinx_evidence.manuscripts import pointers
from sphinx_evidence.manuscripts.entry import Listed
from sphinx_evidence.manuscripts.listing import Lines, Listing, find
from sphinx_evidence.manuscripts.nearness import Citing, Shelf
from sphinx_evidence.prose.context import founding
from sphinx_evidence.prose.letters import plain
from sphinx_evidence.prose.matching import acronyms
from sphinx_evidence.prose.scanner import Mention, scan
from sphinx_evidence.prose.words import ORGANISATION

MOSTLY = 0.7  # of a list must be in order before the rest is told

_NOUNS = "account|analysis|article|book|chapter|paper|report|research|review|study|survey|work"
# "Alpha and Beta's review (2001)": what stands between the names and the year.
_POSSESSIVE = re.compile(rf"['’]s?(?:\s(?:{_NOUNS}|training))?(?=\s?\((?:1[5-9]|20)\d\d)|"
                         rf"(?<=\w)['’]s(?=\s(?:and|&)\s[A-Z])"
    r"|(?<=[A-Z])\straining(?=\s\()")  # fmt: skip
_MARKUP = re.compile(r"\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|<[^<>\n]{1,200}>|\x00|(?<=\w) {2}(?=\w)")


def audit(text: str, path: str) -> list[Finding]:
    """Every finding on a document, in the order of its lines."""
    text = text.removeprefix("\ufeff")
    lines = Lines.of(text)
    findings = [*pointers.links(text, path, lines)]
    listing = find(text, lines)
    body = text if listing is None else _without(text, listing)
    findings += pointers.crossrefs(body, path, lines)
    if listing is None or not listing.entries:
        findings.append(_no_list(path, lines, listing))
    else:
        findings += _citations(body, path, lines, listing.entries)
        if not listing.numbered:
            findings += _order(path, lines, listing.entries)
    return sorted(findings)


def flat(text: str) -> str:
    """The text as it is read, at the same offsets: no markup, and no line ends in paragraphs."""
    text = _MARKUP.sub(lambda found: " " * len(found[0]), text)
    text = text.replace("\r\n", " \n").replace("\r", "\n")
    # A paragraph ends the names, unless a page ended in the middle of its sentence.
    text = re.sub(r"(?:(?<=[^\w\s,;(&-])|(?<=\n)(.{0,60}))\n(?=[ \t]*\n)", r"\1¶", text)
    text = re.sub(r"(?<!\n)\n(?![ \t]*\n)", " ", text)
    return _POSSESSIVE.sub(lambda found: " " * len(found[0]), text)


def _without(text: str, listing: Listing) -> str:
    return text[: listing.start] + "\n" * (listing.end - listing.start) + text[listing.end :]


def _no_list(path: str, lines: Lines, listing: Listing | None) -> Finding:
    if listing is None:
        wrong = "No list of references was found: no line reads “References”."
        remedy = "Write the heading “References” on a line of its own, and the works below it."
        return Finding(path, 1, "manuscript-no-list", wrong, remedy)
    line, _ = lines.place(listing.start)
    wrong = "No work stands below this heading."
    remedy = "Write the works below it, one in each paragraph, with names and year."
    return Finding(path, line, "manuscript-no-list", wrong, remedy)


def _citations(body: str, path: str, lines: Lines, entries: Sequence[Listed]) -> Iterator[Finding]:
    read = flat(body)
    shelf = Shelf(entries, acronyms(read))
    for mention in scan(read):
        for cited in mention.works:
            sure = mention.sure or _of_an_organisation(read, mention)
            result = shelf.look_up(cited, sure=sure, bare=mention.form == "bare")
            if result is None:
                continue
            line, column = lines.place(cited.start)
            words = " ".join(read[cited.start : cited.end].split())
            words += ")" if words.rfind("(") > words.rfind(")") else ""
            yield _cited_finding(path, line, column, words, result)
    for index, entry in enumerate(entries):
        if index not in shelf.used:
            wrong = f"{entry.shown} is in the list, but the text never cites it."
            remedy = "Cite it where it is used, or take it out of the list."
            line, column = lines.place(entry.start)
            words = entry.text[:60]
            yield Finding(path, line, "manuscript-uncited", wrong, remedy, column, words)


def _of_an_organisation(text: str, mention: Mention) -> bool:
    """Whether the words are an organisation and a year in brackets, and not its founding."""
    words = {word.casefold() for name in mention.works[0].names for word in name.split()}
    return (
        mention.form == "narrative"
        and bool(words & ORGANISATION)
        and not founding(text, mention.start, mention.end)
    )


def _cited_finding(path: str, line: int, column: int, words: str, result: Citing) -> Finding:
    """Say what differs between the words and the entry that is nearest."""
    entry, rule = result.entry, f"manuscript-{result.kind}"
    if entry is None:
        wrong = f"“{words}” leads to no entry of the list."
        remedy = "Add the work to the list, or correct the names and the year."
    elif result.kind == "unlisted":
        wrong = f"“{words}” leads to no entry of the list."
        remedy = f"The nearest entry is {entry.shown}, line {entry.line}. Cite it, or add the work."
    elif result.kind == "year":
        wrong = f"“{words}”: the list gives another year, {entry.shown}, line {entry.line}."
        remedy = f"Write {entry.year or 'a year in both places'}, or correct the year in the list."
    else:
        wrong = f"“{words}” is not written as in the list, line {entry.line}: "
        wrong += f"{result.differs.removesuffix('.')}."
        remedy = f"Write {entry.shown}, or correct the names in the list."
    return Finding(path, line, rule, wrong, remedy, column, words)


def _order(path: str, lines: Lines, entries: Sequence[Listed]) -> Iterator[Finding]:
    """The fewest entries that must be moved to put the list in order."""
    keys = [_sorted_by(entry) for entry in entries]
    stay = _longest_rising(keys)
    if len(stay) < MOSTLY * len(entries):
        return  # another order, such as that of the citations
    kept = [index for index in range(len(entries)) if index in stay]
    kept_keys = [keys[index] for index in kept]
    for index, entry in enumerate(entries):
        if index in stay:
            continue
        at = bisect_left(kept_keys, keys[index])
        last = at == len(kept)
        other = entries[kept[-1 if last else at]]
        line, column = lines.place(entry.start)
        wrong = f"{entry.shown} is out of alphabetical order."
        remedy = f"Move it {'after' if last else 'before'} {other.shown}, line {other.line}."
        words = entry.text[:60]
        yield Finding(path, line, "manuscript-order", wrong, remedy, column, words)


def _sorted_by(entry: Listed) -> tuple[str, ...]:
    """The letters by which an entry is ordered; a particle counts as the first letter."""
    return tuple(plain(name) for name in entry.names) or (plain(entry.title[:60]),)


def _longest_rising(keys: Sequence[tuple[str, ...]]) -> set[int]:
    """The places of a longest run of keys that never falls.

    It is read from the end, so that of two entries the later one is told to move.
    """
    ranks = {key: rank for rank, key in enumerate(sorted(set(keys)))}
    tails: list[int] = []  # the negative rank with which a run of each length ends
    ends: list[int] = []
    after = [-1] * len(keys)
    for index in range(len(keys) - 1, -1, -1):
        rank = -ranks[keys[index]]
        at = bisect_right(tails, rank)
        after[index] = ends[at - 1] if at else -1
        if at == len(ends):
            ends.append(index)
            tails.append(rank)
        else:
            ends[at], tails[at] = index, rank
    run: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        run.add(at)
        at = after[at]
    return run
