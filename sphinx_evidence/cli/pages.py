"""``sphinx-evidence pages``: how pages are written, checked without Sphinx."""

import argparse
import sys
from pathlib import Path

from sphinx_evidence.cli.parsing import Commands, add_command, add_severities
from sphinx_evidence.cli.reporting import report, stop
from sphinx_evidence.style.command import check_files
from sphinx_evidence.style.ease import trend
from sphinx_evidence.text.printable import printable_lines


def add_to(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, run, "pages", "check how pages in MyST are written",
        "Checks pages with the rules named style-… that evidence_rules in conf.py switches on:\n"
        "one sentence a line, a summary first, a link onward, length and wording. The conf.py\n"
        "nearest above the first page is read, and not run. The last line is a trend, and fails\n"
        "nothing: the reading ease of Flesch, and the pages below 60.",
        ("docs/*.md", "check these pages"),
        ("--rule style-sentence=error README.md", "ask for one rule, whatever conf.py says"),
    )  # fmt: skip
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a page in MyST")
    add_severities(command)


def run(options: argparse.Namespace) -> int:
    """Check how pages are written."""
    try:
        findings, chosen, eases = check_files(options.files, dict(options.rules))
    except OSError as error:
        return stop(f"{error.filename}: {error.strerror}. Give the names of pages in MyST.")
    status = report(findings, {"pages": len(options.files)}, options, chosen=chosen)
    sys.stdout.write(printable_lines(trend(eases)))
    return status
