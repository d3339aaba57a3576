"""Rules on citation keys: each leads to an entry, and each entry is used.

Pure: imports neither Sphinx nor docutils.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sphinx_evidence.bibliography.reader import Bibliography
from sphinx_evidence.findings import Finding, did_you_mean, nearest


@dataclass(frozen=True)
class Use:
    """One place that names a key: a citation in the text, or a line of further reading."""

    key: str
    path: str
    line: int
    further_reading: bool = False
    again: bool = False  # the same role has named the key before
    footnote: bool = False  # the reference stands in a footnote, and in no list


def check(
    uses: Sequence[Use], bibliography: Bibliography, statuses: Sequence[str]
) -> Iterator[Finding]:
    """Every finding on ``uses`` and entries; ``statuses`` are the values ``status`` may have."""
    yield from unknown_keys(uses, bibliography)
    yield from cited_twice(uses)
    yield from unused_entries(uses, bibliography)
    yield from cited_further_reading(uses)
    if statuses:
        yield from unknown_statuses(bibliography, statuses)


def unknown_keys(uses: Sequence[Use], bibliography: Bibliography) -> Iterator[Finding]:
    """A key without an entry."""
    for use in uses:
        if use.key not in bibliography.entries:
            names = [f'"{key}"' for key in nearest(use.key, bibliography.entries)]
            wrong = f'No reference has the key "{use.key}".'
            otherwise = "Add the work to the .bib file, or remove the citation."
            remedy = did_you_mean(names, otherwise)
            yield Finding(use.path, use.line, "citation-unknown", wrong, remedy)


def cited_twice(uses: Sequence[Use]) -> Iterator[Finding]:
    """One citation that names the same work twice."""
    for use in uses:
        if use.again:
            wrong = f'One citation names "{use.key}" twice.'
            yield Finding(use.path, use.line, "citation-twice", wrong, "Delete one of the two.")


def unused_entries(uses: Sequence[Use], bibliography: Bibliography) -> Iterator[Finding]:
    """An entry that is neither cited nor listed as further reading."""
    used = {use.key for use in uses}
    for key, entry in bibliography.entries.items():
        if key not in used:
            wrong = f'No page cites "{key}", and it is not listed as further reading.'
            remedy = (
                f"Cite it with {{cite:p}}`{key}`, add its key to the {{further-reading}} list, "
                "or delete the entry."
            )
            yield Finding(entry.path, entry.line, "citation-unused", wrong, remedy)


def unlisted(
    uses: Sequence[Use], bibliography: Bibliography, listed: AbstractSet[str]
) -> Iterator[Finding]:
    """Works that no list of references shows; told once, because one list mends all."""
    missing = [
        use for use in uses
        if use.key in bibliography.entries and use.key not in listed and not use.footnote
    ]  # fmt: skip
    if missing:
        first = missing[0]
        wrong = f'No list of references shows "{first.key}"'
        others = len({use.key for use in missing}) - 1
        wrong += f" and {others} more." if others else "."
        remedy = "Add a {bibliography} that shows them, or correct its :filter:."
        yield Finding(first.path, first.line, "citation-unlisted", wrong, remedy)


def cited_further_reading(uses: Sequence[Use]) -> Iterator[Finding]:
    """A work that is listed as never cited, and yet is cited."""
    cited = {use.key: use for use in reversed(uses) if not use.further_reading}
    for use in uses:
        if use.further_reading and use.key in cited:
            first = cited[use.key]
            where = f"{first.path}:{first.line}"
            wrong = f'"{use.key}" is listed as further reading but cited at {where}.'
            remedy = "Delete this line: cited works are in the list of references by themselves."
            yield Finding(use.path, use.line, "citation-further-reading", wrong, remedy)


def unknown_statuses(bibliography: Bibliography, statuses: Sequence[str]) -> Iterator[Finding]:
    """An entry that does not say, in one of the agreed words, how far it was checked."""
    for entry in bibliography.entries.values():
        status = entry.fields.get("status")
        if status is None or status.value not in statuses:
            words = ", ".join(f"{{{word}}}" for word in statuses)
            line = status.line if status else entry.line
            said = f'has the status "{status.value}"' if status else "has no status"
            wrong = f'The entry "{entry.key}" {said}.'
            remedy = f"Write status = with one of: {words}."
            yield Finding(entry.path, line, "bib-status", wrong, remedy)
