"""What the words around a name and a year say: a date, a title, a source that is led to."""

import re
from collections.abc import Sequence
from functools import lru_cache

from sphinx_evidence.prose.citation import Mention
from sphinx_evidence.prose.names import Reading
from sphinx_evidence.prose.words import (
    ARTWORKS,
    CUES,
    FOUNDING,
    MADE,
    NAMED,
    PUBLISHERS,
    ROUNDS,
    places,
    reports,
)
from sphinx_evidence.text.normalise import plain

_BEFORE_MONTHS = {
    "accessed", "by", "during", "early", "from", "in", "last", "late", "mid", "of", "on",
    "retrieved", "since", "till", "to", "until", "viewed",
}  # fmt: skip
# "Panthera leo (", and not "Rates fell (": with the endings of Latin, or in italics.
_BINOMIAL = re.compile(
    r"[A-Z][a-z]+\s+(?:[a-z]{3,}\s+)?[a-z]+(?:[aiox]|ae|ans|ens|is|os|us|um)[\s(,]*$"
)
_IN_ITALICS = re.compile(
    r"(?:^|\W)[A-Z][a-z]*\.?(?:\s+[a-z]{3,}){1,2}$|\b(?:genus|family) [A-Z][a-z]+$"
)
_GOES_ON = re.compile(r"\s+([a-z][a-z-]+)")
_LINKS = {
    "a", "also", "although", "an", "and", "as", "but", "by", "cf", "cited", "discussed", "emphasis",
    "for", "from", "however", "in", "my", "on", "or", "our", "own", "quoted", "reported", "see",
    "the", "to", "translated", "versus", "where", "which", "who", "whose", "with",
}  # fmt: skip
_FOLLOWING = re.compile(
    r"(?:,?\s+(?:also|have|has|had|first|later|both|then|similarly|too|however|though|in turn|"
    r"by contrast|for example|for instance|already|even|[a-z]+ly|therefore|thus|did|does|do|"
    r"not|can|cannot|could|may|might|must|would),?){0,3}\s+([a-z]+)"
)
_JUDGED = re.compile(
    r"\s+(?:was|were|is|are)\s+(?:not\s+)?(?:wrong|right|correct|mistaken|critical|sceptical|clear|"
    r"explicit|cautious|among the|the first|the only)\b|\s+on\s+(?!an?\b|the\b)[a-z]"
)
_WORKS = "|".join(sorted(ARTWORKS))
_TITLED = re.compile(rf"\b(?:{_WORKS})s?(?:,|\s+called)?\s*$")
# “Picasso’s (1937) largest painting”, “a symphony by Mahler (1902)”.
_MADE_BY = re.compile(rf"\b(?:{_WORKS})s?\s+(?:by|of)\s*$")
_MADE = re.compile(
    rf"\b(?:[Aa]n?|another|her|his|one|[Tt]he|their)\s(?:\w+\s)?(?:{_WORKS})\s*\(\s*$"
)
_OWN_WORK = re.compile(rf"\s+(?:[\w-]+\s+){{0,2}}(?:{_WORKS})s?\b")
_SHOWN = re.compile(
    r",?\s+(?:is|was|are|were)\s+(?:a|an|the|his|her)\s+(?:\w+\s+)?"
    rf"(?:{_WORKS}|brand|company|library|package|program|pub|shop|store)\b"
)
_MAKER = re.compile(r"\b(?:arr|comp|cond|dir|illus|perf|prod)\.(?:\s+by)?$", re.IGNORECASE)
# "Smith (1999) EWCA Civ 12", "Green (1992) 175 CLR 1": what reports of cases begin with.
_LAW_REPORT = re.compile(
    r"\s+(?:\d+\s+[A-Z][A-Z.]+|[A-Z]{2,6}(?:\s(?:Civ|Crim|Admin|Ch|Fam|QB))?)\s+\d"
)
_NO_COMMA = re.compile(
    r"[(;]\s?[^\W\d_a-z][\w'’-]+ (?:et al\.?|(?:and|&) [^\W\d_a-z][\w'’-]+) (?:19|20)\d\d[a-z]?[;)]"
)
_PARTICIPLES = ("ed", "en", "found", "said", "wn")  # criticised, written, shown
_LEADS = (
    "according to", "see", "see also", "cf.", "cited in", "e.g.", "contra", "pace", "draw on",
    "draws on", "drew on", "drawing on", "builds on", "building on", "build on", "based on",
    "in contrast to", "contrary to", "unlike", "following", "reproduced from", "adapted from",
    "taken from", "modified from", "quoted from", "quoted in", "reprinted in", "compare",
    "as per", "agree with", "agrees with", "disagree with", "in line with", "consistent with",
    "d'après", "d’après", "laut", "nach", "selon", "según",
)  # fmt: skip


_STREET = re.compile(r"\s+[^\W\d_a-z][\w'’-]+(?:\s[^\W\d_a-z][\w'’-]+){0,2}\s*(?:[,.;]|\Z)")
_CODED = re.compile(r"\b([^\W\d_]+)\s(?:\d{1,3}|[A-Z])\s*\(\s*\Z")


def coded(lead: str) -> bool:
    """Whether a bracket stands behind a thing with a number: “Ward B (Harper, 2009)”."""
    found = _CODED.search(lead[-40:])
    return found is not None and found[1].casefold().removesuffix("s") not in CUES


def dates(text: str, start: int, form: str, reading: Reading) -> bool:
    """Whether a month is a month: "4 May 2019", "in May (2011)", "accessed May 2020"."""
    if form == "bare" or (form == "parenthetical" and not reading.comma):
        return True
    lead = re.search(r"(\w+)\s*$", text[max(start - 30, 0) : start].casefold())
    return lead is not None and (lead[1] in _BEFORE_MONTHS or lead[1].isdigit())


def taxon(
    text: str, start: int, reading: Reading, year: str, titles: Sequence[tuple[int, int]]
) -> bool:
    """The author of the name of a species: ``Panthera leo (Linnaeus, 1758)``."""
    old = year[:4].isdigit() and int(year[:4]) < 1930  # noqa: PLR2004  # few works cited are as old
    if not old or len(reading.names) > 2:  # noqa: PLR2004
        return False
    lead = text[max(start - 60, 0) : start]
    end = start - len(lead) + len(lead.rstrip("( "))
    return _in_italics(text, end, titles) or bool(_BINOMIAL.search(lead))


def _in_italics(text: str, end: int, titles: Sequence[tuple[int, int]]) -> bool:
    """Whether a species in italics ends at ``end``."""
    return any(b == end and _IN_ITALICS.search(text[max(a - 9, 0) : b]) for a, b in titles)


def of_a_thing(
    text: str, mention: Mention, reading: Reading, titles: Sequence[tuple[int, int]]
) -> bool:
    """Whether the words around make the names no author's, even where an entry fits them.

    So do a case, “Harper v Marsh (1998)”, a kind of things that have names, “the asteroid Harper
    (2009)”, a street, “Marsh, 1998 Hill Street”, and a species, “*Quercus alba* Marsh, 1998”.
    """
    kind = re.search(r"(\w+)$", reading.before.casefold())
    named = bool(kind) and bool(NAMED & {kind[1], kind[1].removesuffix("s")})  # type: ignore[index]
    if named or re.search(r"\bv\.?$", reading.before):
        return True
    if mention.form != "bare" or reading.et_al:
        return False
    lead = text[: reading.start].rstrip()
    street = reading.comma and _STREET.match(text, mention.end)
    return bool(street) or _in_italics(text, len(lead), titles)


def year_itself(text: str, mention: Mention, reading: Reading) -> bool:
    """Whether the sentence is about the year: "For Marx, 1848 was a lesson"."""
    if mention.form != "bare" or not reading.comma or reading.et_al:
        return False
    return bool(re.search(r"\b(?:for|to)$", reading.before, re.IGNORECASE)) and bool(
        re.match(r"\s+(?:was|is|had|brought|marked|meant)\b", text[mention.end : mention.end + 20])
    )


def law_report(text: str, end: int) -> bool:
    """Whether a case is named, and the place of its report follows."""
    return bool(_LAW_REPORT.match(text, end))


def goes_on(text: str, mention: Mention) -> bool:
    """Whether a bracket goes on with what the year belongs to: "(Obama, 2008 campaign)"."""
    if mention.form != "parenthetical" or mention.works[-1].post:
        return False
    found = _GOES_ON.match(text, mention.end)
    return found is not None and found[1] not in _LINKS


def of_a_title(text: str, mention: Mention) -> bool:
    """Whether the words around say that the names are a film's, a book's or a company's."""
    lead = text[max(mention.start - 30, 0) : mention.start]
    return bool(_TITLED.search(lead) or _SHOWN.match(text, mention.end))


def made_of(text: str, mention: Mention) -> bool:
    """Whether the names are a maker's, and the year that of what was made."""
    lead = text[max(mention.start - 30, 0) : mention.start]
    own = mention.possessive and _OWN_WORK.match(text, mention.end)
    return bool(own or _MADE_BY.search(lead))


def of_a_person(text: str, end: int) -> bool:
    """Whether the sentence goes on with a pronoun for a person."""
    return bool(
        re.match(
            r"(?!, s?he\b)[^.;]{0,80}\b(?:he|her|herself|himself|his|she)\b", text[end : end + 90]
        )
    )


def claims(text: str, end: int) -> bool:
    """Whether the words from ``end`` on are somebody's claim: "found that", "asks how"."""
    return bool(
        re.match(
            r"(?:\s+\w+)?\s+[a-z]+\s+(?:dass|how|que|that|whether|why)\b", text[end : end + 60]
        )
    )


@lru_cache(maxsize=1)
def without_commas(page: str) -> bool:
    """Whether a page cites in Chicago's form, which has no comma: "(Leamy et al. 2011)"."""
    return bool(_NO_COMMA.search(page))


def works_follow(text: str, end: int) -> bool:
    """Whether a work, or what it says, is named behind a year: "Slade’s 2009 review"."""
    words = re.match(r"(?:\s+[a-z-]+){1,3}", text[end : end + 60])
    nouns = words[0].split() if words else []
    return any(
        noun in CUES or noun.removesuffix("s") in CUES or (noun.endswith("s") and reports(noun))
        for noun in nouns
    )


def of_a_case(reading: Reading) -> bool:
    """Whether a case is named, without its report: "Brown v Board (1954)", "the case of Ng"."""
    return bool(re.search(r"\b(?:v\.?|[Cc]ase of|[Ii]n re)$", reading.before))


def bears_name(lead: str, year: str, *, acronym: bool) -> bool:
    """Whether what a bracket stands behind has a name of its own: "a new planet (Ceres, 1801)"."""
    found = re.search(r"(?:(\d{4})|\b(by [A-Z][a-z]+)|([a-z]+))\s*\(\s*$", lead[-40:])
    if not found:
        return False
    if not found[3]:  # "the talks of PyCon 2016 (Portland, 2016)", "held by Hill (Liberal, 1929)"
        return found[1] == year or bool(found[2])
    return found[3] in NAMED or (acronym and found[3] in ROUNDS) or bool(_MADE.search(lead[-40:]))


def says(text: str, end: int, *, plural: bool) -> bool:
    """Whether the words from ``end`` on tell what an author says, or what is thought of it."""
    rest = text[end : end + 80]
    following = _FOLLOWING.match(rest)
    if not following:
        return bool(_JUDGED.match(rest))
    verb = following[1]
    # What one "denies that" is a person's, whatever the verb.
    that = verb.endswith(("s", "ed")) and bool(re.match(r"\s+that\b", rest[following.end() :]))
    that = that or bool(re.match(r"\s+(?:dass|que)\b", rest[following.end() :]))
    return that or reports(verb, plural=plural) or bool(_JUDGED.match(rest[:40]))


def published(reading: Reading) -> bool:
    """Whether the name is a publisher's or a maker's: "(London: Penguin, 1984)", "(dir. Kim"."""
    last = re.findall(r"[\w'’-]+", reading.names[-1])[-1:]
    place = re.search(r"([^\W\d_]+):$", reading.before)
    places_and_pictures = places() | {"image", "photo", "photograph", "picture"}
    made = _MAKER.search(reading.before)
    return last[0].casefold() in PUBLISHERS or bool(
        made or (place and plain(place[1]) in places_and_pictures)
    )


def cued(before: str) -> bool:
    """Whether the words before the names lead to a source: ``according to``, ``a study by``."""
    before = re.sub(r"\s(?:[Pp]rof(?:\.|essor)?|Dr\.?)$", "", before)
    words = re.findall(r"[\w-]+", before.casefold())[-4:]
    if words[-2:] == ["by", "the"]:  # an organisation
        words.pop()
    if not words:
        return False
    if before.casefold().endswith(_LEADS):
        return True
    if words[-1] in {"by", "of", "from", "in"} and len(words) > 1:
        noun = words[-2]
        if noun in CUES or noun.removesuffix("s") in CUES:
            return True
        done = noun.endswith(_PARTICIPLES) and noun not in MADE
        return done and (words[-1] == "by" or (words[-1] != "of" and reports(noun)))
    return False


def founding(text: str, start: int, end: int) -> bool:
    """Whether the words around tell when an organisation was founded."""
    around = text[max(start - 30, 0) : start] + text[end : end + 30]
    return any(word in around for word in FOUNDING)
