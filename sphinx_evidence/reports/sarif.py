"""Findings as SARIF 2.1.0, which code-scanning services and editors read."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.reports import Report
from sphinx_evidence.rulebook import explanations
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.lines import Lines

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def to_sarif(report: Report) -> str:
    """The whole report as one run."""
    found = sorted([*report.findings, *report.split.kept])
    rules = sorted({finding.rule for finding in found})
    driver = {"name": "sphinx-evidence", "rules": [_rule(rule, report) for rule in rules]}
    told = [
        {"level": "warning", "message": {"text": f"Not checked: {what}."}}
        for what in report.unchecked
    ]
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": told}],
        "columnKind": "unicodeCodePoints",
        "results": [_result(f, rules.index(f.rule), report) for f in found],
    }
    if report.baseline:  # then each result says whether it is kept
        kept = set(report.split.kept)
        for finding, result in zip(found, run["results"], strict=True):
            result["suppressions"] = [{"kind": "external"}] if finding in kept else []
    content = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule, report: Report) -> dict[str, Any]:
    explained = explanations()[rule]
    described: dict[str, Any] = {
        "id": rule,
        "defaultConfiguration": {"level": report.severities[rule]},
        "shortDescription": {"text": explained.what},
        "fullDescription": {"text": f"{explained.what} {explained.why}"},
    }
    if explained.wrong:
        text = f"Wrong:\n{explained.wrong}\nRight:\n{explained.right}"
        described["help"] = {"text": text}
    if rule.url:
        described["helpUri"] = rule.url
    return described


def _result(finding: Finding, index: int, report: Report) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": finding.line}
    if finding.column:
        region["startColumn"] = finding.column
    if finding.column and finding.words:
        line, column = Lines(finding.words).position(len(finding.words))
        region["endLine"] = finding.line + line - 1
        region["endColumn"] = column + (finding.column - 1 if line == 1 else 0)
    location = {"artifactLocation": _artifact(finding.path), "region": region}
    said = f"{finding.path}\0{finding.rule}\0{finding.words}\0{finding.wrong}"
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": report.severity(finding),
        "message": {"text": str(finding)},
        "locations": [{"physicalLocation": location} | _where(finding)],
        "partialFingerprints": {"said/v1": hashlib.sha256(os.fsencode(said)).hexdigest()},
    }
    if finding.edit:
        edit = finding.edit
        replacement = {
            "deletedRegion": {"charOffset": edit.start, "charLength": edit.end - edit.start},
            "insertedContent": {"text": edit.text},
        }
        change = {"artifactLocation": _artifact(edit.path), "replacements": [replacement]}
        fix = {"description": {"text": finding.remedy}, "artifactChanges": [change]}
        result["fixes"] = [fix]
    return result


def _where(finding: Finding) -> dict[str, Any]:
    """The place as a person sees it, in a file without lines."""
    return {"logicalLocations": [{"fullyQualifiedName": finding.where}]} if finding.where else {}


def _artifact(path: str) -> dict[str, str]:
    if Path(path).is_absolute():
        return {"uri": Path(path).as_uri()}
    return {"uri": quote(os.fsencode(path)), "uriBaseId": "%SRCROOT%"}
