"""A record of a registry as an item of CSL, from which an entry is made as from any export."""

from collections.abc import Iterable

from sphinx_evidence.formats.csl import Item, dated, readable
from sphinx_evidence.registries.record import Person, Record

# Words of registries for what a work is, from the first that is found; else it is a document.
_TYPES = (
    ("chapter", "chapter"), ("book-section", "chapter"), ("book-part", "chapter"),
    ("proceedings-article", "paper-conference"), ("conferencepaper", "paper-conference"),
    ("dissertation", "thesis"), ("thesis", "thesis"), ("dataset", "dataset"),
    ("software", "software"), ("preprint", "document"), ("posted-content", "document"),
    ("book", "book"), ("monograph", "book"), ("article", "article-journal"),
    ("report", "report"), ("review", "article-journal"),
)  # fmt: skip


def item_of(record: Record) -> Item:
    """A record as an item of CSL; what it does not say is not in it."""
    words = record.type.lower()
    kind = next((kind for word, kind in _TYPES if word in words), "document")
    title = ": ".join(filter(None, (record.title, record.subtitle)))
    year = record.printed or record.online or next(iter(record.other_years), 0)
    texts = {
        "title": title, "container-title": record.container, "volume": record.volume,
        "issue": record.issue, "page": record.pages, "number": record.article_number,
        "DOI": record.doi, "PMID": record.pmid, "PMCID": record.pmcid,
        # Of an article, nobody prints them.
        "publisher": record.publisher if kind != "article-journal" else "",
        "ISBN": next(iter(record.isbn), "") if kind == "book" else "",
    }  # fmt: skip
    item: Item = {"type": kind, "author": _names(record.authors), "editor": _names(record.editors)}
    item |= {name: readable(value) for name, value in texts.items()}
    item["issued"] = dated(year) if year else {}
    return {name: value for name, value in item.items() if value}


def _names(people: Iterable[Person]) -> list[dict[str, str]]:
    return [
        {"literal": readable(one.group)} if one.group
        else {k: readable(v) for k, v in (("family", one.family), ("given", one.given)) if v}
        for one in people
    ]  # fmt: skip
