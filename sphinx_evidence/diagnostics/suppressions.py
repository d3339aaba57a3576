"""Suppress one finding beside its location, with a reason.

The comment stands in the line before a block, or in the block:
``% evidence-ignore: citation-plain -- the title of a film`` in MyST and .bib files,
``.. evidence-ignore: …`` in reStructuredText, ``# evidence-ignore: …`` in TOML.
"""

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from sphinx_evidence.diagnostics.finding import (
    Finding,
    Location,
    did_you_mean,
    display_path,
    nearest,
)
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.lines import Lines

_LINE = attrgetter("line")
_MARK = "evidence-ignore"
_FORM = re.compile(
    r"^\s*(?:%|\.\.|#)\s*evidence-ignore:\s*(?P<rules>[\w, -]*?)\s*(?:--\s*(?P<reason>.*))?$"
)


@dataclass(frozen=True)
class Suppression:
    """A comment that suppresses ``rules`` on the lines from ``line`` to ``last``."""

    path: str
    line: int
    last: int
    rules: tuple[str, ...]
    reason: str
    column: int = 0

    @property
    def location(self) -> Location:
        """Where the comment stands."""
        return Location(self.path, self.line, self.column)


def suppressions(text: str, path: str) -> Iterator[Suppression]:
    """Every suppression in a text; it reaches to the end of the block that follows."""
    if _MARK not in text:
        return
    lines = Lines(text).texts
    signs = "#" if path.endswith(".toml") else ("%", "..")
    ends = _ends(lines)
    for number, line in enumerate(lines, 1):
        if _MARK not in line or not line.lstrip().startswith(signs):
            continue
        found = _FORM.match(line)
        if not found:  # nearly one
            yield Suppression(path, number, number, (), "", line.index(_MARK) + 1)
        else:
            rules = tuple(name.strip() for name in found["rules"].split(",") if name.strip())
            reason = (found["reason"] or "").strip()
            yield Suppression(path, number, ends[number], rules, reason, line.index(_MARK) + 1)


def _ends(lines: Sequence[str]) -> list[int]:
    """How many lines there are up to the end of the block that begins behind so many."""
    ends = [len(lines)]
    end = len(lines)  # of the block that a line is in
    for before, line in reversed([*enumerate(lines)]):
        end = end if line.strip() else before
        ends.append(end if line.strip() else ends[-1])
    return ends[::-1]


def suppressions_in(paths: Iterable[Path]) -> Iterator[Suppression]:
    """Every suppression in several files."""
    for path in paths:
        if path.is_file():
            text = path.read_text("utf-8", "replace")
            yield from suppressions(text, display_path(path.resolve()))


def apply_suppressions(
    findings: Iterable[Finding],
    suppressions: Sequence[Suppression],
    *,
    judged: Container[str] = frozenset(Rule),
) -> list[Finding]:
    """The findings that nothing suppresses, and those on the suppressions themselves.

    Of the rules that are ``judged`` here, each must suppress something.
    """
    kept: list[Finding] = []
    used: dict[Suppression, set[Rule]] = {each: set() for each in suppressions}
    of: dict[tuple[str, str], list[Suppression]] = {}  # of a file and a rule
    for each in sorted(suppressions, key=_LINE):
        for rule in each.rules if each.reason else ():
            of.setdefault((each.path, rule), []).append(each)
    for finding in findings:
        given = of.get((finding.path, finding.rule), ()) if finding.rule.silenceable else ()
        hits = [*_over(given, finding.line)]
        for each in hits:
            used[each].add(finding.rule)
        if not hits:
            kept.append(finding)
    for suppression in suppressions:
        kept += [
            fault
            for fault in _faults(suppression, used[suppression])
            if fault.rule != Rule.SILENCE_UNUSED or any(r in judged for r in suppression.rules)
        ]
    return sorted(kept)


def _over(given: Sequence[Suppression], line: int) -> Iterator[Suppression]:
    """Those that reach to a line, of one file in their order: none ends before the one above it."""
    for place in reversed(range(bisect_right(given, line, key=_LINE))):
        if given[place].last < line:
            return
        yield given[place]


def _faults(suppression: Suppression, used: set[Rule]) -> Iterator[Finding]:
    at = suppression.location
    form = "evidence-ignore: name-of-the-rule -- the reason"
    if not suppression.reason or not suppression.rules:
        wrong = "This remark silences a finding without saying which, or why."
        yield at.finding(Rule.SILENCE_REASON, wrong, f"Write {form}.", _MARK)
        return
    for rule in suppression.rules:
        if rule not in set(Rule):
            wrong = f'There is no rule "{rule}".'
            remedy = did_you_mean([f'"{name}"' for name in nearest(rule, Rule)], f"Write {form}.")
            yield at.finding(Rule.SILENCE_UNKNOWN, wrong, remedy, _MARK)
        elif rule not in used:
            wrong = f'This remark silences "{rule}", but there is no such finding here.'
            yield at.finding(Rule.SILENCE_UNUSED, wrong, "Delete the remark.", _MARK)
