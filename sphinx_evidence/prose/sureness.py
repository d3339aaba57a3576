"""Whether words are a citation even if no entry fits, and what they cannot be.

Pure: imports neither Sphinx nor docutils. A name and a year may be a place, a film or a law;
only what writers do with sources alone makes it a citation by itself.
"""

import re
from typing import TYPE_CHECKING

from sphinx_evidence.prose.letters import plain
from sphinx_evidence.prose.names import Reading
from sphinx_evidence.prose.words import (
    CONNECTIVES,
    CUE_VERBS,
    CUES,
    FOUNDING,
    NOT_NAMES,
    ORGANISATION,
    PARTICLES,
    STARTERS,
    TIMES,
    places,
    reports,
)

if TYPE_CHECKING:
    from sphinx_evidence.prose.scanner import Mention

_BINOMIAL = re.compile(r"[A-Z][a-z]+\s+[a-z]{3,}(?:\s+[a-z]{3,})?\W*$")
_LEAD = re.compile(
    r"(?:see(?: also)?|e\.?g\.?|cf\.?|cited in|as in|in|for (?:a|an) \w+,? see)$", re.IGNORECASE
)


def ruled_out(text: str, start: int, form: str, reading: Reading, year: str) -> bool:
    """Whether the words are certainly no citation: a date, a law, a figure, a taxon."""
    words = re.findall(r"[^\W\d_]+", " ".join(reading.names))
    if not words:
        return True
    last = words[-1].casefold()
    if last in NOT_NAMES or (last in TIMES and not reading.et_al and len(reading.names) == 1):
        # May (2011) and March (1991) are people where an entry says so: the matcher decides.
        return last in NOT_NAMES or form == "bare" or last not in {"may", "march", "august"}
    if reading.before.endswith(("©", "(c)")):
        return True
    return form != "narrative" and _taxon(text, start, reading, year)


def _taxon(text: str, start: int, reading: Reading, year: str) -> bool:
    """The author of the name of a species: ``Panthera leo (Linnaeus, 1758)``."""
    lead = text[max(start - 60, 0) : start].rstrip("( ")
    old = year[:4].isdigit() and int(year[:4]) < 1930  # noqa: PLR2004  # few works cited are as old
    return old and len(reading.names) <= 2 and bool(_BINOMIAL.search(lead))  # noqa: PLR2004


def is_sure(text: str, mention: "Mention", reading: Reading) -> bool:
    """Whether writers use these words for sources alone."""
    if reading.et_al:
        return True
    words = re.findall(r"[\w'’-]+", " ".join(reading.names))
    if len(reading.names) == 1 and (_is_place(reading) or words[-1].casefold() in TIMES):
        return False
    one_word = all(_surname_like(name) for name in reading.names)
    if mention.form == "narrative":
        return _sure_narrative(text, mention, reading, one_word=one_word)
    year = mention.works[0].year
    dated = bool(re.search(r"\d[a-z]$", year)) or not year[:1].isdigit()
    if mention.form == "bare":
        joined = reading.joined and one_word and len(reading.names) > 1 and not _any_place(reading)
        return joined and (reading.ampersand or reading.comma)
    if reading.joined and len(reading.names) > 1 and one_word:
        return reading.comma or reading.ampersand or bool(mention.works[-1].post)
    organisation = any(word.casefold() in ORGANISATION for word in words) or (
        len(words) == 1 and words[0].isupper() and len(words[0]) > 2  # noqa: PLR2004
    )
    locator = bool(mention.works[-1].post)
    led = bool(_LEAD.search(mention.works[0].pre))
    named = one_word or organisation
    return named and (locator or led or dated or reading.comma)


def _sure_narrative(  # noqa: PLR0911  # one return for each sign
    text: str, mention: "Mention", reading: Reading, *, one_word: bool
) -> bool:
    several = len(reading.names)
    if several > 2 and one_word and reading.joined:  # noqa: PLR2004
        return True
    organisation = any(
        word.casefold() in ORGANISATION for name in reading.names for word in name.split()
    )
    if not (one_word or organisation or reading.initials):
        return False
    if mention.works[-1].post or re.search(r"\d[a-z]$", mention.works[0].year):
        return True
    if (reading.ampersand and several > 1) or not mention.works[0].year[:1].isdigit():
        return True
    if reading.possessive:
        return not organisation
    following = re.match(r"[\s,]*(?:also|have|has|had|first|later|both|then|similarly|and)?\s*"
                         r"([A-Za-z]+)", text[mention.end : mention.end + 60])  # fmt: skip
    if following and text[mention.end : mention.end + 1].isspace():
        verb = following[1]
        if verb[0].islower() and reports(verb, plural=several > 1):
            return True
    return _cued(reading.before)


def _cued(before: str) -> bool:
    """Whether the words before the names lead to a source: ``according to``, ``a study by``."""
    words = re.findall(r"[\w-]+", before.casefold())[-4:]
    if not words:
        return False
    if before.casefold().endswith(("according to", "see", "see also", "cf.", "cited in", "e.g.")):
        return True
    if words[-1] in {"by", "of", "from", "in"} and len(words) > 1:
        noun = words[-2]
        return (
            noun in CUES
            or noun.removesuffix("s") in CUES
            or (words[-1] in {"by", "in"} and noun in CUE_VERBS)
        )
    return False


def _surname_like(name: str) -> bool:
    """One capitalised word with its particles; two words may be a double surname."""
    words = [word for word in name.split() if word.casefold() not in PARTICLES]
    return len(words) == 1 and (
        words[0].isupper() or words[0].casefold() not in STARTERS | CONNECTIVES
    )


def _is_place(reading: Reading) -> bool:
    return plain(reading.names[0]) in places()


def _any_place(reading: Reading) -> bool:
    return any(plain(name) in places() for name in reading.names)


def founding(text: str, start: int, end: int) -> bool:
    """Whether the words around tell when an organisation was founded."""
    around = text[max(start - 30, 0) : start] + text[end : end + 30]
    return any(word in around for word in FOUNDING)
