"""Suppress one finding beside its location, with a reason.

The comment stands in the line before a block, or in the block:
``% evidence-ignore: citation-plain -- the title of a film`` in MyST and .bib files,
``.. evidence-ignore: …`` in reStructuredText, ``# evidence-ignore: …`` in TOML.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
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
    lines = Lines(text).texts
    signs = "#" if path.endswith(".toml") else ("%", "..")
    for number, line in enumerate(lines, 1):
        if _MARK not in line or not line.lstrip().startswith(signs):
            continue
        found = _FORM.match(line)
        if not found:  # nearly one
            yield Suppression(path, number, number, (), "", line.index(_MARK) + 1)
        else:
            last = number
            while last < len(lines) and not lines[last].strip():
                last += 1
            while last < len(lines) and lines[last].strip():
                last += 1
            rules = tuple(name.strip() for name in found["rules"].split(",") if name.strip())
            reason = (found["reason"] or "").strip()
            yield Suppression(path, number, last, rules, reason, line.index(_MARK) + 1)


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
    kept, used = [], set()
    by_path: dict[str, list[Suppression]] = {}
    for suppression in suppressions:
        if suppression.reason:
            by_path.setdefault(suppression.path, []).append(suppression)
    for finding in findings:
        hits = [
            (each, finding.rule) for each in by_path.get(finding.path, [])
            if finding.rule.silenceable
            and finding.rule in each.rules and each.line <= finding.line <= each.last
        ]  # fmt: skip
        used.update(hits)
        if not hits:
            kept.append(finding)
    for suppression in suppressions:
        needed = {rule for each, rule in used if each == suppression}
        kept += [
            fault
            for fault in _faults(suppression, needed)
            if fault.rule != Rule.SILENCE_UNUSED or any(r in judged for r in suppression.rules)
        ]
    return sorted(kept)


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
