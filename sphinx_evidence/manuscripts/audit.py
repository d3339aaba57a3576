"""Compare the citations of a document with its own list of references, in both directions."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sphinx_evidence.diagnostics.finding import Finding, Location
from sphinx_evidence.manuscripts import cross_references, links, order
from sphinx_evidence.manuscripts.classify import Manuscript, titles
from sphinx_evidence.manuscripts.document import Document, Kind
from sphinx_evidence.manuscripts.entry import Listed
from sphinx_evidence.manuscripts.lookup import Citing, Shelf
from sphinx_evidence.manuscripts.numbered import Count, count, numbers
from sphinx_evidence.manuscripts.reference_list import Listing, find_reference_list
from sphinx_evidence.manuscripts.undated import undated
from sphinx_evidence.prose.citation import Mention
from sphinx_evidence.prose.matching import acronyms
from sphinx_evidence.prose.scanner import scan
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.normalise import plain

TITLE = 24  # letters of a title by which a work is known
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
_KEYED = re.compile(r"(?<![\w.@])-?@[A-Za-z][\w:.-]{0,80}\d[\w:-]{0,20}")  # of pandoc and Quarto
_MARKUP = re.compile(r"\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|\x00|(?<=\w) {2}(?=\w)")
# "Alpha Jr.", "Alpha III": the same person is listed with or without it.
_SUFFIX = re.compile(
    r"(?<=[a-z])(,?\s(?:Jr|Sr|I{2,3}|IV)\b\.?)(?=\s?(?:[,;&(]|and\b|et al\b|\d{4}))"
)
_BEFORE_MARK = re.compile(r"(?<=[\w.)\]])( {1,9})([,;.]{1,3})|([,;])((?: {0,2}\3)+)")
_ADDRESS = re.compile(r"(?<=\()(?:https?://|www\.)[^\s()]{2,200}?[,;]?\s(?=\d{4})")  # (www.x, 2001)
# "et al.2001", in which a space is missing; "Alpha & Beta., 2001", which has a stop too many; and
# "Gov.UK, 2001", which is one name.
_STRAY = re.compile(
    r"(?<=\bet al)\.(?=\d{4})|(?<=[a-z]{3})(?<!\bal)\.(?=,\s(?:1[5-9]|20)\d\d)"
    r"|(?<=[a-z]{2})\.(?=(?i:com|edu|gov|org|uk)\b[,\s(]{1,4}\d{4})"
)


def audit(document: Document) -> list[Finding]:
    """Every finding on a document, in the order of its lines."""
    listing = find_reference_list(document)
    body = document.text if listing is None else _without(document.text, listing)
    findings = [
        *links.links(document),
        *cross_references.crossrefs(body, document),
    ]
    if listing is None or not listing.entries:
        findings.append(_no_list(document, listing))
    else:
        findings += _Audit(body, document, listing).findings()
    if listing:
        findings += _unread(document, listing)
    return sorted(findings)


def flat(text: str, headings: Iterable[int]) -> str:
    """The text as it is read, at the same offsets: no markup, and no line ends in paragraphs.

    ``headings`` are the offsets of their ends.
    """
    letters = list(f"{text}\n")
    for end in headings:  # A heading ends the names,
        letters[end] = "¶"
    text = "".join(letters[:-1])
    for blank in (_MARKUP, _SUFFIX, _ADDRESS):
        text = blank.sub(lambda found: " " * len(found[0]), text)
    text = _STRAY.sub(" ", text)
    text = _BEFORE_MARK.sub(_marked, text)
    # and so does a paragraph, unless a page ended in its sentence.
    text = re.sub(r"(?:(?<=[^\w\s,;(&-])|(?m:^)(.{0,60}))\n(?=[ \t]*\n)", r"\1¶", text)
    text = re.sub(r"(?<!\n)\n(?![ \t]*\n)", " ", text)
    return _POSSESSIVE.sub(lambda found: " " * len(found[0]), text)


def _marked(found: re.Match[str]) -> str:
    """A mark of punctuation right behind its word, and once: ``al ., 2001``, ``Alpha,, 2001``."""
    mark = found[2] or found[3]
    return mark + " " * (len(found[0]) - len(mark))


def _without(text: str, listing: Listing) -> str:
    for part in (listing, *listing.further):
        text = text[: part.start] + "\n" * (part.end - part.start) + text[part.end :]
    return text


def _no_list(document: Document, listing: Listing | None) -> Finding:
    at = document.location(listing.start) if listing else Location(document.path, 1)
    if keyed := _KEYED.search(document.text):
        wrong = (
            f"The text cites by keys, such as {keyed[0]}, and a program makes its list from .bib."
        )
        remedy = "Let pandoc make it, and audit what it writes: pandoc --citeproc -t markdown"
        remedy += " --bibliography references.bib -o whole.md, then the name of this document."
    elif listing is None:
        wrong = "No list of references was found: no heading reads “References”."
        remedy = "Write the heading “References” on a line of its own, and the works below it."
    else:
        wrong = "No work stands below this heading."
        remedy = "Write the works below it, one in each paragraph, with names and year."
    return at.finding(Rule.MANUSCRIPT_NO_LIST, wrong, remedy)


def _unread(document: Document, listing: Listing) -> Iterator[Finding]:
    for start, words in listing.unread:
        wrong = "This paragraph of the list is read as no work."
        remedy = "Begin it with names and year, as “Alpha, A. (2001) Title.”, or take it out."
        yield document.location(start).finding(Rule.MANUSCRIPT_UNREAD, wrong, remedy, words[:60])


class _Audit:
    """The citations of a text against the works of its list."""

    def __init__(self, body: str, document: Document, listing: Listing) -> None:
        self.body, self.document = body, document
        self.entries, self.listing = listing.entries, listing

    def findings(self) -> Iterator[Finding]:
        headings = self.document.of(Kind.HEADING)
        read = flat(self.body, (start + len(block.text) for start, block in headings))
        further = [entry for other in self.listing.further for entry in other.entries]
        shelf = Shelf([*self.entries, *further], acronyms(read))
        mentions = scan(read)
        yield from self._by_year(read, mentions, shelf)
        for start, words, entry in undated(read, mentions, self.entries):
            wrong = f"“{words}” has no year, which the text gives elsewhere."
            remedy = f"Write {entry.label}, as in the list, {self.document.place(entry.line)}."
            yield self._finding(Rule.MANUSCRIPT_YEAR, start, wrong, remedy, words)
        counted = self._by_number(by_year=bool(shelf.used))
        cited = shelf.used | counted.first.keys() | self._by_title(read)
        yield from self._uncited(cited)
        highest = max(entry.number for entry in self.entries)
        for number, missing in counted.missing:
            one = len(missing) == 1
            which = ", ".join(map(str, missing[:5])) + (", …" if len(missing) > 5 else "")  # noqa: PLR2004
            wrong = (
                f"“{number.words.strip('^')}”: the list has no number{'' if one else 's'} {which}."
            )
            remedy = "Correct the number, or add the work to the list"
            remedy += f", which ends at {highest}." if highest else "."
            yield self._finding(Rule.MANUSCRIPT_NUMBER, number.start, wrong, remedy, number.words)
        if not self.listing.numbered and counted.first:
            wrong = "The text cites by number, but the works of the list have no numbers."
            remedy = "Put its number before each work: “1. Alpha A.”"
            yield self._finding(Rule.MANUSCRIPT_NUMBER, self.listing.start, wrong, remedy)
        if counted.first and self.listing.numbered:
            yield from self._twice()
            yield from order.by_citation(self.document, self.entries, counted.first)
        elif not self.listing.numbered and not counted.first:
            yield from order.by_alphabet(self.document, self.entries)

    def _by_year(self, read: str, mentions: Sequence[Mention], shelf: Shelf) -> Iterator[Finding]:
        text = Manuscript(read, titles(self.body))
        text = replace(text, commas=frozenset(
            cited.readings[0].comma for mention in mentions for cited in mention.works[:1]
            if mention.form == "parenthetical" and shelf.fits(cited)
        ))  # fmt: skip
        for mention in mentions:
            sure = text.cites(mention)
            for cited in text.works(mention):
                fits = mention.form == "bare" or mention.unmarked
                result = shelf.look_up(cited, sure=sure, bare=fits)
                if result is None:
                    continue
                words = " ".join(read[cited.start : cited.end].split()).replace("( ", "(")
                for opening, closing in ("()", "[]"):
                    words += closing if words.rfind(opening) > words.rfind(closing) else ""
                yield self._cited(cited.start, words, result)

    def _by_number(self, *, by_year: bool) -> Count:
        """The citations by number; works without numbers count by their place in the list."""
        listed = self.listing.numbered
        if not listed and by_year:
            return Count({}, ())
        labels = [entry.number if listed else at for at, entry in enumerate(self.entries, 1)]
        cited = numbers(self.body, max(labels), by_year=by_year or not listed)
        return count(cited, labels)

    def _by_title(self, read: str) -> set[int]:
        """The works without authors whose title the text names, whole or how it begins."""
        said = plain(read)
        titles = {at: plain(e.title)[:TITLE] for at, e in enumerate(self.entries) if not e.names}
        return {at for at, title in titles.items() if len(title) > TITLE // 2 and title in said}

    def _twice(self) -> Iterator[Finding]:
        seen: dict[int, Listed] = {}
        for entry in self.entries:
            first = seen.setdefault(entry.number, entry)
            if first is not entry and entry.number:
                where = self.document.place(first.line)
                wrong = f"Number {entry.number} is also that of {first.label}, {where}."
                remedy = "Give each work its own number."
                yield self._finding(
                    Rule.MANUSCRIPT_NUMBER, entry.start, wrong, remedy, entry.text[:60]
                )

    def _uncited(self, cited: set[int]) -> Iterator[Finding]:
        if not cited and len(self.entries) >= MANY:
            wrong = f"None of the {len(self.entries)} works is cited in a form that is read here."
            remedy = "Cite with names and year, (Alpha, 2001), or with numbers, [1]."
            yield self._finding(Rule.MANUSCRIPT_UNCITED, self.listing.start, wrong, remedy)
            return
        for index, entry in enumerate(self.entries):
            if index not in cited:
                which = f"Number {entry.number}, {entry.label}," if entry.number else entry.label
                wrong = f"{which} is in the list, but the text never cites it."
                remedy = "Cite it where it is used, or take it out of the list."
                yield self._finding(
                    Rule.MANUSCRIPT_UNCITED, entry.start, wrong, remedy, entry.text[:60]
                )

    def _cited(self, start: int, words: str, result: Citing) -> Finding:
        """Say what differs between the words and the entry that is nearest."""
        entry, rule = result.entry, result.rule
        listed = f"{entry.label}, {self.document.place(entry.line)}" if entry else ""
        if entry is None:
            wrong = f"“{words}” leads to no entry of the list."
            remedy = "Add the work to the list, or correct the names and the year."
        elif rule is Rule.MANUSCRIPT_UNLISTED:
            wrong = f"“{words}” leads to no entry of the list."
            remedy = f"The nearest entry is {listed}. Cite it, or add the work."
        elif rule is Rule.MANUSCRIPT_YEAR:
            wrong = f"“{words}”: the list gives another year, {listed}."
            remedy = f"Write {entry.year or 'a year in both places'}, or correct it in the list."
        else:
            where = self.document.place(entry.line)
            wrong = f"“{words}” is not written as in the list, {where}: "
            wrong += f"{result.differs.removesuffix('.')}."
            remedy = f"Write {entry.label}, or correct the names in the list."
        return self._finding(rule, start, wrong, remedy, words)

    def _finding(self, rule: Rule, at: int, wrong: str, remedy: str, words: str = "") -> Finding:
        return self.document.location(at).finding(rule, wrong, remedy, words)
