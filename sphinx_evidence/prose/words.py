"""Words that tell a citation from a date, a place, a law or a title.

The lists are in ``words.toml``. Places come from Babel, which Sphinx itself needs: the names of
countries and of cities with a time zone.
"""

import tomllib
from functools import cache
from pathlib import Path

from babel import Locale
from babel.core import get_global

from sphinx_evidence.text.normalise import plain

_LISTS = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(
        Path(__file__).with_name("words.toml").read_text("utf-8")
    ).items()
}
PARTICLES = _LISTS["particles"]
ORGANISATION = _LISTS["organisation"]
COLLEAGUES = _LISTS["colleagues"]
STARTERS = _LISTS["starters"]
TIMES = _LISTS["times"]
NOT_NAMES = _LISTS["not_names"]
VERBS_PLURAL = _LISTS["verbs_plural"]
VERBS_OF_TWO = _LISTS["verbs_of_two"]
CUES = _LISTS["cues"]
CUE_VERBS = _LISTS["cue_verbs"]
GIVEN_NAMES = _LISTS["given_names"]
MADE = _LISTS["made"]
PUBLISHERS = _LISTS["publishers"]
CONNECTIVES = frozenset(["of", "for", "the", "on", "in", "to"])  # inside organisations' names
FOUNDING = (
    "founded",
    "established",
    "set up",
    "created",
    "launched",
    "opened",
    "formed in",
    "built",
)


def reports(word: str, *, plural: bool, wider: bool = False) -> bool:
    """Whether ``word`` is what a person does who writes: ``argues``, ``found``."""
    word = word.casefold()
    verbs = VERBS_PLURAL | VERBS_OF_TWO if plural or wider else VERBS_PLURAL
    if word in verbs or (word.endswith("ed") and _stem(word) & verbs):
        return True
    return not plural and word.endswith("s") and bool(_stem(word) & verbs)


def _stem(word: str) -> set[str]:
    cuts = {word[:-1], word[:-2]}
    if word.endswith(("ies", "ied")):
        cuts.add(word[:-3] + "y")
    return cuts


@cache
def places() -> frozenset[str]:
    """Countries and large cities, as letters without accents or case."""
    territories = Locale("en").territories.values()
    zones = (zone.rsplit("/", 1)[-1].replace("_", " ") for zone in get_global("zone_aliases"))
    more = (zone.rsplit("/", 1)[-1].replace("_", " ") for zone in get_global("zone_territories"))
    return frozenset(plain(name) for name in [*territories, *zones, *more, *_LISTS["cities"]]) - {
        "nice"
    }
