"""Books as Open Library describes them.

https://openlibrary.org/dev/docs/api/books, https://openlibrary.org/dev/docs/api/search
"""

from sphinx_evidence.network.client import Client, Reply
from sphinx_evidence.registries import replies
from sphinx_evidence.registries.alike import person_of
from sphinx_evidence.registries.record import Notice, Record

SPACING = 1.0  # seconds between two requests, as it asks of who is not signed in


async def ask(client: Client, query: str) -> Reply:
    """Ask one of its interfaces for programs.

    Its robots.txt refuses /api and /search to every program, and means search engines: the
    interfaces are made for programs, and its own rules are kept.
    """
    base = client.settings.open_library_base
    client.hosts.of(base).pause_at_least(SPACING)
    return await client.data(f"{base}{query}")


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
        authors=tuple(map(person_of, filter(None, names))),
        more_authors=True,  # whoever added the book may have named the first alone
        other_years=(year,) if year else (),
        publisher=next(iter(publishers), ""),
        isbn=tuple(replies.texts(numbers.get("isbn_13")) + replies.texts(numbers.get("isbn_10"))),
    )
    return record, ()


def found(payload: object) -> list[tuple[Record, tuple[Notice, ...]]] | None:
    """The books that a search has found; None where the reply is no list of books."""
    books = replies.mapping(payload).get("docs")
    return [(_found(one), ()) for one in replies.mappings(books)] if type(books) is list else None


def _found(book: dict[str, object]) -> Record:
    """A book in the edition that a search shows of it."""
    editions = replies.mappings(replies.mapping(book.get("editions")).get("docs"))
    edition = next(iter(editions), {})
    year = replies.first_year(edition.get("publish_date"))
    return Record(
        type="book",
        title=replies.text(edition.get("title") or book.get("title")),
        subtitle=replies.text(edition.get("subtitle")),
        authors=tuple(map(person_of, replies.texts(book.get("author_name")))),
        more_authors=True,
        other_years=(year,) if year else (),
        publisher=replies.text(edition.get("publisher")),
        isbn=tuple(replies.texts(edition.get("isbn"))),
    )
