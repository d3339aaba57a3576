"""Findings as workflow commands, which GitHub shows beside the lines of a pull request."""

import re

from sphinx_evidence.diagnostics.grouping import spread
from sphinx_evidence.reports import Report
from sphinx_evidence.text.printable import CONTROLS

_SHOWN = 10  # errors, and as many warnings, are all that GitHub shows of one step


def annotations(report: Report) -> str:
    """One line for each finding that GitHub has room for."""
    lines = []
    for finding in [*spread(report.errors, _SHOWN), *spread(report.warnings, _SHOWN)]:
        properties = {"file": finding.path, "line": str(finding.line), "title": finding.rule}
        if finding.column:
            properties["col"] = str(finding.column)
        said = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
        lines.append(f"::{report.severity(finding)} {said}::{_data(str(finding))}\n")
    return "".join(lines)


def _data(text: str) -> str:
    return CONTROLS.sub(_percent, text.replace("%", "%25"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "surrogateescape"))
