"""Findings as JSON, in the form that ``output.schema.json`` beside this module describes."""

import json
from dataclasses import asdict

from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.reports import Report, why


def to_json(report: Report) -> str:
    """The whole report."""
    content = {
        "version": 1,
        "counts": dict(report.counts),
        "summary": report.summary,
        "cited_once": [{"key": key, "place": place} for key, place in report.cited_once],
        "unchecked": list(report.unchecked),
        "findings": [_finding(finding, report) for finding in report.findings],
        "kept": [_finding(finding, report) for finding in report.split.kept],
        "stale": [
            {**entry._asdict(), "count": count} for entry, count in report.split.stale.items()
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Finding, report: Report) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": report.severity(finding),
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "where": finding.where,
        "words": finding.words,
        "wrong": finding.wrong,
        "why": why(finding.rule),
        "url": finding.rule.url,
        "remedy": finding.remedy,
        "edit": asdict(finding.edit) if finding.edit else None,
    }
