"""Whether a list stands in order: by the alphabet, or a numbered one by its first citations."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.manuscripts.document import Document
from sphinx_evidence.manuscripts.entry import Listed
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.normalise import plain

MOSTLY = 0.7  # of a list must be in order before the rest is reported
FEWEST = 5  # works cited by number that show an order


def by_alphabet(document: Document, entries: Sequence[Listed]) -> Iterator[Finding]:
    """The fewest entries that must be moved to put the list in order.

    Of people with one surname some lists put first whose initials are, and some do not; and some
    count the spaces in a name. What is in order in one of these ways is left alone.
    """
    orders = [
        [_sorted_by(entry, initials=initials, spaces=spaces) for entry in entries]
        for initials in (False, True)
        for spaces in (False, True)
    ]
    keys, stay = max(
        ((keys, _longest_rising(keys)) for keys in orders), key=lambda order: len(order[1])
    )
    if len(stay) < MOSTLY * len(entries):
        return  # another order, such as that of the citations
    kept = [index for index in range(len(entries)) if index in stay]
    kept_keys = [keys[index] for index in kept]
    right = set.union(*map(_longest_rising, orders))
    for index, entry in enumerate(entries):
        if index in right:
            continue
        at = bisect_left(kept_keys, keys[index])
        last = at == len(kept)
        other = entries[kept[-1 if last else at]]
        where = document.place(other.line)
        wrong = f"{entry.label} is out of alphabetical order."
        remedy = f"Move it {'after' if last else 'before'} {other.label}, {where}."
        yield _finding(document, entry, wrong, remedy)


def by_citation(
    document: Document, entries: Sequence[Listed], first: Mapping[int, int]
) -> Iterator[Finding]:
    """Numbers that the text cites before smaller ones; ``first`` gives offsets by index."""
    names = [_sorted_by(entry) for entry in entries]
    cited = sorted(first, key=lambda index: entries[index].number)
    if len(cited) < FEWEST or all(one <= other for one, other in zip(names, names[1:])):  # noqa: B905, RUF007
        return
    stay = _longest_rising([(first[index],) for index in cited])
    if len(stay) < MOSTLY * len(cited):
        return
    for at, index in enumerate(cited):
        if at in stay:
            continue
        where = document.place(document.location(first[index]).line)
        entry = entries[index]
        wrong = f"Number {entry.number}, {entry.label}, is first cited on {where}, out of turn."
        remedy = "Number the works in the order in which the text first cites them."
        yield _finding(document, entry, wrong, remedy)


def _finding(document: Document, entry: Listed, wrong: str, remedy: str) -> Finding:
    place = document.location(entry.start)
    return place.finding(Rule.MANUSCRIPT_ORDER, wrong, remedy, entry.text[:60])


def _sorted_by(entry: Listed, *, initials: bool = False, spaces: bool = False) -> tuple[str, ...]:
    """The letters by which an entry is ordered; a particle counts as the first letter."""
    names = entry.names or (entry.title[:60],)
    by = tuple(" ".join(map(plain, name.split())) if spaces else plain(name) for name in names)
    given = plain(entry.authors[0][1])[:1] if entry.authors else ""
    return (by[0], given, *by[1:]) if initials else by


def _longest_rising(keys: Sequence[tuple[str, ...]] | Sequence[tuple[int]]) -> set[int]:
    """The places of a longest run of keys that never falls.

    It is read from the end, so that of two entries the later one is to be moved.
    """
    ranks = {key: rank for rank, key in enumerate(sorted(set(keys)))}
    tails: list[int] = []  # the negative rank with which a run of each length ends
    ends: list[int] = []
    after = [-1] * len(keys)
    for index in range(len(keys) - 1, -1, -1):
        rank = -ranks[keys[index]]
        at = bisect_right(tails, rank)
        after[index] = ends[at - 1] if at else -1
        if at == len(ends):
            ends.append(index)
            tails.append(rank)
        else:
            ends[at], tails[at] = index, rank
    run: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        run.add(at)
        at = after[at]
    return run
