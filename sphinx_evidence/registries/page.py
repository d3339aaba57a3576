"""What a page says of the work that it is about, in its metadata.

Highwire Press (``citation_title``), as Google Scholar reads it; then schema.org as JSON-LD; then
Dublin Core. A page is data from strangers: nothing of it is run, and no address in it is asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser

from sphinx_evidence.registries import replies, schema_org
from sphinx_evidence.registries.alike import person_of
from sphinx_evidence.registries.record import Person, Record, Scheme
from sphinx_evidence.registries.typed import identifier_of

_IDENTIFIERS = (
    "citation_doi", "citation_arxiv_id", "citation_pmid", "citation_isbn", "prism.doi",
    "dc.identifier", "dcterms.identifier", "dc.identifier.doi",
)  # fmt: skip
_PREFIXES = {"citation_pmid": "pmid:", "pmid": "pmid:", "citation_arxiv_id": "arxiv:"}


@dataclass(frozen=True)
class Page:
    """The identifier of a work, if there is one, and what its page says of it."""

    identifier: tuple[Scheme, str] | None = None
    record: Record = field(default_factory=Record)

    @property
    def is_whole(self) -> bool:
        """Whether that is enough for an entry."""
        one = self.record
        return bool(one.title and one.other_years and (one.authors or one.publisher))


def read(body: bytes, address: str) -> Page:
    """The metadata of a page that stands at an address."""
    tree = LexborHTMLParser(body)
    meta: dict[str, list[str]] = {}
    for node in tree.css("meta[name][content]"):
        text = replies.text(node.attributes["content"])
        if text:
            meta.setdefault((node.attributes["name"] or "").casefold(), []).append(text)
    scripts = (node.text() for node in tree.css('script[type="application/ld+json"]'))
    work = schema_org.work_in(scripts, address)
    given = [(name, value) for name in _IDENTIFIERS for value in meta.get(name, ())]
    given += [(name, value) for name in ("identifier", "sameAs", "@id", "isbn", "url")
              for value in schema_org.values(work.get(name))]  # fmt: skip
    found = next(filter(None, (_identifier(name, value) for name, value in given)), None)
    record = _merged([_highwire(meta), schema_org.read(work), _dublin(meta)])
    # The ISBN of a part is that of the whole.
    part = found and found[0] is Scheme.ISBN and record.container
    return Page(None if part else found, record)


def _identifier(name: str, value: str) -> tuple[Scheme, str] | None:
    """What a field says that it is; digits alone could be the number of anything."""
    prefix, _, number = value.rpartition("\0")
    value = number if number.casefold().startswith("http") else (
        _PREFIXES.get(name, "") or _PREFIXES.get(prefix.casefold(), "")
    ) + number  # fmt: skip
    found = identifier_of(value)
    bare = found and found[0] is Scheme.PMID and value.isdigit()
    part = found and found[0] is Scheme.ISBN and name not in {"citation_isbn", "isbn"}
    return None if bare or part else found


# -- Names in <meta> -------------------------------------------------------------


def _highwire(meta: dict[str, list[str]]) -> Record:
    def first(*names: str) -> str:
        return next((meta[f"citation_{one}"][0] for one in names if f"citation_{one}" in meta), "")

    institution = first("technical_report_institution", "dissertation_institution")
    kinds = {
        "article": first("journal_title"), "chapter": first("inbook_title"),
        "proceedings-article": first("conference_title"),
        "thesis": first("dissertation_institution"), "book": first("isbn"),
        "report": institution,
    }  # fmt: skip
    return Record(
        type=next((kind for kind, value in kinds.items() if value), ""),
        title=first("title"),
        authors=schema_org.people(map(person_of, meta.get("citation_author", ()))),
        container=first("journal_title", "inbook_title", "conference_title"),
        other_years=schema_org.years(first("publication_date", "date", "year", "online_date")),
        volume=first("volume"),
        issue=first("issue"),
        pages="-".join(filter(None, (first("firstpage"), first("lastpage")))),
        publisher=first("publisher") or institution,
        isbn=tuple(meta.get("citation_isbn", ())),
    )


def _dublin(meta: dict[str, list[str]]) -> Record:
    def every(name: str) -> list[str]:
        return meta.get(f"dc.{name}") or meta.get(f"dcterms.{name}") or []

    def first(*names: str) -> str:
        return next((every(name)[0] for name in names if every(name)), "")

    publisher = first("publisher")
    return Record(
        type=first("type"),
        title=first("title"),
        authors=schema_org.people(
            Person(group=name) if name == publisher else person_of(name)
            for name in every("creator")
        ),
        other_years=schema_org.years(first("issued", "date.issued", "date", "created")),
        publisher=publisher,
    )


def _merged(records: Iterable[Record]) -> Record:
    """The fields of the first that has them; who wrote a work by no author brought it out."""
    merged = Record()
    for record in records:
        new = {name: value for name, value in vars(record).items() if value}
        merged = replace(merged, **new | {k: v for k, v in vars(merged).items() if v})
    if not merged.authors and merged.publisher:
        merged = replace(merged, authors=(Person(group=merged.publisher),))
    return merged
