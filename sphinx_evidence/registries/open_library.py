"""Books as Open Library describes them: https://openlibrary.org/dev/docs/api/books."""

from pybtex.database import Person as Name
from pybtex.exceptions import PybtexError

from sphinx_evidence.registries import replies
from sphinx_evidence.registries.record import Notice, Person, Record


def read(payload: object, isbn: str) -> tuple[Record, tuple[Notice, ...]] | None:
    """The record of a book in a reply; None where it cannot be read."""
    book = replies.mapping(replies.mapping(payload).get(f"ISBN:{isbn}"))
    book = replies.mapping(book.get("details")) or book
    title = replies.text(book.get("title"))
    if not title:
        return None
    numbers = replies.mapping(book.get("identifiers")) or book
    names = (replies.text(one.get("name")) for one in replies.mappings(book.get("authors")))
    publishers = [
        replies.text(one.get("name") if isinstance(one, dict) else one)
        for one in replies.listed(book.get("publishers"))
    ]
    year = replies.first_year(book.get("publish_date"))
    record = Record(
        type="book",
        title=title,
        subtitle=replies.text(book.get("subtitle")),
        authors=tuple(map(_person, filter(None, names))),
        more_authors=True,  # whoever added the book may have named the first alone
        other_years=(year,) if year else (),
        publisher=next(iter(publishers), ""),
        isbn=tuple(replies.texts(numbers.get("isbn_13")) + replies.texts(numbers.get("isbn_10"))),
    )
    return record, ()


def _person(name: str) -> Person:
    """A person from a whole name, whichever way round it is."""
    try:
        parts = Name(name)
    except PybtexError:
        return Person(group=name)
    family = " ".join([*parts.prelast_names, *parts.last_names])
    return Person(family, " ".join([*parts.first_names, *parts.middle_names]))
