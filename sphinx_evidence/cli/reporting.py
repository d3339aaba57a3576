"""How a command ends: its findings printed and written, or one line that says why it stopped."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from sphinx_evidence.diagnostics.baseline import Baseline, BaselineError
from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.diagnostics.severities import severities
from sphinx_evidence.reports import TEXT, Report, github, text, write
from sphinx_evidence.rulebook.rule import Rule, Severity
from sphinx_evidence.text.printable import printable


def stop(message: str) -> int:
    """Say why the command stops; the exit status."""
    sys.stderr.write(f"{printable(message)}\n")
    return 1


def report(  # noqa: PLR0913  # what a command ends with
    found: Sequence[Finding],
    counts: Mapping[str, int],
    options: argparse.Namespace,
    *,
    unchecked: Sequence[str] = (),
    chosen: Mapping[Rule, Severity] | None = None,
    also: Callable[[Report], str] | None = None,
) -> int:
    """Print and write the findings; the exit status. Without ``chosen``, ``--rule`` chooses.

    ``also`` writes more of the report, and gives what went wrong, or an empty text.
    """
    if chosen is None:
        chosen = severities(dict(options.rules))
    made = Report.of(found, chosen, counts, unchecked=unchecked)
    if options.baseline:
        try:
            made = _against_baseline(made, options)
        except BaselineError as error:
            return stop(f"{error.finding.place}: {error.finding}")
    if options.reports:
        try:
            write(made, options.reports)
        except OSError as error:
            return stop(
                f"{options.reports}: {error.strerror}. Give --reports the name of a folder."
            )
    if also and (wrong := also(made)):
        return stop(wrong)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        sys.stdout.write(github.annotations(made))
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    rest = "give --reports the name of a folder to have all of them in its files"
    if options.reports:
        rest = f"all of them are in {options.reports / TEXT}"
    sys.stdout.write(text.render(made, colour=colour, rest=rest) + "\n")
    return 1 if made.failed or (options.strict and made.findings) else 0


def _against_baseline(made: Report, options: argparse.Namespace) -> Report:
    path, again = Path(os.path.realpath(options.baseline)), "--write-baseline"
    baseline = Baseline.read(path, again, missing=options.write_baseline)
    files = [] if made.unchecked else options.files if "files" in options else [options.file]
    checked = {baseline.relative(os.path.realpath(file)) for file in files}
    if options.write_baseline and not made.unchecked:
        baseline = baseline.write(made.findings, checked)
    return made.against(baseline, checked)
