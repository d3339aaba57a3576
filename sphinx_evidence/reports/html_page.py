"""Findings as one page of HTML, for an editor to send: it asks for nothing and runs nothing."""

from html import escape
from itertools import groupby

from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.reports import Report, why
from sphinx_evidence.text.printable import printable

_PAGE = """\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1.125rem/1.6 system-ui, sans-serif; margin: auto; max-width: 42rem; padding: 1rem; }}
li {{ margin-block: 1rem; overflow-wrap: anywhere; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{summary}</p>
{parts}</main>
</body>
</html>
"""


def to_html(report: Report, name: str) -> str:
    """What to mend in the document of this name: errors first, each kind with its reason."""
    found = sorted(report.findings, key=lambda one: (report.severity(one), one.rule, one))
    parts = "".join(
        _kind(rule, severity, list(same))
        for (severity, rule), same in groupby(found, lambda one: (report.severity(one), one.rule))
    )
    title = f"What to mend in {name}" if found else f"Nothing to mend in {name}"
    return _PAGE.format(title=_shown(title), summary=_shown(report.summary), parts=parts)


def _kind(rule: str, severity: str, found: list[Finding]) -> str:
    head = f"{severity.capitalize()}s: {rule.replace('-', ' ')} ({len(found)})"
    items = "".join(
        f"<li><strong>{_shown(one.where or f'Line {one.line}')}</strong><br>\n"
        f"{_shown(one.wrong)}<br>\n{_shown(one.remedy)}</li>\n"
        for one in found
    )
    return f"<h2>{head}</h2>\n<p>{_shown(why(found[0].rule))}</p>\n<ol>\n{items}</ol>\n"


def _shown(text: str) -> str:
    return escape(printable(text))
