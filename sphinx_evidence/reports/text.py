"""Findings as text for people: the place, the message, the line with a mark below the words."""

import unicodedata

from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.diagnostics.grouping import grouped
from sphinx_evidence.reports import Report, why
from sphinx_evidence.text.lines import Lines
from sphinx_evidence.text.printable import printable, printed_letters
from sphinx_evidence.text.source import Sources

WIDTH = 100  # columns of a source line that are printed
_COLOURS = {"error": "\033[31m", "warning": "\033[33m", "mark": "\033[1m", "off": "\033[0m"}


def render(report: Report, *, colour: bool, rest: str = "") -> str:
    """The report; how a reader is hurt is explained once for each rule.

    It is whole unless ``rest`` says where all is to be read: then, no rule drowns the others.
    """
    sources = Sources()
    parts: list[str] = []
    explained = set()
    groups = grouped(report.findings, report.severity) if rest else [(report.findings, 0)]
    for findings, more in groups:
        for finding in findings:
            source = sources[finding.path]
            there = 0 < finding.line <= len(source.starts) and not finding.where
            line = source.line(finding.line) if there else None
            severity = report.severity(finding)
            part = render_finding(finding, severity, source_line=line, colour=colour)
            reason = why(finding.rule)
            if reason and finding.rule not in explained:
                explained.add(finding.rule)
                part += f"\n  Why: {reason}"
            parts.append(part)
        if more:
            parts.append(f"… and {more} more [evidence.{findings[0].rule}]: {printable(rest)}")
    remarks = [printable(report.remark)] if report.remark else []
    return "\n".join([*parts, *remarks, printable(report.summary)])


def cited_once(report: Report) -> str:
    """The works that are cited from one place only, a line each: a list to look at, no fault."""
    lines = [f"{printable(f'  {key}: {place}')}\n" for key, place in report.cited_once]
    return "".join(["\nCited from one place only:\n", *lines]) if lines else ""


def render_finding(
    finding: Finding, severity: str, *, source_line: str | None, colour: bool
) -> str:
    """One finding, with its source line where it is known."""
    paint = _COLOURS if colour else dict.fromkeys(_COLOURS, "")
    label = f"{paint[severity]}{severity}{paint['off']}"
    name = f"evidence.{finding.rule}"
    if colour and finding.rule.url:  # a link that a terminal opens, and that takes no room
        name = f"\033]8;;{finding.rule.url}\033\\{name}\033]8;;\033\\"
    head = f"{finding.place}: {label}: {finding} [{name}]"
    if source_line is None or not finding.column:
        return head
    excerpt, mark = _marked(source_line, finding.column - 1, finding.words)
    return f"{head}\n  {excerpt}\n  {paint['mark']}{mark}{paint['off']}"


def _marked(line: str, column: int, words: str) -> tuple[str, str]:
    """The part of the line round the words, and the mark below them."""
    length = len(Lines(words).line(1)) or 1
    length = max(min(length, len(line) - column, WIDTH), 1)
    start = max(min(column - (WIDTH - length) // 2, len(line) - WIDTH), 0)
    end = min(start + WIDTH, len(line))
    before, after = "…" if start else "", "…" if end < len(line) else ""
    shown = printed_letters(line[start:end])
    at = column - start
    indent = "".join("\t" if one == "\t" else " " * _width(one) for one in shown[:at])
    under = sum(map(_width, shown[at : at + length]))
    mark = " " * len(before) + indent + "^" + "~" * (max(under, 1) - 1)
    return before + "".join(shown) + after, mark


def _width(shown: str) -> int:
    """The columns of a letter, or of what is printed for it."""
    if len(shown) > 1:
        return len(shown)
    if unicodedata.combining(shown):
        return 0
    return 2 if unicodedata.east_asian_width(shown) in "WF" else 1
