"""The works that fields of reference managers carry, as entries; what they give is not guessed."""

import json
from collections.abc import Iterable, Iterator

from sphinx_evidence.bibliography.reader import Entry, read
from sphinx_evidence.formats.command import with_keys
from sphinx_evidence.formats.csl import FormatError
from sphinx_evidence.formats.reading import read_works
from sphinx_evidence.manuscripts.bib import to_bib
from sphinx_evidence.manuscripts.entry import Listed
from sphinx_evidence.text.normalise import plain
from sphinx_evidence.word.blocks import Citation, Item, Manuscript


def works_in(manuscript: Manuscript, listed: Iterable[Listed]) -> list[Entry]:
    """The works of the fields, then those of the list that no field has, with keys."""
    found: dict[str, Entry] = {}
    for citation in citations(manuscript):
        for item in cited_items(citation, manuscript):
            if entry := _entry(item):
                found.setdefault(_same(entry), entry)
    typed = read(to_bib(one for one in listed), "").entries.values()
    titles, dois = {_same(e) for e in found.values()}, {e.get("doi") for e in found.values()} - {""}
    rest = [e for e in typed if _same(e) not in titles and e.get("doi") not in dois]
    return with_keys([*found.values(), *rest], {})


def citations(manuscript: Manuscript) -> Iterator[Citation]:
    """Every field that cites, once."""
    seen = set()
    for one in manuscript.paragraphs:
        for span in one.spans:
            if span.citation and id(span.citation) not in seen:
                seen.add(id(span.citation))
                yield span.citation


def cited_items(citation: Citation, manuscript: Manuscript) -> Iterator[Item]:
    """The works that a field cites, wherever the document keeps them."""
    yield from citation.items
    yield from (manuscript.sources[key] for key in citation.keys if key in manuscript.sources)


def _entry(item: Item) -> Entry | None:
    """A work as an entry; nothing where it is not as CSL has it."""
    try:
        return next(iter(read_works(json.dumps([item])).entries), None)
    except FormatError:
        return None


def _same(entry: Entry) -> str:
    """What two entries of one work have in common."""
    return f"{plain(entry.get('title'))[:60]} {entry.get('year')[:4]}"
