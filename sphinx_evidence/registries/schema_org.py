"""Works as pages describe them for search engines: schema.org, as JSON-LD."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice

from sphinx_evidence.registries import replies
from sphinx_evidence.registries.alike import person_of
from sphinx_evidence.registries.record import Person, Record

MOST = 200  # objects, and people, that are looked at
_DEEPEST = 3  # levels of graphs in which a work may lie
# Of schema.org: what can be cited, by words of which its type in CSL is found.
_TYPES = {
    "Article": "article", "Book": "book", "Chapter": "chapter", "Dataset": "dataset",
    "MedicalScholarlyArticle": "article", "NewsArticle": "article", "Report": "report",
    "ScholarlyArticle": "article", "TechArticle": "report", "Thesis": "thesis",
}  # fmt: skip


def work_in(scripts: Iterable[str], address: str) -> dict[str, object]:
    """The one work of a page; of several, the one whose page it is; else none."""
    works = [one for script in scripts for one in _works(_json(script), 0)][:MOST]
    own = [one for one in works if address in {
        *values(one.get("url")), *values(one.get("@id")), *values(one.get("mainEntityOfPage")),
    }]  # fmt: skip
    found = own or works
    return found[0] if len(found) == 1 else {}


def _json(script: str) -> object:
    try:
        return json.loads(script)
    except (ValueError, RecursionError):
        return None


def _works(value: object, depth: int) -> Iterator[dict[str, object]]:
    for one in replies.mappings(value)[:MOST] if depth < _DEEPEST else ():
        if _type(one):
            yield one
        else:
            yield from _works(one.get("@graph"), depth + 1)
            yield from _works(one.get("mainEntity"), depth + 1)


def _type(one: dict[str, object]) -> str:
    given = (text.rpartition("/")[2].removeprefix("schema:") for text in
             replies.texts(one.get("@type")))  # fmt: skip
    return next((_TYPES[text] for text in given if text in _TYPES), "")


def read(work: dict[str, object]) -> Record:
    """A work; its journal is that of its issue and volume."""
    """A work; its journal is that of its issue and volume."""
    journal, volume, issue = "", _text(work.get("volumeNumber")), _text(work.get("issueNumber"))
    part = next(iter(replies.mappings(work.get("isPartOf"))), {})
    for _ in range(_DEEPEST):  # an issue of a volume of a journal
        volume = volume or _text(part.get("volumeNumber"))
        issue = issue or _text(part.get("issueNumber"))
        journal = _text(part.get("name")) or journal
        part = next(iter(replies.mappings(part.get("isPartOf"))), {})
    pages = [_text(work.get("pageStart")), _text(work.get("pageEnd"))]
    publisher = next(iter(replies.listed(work.get("publisher"))), None)
    return Record(
        type=_type(work),
        title=_text(work.get("headline")) or _text(work.get("name")),
        authors=people(_named(one) for one in replies.listed(work.get("author"))),
        container=journal,
        other_years=years(work.get("datePublished")),
        volume=volume,
        issue=issue,
        pages="-".join(filter(None, pages)) or _text(work.get("pagination")),
        publisher=_text(replies.mapping(publisher).get("name") or publisher),
        isbn=tuple(values(work.get("isbn"))),
    )


def _text(value: object) -> str:
    """A text, also of one in a language: ``{"@value": "…"}``."""
    one = next(iter(replies.listed(value)), None)
    return replies.text(replies.mapping(one).get("@value") if isinstance(one, dict) else one)


def _named(value: object) -> Person | None:
    one = replies.mapping(value)
    family, given = _text(one.get("familyName")), _text(one.get("givenName"))
    if family:
        return Person(family, given)
    name = _text(one.get("name") if one else value)
    if "Organization" in " ".join(replies.texts(one.get("@type"))):
        return Person(group=name) if name else None
    return person_of(name) if name else None


def people(given: Iterable[Person | None]) -> tuple[Person, ...]:
    """Those that have a name."""
    """Those that have a name."""
    return tuple(one for one in islice(given, MOST) if one)


def years(value: object) -> tuple[int, ...]:
    """The year in a date, if there is one."""
    """The year in a date, if there is one."""
    year = replies.first_year(_text(value))
    return (year,) if year else ()


def values(value: object) -> Iterator[str]:
    """Texts, and those of a PropertyValue behind what they are: ``pmid``, ``7``."""
    for one in replies.listed(value)[:MOST]:
        if isinstance(one, dict):
            kind, text = replies.text(one.get("propertyID")), replies.text(one.get("value"))
            yield f"{kind}\0{text}" if kind and text else text
        else:
            yield replies.text(one)
