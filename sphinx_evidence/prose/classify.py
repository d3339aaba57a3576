"""Whether words are a citation even if no entry fits, and what they cannot be.

A name and a year may be a place, a film or a law; only what writers do with sources alone makes it
a citation by itself.
"""

import re
from collections.abc import Sequence

from sphinx_evidence.prose.citation import Mention
from sphinx_evidence.prose.context import (
    bears_name,
    claims,
    coded,
    cued,
    dates,
    goes_on,
    law_report,
    made_of,
    of_a_case,
    of_a_person,
    of_a_thing,
    of_a_title,
    published,
    says,
    taxon,
    without_commas,
    works_follow,
    year_itself,
)
from sphinx_evidence.prose.evidence import ENOUGH, evidence, led_by_initials
from sphinx_evidence.prose.names import Reading
from sphinx_evidence.prose.words import (
    CONNECTIVES,
    GIVEN_NAMES,
    NAMED,
    NOT_NAMES,
    ORGANISATION,
    PARTICLES,
    STARTERS,
    places,
    times,
)
from sphinx_evidence.text.normalise import plain

_LEAD = re.compile(
    r"(?:see(?: also)?|contra|pace|e\.?g\.?|cf\.?|cited in|as in|in|for (?:a|an) \w+,? see)$",
    re.IGNORECASE,
)
# "The tram to Slade (1903) was the first": the tram was.
_WITH_A_NAME = re.compile(r"\b(?:at|from|in|into|near|of|on|over|to)$")
_COMPARE = re.compile(r"\b(?:according to|compare|cf\.?|e\.g\.|see(?: also)?)$", re.IGNORECASE)
_LEADING = {
    "after", "also", "and", "but", "by", "compare", "contra", "example", "following", "from", "in",
    "instance", "of", "others", "pace", "per", "review", "see", "to", "with",
}  # fmt: skip


def ruled_out(
    text: str, mention: Mention, reading: Reading, titles: Sequence[tuple[int, int]]
) -> bool:
    """Whether the words are certainly no citation: a date, a law, a figure, a taxon."""
    start, form = mention.start, mention.form
    words = re.findall(r"[^\W\d_]+", " ".join(reading.names))
    kinds = {word.casefold().removesuffix("s") for word in words[:-1]}
    named = NAMED & {*kinds, *(word.casefold() for word in words[:-1])}  # "Comet Slade (1990)"
    if (
        named
        or not words
        or law_report(text, mention.end)
        or (year_itself(text, mention, reading) or of_a_thing(text, mention, reading, titles))
    ):
        return True
    last = words[-1].casefold()
    if last in times() and not reading.et_al:
        # May (2011) and March (1991) are people where an entry says so: the matcher decides.
        people = last in {"may", "march", "august"} or len(reading.names) > 1
        return not people or dates(text, start, form, reading)
    if form == "bare" and mention.possessive and not works_follow(text, mention.end):
        return True  # "Barrow’s 2017 promotion"
    if last in NOT_NAMES or reading.before.endswith(("©", "(c)")):
        return True
    if form == "parenthetical" and len(words) == 1 and words[0].isupper():
        lead = re.findall(r"[^\W\d_]+", text[max(start - 40, 0) : start])
        if lead and lead[-1].istitle() and lead[-1].casefold() in NOT_NAMES:
            return True  # the short form of a law: "the Mental Health Act (MHA, 1983)"
    return form != "narrative" and taxon(text, start, reading, mention.works[0].year, titles)


def is_certain(  # noqa: PLR0911  # one return for each form
    text: str, mention: Mention, reading: Reading, page: str
) -> bool:
    """Whether writers use these words for sources alone."""
    if reading.et_al:
        return True
    if any(map(str.isdigit, "".join(reading.names))) or of_a_case(reading):
        return False  # a participant's code, a standard
    words = re.findall(r"[\w'’-]+", " ".join(reading.names))
    place = len(reading.names) == 1 and (is_place(reading) or words[-1].casefold() in times())
    if place or published(reading) or goes_on(text, mention):
        return False
    one_word = all(surname_like(name) for name in reading.names)
    if mention.form == "narrative":
        return _sure_narrative(text, mention, reading, page, one_word=one_word)
    joined = reading.joined and one_word and len(reading.names) > 1
    if mention.form == "bare" and mention.possessive:
        return one_word
    if mention.form == "bare":
        # "compare Slade, 1999, where", "in Slade 1999, plate 4"
        led = _LEAD if mention.works[-1].post else _COMPARE
        if one_word and led.search(reading.before) and not reading.names[0].isupper():
            return True
        return joined and not _any_place(reading) and (reading.ampersand or reading.comma)
    if joined:
        return reading.comma or reading.ampersand or bool(mention.works[-1].post)
    return _sure_in_brackets(text, mention, reading, words, without_commas=without_commas(page))


def _sure_in_brackets(
    text: str, mention: Mention, reading: Reading, words: Sequence[str], *, without_commas: bool
) -> bool:
    """Whether one name and a year in brackets are a source."""
    year = mention.works[0].year
    if re.search(r"(?:^|[A-Z][a-z]+ )[A-Z],?\s*$", text[mention.start : mention.end - len(year)]):
        return False  # "B, 2010", "Group B, 2010", an initial without its stop: the entries decide
    lead = re.fullmatch(r"(?:[a-z]+ )*([a-z]{3,})", mention.works[0].pre)
    if reading.possessive or (lead and lead[1] not in _LEADING):
        return False  # "(Edna’s, 1962)", "(sheet Holm, 1936)"
    organisation = any(word.casefold() in ORGANISATION for word in words) or (
        len(words) == 1 and words[0].isupper() and len(words[0]) > 2  # noqa: PLR2004
    )
    bracket = mention.bracket
    if bracket and (_among_things(text[slice(*bracket)]) or coded(text[: bracket[0] + 1])):
        return False
    if bears_name(text[: mention.start], year, acronym=organisation and words[0].isupper()):
        return False
    article = re.search(r"\b(?:an?|the)$", reading.before, re.IGNORECASE)
    if article and not organisation:
        return False  # "(the Regal, 1931)"
    dated = bool(re.search(r"\d[a-z]$", year)) or not year[:1].isdigit()
    led = bool(_LEAD.search(mention.works[0].pre))
    cited = text[mention.start : mention.end]
    by_itself = mention.whole and not (mention.works[0].pre or words[0].isupper() or "." in cited)
    ends = by_itself and bool(re.match(r"\)[.,;:]", text[mention.end : mention.end + 2]))
    named = organisation or all(surname_like(name) for name in reading.names)
    return named and (
        bool(mention.works[-1].post) or led or dated or reading.comma or without_commas or ends
    )


def _among_things(bracket: str) -> bool:
    """Whether another item of the bracket is no author: "(Vertigo, 1958; Rear Window, 1954)"."""
    items = bracket.lstrip("([").split(";")
    for found in (re.fullmatch(r"\s*([^\d,]+),?\s+\d{4}\s*", item) for item in items[1:] and items):
        words = found[1].split() if found else []
        several = len(words) > 1 and all(re.fullmatch(r"[A-Z][a-z]+", word) for word in words)
        organisation = any(word.casefold() in ORGANISATION for word in words)
        if found and (plain(found[1]) in places() or (several and not organisation)):
            return True
    return False


def _sure_narrative(  # noqa: PLR0911  # one return for each sign
    text: str, mention: Mention, reading: Reading, page: str, *, one_word: bool
) -> bool:
    several = len(reading.names)
    if several > 1 and one_word and reading.joined:
        # Not two given names, which are a story's; nor two places.
        known = all(name.casefold() in GIVEN_NAMES for name in reading.names)
        if not known and not _any_place(reading) and not of_a_title(text, mention):
            return True
    organisation = any(
        word.casefold() in ORGANISATION for name in reading.names for word in name.split()
    )
    full = several == 1 and not organisation and not reading.initials and _full_name(reading)
    if not (one_word or organisation or reading.initials or full):
        return False
    located = re.search(
        r"\b\d{1,3}\b|^pp?\. |cited|quoted|emphasis|italics|transl", mention.works[-1].post
    )
    lettered = re.search(r"\d[a-z]$", mention.works[0].year)
    edited = re.match(r"\s*\(eds?\b", text[reading.end : mention.end])
    if edited or (not full and (located or lettered)):
        return True
    if (reading.ampersand and several > 1) or not mention.works[0].year[:1].isdigit():
        return True
    if reading.possessive:
        return not organisation and not made_of(text, mention)
    if full and not claims(text, mention.end):
        person = bool(re.match(r",? who(?:m|se)?\b", text[mention.end :])) or (
            says(text, mention.end, plural=False) and of_a_person(text, mention.end)
        )
        return (cued(reading.before) or person) and not made_of(text, mention)
    subject = not (_WITH_A_NAME.search(reading.before) or of_a_title(text, mention))
    if subject and says(text, mention.end, plural=several > 1):
        return True
    if cued(reading.before):
        # A journal has acronyms, as an organisation has: "reprinted in JAMA (1999)".
        return not (reading.names[0].isupper() and reading.before.endswith(" in"))
    lone = several == 1 and (one_word or led_by_initials(text, reading))
    return lone and evidence(text, mention, reading, page) >= ENOUGH


def _full_name(reading: Reading) -> bool:
    """Whether a given name stands before the surname, with no article before both."""
    words = reading.names[0].split()
    plain_words = all(re.fullmatch(r"[^\W\d_a-z][^\W\d_A-Z]+", word) for word in words)
    article = re.search(r"\b(?:an?|the|this|our)$", reading.before, re.IGNORECASE)
    return 1 < len(words) < 4 and plain_words and not article  # noqa: PLR2004  # Maria del Mar Ruiz


def surname_like(name: str) -> bool:
    """One capitalised word with its particles; two words may be a double surname."""
    words = [word for word in name.split() if word.casefold() not in PARTICLES]
    return len(words) == 1 and (
        words[0].isupper() or words[0].casefold() not in STARTERS | CONNECTIVES
    )


def is_place(reading: Reading) -> bool:
    """Whether the first name is a country's or a large city's."""
    return plain(reading.names[0]) in places()


def _any_place(reading: Reading) -> bool:
    return any(plain(name) in places() for name in reading.names)
