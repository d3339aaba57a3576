"""``sphinx-evidence bib``: .bib files checked, and mended where that is certain."""

import argparse
import os
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from sphinx_evidence.bibliography.check import check_files
from sphinx_evidence.bibliography.reader import Bibliography
from sphinx_evidence.cli.parsing import Commands, add_command, add_severities
from sphinx_evidence.cli.reporting import report, stop
from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.diagnostics.fixes import apply_fixes
from sphinx_evidence.diagnostics.severities import severities
from sphinx_evidence.registries.settings import LOCK
from sphinx_evidence.rulebook.rule import Severity
from sphinx_evidence.text.printable import printable_lines


def add_to(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, run, "bib", "check .bib files, and mend what is certain",
        "Checks that .bib files can be read whole, that every entry is complete, and that nothing\n"
        "in them is wrong in a way that a program can see. Several files are one bibliography.\n"
        "Where a lock says what registries know of the works, they are held against it.",
        ("references.bib", "check one file"),
        ("--fix references.bib", "replace what is certain, and show the changes"),
        ("--strict --rule bib-layout=warning *.bib", "ask for the agreed layout, too"),
    )  # fmt: skip
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a .bib file")
    command.add_argument("--fix", action="store_true", help="mend what is certain, and show it")
    command.add_argument(
        "--lock", type=Path, metavar="FILE",
        help=f"what registries have said of the works (default: {LOCK} beside the first file)",
    )  # fmt: skip
    add_severities(command)


def _by_lock(bibliography: Bibliography, path: Path) -> Iterable[Finding]:
    """What does not fit the lock. What reads it is slow to load, and most files have none."""
    if not os.path.lexists(path):
        return ()
    from sphinx_evidence.registries.rules import check_lock  # noqa: PLC0415  # as said

    return check_lock(bibliography, path=path)


def run(options: argparse.Namespace) -> int:
    """Check .bib files, and mend what is certain where that is asked for."""
    if options.lock and not options.lock.exists():
        return stop(f"{options.lock}: there is no such file. Give --lock the name of a lock.")
    path = options.lock or options.files[0].with_name(LOCK)
    by_lock = partial(_by_lock, path=path)
    findings, works, unchecked = check_files(options.files, by_lock)
    if options.fix:
        chosen = severities(dict(options.rules))
        asked = [found for found in findings if chosen[found.rule] is not Severity.OFF]
        diff, count = apply_fixes(asked, Path.cwd())
        sys.stdout.write(
            f"{printable_lines(diff)}{count} {'file' if count == 1 else 'files'} changed.\n"
        )
        findings, works, unchecked = check_files(options.files, by_lock)
    counts = {"works": works, "files": len(options.files)}
    return report(findings, counts, options, unchecked=unchecked)
