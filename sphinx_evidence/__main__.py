"""``python -m sphinx_evidence bib FILE...``: check .bib files without Sphinx."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from sphinx_evidence import fixing, rulebook
from sphinx_evidence.bibliography import layout, rules
from sphinx_evidence.bibliography.reader import Bibliography, read_files
from sphinx_evidence.findings import Finding, shown
from sphinx_evidence.reports import Report, text
from sphinx_evidence.silencing import Silence, apply, silences


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 1 where there is an error."""
    parser = argparse.ArgumentParser(prog="python -m sphinx_evidence", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    bib = commands.add_parser("bib", help="check .bib files")
    bib.add_argument("files", nargs="+", type=Path, metavar="FILE")
    bib.add_argument("--fix", action="store_true", help="mend what is certain, and show it")
    bib.add_argument("--strict", action="store_true", help="let warnings fail, too")
    bib.add_argument(
        "--warn-only", action="append", default=[], metavar="RULE", help="a rule that may not fail"
    )
    commands.add_parser("rules", help="print every rule, as RULES.md shows them")
    options = parser.parse_args(arguments)
    if options.command == "rules":
        sys.stdout.write(rulebook.as_page())
        return 0
    try:
        severities = rulebook.severities(dict.fromkeys(options.warn_only, "warning"))
    except ValueError as error:
        parser.error(str(error))
    findings, works = check_bib(options.files)
    if options.fix:
        diff, count = fixing.fix(findings, Path.cwd())
        sys.stdout.write(f"{diff}{count} files changed.\n")
        findings, works = check_bib(options.files)
    kept = [f for f in findings if severities.get(f.rule, "error") != "off"]
    report = Report(tuple(kept), severities, {"works": works, "files": len(options.files)})
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    sys.stdout.write(text.told(report, colour=colour) + "\n")
    return 1 if report.failed or (options.strict and report.findings) else 0


def check_bib(paths: Sequence[Path]) -> tuple[list[Finding], int]:
    """Every finding on .bib files, which are one bibliography, and the number of their works."""
    files = [path.resolve() for path in paths]
    bibliography = read_files(files)
    found = [*bibliography.findings, *rules.check(bibliography)]
    remarks: list[Silence] = []
    for path in files if not bibliography.findings else ():
        content = path.read_text("utf-8-sig")
        of_file = Bibliography(
            {k: e for k, e in bibliography.entries.items() if e.path == shown(path)}
        )
        found += layout.check(content, shown(path), of_file)
        remarks += silences(content.splitlines(), shown(path))
    return apply(found, remarks, rulebook.rules()), len(bibliography.entries)


if __name__ == "__main__":
    sys.exit(main())
