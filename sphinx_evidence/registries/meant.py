"""Whether a work that was looked for by title, author and year may be the one that is meant."""

from collections.abc import Iterable, Iterator

from sphinx_evidence.bibliography.reader import Entry
from sphinx_evidence.registries import alike
from sphinx_evidence.registries.as_entry import item_of
from sphinx_evidence.registries.fields import is_borne_out
from sphinx_evidence.registries.record import Record
from sphinx_evidence.text.normalise import plain

_PARTS = {"article-journal", "chapter", "paper-conference"}  # of something, as CSL names them
_OF_PARTS = {"article", "conference", "inbook", "incollection", "inproceedings", "suppperiodical"}
_ANY = {"misc", "online", "unpublished"}  # types of entries that say little


def identifier(record: Record) -> tuple[str, str]:
    """The identifier of a record that is offered, with the name of its field."""
    if record.doi:
        return "doi", record.doi
    return "isbn", next(iter(_isbns(record.isbn)), "")


def _isbns(numbers: Iterable[str]) -> Iterator[str]:
    from stdnum import isbn  # noqa: PLC0415  # slow to load, and few works need it

    return (isbn.to_isbn13(isbn.compact(one)) for one in numbers if isbn.is_valid(one))


def is_meant(entry: Entry, record: Record) -> bool:
    """Whether a work that was found may be that of an entry.

    Title, first author and year agree, nothing that both say differs, and neither is an article
    on the other, such as the review of a book.
    """
    if not identifier(record)[1] or record.notice:
        return False
    part = item_of(record)["type"] in _PARTS
    fits = entry.type in _ANY or part == (entry.type in _OF_PARTS)
    return fits and _same_initial(entry, record) and is_borne_out(entry, record)


def _same_initial(entry: Entry, record: Record) -> bool:
    """Whether the first author has not another given name in the record."""
    ours = alike.people_of(entry.get("author") or entry.get("editor"))[0]
    theirs = record.authors or record.editors
    given = [plain(one.given)[:1] for one in (*ours[:1], *theirs[:1])]
    return "" in given or len(set(given)) == 1
