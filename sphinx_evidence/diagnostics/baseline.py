"""A baseline: the findings that a project keeps for later, so that new ones alone fail.

An entry is a rule, a file and the words at fault, counted, and no line: it holds wherever on its
page they come to stand. ESLint's bulk suppressions and mypy-baseline have the same form.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple, Self

from sphinx_evidence.diagnostics.finding import Finding, Location, display_path
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.atomic import write_atomically
from sphinx_evidence.text.source import check_file

_NUMBER = re.compile(r"\d+")


class BaselineError(Exception):
    """A file that is no baseline, and the finding that says so."""

    def __init__(self, finding: Finding) -> None:
        """Hold what is told of it."""
        super().__init__(str(finding))
        self.finding = finding


class Entry(NamedTuple):
    """What finds a finding again; ``path`` is relative to the folder of the baseline."""

    path: str
    rule: str
    words: str


class Split(NamedTuple):
    """Findings that are new, those that are kept, and the entries that found less than they say."""

    new: list[Finding]
    kept: list[Finding]
    stale: dict[Entry, int]


@dataclass(frozen=True)
class Baseline:
    """The entries of the file at ``path``; ``again`` is the option that writes it."""

    path: Path
    again: str
    counts: Mapping[Entry, int] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path, again: str, *, missing: bool) -> Self:
        """What the file holds; without one, nothing, if it may be ``missing``.

        Raises BaselineError.
        """
        if missing and not path.exists():
            return cls(path, again)

        def error(wrong: str, remedy: str, line: int = 1) -> BaselineError:
            place = Location(display_path(path), line)
            return BaselineError(place.finding(Rule.SETTING, f"{wrong}.", remedy))

        remedy = f"Name another file, or delete this one and write it anew with {again}."
        try:
            check_file(path)
            counts: Counter[Entry] = Counter()
            for entry, count in _entries(json.loads(path.read_bytes())):
                counts[entry] += count  # where two versions were merged, it may stand twice
        except OSError as raised:
            raise error(f"{raised.strerror}", f"Write the baseline with {again}.") from raised
        except json.JSONDecodeError as raised:
            raise error(f"This is no baseline: {raised.msg}", remedy, raised.lineno) from raised
        except (ValueError, RecursionError) as raised:
            raise error(f"This is no baseline: {raised}", remedy) from raised
        return cls(path, again, counts)

    def entry(self, finding: Finding) -> Entry:
        """The entry that finds a finding again; where it has no words, by its message."""
        words = " ".join(finding.words.split()) or _NUMBER.sub("#", finding.wrong)
        return Entry(self.relative(finding.path), finding.rule, words)

    def relative(self, path: str) -> str:
        """A path as entries give it."""
        return Path(os.path.relpath(path, self.path.parent)).as_posix()

    def split(self, findings: Iterable[Finding], checked: Container[str] | None = None) -> Split:
        """Tell new findings from kept ones; stale are entries of files that were ``checked``.

        Nothing is kept that a remark on a page could not silence either.
        """
        left = Counter(self.counts)
        new, kept = [], []
        for finding in findings:
            entry = self.entry(finding)
            if finding.rule.silenceable and left[entry] > 0:
                left[entry] -= 1
                kept.append(finding)
            else:
                new.append(finding)
        found_less = {entry: count for entry, count in left.items() if count > 0}
        return Split(new, kept, {
            entry: count for entry, count in sorted(found_less.items())
            if checked is None or entry.path in checked
        })  # fmt: skip

    def write(self, findings: Iterable[Finding], checked: Container[str] | None = None) -> Self:
        """Keep all findings, and the entries of files that were not checked. Raises OSError."""
        counts = Counter(map(self.entry, (f for f in findings if f.rule.silenceable)))
        if checked is not None:
            counts += Counter({e: n for e, n in self.counts.items() if e.path not in checked})
        rows = ",\n".join(
            f"    {json.dumps({**entry._asdict(), 'count': count}, ensure_ascii=False)}"
            for entry, count in sorted(counts.items())
        )
        listed = f"[\n{rows}\n  ]" if rows else "[]"
        text = f'{{\n  "version": 1,\n  "findings": {listed}\n}}\n'
        write_atomically(self.path, text.encode("utf-8", "backslashreplace"))
        return replace(self, counts=counts)


def _entries(content: object) -> Iterator[tuple[Entry, int]]:
    """The entries of a file that anybody may have written. Raises ValueError."""
    match content:
        case {"version": 1, "findings": list(found), **others} if not others:
            pass
        case _:
            raise ValueError('it needs "version": 1 and a list "findings", and no more')
    for number, one in enumerate(found, 1):
        match one:
            case {
                "path": str(path), "rule": str(rule), "words": str(words), "count": int(count),
                **others,
            } if not others and count > 0 and count is not True:  # fmt: skip
                yield Entry(path, rule, words), count
            case _:
                raise ValueError(f'finding {number} needs "path", "rule", "words" and a "count"')
