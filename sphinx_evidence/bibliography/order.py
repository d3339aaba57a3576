"""Entries in the order of their keys."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from sphinx_evidence.bibliography.faults import Fault
from sphinx_evidence.bibliography.layout import laid_out
from sphinx_evidence.bibliography.reader import Bibliography, Entry, read
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.lines import Lines

_COMMAND = re.compile(r"@(string|preamble|comment)\b", re.IGNORECASE)


def check_order(bibliography: Bibliography) -> Iterator[Fault]:
    """The first entry of each file that stands out of order, with the number of the others."""
    files: dict[str, list[Entry]] = defaultdict(list)
    for entry in bibliography.entries.values():
        files[entry.path].append(entry)
    for entries in files.values():
        late = [
            (before, entry) for before, entry in itertools.pairwise(entries)
            if entry.key.casefold() < before.key.casefold()
        ]  # fmt: skip
        if late:
            before, entry = late[0]
            more = f", and {len(late) - 1} more out of order" if len(late) > 1 else ""
            wrong = f'it stands after "{before.key}"{more}.'
            remedy = "Entries are in the order of their keys: move it up, or let --fix sort them."
            yield Fault(Rule.BIB_ORDER, entry, "", wrong, remedy, rewrite=in_order)


def in_order(text: str) -> str:
    """The text of a .bib file with its entries sorted, or as it is where that is not certain.

    Certain means: the file can be read, each entry starts on a line of its own, and nothing
    depends on the order. Comments right above an entry move with it.
    """
    entries = _movable(text)
    lines = Lines(text).with_ends
    starts = [_with_comments(lines, entry.line - 1) for entry in entries]
    parts = ["".join(lines[a:b]) for a, b in itertools.pairwise([*starts, len(lines)])]
    if not parts or any(_COMMAND.search(part) for part in parts):
        return text  # an abbreviation has to stand before the entries that use it
    keys = [entry.key.casefold() for entry in entries]
    bodies = [part.rstrip("\r\n") for _, part in sorted(zip(keys, parts, strict=True))]
    # The gaps stay where they are, so that the last entry ends as the file did.
    gaps = [part[len(part.rstrip("\r\n")) :] for part in parts]
    sorted_text = "".join(body + gap for body, gap in zip(bodies, gaps, strict=True))
    return "".join(lines[: starts[0]]) + sorted_text


def _movable(text: str) -> list[Entry]:
    bibliography = read(text, "")
    entries = list(bibliography.entries.values())
    lines = Lines(text).texts
    depends = any(entry.get("crossref") or entry.get("xdata") for entry in entries)
    own_lines = all(lines[entry.line - 1].startswith("@") for entry in entries)
    together = len({entry.line for entry in entries}) < len(entries)
    return [] if bibliography.findings or depends or together or not own_lines else entries


def _with_comments(lines: list[str], start: int) -> int:
    while start and lines[start - 1].startswith("%"):
        start -= 1
    return start


def inserted(text: str, entries: Iterable[Entry]) -> str:
    """The text of a .bib file, which can be read, with more entries in the places of their keys."""
    lines = Lines(text).with_ends
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    there = [
        (other.key.casefold(), _with_comments(lines, other.line - 1))
        for other in read(text, "").entries.values() if lines[other.line - 1].startswith("@")
    ]  # fmt: skip
    before: dict[int, list[str]] = defaultdict(list)  # what comes in above a line
    for entry in sorted(entries, key=lambda one: one.key.casefold()):
        place = next((at for key, at in there if key > entry.key.casefold()), len(lines))
        before[place].append(laid_out(entry).replace("\n", end))
    last = before.pop(len(lines), [])
    parts = [
        part for at, line in enumerate(lines)
        for part in (*(f"{new}{end}" for new in before[at]), line)
    ]  # fmt: skip
    rest = "".join(parts).rstrip() + end if last and parts else "".join(parts)
    return end.join([*([rest] if rest.strip() else []), *last])
