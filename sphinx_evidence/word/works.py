"""The works that fields of reference managers carry, as entries; what they give is not guessed."""

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sphinx_evidence.bibliography.keys import ascii_letters
from sphinx_evidence.bibliography.layout import laid_out
from sphinx_evidence.bibliography.reader import Entry
from sphinx_evidence.bibliography.surnames import surnames
from sphinx_evidence.formats.command import with_keys
from sphinx_evidence.formats.csl import FormatError
from sphinx_evidence.formats.reading import read_works
from sphinx_evidence.manuscripts.bib import entry_of, remark
from sphinx_evidence.manuscripts.entry import Listed
from sphinx_evidence.text.normalise import plain
from sphinx_evidence.word.blocks import Citation, Item, Manuscript

_SHORT, _LONG = 12, 40  # letters of a title that tell a work


class Works(NamedTuple):
    """The works of a document, with keys.

    ``listed`` are the keys of the entries of its list, ``fields`` those of each field that cites,
    by its identity; of one whose works are not all known, none. ``remarks`` are, by key, what the
    list says of a work that no field of its entry is for.
    """

    entries: list[Entry]
    listed: list[str]
    fields: dict[int, list[str]]
    remarks: dict[str, str]

    @property
    def bib(self) -> str:
        """The text of a .bib file."""
        entries = sorted(self.entries, key=lambda entry: entry.key)
        return "\n".join(self.remarks.get(one.key, "") + laid_out(one) for one in entries)


def works_of(manuscript: Manuscript, listed: Iterable[Listed]) -> Works:
    """The works of the fields, then those of the list that no field has."""
    found: list[Entry] = []
    known: dict[str, int] = {}  # by title and year, and by DOI

    def place(entry: Entry) -> int:
        """Where the work stands, which is added where it is new."""
        at = next((known[name] for name in _names(entry) if name in known), len(found))
        if at == len(found):
            found.append(entry)
        known.update({name: at for name in _names(entry) if name not in known})
        return at

    fields = {}
    for citation in citations(manuscript):
        items = [*cited_items(citation, manuscript)]
        entries = [entry for entry in map(_entry, items) if entry]
        places = [place(entry) for entry in entries]
        whole = places and len(places) == len(items) >= len(citation.keys)
        fields[id(citation)] = places if whole else []
    told = [(ascii_letters(entry.get("title"))[:_LONG], _first(entry)) for entry in found]
    remarks = {}
    of_list = []
    for one in listed:
        words, new = ascii_letters(one.text), len(found)
        # Fields are better read than lists, so a work of one is looked for by its title.
        said = next(
            (at for at, (title, name) in enumerate(told)
             if len(title) >= _SHORT and title in words and name in words),
            None,
        )  # fmt: skip
        of_list.append(place(entry_of("", one)) if said is None else said)
        if len(found) > new:
            remarks[new] = remark(one)
    keyed = with_keys(found, {})
    keys = [entry.key for entry in keyed]
    return Works(
        keyed,
        [keys[at] for at in of_list],
        {field: [keys[at] for at in places] for field, places in fields.items()},
        {keys[at]: words for at, words in remarks.items()},
    )


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


def _names(entry: Entry) -> list[str]:
    """By what a work is known: its DOI; its first author, title and year."""
    doi, title = entry.get("doi").casefold(), plain(entry.get("title"))[:60]
    whole = f"{_first(entry)} {title} {entry.get('year')[:4]}"
    return [*([doi] if doi else []), *([whole] if title else [])]


def _first(entry: Entry) -> str:
    """The surname of the first author or editor."""
    names, _ = surnames(entry.get("author") or entry.get("editor"))
    return ascii_letters(names[0]) if names else ""
