"""Words that tell a citation from a date, a place, a law or a title.

The lists are in ``words.toml``. From Babel, which Sphinx itself needs, come months, days, and
places: the names of countries and of cities with a time zone.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

from sphinx_evidence.text.normalise import plain

LISTS = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(
        Path(__file__).with_name("words.toml").read_text("utf-8")
    ).items()
}
PARTICLES = LISTS["particles"]
ORGANISATION = LISTS["organisation"]
COLLEAGUES = LISTS["colleagues"]
STARTERS = LISTS["starters"]
NOT_NAMES = LISTS["not_names"]
VERBS = LISTS["verbs"]
CUES = LISTS["cues"]
COUNTED = LISTS["counted"]
MADE = LISTS["made"]
GIVEN_NAMES = LISTS["given_names"]
ARTWORKS = LISTS["artworks"]
NAMED = LISTS["named"]
ROUNDS = LISTS["rounds"]
PUBLISHERS = LISTS["publishers"]
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


def reports(word: str, *, plural: bool = False) -> bool:
    """Whether ``word`` is what a person does who writes: ``argues``, ``found``."""
    word = word.casefold()
    if word in VERBS or (word.endswith("ed") and _stem(word) & VERBS):
        return True
    return not plural and word.endswith("s") and bool(_stem(word) & VERBS)


def _stem(word: str) -> set[str]:
    cuts = {word[:-1], word[:-2]}
    if word.endswith(("ies", "ied")):
        cuts.add(word[:-3] + "y")
    return cuts


def _english() -> "Locale":
    from babel import Locale  # noqa: PLC0415  # which a .bib file does without

    return Locale("en", "GB")


@cache
def months() -> frozenset[str]:
    """Months, with their short forms."""
    names = _english().months["format"]
    return frozenset(
        name.casefold() for width in ("wide", "abbreviated") for name in names[width].values()
    )


@cache
def times() -> frozenset[str]:
    """Months and days, with their short forms, and seasons."""
    locale = _english()
    months = (locale.months["format"][width] for width in ("wide", "abbreviated"))
    named = [*months, locale.months["format"]["wide"], locale.days["format"]["wide"]]
    return LISTS["times"] | {name.casefold() for names in named for name in names.values()}


def places_of_babel() -> frozenset[str]:
    """Countries and the cities of time zones, as letters without accents or case."""
    from babel import Locale  # noqa: PLC0415  # as above
    from babel.core import get_global  # noqa: PLC0415  # as above

    zones = (*get_global("zone_aliases"), *get_global("zone_territories"))
    cities = (zone.rsplit("/", 1)[-1].replace("_", " ") for zone in zones)
    return frozenset(plain(name) for name in (*Locale("en").territories.values(), *cities))


@cache
def places() -> frozenset[str]:
    """Every place, as letters without accents or case."""
    return places_of_babel() | {plain(name) for name in LISTS["cities"]}
