"""Find author-year citations in plain text, whatever the bibliography holds.

Every search is anchored at a year and looks at a bounded number of characters around it, so the
time is linear in the length of the text. The forms are those of APA, Harvard and Chicago's
author-date system.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from sphinx_evidence.prose.adjacency import with_neighbours
from sphinx_evidence.prose.apart import Apart, apart, before_bracket
from sphinx_evidence.prose.citation import Cited, Mention
from sphinx_evidence.prose.classify import is_certain, is_place, ruled_out
from sphinx_evidence.prose.names import JOINING, Reading, readings
from sphinx_evidence.prose.words import PARTICLES, months

BEFORE = 260  # characters in which names are looked for: a dozen authors
LONGEST = 60  # characters of a remark behind a year
BRACKET = 1500  # characters between an opening and its closing bracket

_MONTH = "|".join(sorted(map(re.escape, months()), key=len, reverse=True))
_YEAR = re.compile(
    # A month of the work stands in a bracket only.
    rf"(?<![\w£$€¥#/–—.-])(?:(?<=[(,\s])(?P<month>{_MONTH})\.?\s+)?(?P<year>"
    r"(?:\[(?:1[4-9]|20)\d\d\]\s)?"  # of the first edition
    r"(?:1[4-9]|20)\d\d(?:/(?:1[4-9]|20)\d\d)?(?:-?[a-z](?!\w))?"
    r"|(?=\d*(?:[19]\d*[19]|[02]\d*[02]))\d{4}(?=[),;:\]])"  # two digits have changed places
    r"|no\s+date|n\.\s?d\.(?:-[a-z](?!\w))?|n\.d(?![\w.])|in\s+press|forthcoming|undated"
    r"|(?<=,\s)(?:to\s+appear|in\s+preparation|submitted|under\s+review)(?=\s*[\]);]))"
    r"(?![\w%°/])(?!\.\d)(?!\s?[–—-]\s?\d)(?!['’]?s\b)",
    re.IGNORECASE,
)
_LETTER = re.compile(r"\s?(?:,|/|&|\band\b)\s?([a-z])(?![\w.])", re.IGNORECASE)
_NEXT = re.compile(r"\s*(?:,|;|&|and\b|,\s?and\b|,\s?&)\s*$")
_LOCATOR = re.compile(
    r"\s*(?:[,:]?\s*(?P<words>(?:§§?|(?:pp?|pgs?|page|pages|chap|ch|chapter|para|paras|paragraph|"
    r"sect|section|sec|fig|figure|plate|table|box|vol|appendix|slide|line|lines|n|note)\b\.?)"
    r"\s*[\w.]+(?:\s?[–—-]\s?\w+)?(?:\s?(?:,|and|&)\s?\d+(?:\s?[–—-]\s?\d+)?){0,4})"
    r"|[,:]\s*(?P<number>\d{1,4}(?:\s?[–—-]\s?\d{1,4})?)(?![\w.]))",
    re.IGNORECASE,
)
_ALONE = re.compile(r"[a-z]?\s*[);]")  # nothing follows the year in its bracket
_LEAD = re.compile(r"(?:(?:see|see also|e\.g\.|cf\.),?)?")
_NO_NAMES = "|".join(map(re.escape, sorted(PARTICLES | JOINING)))
_SMALL = re.compile(rf"\b(?!(?:{_NO_NAMES})\b)[a-zà-þ](?=\w)")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S{1,2000}")
# What may follow the year in the bracket of a narrative citation: its place, or a remark.
_REMARK = re.compile(
    r"\s*[,:;\[]|\s+(?:as\s+)?(?:cited|quoted|reported|discussed)\s+(?:in|by)\b", re.IGNORECASE
)


def scan(text: str, titles: Sequence[tuple[int, int]] = (), page: str = "") -> list[Mention]:
    """Every citation of ``text`` in order; ``titles`` are spans that are set in italics.

    ``page`` is all that the page says, which may name the same people elsewhere.

    Citations inside a quotation in double quotation marks belong to what is quoted.
    """
    scanner = _Scanner(_ADDRESS.sub(lambda found: "\0" * len(found[0]), text), titles, page or text)
    return with_neighbours(list(scanner.mentions()), text)


class _Scanner:
    def __init__(self, text: str, titles: Sequence[tuple[int, int]], page: str) -> None:
        self.text, self.page = text, page
        self.titles = titles
        self.brackets = list(_brackets(text))
        self.starts = [start for start, _ in self.brackets]
        self.quotes = list(_quotes(text))
        self.quote_starts = [start for start, _ in self.quotes]

    def bracket(self, at: int) -> tuple[int, int] | None:
        """The innermost pair of brackets around ``at``."""
        index = bisect_right(self.starts, at) - 1
        for start, end in reversed(self.brackets[max(index - 3, 0) : index + 1]):
            if start < at < end:
                return start, end
        return None

    def quoted(self, at: int) -> bool:
        index = bisect_right(self.quote_starts, at) - 1
        return index >= 0 and at < self.quotes[index][1]

    def mentions(self) -> Iterator[Mention]:
        stop = 0  # what an earlier citation has used up
        years = list(_YEAR.finditer(self.text))
        index = 0
        while index < len(years):
            run = self._years(years, index)
            quoted = self.quoted(years[index].start())
            found = None if quoted else self._mention(run, stop)
            if found:
                stop = found.end
                yield found
                index += len(run)
            else:
                stop = max(stop, years[index].end())
                index += 1

    def _years(self, years: list[re.Match[str]], index: int) -> list[re.Match[str]]:
        """The year at ``index`` and those that follow it with a comma or ``and`` only."""
        run = [years[index]]
        for year in years[index + 1 : index + 12]:
            between = self.text[self._end(run[-1]) : year.start()]
            if odd(year["year"]) or not _NEXT.match(between) or len(between) > 8:  # noqa: PLR2004  # ", and " and a space
                break
            run.append(year)
        return run

    def _mention(self, run: list[re.Match[str]], stop: int) -> Mention | None:
        text, first, last = self.text, run[0], run[-1]
        around = self.bracket(first.start())
        if not around and (odd(first["year"]) or first["month"]):
            return None
        if not around and (found := apart(text, first.span(), stop)):
            return self._apart(first, found, first.end())
        lead = text[around[0] + 1 : first.start()] if around else ""
        end = self._end(last)
        post, after = self._locator(end)
        if around and (
            not lead.strip() or re.fullmatch(r"\s*(?:orig\.|ca?\.|circa|eds?\.?,?)\s*", lead)
        ):
            return self._narrative(run, stop, around, post, after)
        left = max(stop, first.start() - BEFORE, around[0] + 1 if around else 0)
        alone = around is not None and bool(_ALONE.match(text, end))
        read = readings(text, left, first.start(), narrative=False, stop=alone)
        if around and not read:
            read = self._small(left, first.start())
        if not read:
            return None
        best = read[0]
        form = "parenthetical" if around else "bare"
        pre = _pre(text[left : best.start]) if around else ""
        works = self._works(run, read, pre, post)
        whole = around is not None and not text[after : around[1]].strip()
        mention = Mention(
            best.start, end, form, whole, works, False, best.possessive, around  # noqa: FBT003
        )  # fmt: skip
        return self._judged(mention, best, dated=bool(first["month"]))

    def _small(self, left: int, right: int) -> list[Reading]:
        """The readings of names without capitals that open a bracket: ``(leamy et al., 2011)``."""
        found = readings(self.capitals, left, right, narrative=False)
        found = [r for r in found if _LEAD.fullmatch(_pre(self.text[left : r.start]))]
        return [r for r in found if self.text[r.start : r.end].islower()]

    @cached_property
    def capitals(self) -> str:
        """The text with a capital in each word that may be a name."""
        return _SMALL.sub(lambda found: found[0].upper(), self.text)

    def _narrative(
        self, run: list[re.Match[str]], stop: int, around: tuple[int, int], post: str, after: int
    ) -> Mention | None:
        text = self.text
        rest = text[after : around[1]]
        if rest.strip() and not _REMARK.match(rest):
            return None
        left = max(stop, around[0] - BEFORE)
        found = readings(text, left, around[0], narrative=True)
        if not found:
            return self._apart(run[0], before_bracket(text, around, left), around[1] + 1)
        whole = not rest.strip()
        end = around[1] + 1 if whole else after
        if not post and not whole and len(rest) < LONGEST:
            post = " ".join(rest.split()).strip(" ,:;")
        works = self._works(run, found, "", post)
        mention = Mention(
            found[0].start, end, "narrative", whole, works, False, found[0].possessive, around  # noqa: FBT003
        )  # fmt: skip
        return self._judged(mention, found[0], dated=bool(run[0]["month"]))

    def _apart(self, year: re.Match[str], found: Apart | None, last: int) -> Mention | None:
        """A citation whose names stand apart from its year, which goes to ``last`` at least."""
        read = readings(self.text, *found.names, narrative=True) if found else []
        if not found or not read:
            return None
        start, end = min(found.names[0], year.start()), max(found.names[1], last)
        works = [replace(w, start=start, end=end) for w in self._works([year], read, "", "")]
        sure = found.sure and not is_place(read[0])
        mention = Mention(start, end, "bare", False, tuple(works), sure, apart=True)  # noqa: FBT003
        return None if ruled_out(self.text, mention, read[0], self.titles) else mention

    def _judged(self, mention: Mention, best: Reading, *, dated: bool) -> Mention | None:
        if ruled_out(self.text, mention, best, self.titles):
            return None
        title = any(a <= best.start and best.end <= b for a, b in self.titles)
        sure = (best.et_al or not title) and is_certain(self.text, mention, best, self.page)
        sure = sure and not (mention.form == "parenthetical" and self._behind_a_title(mention))
        sure = sure and (best.et_al or not (dated or odd(mention.works[0].year)))
        unmarked = not any(map(str.isupper, self.text[best.start : best.end]))
        return replace(mention, sure=sure and (best.et_al or not unmarked), unmarked=unmarked)

    def _behind_a_title(self, mention: Mention) -> bool:
        """Whether a bracket belongs to a title or a species: “*The Last Reel* (Bergen, 2019)”."""
        opening = mention.bracket[0] if mention.bracket else mention.start
        at = len(self.text[max(opening - 3, 0) : opening].rstrip()) + max(opening - 3, 0)
        title = next((self.text[start:end] for start, end in self.titles if end == at), "")
        species = re.fullmatch(r"[A-Z][a-z]*\.? [a-z]+", title)
        return bool(species) or sum(word[0].isupper() for word in title.split()) > 1

    def _works(
        self, run: list[re.Match[str]], found: Sequence[Reading], pre: str, post: str
    ) -> tuple[Cited, ...]:
        works: list[Cited] = []
        best = found[0]
        for year in run:
            start = best.start if year is run[0] else year.start()
            written = " ".join(year["year"].split())
            for index, (text, end) in enumerate([(written, year.end()), *self._letters(year)]):
                works.append(
                    Cited(
                        best.names,
                        best.et_al,
                        text,
                        start if index == 0 else end - 1,
                        end,
                        pre if not works else "",
                        readings=tuple(found),
                    )
                )
        return (*works[:-1], replace(works[-1], post=post))

    def _letters(self, year: re.Match[str]) -> Iterator[tuple[str, int]]:
        """Further years that are given by their letter alone: the ``b`` of ``2010a, b``."""
        end = year.end()
        while year["year"][-1:].isalpha() and year["year"][:1].isdigit():
            found = _LETTER.match(self.text, end, end + 8)
            if not found:
                return
            end = found.end()
            yield year["year"][:-1] + found[1], end

    def _end(self, year: re.Match[str]) -> int:
        """Where a year ends, with the letters of further ones."""
        return max([year.end(), *(end for _, end in self._letters(year))])

    def _locator(self, at: int) -> tuple[str, int]:
        """The place in the work that follows the year at ``at``, and where it ends."""
        found = _LOCATOR.match(self.text, at, at + 80)
        if not found:
            return "", at
        number = found["number"] or ""
        words = found["words"] or f"{'p' if number.isdigit() else 'pp'}. {number}"
        return " ".join(words.split()), found.end()


def odd(year: str) -> bool:
    """Whether a number is no year of a work, but may be one with two digits exchanged: 2104."""
    return bool(re.match(r"\d{4}", year)) and not "1400" <= year < "2100"


def _pre(lead: str) -> str:
    """The words that lead to a citation, from the last semicolon on."""
    return " ".join(re.split(r"[;()\[\]]", lead)[-1].split()).strip(" ,:")


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Pairs of brackets in the order of their start; an unclosed one is none."""
    pairs, stack = [], []
    closing = {")": "(", "]": "["}
    for found in re.finditer(r"[()\[\]]", text):
        char = found[0]
        if char in "([":
            stack.append(found.start())
        elif stack and text[stack[-1]] == closing[char]:
            start = stack.pop()
            if found.start() - start < BRACKET:
                pairs.append((start, found.start()))
    yield from sorted(pairs)


def without_quotations(text: str) -> str:
    """``text`` at the same offsets, with nothing between double quotation marks."""
    parts, at = [], 0
    for start, end in _quotes(text):
        parts += [text[at : start + 1], "\0" * (end - start - 2)]
        at = start + 1 + len(parts[-1])
    return "".join([*parts, text[at:]])


def _quotes(text: str) -> Iterator[tuple[int, int]]:
    """Quotations in double quotation marks, of any length up to a long paragraph."""
    for found in re.finditer(r"“[^“”]{1,3000}”", text):
        yield found.span()
    straight = [found.start() for found in re.finditer('"', text)]
    if "“" not in text and len(straight) % 2 == 0:
        yield from zip(straight[::2], straight[1::2], strict=True)
