"""The registries on loopback, with replies shaped as the real ones."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from sphinx_evidence.bibliography.reader import Bibliography, Entry, read
from sphinx_evidence.network.politeness import Settings
from sphinx_evidence.registries import crossref, pubmed
from sphinx_evidence.registries.record import Answer, Registry, Verdict, Work
from sphinx_evidence.registries.works import OF_DOIS, identifiers
from tests.links import world as w
from tests.links.world import Behave, Handler, World

HOSTS = {
    "crossref_base": "http://crossref.test/",
    "datacite_base": "http://datacite.test/",
    "open_library_base": "http://library.test/",
}
SUMMARIES = ("eutils.test", "/entrez/eutils/esummary.fcgi")
Place = tuple[str, str]  # host and path
FIELDS = {
    "author": "Leamy, Mary and Bird, Victoria and Slade, Mike",
    "title": "Conceptual framework for personal recovery in mental health: systematic review",
    "year": "2011",
    "journal": "British Journal of Psychiatry",
    "volume": "199",
    "number": "6",
    "pages": "445--452",
}


def settings(world: World, **changes: Any) -> Settings:  # noqa: ANN401  # as Settings has them
    return world.settings(**(HOSTS | changes))


def entry(key: str = "leamy2011", kind: str = "article", **fields: str) -> Entry:
    """An entry of a work in which nothing is wrong, but for ``fields``."""
    given = {name: value for name, value in (FIELDS | fields).items() if value}
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in given.items())
    return read(f"@{kind}{{{key},\n{lines}}}\n", "references.bib").entries[key]


def work_at(doi: str) -> Place:
    return "crossref.test", f"/works/{quote(doi, safe='/')}"


def data_at(doi: str) -> Place:
    return "datacite.test", f"/dois/{quote(doi, safe='/')}"


def arxiv_at(number: str) -> Place:
    return data_at(f"10.48550/arXiv.{number}")


def handle_at(doi: str) -> Place:
    return "handle.test", f"/api/handles/{quote(doi, safe='/')}"


BOOKS = ("library.test", "/api/books")


def as_json(value: object, code: int = 200, **headers: str) -> Behave:
    kind = "application/json"
    return w.status(code, json.dumps(value).encode(), **({"Content_Type": kind} | headers))


def work(doi: str, **changes: object) -> dict[str, Any]:
    """The reply of Crossref for a work, with ``changes`` to its message; None leaves out."""
    message = {
        "indexed": {"date-parts": [[2024, 5, 1]], "timestamp": 1714521600000, "version": "3.31"},
        "DOI": doi, "type": "journal-article", "source": "Crossref", "score": 1,
        "publisher": "Royal College of Psychiatrists", "prefix": doi.partition("/")[0],
        "title": ["Conceptual framework for personal recovery in mental health: systematic review"],
        "subtitle": [], "short-title": [], "original-title": [], "relation": {},
        "container-title": ["British Journal of Psychiatry"],
        "short-container-title": ["Br J Psychiatry"],
        "author": [
            {"given": "Mary", "family": "Leamy", "sequence": "first", "affiliation": []},
            {"given": "Victoria", "family": "Bird", "sequence": "additional", "affiliation": []},
            {"given": "Mike", "family": "Slade", "sequence": "additional", "affiliation": [],
             "ORCID": "http://orcid.org/0000-0001-7020-3434"},
        ],
        "published-print": {"date-parts": [[2011, 12]]},
        "published-online": {"date-parts": [[2011, 11, 3]]},
        "issued": {"date-parts": [[2011, 12]]},
        "volume": "199", "issue": "6", "page": "445-452", "ISSN": ["0007-1250", "1472-1465"],
        "license": [{"URL": "https://www.cambridge.org/core/terms", "content-version": "vor"}],
    }  # fmt: skip
    kept = {k: v for k, v in (message | changes).items() if v is not None}
    return {"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": kept}


def update(kind: str, doi: str, *day: int, source: str = "publisher") -> dict[str, object]:
    """One entry of ``updated-by`` or ``update-to``."""
    when = {"date-parts": [list(day)], "timestamp": 1265414400000}
    return {"updated": when, "DOI": doi, "type": kind, "label": kind.title(), "source": source}


def data(doi: str, **changes: object) -> dict[str, Any]:
    """The reply of DataCite."""
    attributes = {
        "doi": doi, "publisher": "Zenodo", "publicationYear": 2011, "container": {},
        "titles": [{"title": FIELDS["title"]}],
        "creators": [
            {"name": "Leamy, Mary", "givenName": "Mary", "familyName": "Leamy"},
            {"name": "Bird, Victoria", "nameType": "Personal"},
            {"name": "Slade, Mike", "nameIdentifiers": [
                {"nameIdentifier": "https://orcid.org/0000-0001-7020-3434"}]},
        ],
        "types": {"resourceTypeGeneral": "Text", "resourceType": "Article"},
        "dates": [{"date": "2011-12-01", "dateType": "Issued"}], "relatedIdentifiers": [],
    }  # fmt: skip
    return {"data": {"id": doi, "type": "dois", "attributes": attributes | changes}}


def preprint(number: str, **changes: object) -> dict[str, Any]:
    """The reply of DataCite for a work at arXiv."""
    dates = [
        {"date": "2021-01-02T08:00:00Z", "dateType": "Submitted", "dateInformation": "v1"},
        {"date": "2022-05", "dateType": "Available", "dateInformation": "v3"},
    ]
    own = {"publisher": "arXiv", "publicationYear": 2021, "dates": dates, "types": {
        "resourceTypeGeneral": "Preprint", "resourceType": "Article"}}  # fmt: skip
    return data(f"10.48550/arxiv.{number}", **(own | changes))


def summary(number: str, **changes: object) -> dict[str, object]:
    """One record of an ESummary."""
    return {
        "uid": number, "pubdate": "2011 Dec", "epubdate": "2011 Nov 3", "source": "Br J Psychiatry",
        "authors": [{"name": n, "authtype": "Author"} for n in ("Leamy M", "Bird V", "Slade M")],
        "title": f"{FIELDS['title']}.", "volume": "199", "issue": "6", "pages": "445-52",
        "issn": "0007-1250", "essn": "1472-1465", "pubtype": ["Journal Article", "Review"],
        "articleids": [
            {"idtype": "pubmed", "idtypen": 1, "value": number},
            {"idtype": "doi", "idtypen": 3, "value": "10.1192/bjp.bp.110.083733"},
        ],
        "references": [], "vernaculartitle": "",
        "fulljournalname": "The British journal of psychiatry : the journal of mental science",
    } | changes  # fmt: skip


def summaries(records: Mapping[str, object]) -> Behave:
    """ESummary, which knows ``records`` and answers as NCBI does for what it does not know."""

    def behave(handler: Handler, count: int) -> None:
        numbers = parse_qs(urlsplit(handler.path).query)["id"][0].split(",")
        unknown = {n: {"uid": n, "error": "cannot get document summary"} for n in numbers}
        found = {n: records.get(n, unknown[n]) for n in numbers}
        reply = {"header": {"type": "esummary", "version": "0.3"}}
        as_json(reply | {"result": {"uids": numbers, **found}})(handler, count)

    return behave


def book(isbn: str, **changes: object) -> dict[str, object]:
    """The reply of Open Library for one book."""
    content = {
        "url": "https://openlibrary.org/books/OL1M/Book", "key": "/books/OL1M",
        "title": "Conceptual framework for personal recovery in mental health",
        "subtitle": "systematic review",
        "authors": [{"url": "https://openlibrary.org/authors/OL1A", "name": "Mary Leamy"}],
        "publishers": [{"name": "Press"}], "publish_date": "March 2011",
        "identifiers": {"isbn_13": [isbn], "openlibrary": ["OL1M"]},
    }  # fmt: skip
    return {f"ISBN:{isbn}": content | changes}


NOT_FOUND = w.status(404, b"Resource not found.", Content_Type="text/plain;charset=utf-8")
NO_DATA = as_json(
    {"errors": [{"status": "404", "title": "The resource you are looking for doesn't exist."}]}, 404
)
NO_HANDLE = as_json({"responseCode": 100, "handle": "none"}, 404)
HANDLE = as_json({"responseCode": 1, "values": [{"type": "URL"}]})


def plays(world: World, places: Iterable[tuple[Place, Behave]]) -> None:
    """Let the world be these places, and nothing else."""
    world.pages.clear()
    world.pages.update(places)


# -- What is known of works, without asking ------------------------------------------

PAPER, PREPRINT, MISTYPED = (
    "10.1192/bjp.bp.110.083733",
    "10.1101/2010.01.01",
    "10.1192/bjp.bp.110.08373",
)
ASKED = date(2026, 3, 1)
TOLD = {  # the works of the rulebook of which there are notices
    "10.5555/retracted": update("retraction", "10.5555/notice", 2012, 5, 1),
    "10.5555/doubted": update("expression_of_concern", "10.5555/notice", 2012, 5, 1),
    "10.5555/corrected": update("erratum", "10.5555/notice", 2012, 5, 1),
}

MADE_UP: dict[str, object] = {  # nobody's work is called retracted for an example
    "title": ["Title of the article"], "author": [{"family": "Surname", "given": "Given"}],
    "container-title": ["Name of the Journal"], "short-container-title": [],
}  # fmt: skip


def known(bibliography: Bibliography, **changes: object) -> dict[str, Work]:
    """What a lock has of the works of a bibliography, with ``changes`` to Crossref's message."""
    changes = {name.replace("_", "-"): value for name, value in changes.items()}
    of_preprint = {
        "type": "posted-content", "container-title": [], "institution": [{"name": "bioRxiv"}],
        "short-container-title": [], "volume": None, "issue": None, "page": None,
        "relation": {"is-preprint-of": [{"id-type": "doi", "id": PAPER}]},
    }  # fmt: skip
    replies = {
        PAPER: (Registry.CROSSREF, crossref.read(work(PAPER, **changes))),
        PREPRINT: (Registry.CROSSREF, crossref.read(work(PREPRINT, **of_preprint))),
        **{
            doi: (Registry.CROSSREF, crossref.read(work(doi, **MADE_UP, **{"updated-by": [told]})))
            for doi, told in TOLD.items()
        },
        "22130746": (Registry.PUBMED, pubmed.read(summary("22130746"), "22130746")),
    }
    works = {}
    for key, one in bibliography.entries.items():
        answers = {}
        for value in identifiers(one).values():
            registry, reply = replies.get(value, (None, None))
            if registry and reply:
                answers[registry] = Answer(
                    Verdict.ANSWERED, value, ASKED, record=reply[0], notices=reply[1]
                )
            else:
                answers |= dict.fromkeys(OF_DOIS, Answer(Verdict.ABSENT, value, ASKED))
        works[key] = Work(identifiers(one), answers=answers)
    return works
