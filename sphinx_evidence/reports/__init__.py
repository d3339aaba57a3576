"""One run's findings, written for people, programs, editors and CI services."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sphinx_evidence.diagnostics.baseline import Baseline, Split
from sphinx_evidence.diagnostics.finding import Finding, display_path
from sphinx_evidence.rulebook import explanations
from sphinx_evidence.rulebook.rule import Rule, Severity
from sphinx_evidence.text.atomic import write_atomically
from sphinx_evidence.text.printable import printable

TEXT = "output.txt"


@dataclass(frozen=True)
class Report:
    """Sorted findings, the severity of each rule (error or warning), and what was counted."""

    findings: tuple[Finding, ...]
    severities: Mapping[Rule, Severity]
    counts: Mapping[str, int]
    cited_once: tuple[tuple[str, str], ...] = ()  # key and place of works cited from there alone
    unchecked: tuple[str, ...] = ()  # what no rule could look at, and why
    baseline: Baseline | None = None
    split: Split = field(default_factory=lambda: Split([], [], {}))  # by the baseline

    @classmethod
    def of(
        cls,
        findings: Iterable[Finding],
        severities: Mapping[Rule, Severity],
        counts: Mapping[str, int],
        cited_once: Iterable[tuple[str, str]] = (),
        unchecked: Iterable[str] = (),
    ) -> "Report":
        """The report on ``findings``, without those of rules that are off."""
        reported = (f for f in findings if severities[f.rule] is not Severity.OFF)
        return cls(tuple(sorted(reported)), severities, counts, tuple(cited_once), tuple(unchecked))

    def against(self, baseline: Baseline, checked: Container[str] | None) -> "Report":
        """The report in which what the baseline keeps is no finding."""
        split = baseline.split(self.findings, checked)
        return replace(self, findings=tuple(split.new), baseline=baseline, split=split)

    def severity(self, finding: Finding) -> Severity:
        """``error`` or ``warning``."""
        return self.severities[finding.rule]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that fail a run."""
        return tuple(f for f in self.findings if self.severity(f) is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that fail no run."""
        return tuple(f for f in self.findings if self.severity(f) is Severity.WARNING)

    @property
    def failed(self) -> bool:
        """Whether there is an error."""
        return bool(self.errors)

    @property
    def summary(self) -> str:
        """What was counted and found: ``320 citations, 65 works: 1 error, no warning``."""
        counted = ", ".join(_count(n, name.removesuffix("s")) for name, n in self.counts.items())
        found = f"{_count(len(self.errors), 'error')}, {_count(len(self.warnings), 'warning')}"
        if self.baseline:
            found += f"; {len(self.split.kept)} kept by {display_path(self.baseline.path)}"
        found += f".{not_checked(self.unchecked)}"
        return f"{counted}: {found}" if counted else found

    @property
    def remark(self) -> str:
        """How many entries of the baseline are needed no longer; empty where all are."""
        stale = sum(self.split.stale.values())
        if not stale or not self.baseline:
            return ""
        what = f"{_count(stale, 'finding')} that it keeps {'is' if stale == 1 else 'are'} gone"
        path = display_path(self.baseline.path)
        return f"{path}: {what}: once nothing new is told, shorten it with {self.baseline.again}."


def not_checked(unchecked: Sequence[str]) -> str:
    """What the last line says of what was not looked at; empty where all was."""
    return printable(f" Not checked: {'; '.join(unchecked)}.") if unchecked else ""


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number in {0, 1} else 's'}"


def why(rule: Rule) -> str:
    """How a reader is hurt by what the rule finds."""
    return explanations()[rule].why


def write(report: Report, folder: Path) -> None:
    """Write output.txt, .json, .sarif and .xml, each whole or not at all."""
    from sphinx_evidence.reports import json_report, junit, sarif, text  # noqa: PLC0415  # they import this

    folder.mkdir(parents=True, exist_ok=True)
    for name, content in {
        TEXT: text.render(report, colour=False) + "\n" + text.cited_once(report),
        "output.json": json_report.to_json(report),
        "output.sarif": sarif.to_sarif(report),
        "output.xml": junit.to_junit(report),
    }.items():
        # A file name may hold bytes that are no letters: in JSON, too, they are written \\udc80.
        write_atomically(folder / name, content.encode("utf-8", "backslashreplace"))
