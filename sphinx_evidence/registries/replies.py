"""Values in the reply of a registry, which is data from strangers: of any type, or missing.

What is of another type than it should be counts as missing.
"""

import html
import re
from collections.abc import Iterable

from sphinx_evidence.text.printable import CONTROLS

LONGEST = 4000  # letters of a text: more than any title, and than any list of pages
# What steers a terminal, and what turns the direction of reading.
_UNSAFE = re.compile(f"{CONTROLS.pattern}|[\u202a-\u202e\u2066-\u2069]")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}\x00-\x20\x7f]+")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_PROXY = re.compile(r"^(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


def mapping(value: object) -> dict[str, object]:
    """A JSON object, or an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[object]:
    """A JSON array; a single value is an array of one, as some deposits have it."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def mappings(value: object) -> list[dict[str, object]]:
    """The JSON objects of an array."""
    return [one for one in listed(value) if isinstance(one, dict)]


def texts(value: object) -> list[str]:
    """The texts of an array, as people read them; empty ones are left out."""
    found = (
        plain_text(one)
        for one in listed(value)
        if isinstance(one, str | int) and not isinstance(one, bool)
    )
    return [text for text in found if text]


def text(value: object) -> str:
    """A text, or the first of an array; empty for none."""
    return next(iter(texts(value)), "")


def plain_text(value: str | int) -> str:
    """A text without markup or letters of control; entities, also of entities, are resolved."""
    found = _UNSAFE.sub(" ", str(value)[:LONGEST])
    if "<" in found or "&" in found:
        found = html.unescape(html.unescape(_TAG.sub("", found)))
        found = _UNSAFE.sub(" ", _TAG.sub("", found))
    return " ".join(found.split())


def first_year(value: object) -> int:
    """The year in a date as people write it: ``2011 Dec``, ``March 2009``; 0 for none."""
    found = _YEAR.search(text(value))
    return int(found[0]) if found else 0


def parts_of_date(value: object) -> str:
    """``2010-02-06`` for a date in parts, ``[[2010, 2, 6]]``; as exact as it is known."""
    parts = next(iter(listed(mapping(value).get("date-parts"))), None)
    numbers = [one for one in listed(parts)[:3] if type(one) is int and 0 < one < 10_000]  # noqa: PLR2004
    return "-".join(f"{one:02}" for one in numbers)


def years(values: Iterable[object]) -> tuple[int, ...]:
    """The years of dates in parts, each once."""
    found = (parts_of_date(value)[:4] for value in values)
    return tuple(dict.fromkeys(int(year) for year in found if len(year) == 4))  # noqa: PLR2004


def doi(value: object) -> str:
    """A DOI in small letters without its address; empty for what is none."""
    bare = _PROXY.sub("", text(value)).lower()
    return bare if _DOI.fullmatch(bare) else ""


def web_address(value: object) -> str:
    """An address of the web; empty for what is none."""
    found = text(value)
    return found if _ADDRESS.fullmatch(found) else ""
