"""Write the report of a run to files and the terminal, and abort where there is an error."""

import os
import sys
from pathlib import Path

from sphinx.util import logging

from sphinx_evidence import reports
from sphinx_evidence.diagnostics import fixes
from sphinx_evidence.diagnostics.finding import display_path
from sphinx_evidence.reports import Report, github, not_checked, text
from sphinx_evidence.runtime.abort import BuildAborted
from sphinx_evidence.text.printable import printable_lines

logger = logging.getLogger(__name__)


def emit(report: Report, folder: Path, *, fix: bool) -> None:
    """Report to ``folder``, the terminal and GitHub, or replace what is certain instead."""
    if fix:
        found = [*report.findings, *report.split.kept]
        diff, count = fixes.apply_fixes(found, Path.cwd())
        logger.info("%s%d file%s changed.", printable_lines(diff), count, "" if count == 1 else "s")
        left = [found for found in report.errors if not found.certain]
        if left:
            what = "1 error needs" if len(left) == 1 else f"{len(left)} errors need"
            raise BuildAborted(f"{what} a person: run the check again, without --fix, to see.")
        return
    reports.write(report, folder)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        sys.stdout.write(github.annotations(report))
    colour = sys.stderr.isatty() and "NO_COLOR" not in os.environ
    rest = f"all of them are in {display_path(folder / reports.TEXT)}"
    words = text.render(report, colour=colour, rest=rest)
    if report.findings or report.remark:
        sys.stderr.write(f"{words}\n")
    else:
        logger.info("%s", words)  # what -q leaves out
    if report.failed:
        raise BuildAborted(f"Stopped: mend the errors listed above.{not_checked(report.unchecked)}")
