"""The entries of .bib files as works that registries know: identifiers, and what is compared."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sphinx_evidence.bibliography.identifiers import arxiv_number, bare_doi
from sphinx_evidence.bibliography.reader import Entry
from sphinx_evidence.registries.alike import as_shown, people_of
from sphinx_evidence.registries.record import Answer, Registry, Scheme, Work

# The fields that are held against records; the status of an entry is proved by them, too.
COMPARED = (
    "archiveprefix", "author", "booktitle", "date", "doi", "editor", "eid", "eprint", "eprinttype",
    "isbn", "issue", "journal", "journaltitle", "number", "pages", "pmcid", "pmid", "subtitle",
    "title", "url", "volume", "year",
)  # fmt: skip
OF_DOIS = (Registry.CROSSREF, Registry.DATACITE, Registry.HANDLE)  # in the order of asking
_SCHEMES = {
    Scheme.ARXIV: (Registry.ARXIV,), Scheme.ISBN: (Registry.OPEN_LIBRARY,),
    Scheme.PMCID: (Registry.PMC,),
    Scheme.PMID: (Registry.PUBMED,), Scheme.DOI: OF_DOIS,
    Scheme.BOOK: (Registry.OPEN_LIBRARY, Registry.CROSSREF), Scheme.TITLE: (Registry.CROSSREF,),
}  # fmt: skip
SOUGHT = {Scheme.BOOK, Scheme.TITLE}  # what comes of these is offered, and judges nothing
_BOOKS = {"book", "collection", "mvbook", "mvcollection", "proceedings"}
_LONGEST = 300  # letters of the words by which a work is looked for


@dataclass(frozen=True)
class Outcome:
    """What is known of each work, and how many identifiers were asked for.

    ``silence`` is a reason, where nobody at all has answered.
    """

    works: Mapping[str, Work]
    asked: int = 0
    silence: str = ""


def identifiers(entry: Entry) -> dict[Scheme, str]:
    """The identifiers of an entry by which registries know its work, each in its one form.

    The ISBN of a chapter is that of its book; a DOI of arXiv is its number there.
    """
    doi = (bare_doi(entry.get("doi")) or _doi_of_address(entry)).lower()
    found = dict([by_doi(doi)]) | {Scheme.ARXIV: _of_arxiv(entry) or arxiv_number(doi)}
    if entry.get("isbn") and not entry.get("booktitle"):
        from stdnum import isbn  # noqa: PLC0415  # slow to load, and few works need it

        number = isbn.compact(re.split(r"[,;\s]", entry.get("isbn"), maxsplit=1)[0])
        if isbn.is_valid(number):
            found[Scheme.ISBN] = isbn.to_isbn13(number)
    if re.fullmatch(r"[1-9]\d{0,8}", entry.get("pmid")):
        found[Scheme.PMID] = entry.get("pmid")
    if re.fullmatch(r"PMC[1-9]\d{0,8}", entry.get("pmcid")):
        found[Scheme.PMCID] = entry.get("pmcid")
    known = {scheme: value for scheme, value in found.items() if value}
    at_arxiv = "" if known else arxiv_number(entry.get("url"))
    return {Scheme.ARXIV: at_arxiv} if at_arxiv else known


def by_doi(doi: str) -> tuple[Scheme, str]:
    """A DOI as what it is asked under: those of arXiv are its numbers."""
    number = arxiv_number(doi)
    return (Scheme.ARXIV, number) if number else (Scheme.DOI, doi)


def _of_arxiv(entry: Entry) -> str:
    """The number that an entry says it has at arXiv, in the field for it or where exports put it.

    Google Scholar writes ``journal = {arXiv preprint arXiv:2101.00001}``, and DBLP
    ``journal = {CoRR}, volume = {abs/2101.00001}``.
    """
    given, archive = entry.get("eprint"), entry.get("archiveprefix") or entry.get("eprinttype")
    if archive.casefold() == "arxiv" or (given and not archive and "arxiv" in given.casefold()):
        return arxiv_number(given)
    journal = entry.get("journal") or entry.get("journaltitle")
    if journal.casefold() == "corr":
        return arxiv_number(entry.get("volume"))
    return arxiv_number(journal.casefold().partition("arxiv preprint ")[2])


def asked_for(entry: Entry) -> dict[Scheme, str]:
    """The identifiers of an entry; without any, the words by which one can be looked for.

    These are its first author, year and title: with less, what is found could be any work.
    """
    if found := identifiers(entry):
        return found
    people, _ = people_of(entry.get("author") or entry.get("editor"))
    year = re.search(r"\d{4}", entry.get("year") or entry.get("date"))
    if not (people and year and entry.get("title")):
        return {}
    words = f"{people[0].family or people[0].group} {year[0]} {as_shown(entry.get('title'))}"
    return {Scheme.BOOK if entry.type in _BOOKS else Scheme.TITLE: words[:_LONGEST].strip()}


def _doi_of_address(entry: Entry) -> str:
    """The DOI in an address that is that of the DOI."""
    address = entry.get("url")
    return bare_doi(address) if "doi.org/" in address else ""


def digest(entry: Entry) -> str:
    """What the compared fields of an entry come to."""
    fields = "\0".join(f"{name}\0{entry.get(name)}" for name in COMPARED)
    return hashlib.blake2b(fields.encode(), digest_size=8).hexdigest()


def registries_of(scheme: Scheme, known: Mapping[Registry, Answer]) -> list[Registry]:
    """Who is asked for an identifier, one after the other until one has it.

    Who had it the last time comes first: agencies hand over DOIs, but seldom.
    """
    return sorted(
        _SCHEMES[scheme],
        key=lambda registry: registry not in known or known[registry].record is None,
    )


def holding(known: Work | None, scheme: Scheme, identifier: str) -> dict[Registry, Answer]:
    """The answers for one identifier; those for another that the entry had do not count."""
    return {
        registry: answer
        for registry, answer in (known.answers if known else {}).items()
        if registry in _SCHEMES[scheme] and answer.asked == identifier
    }


def works_of(entries: Iterable[Entry], known: Mapping[str, Work]) -> dict[str, Work]:
    """The works of a bibliography, with what is known of each by its identifiers.

    An entry that was given another key keeps what is known; who nobody has asked is `not asked`.
    """
    learnt = {
        (scheme, identifier): work
        for work in known.values() for scheme, identifier in work.identifiers.items()
    }  # fmt: skip
    made = {}
    for entry in entries:
        found = asked_for(entry)
        answers: dict[Registry, Answer] = {}
        for scheme, identifier in found.items():
            own = holding(known.get(entry.key), scheme, identifier)
            held = own or holding(learnt.get((scheme, identifier)), scheme, identifier)
            answers |= held or {_SCHEMES[scheme][0]: Answer(asked=identifier)}
        before = known.get(entry.key, Work())
        made[entry.key] = replace(before, identifiers=found, answers=answers)
    return made
