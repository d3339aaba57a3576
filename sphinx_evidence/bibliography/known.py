"""What is usual in a .bib file, and the words that are nearly so.

The lists are in ``known.toml``.
"""

import tomllib
from collections.abc import Iterable
from pathlib import Path

_LISTS = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(
        Path(__file__).with_name("known.toml").read_text("utf-8")
    ).items()
}
TYPES = _LISTS["types"]
GIVEN_NAMES = _LISTS["given"]
SURNAMES = _LISTS["surnames"]
# What the Harvard style prints, and what an entry says about itself.
PRINTED = frozenset({
    "address", "author", "booktitle", "checked", "date", "doi", "edition", "editor", "eid",
    "institution", "isbn", "journal", "journaltitle", "location", "note", "number", "organization",
    "pages", "pmcid", "pmid", "publisher", "school", "shorttitle", "status", "title", "url",
    "urldate", "volume", "year",
})  # fmt: skip
# What biblatex and exports have, which this style does not print, and which is a slip or two from
# what it prints.
UNPRINTED = frozenset({
    "authorid", "editora", "editorb", "editorc", "isan", "ismn", "isrn", "issn", "notes",
    "published", "sorttitle", "volumes",
})  # fmt: skip
_SHORT = 4  # letters from which on a slip can be told from another word
_LONG = 8  # letters from which on two slips can be


def is_own(name: str) -> bool:
    """Whether a field is another of a kind that is printed: isbn2, url_old, eisbn, x-title."""
    return name not in PRINTED and any(
        (name.endswith(known) and name[-len(known) - 1] != known[0])  # ttitle is a slip
        or (name.startswith(known) and not name[len(known)].isalpha())
        for known in PRINTED
    )


def misspelt(word: str, usual: Iterable[str]) -> str:
    """The word of ``usual`` that ``word`` is with a slip of one key or two, else nothing."""
    if len(word) < _SHORT:
        return ""
    from rapidfuzz.distance import OSA  # noqa: PLC0415  # slow to load

    most = 2 if len(word) >= _LONG else 1
    near = [(OSA.distance(word, other, score_cutoff=most), other) for other in usual]
    distance, other = min(near, default=(most + 1, ""))
    return other if 0 < distance <= most else ""
