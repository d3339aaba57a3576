"""``python -m sphinx_evidence bib FILE...``: check .bib files without Sphinx."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sphinx_evidence.bibliography import layout
from sphinx_evidence.bibliography.reader import read_files
from sphinx_evidence.findings import Finding


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 1 where there is a finding."""
    parser = argparse.ArgumentParser(prog="python -m sphinx_evidence", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    bib = commands.add_parser("bib", help="check the syntax and the layout of .bib files")
    bib.add_argument("files", nargs="+", type=Path, metavar="FILE")
    options = parser.parse_args(arguments)
    findings: list[Finding] = []
    for path in options.files:
        bibliography = read_files([path.resolve()])
        findings += bibliography.findings or layout.check(
            path.read_text("utf-8-sig"), str(path), bibliography
        )
    for finding in sorted(findings):
        sys.stderr.write(f"{finding.place}: {finding}\n")
    sys.stdout.write(f"{len(options.files)} .bib files, {len(findings)} findings.\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
