"""Silence one finding beside its place, with a reason.

The remark stands in the line before a block, or in the block:
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

_MARK = "evidence-ignore"
_REMARK = re.compile(
    r"^\s*(?:%|\.\.|#)\s*evidence-ignore:\s*(?P<rules>[\w, -]*?)\s*(?:--\s*(?P<reason>.*))?$"
)


@dataclass(frozen=True)
class Suppression:
    """A remark that silences ``rules`` on the lines from ``line`` to ``last``."""

    path: str
    line: int
    last: int
    rules: tuple[str, ...]
    reason: str
    column: int = 0

    @property
    def spot(self) -> Location:
        """The place of the remark."""
        return Location(self.path, self.line, self.column)


def suppressions(lines: Sequence[str], path: str) -> Iterator[Suppression]:
    """Every remark of a file; it reaches to the end of the block that follows."""
    signs = "#" if path.endswith(".toml") else ("%", "..")
    for number, line in enumerate(lines, 1):
        if _MARK not in line or not line.lstrip().startswith(signs):
            continue
        found = _REMARK.match(line)
        if not found:  # nearly a remark
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
    """Every remark of several files."""
    for path in paths:
        if path.is_file():
            yield from suppressions(
                path.read_text("utf-8", "replace").splitlines(), display_path(path.resolve())
            )


def apply_suppressions(
    findings: Iterable[Finding],
    remarks: Sequence[Suppression],
    *,
    judged: Container[str] = frozenset(Rule),
) -> list[Finding]:
    """The findings that no remark silences, and those on the remarks themselves.

    Of the rules that are ``judged`` here, a remark must silence something.
    """
    kept, used = [], set()
    by_path: dict[str, list[Suppression]] = {}
    for remark in remarks:
        if remark.reason:
            by_path.setdefault(remark.path, []).append(remark)
    for finding in findings:
        hits = [
            (remark, finding.rule) for remark in by_path.get(finding.path, [])
            if finding.rule in remark.rules and remark.line <= finding.line <= remark.last
        ]  # fmt: skip
        used.update(hits)
        if not hits:
            kept.append(finding)
    for remark in remarks:
        needed = {rule for r, rule in used if r == remark}
        kept += [
            fault
            for fault in _faults(remark, needed)
            if fault.rule != Rule.SILENCE_UNUSED or any(rule in judged for rule in remark.rules)
        ]
    return sorted(kept)


def _faults(remark: Suppression, used: set[Rule]) -> Iterator[Finding]:
    form = "evidence-ignore: name-of-the-rule -- the reason"
    if not remark.reason or not remark.rules:
        wrong = "This remark silences a finding without saying which, or why."
        yield remark.spot.finding(Rule.SILENCE_REASON, wrong, f"Write {form}.", _MARK)
        return
    for rule in remark.rules:
        if rule not in set(Rule):
            wrong = f'There is no rule "{rule}".'
            remedy = did_you_mean([f'"{name}"' for name in nearest(rule, Rule)], f"Write {form}.")
            yield remark.spot.finding(Rule.SILENCE_UNKNOWN, wrong, remedy, _MARK)
        elif rule not in used:
            wrong = f'This remark silences "{rule}", but there is no such finding here.'
            yield remark.spot.finding(Rule.SILENCE_UNUSED, wrong, "Delete the remark.", _MARK)
