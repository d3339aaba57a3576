"""Findings as JUnit XML, which most CI services show as a list of failed tests.

There is no standard; this is the common part of what Jenkins, GitLab and pytest read and write.
"""

import re
from xml.etree import ElementTree as ET

from sphinx_evidence.reports import Report, why

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # by XML 1.0


def to_junit(report: Report) -> str:
    """One case for each finding: an error is a failure, a warning a case that says something.

    What could not be checked is a case that was skipped.
    """
    told = len(report.findings) + len(report.unchecked)
    counts = {
        "tests": str(max(told, 1)),
        "failures": str(len(report.errors)),
        "errors": "0",
        "skipped": str(len(report.unchecked)),
    }
    root = ET.Element("testsuites", counts)
    suite = ET.SubElement(root, "testsuite", {"name": "sphinx-evidence", **counts})
    for finding in report.findings:
        attributes = {
            "classname": finding.rule,
            "name": _allowed(f"{finding.place}: {finding.wrong}"),
            "file": _allowed(finding.path),
            "line": str(finding.line),
        }
        case = ET.SubElement(suite, "testcase", attributes)
        said = _allowed(f"{finding.place}: {finding}\n{why(finding.rule)}")
        if report.severity(finding) == "error":
            failure = ET.SubElement(case, "failure", {"message": _allowed(str(finding))})
            failure.set("type", finding.rule)
            failure.text = said
        else:
            ET.SubElement(case, "system-out").text = said
    for what in report.unchecked:
        case = ET.SubElement(suite, "testcase", {"classname": "unchecked", "name": _allowed(what)})
        ET.SubElement(case, "skipped", {"message": "It could not be checked."})
    if not told:
        ET.SubElement(suite, "testcase", {"classname": "sphinx-evidence", "name": report.summary})
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _allowed(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
