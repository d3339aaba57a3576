"""Compare the citations of a document with its own list of references, in both directions."""

import re
from collections.abc import Iterator
from dataclasses import replace

from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.manuscripts import cross_references, order
from sphinx_evidence.manuscripts.classify import Manuscript, titles
from sphinx_evidence.manuscripts.entry import Listed
from sphinx_evidence.manuscripts.lookup import Citing, Shelf
from sphinx_evidence.manuscripts.numbered import Count, count, numbers
from sphinx_evidence.manuscripts.reference_list import Listing, find_reference_list
from sphinx_evidence.prose.matching import acronyms
from sphinx_evidence.prose.scanner import scan
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.lines import Lines

MANY = 5  # works of which none is cited: the text cites in another way

_NOUNS = (
    "account|analysis|article|book|chapter|framework|guidance|guideline|guide|model|paper|report|"
    "research|review|statement|study|survey|training|work"
)
# "Alpha and Beta's review (2001)", "WHO report (2001)": what stands between names and year.
_POSSESSIVE = re.compile(
    rf"['’]s?(?:(?:\s[a-z]{{2,12}}){{0,2}}\s(?:{_NOUNS}))?(?=\s?\((?:1[5-9]|20)\d\d)"
    rf"|(?<=\w)['’]s(?=\s(?:and|&)\s[A-Z])|(?<=[A-Z]{{2}})\s(?:{_NOUNS})(?=\s\()"
)
_CODE = re.compile(
    r"(?m)^ {0,3}(`{3,9}|~{3,9})[^\r\n]{0,99}$[\s\S]*?^ {0,3}\1"
    r"|(?<!`)(`{1,2})(?!`)[^`\r\n]{1,300}\2(?!`)"
)
_MARKUP = re.compile(r"\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|<[^<>\n]{1,200}>|\x00|(?<=\w) {2}(?=\w)")


def audit(text: str, path: str) -> list[Finding]:
    """Every finding on a document, in the order of its lines."""
    lines = Lines(text)
    findings = [*cross_references.links(text, path, lines)]
    listing = find_reference_list(text, lines)
    body = text if listing is None else _without(text, listing)
    body = _CODE.sub(lambda found: re.sub(r"[^\r\n]", " ", found[0]), body)
    findings += cross_references.crossrefs(body, path, lines)
    if listing is None or not listing.entries:
        findings.append(_no_list(path, lines, listing))
    else:
        findings += _Audit(body, path, lines, listing).findings()
    if listing:
        findings += _unread(path, lines, listing)
    return sorted(findings)


def flat(text: str) -> str:
    """The text as it is read, at the same offsets: no markup, and no line ends in paragraphs."""
    text = _MARKUP.sub(lambda found: " " * len(found[0]), text)
    text = text.replace("\r\n", " \n").replace("\r", "\n")
    # A heading ends the names, and so does a paragraph, unless a page ended in its sentence.
    text = re.sub(r"(?m)^([ \t]{0,3}#{1,6}[ \t].{0,300})\n", r"\1¶", text)
    text = re.sub(r"(?:(?<=[^\w\s,;(&-])|(?m:^)(.{0,60}))\n(?=[ \t]*\n)", r"\1¶", text)
    text = re.sub(r"(?<!\n)\n(?![ \t]*\n)", " ", text)
    return _POSSESSIVE.sub(lambda found: " " * len(found[0]), text)


def _without(text: str, listing: Listing) -> str:
    return text[: listing.start] + "\n" * (listing.end - listing.start) + text[listing.end :]


def _no_list(path: str, lines: Lines, listing: Listing | None) -> Finding:
    if listing is None:
        wrong = "No list of references was found: no line reads “References”."
        remedy = "Write the heading “References” on a line of its own, and the works below it."
        return Finding(path, 1, Rule.MANUSCRIPT_NO_LIST, wrong, remedy)
    line, _ = lines.position(listing.start)
    wrong = "No work stands below this heading."
    remedy = "Write the works below it, one in each paragraph, with names and year."
    return Finding(path, line, Rule.MANUSCRIPT_NO_LIST, wrong, remedy)


def _unread(path: str, lines: Lines, listing: Listing) -> Iterator[Finding]:
    for start, words in listing.unread:
        line, column = lines.position(start)
        wrong = "This paragraph of the list is read as no work."
        remedy = "Begin it with names and year, as “Alpha, A. (2001) Title.”, or take it out."
        yield Finding(path, line, Rule.MANUSCRIPT_UNREAD, wrong, remedy, column, words[:60])


class _Audit:
    """The citations of a text against the works of its list."""

    def __init__(self, body: str, path: str, lines: Lines, listing: Listing) -> None:
        self.body, self.path, self.lines = body, path, lines
        self.entries, self.listing = listing.entries, listing

    def findings(self) -> Iterator[Finding]:
        read = flat(self.body)
        shelf = Shelf(self.entries, acronyms(read))
        yield from self._by_year(read, shelf)
        counted = self._by_number(by_year=bool(shelf.used))
        cited = shelf.used | counted.first.keys()
        yield from self._uncited(cited)
        highest = max(entry.number for entry in self.entries)
        for number, missing in counted.missing:
            line, column = self.lines.position(number.start)
            one = len(missing) == 1
            which = ", ".join(map(str, missing[:5])) + (", …" if len(missing) > 5 else "")  # noqa: PLR2004
            wrong = f"“{number.words}”: the list has no number{'' if one else 's'} {which}."
            remedy = "Correct the number, or add the work to the list"
            remedy += f", which ends at {highest}." if highest else "."
            yield self._finding(Rule.MANUSCRIPT_NUMBER, line, column, wrong, remedy, number.words)
        if not self.listing.numbered and counted.first:
            line, column = self.lines.position(self.listing.start)
            wrong = "The text cites by number, but the works of the list have no numbers."
            remedy = "Put its number before each work: “1. Alpha A.”"
            yield self._finding(Rule.MANUSCRIPT_NUMBER, line, column, wrong, remedy)
        if counted.first and self.listing.numbered:
            yield from self._twice()
            yield from order.by_citation(self.path, self.lines, self.entries, counted.first)
        elif not self.listing.numbered and not counted.first:
            yield from order.by_alphabet(self.path, self.lines, self.entries)

    def _by_year(self, read: str, shelf: Shelf) -> Iterator[Finding]:
        mentions = scan(read)
        text = Manuscript(read, titles(self.body))
        text = replace(text, without_comma=any(
            mention.form == "parenthetical" and not cited.readings[0].comma and shelf.fits(cited)
            for mention in mentions for cited in mention.works[:1]
        ))  # fmt: skip
        for mention in mentions:
            sure = text.cites(mention)
            for cited in text.works(mention):
                fits = mention.form == "bare" or mention.unmarked
                result = shelf.look_up(cited, sure=sure, bare=fits)
                if result is None:
                    continue
                line, column = self.lines.position(cited.start)
                words = " ".join(read[cited.start : cited.end].split())
                words += ")" if words.rfind("(") > words.rfind(")") else ""
                yield _cited_finding(self.path, line, column, words, result)

    def _by_number(self, *, by_year: bool) -> Count:
        """The citations by number; works without numbers count by their place in the list."""
        listed = self.listing.numbered
        if not listed and by_year:
            return Count({}, ())
        labels = [entry.number if listed else at for at, entry in enumerate(self.entries, 1)]
        cited = numbers(self.body, max(labels), by_year=by_year or not listed)
        return count(cited, labels)

    def _twice(self) -> Iterator[Finding]:
        seen: dict[int, Listed] = {}
        for entry in self.entries:
            first = seen.setdefault(entry.number, entry)
            if first is not entry and entry.number:
                line, column = self.lines.position(entry.start)
                wrong = f"Number {entry.number} is also that of {first.label}, line {first.line}."
                remedy = "Give each work its own number."
                yield self._finding(
                    Rule.MANUSCRIPT_NUMBER, line, column, wrong, remedy, entry.text[:60]
                )

    def _uncited(self, cited: set[int]) -> Iterator[Finding]:
        if not cited and len(self.entries) >= MANY:
            line, column = self.lines.position(self.listing.start)
            wrong = f"None of the {len(self.entries)} works is cited in a form that is read here."
            remedy = "Cite with names and year, (Alpha, 2001), or with numbers, [1]."
            yield self._finding(Rule.MANUSCRIPT_UNCITED, line, column, wrong, remedy)
            return
        for index, entry in enumerate(self.entries):
            if index not in cited:
                which = f"Number {entry.number}, {entry.label}," if entry.number else entry.label
                line, column = self.lines.position(entry.start)
                wrong = f"{which} is in the list, but the text never cites it."
                remedy = "Cite it where it is used, or take it out of the list."
                yield self._finding(
                    Rule.MANUSCRIPT_UNCITED, line, column, wrong, remedy, entry.text[:60]
                )

    def _finding(  # noqa: PLR0913, PLR0917  # the fields of a finding
        self, rule: Rule, line: int, column: int, wrong: str, remedy: str, words: str = ""
    ) -> Finding:
        return Finding(self.path, line, rule, wrong, remedy, column, words)


def _cited_finding(path: str, line: int, column: int, words: str, result: Citing) -> Finding:
    """Say what differs between the words and the entry that is nearest."""
    entry, rule = result.entry, result.rule
    if entry is None:
        wrong = f"“{words}” leads to no entry of the list."
        remedy = "Add the work to the list, or correct the names and the year."
    elif rule is Rule.MANUSCRIPT_UNLISTED:
        wrong = f"“{words}” leads to no entry of the list."
        remedy = f"The nearest entry is {entry.label}, line {entry.line}. Cite it, or add the work."
    elif rule is Rule.MANUSCRIPT_YEAR:
        wrong = f"“{words}”: the list gives another year, {entry.label}, line {entry.line}."
        remedy = f"Write {entry.year or 'a year in both places'}, or correct the year in the list."
    else:
        wrong = f"“{words}” is not written as in the list, line {entry.line}: "
        wrong += f"{result.differs.removesuffix('.')}."
        remedy = f"Write {entry.label}, or correct the names in the list."
    return Finding(path, line, rule, wrong, remedy, column, words)
