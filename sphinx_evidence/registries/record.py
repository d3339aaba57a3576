"""What a registry says of a work, in one form whatever its own is."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sphinx_evidence.network.ledgers import address


class Registry(StrEnum):
    """Who is asked, by the names in the lock."""

    ARXIV = "arxiv"  # whose records are at DataCite
    CROSSREF = "crossref"
    DATACITE = "datacite"
    HANDLE = "handle"  # of every agency: whether a DOI is registered, and no more
    OPEN_LIBRARY = "open library"
    PMC = "pmc"
    PUBMED = "pubmed"

    @property
    def shown(self) -> str:
        """The name as people write it."""
        return _SHOWN[self]


_SHOWN = {
    Registry.ARXIV: "arXiv",
    Registry.CROSSREF: "Crossref",
    Registry.DATACITE: "DataCite",
    Registry.HANDLE: "doi.org",
    Registry.OPEN_LIBRARY: "Open Library",
    Registry.PMC: "PubMed Central",
    Registry.PUBMED: "PubMed",
}


class Scheme(StrEnum):
    """The identifiers that lead to a registry, by the names of their fields.

    A work without any is looked for by the words of `TITLE` or, a book, of `BOOK`.
    """

    ARXIV = "arxiv"
    BOOK = "book"
    DOI = "doi"
    ISBN = "isbn"
    PMCID = "pmcid"
    PMID = "pmid"
    TITLE = "title"

    @property
    def shown(self) -> str:
        """The name as people write it."""
        return "arXiv number" if self is Scheme.ARXIV else self.upper()


class Verdict(StrEnum):
    """What came of asking; only `ANSWERED` and `ABSENT` are words of the registry."""

    ANSWERED = "answered"
    ABSENT = "absent"
    UNREACHABLE = "unreachable"
    NOT_ASKED = "not asked"


class NoticeKind(StrEnum):
    """What was said of a work after it had appeared, from the worst on; `OTHER` in other words."""

    RETRACTION = "retraction"
    WITHDRAWAL = "withdrawal"
    PARTIAL_RETRACTION = "partial retraction"
    CONCERN = "expression of concern"
    OTHER = "other"
    CORRECTION = "correction"


@dataclass(frozen=True)
class Notice:
    """A notice on a work: who published it when, and its own identifier, where they are known.

    ``words`` are the registry's own for its kind; ``source`` is the publisher or a watcher.
    """

    kind: NoticeKind = NoticeKind.OTHER
    words: str = ""
    date: str = ""  # as exact as it is known: 2010, 2010-02 or 2010-02-06
    source: str = ""
    doi: str = ""
    pmid: str = ""


@dataclass(frozen=True)
class Person:
    """A person; or a group, which has but a name."""

    family: str = ""
    given: str = ""  # or initials
    group: str = ""
    orcid: str = ""


@dataclass(frozen=True)
class Record:
    """A work as a registry knows it; years are 0 and texts empty where it does not say."""

    type: str = ""  # in the registry's own words
    title: str = ""
    subtitle: str = ""
    other_titles: tuple[str, ...] = ()  # in another language, or short
    authors: tuple[Person, ...] = ()
    editors: tuple[Person, ...] = ()
    more_authors: bool = False  # than are listed
    container: str = ""
    other_containers: tuple[str, ...] = ()  # the same, abbreviated or translated
    printed: int = 0  # years
    online: int = 0
    other_years: tuple[int, ...] = ()  # of a record that does not tell print from online
    volume: str = ""
    issue: str = ""
    pages: str = ""
    article_number: str = ""
    publisher: str = ""
    isbn: tuple[str, ...] = ()
    issn: tuple[str, ...] = ()
    licence: str = address()
    open_access: str = address()
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    preprint: bool = False
    published_as: str = ""  # the DOI of what a preprint became
    newer_version: str = ""  # the DOI of the version that replaces this one
    notice: bool = False  # whether it is itself a notice on another work


@dataclass(frozen=True)
class Answer:
    """What one registry said when it was asked for one identifier of a work.

    What was once said stays when a later question finds nobody: ``when`` is the day on which it
    was said. Without an answer so far, ``reason`` says why.
    """

    verdict: Verdict = Verdict.NOT_ASKED
    asked: str = ""  # the identifier
    when: date | None = None
    reason: str = ""
    record: Record | None = None
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class Work:
    """What the lock keeps of one entry: its identifiers, a digest of it, and the answers."""

    identifiers: dict[Scheme, str] = field(default_factory=dict)
    digest: str = ""  # of what was compared
    answers: dict[Registry, Answer] = field(default_factory=dict)
