"""Checks that need no Sphinx: ``bib FILE...`` of .bib files, ``audit FILE`` of a manuscript."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from sphinx_evidence import rulebook
from sphinx_evidence.bibliography import layout, rules
from sphinx_evidence.bibliography.reader import Bibliography, read_files
from sphinx_evidence.diagnostics import fixes
from sphinx_evidence.diagnostics.finding import Finding, display_path, not_utf8
from sphinx_evidence.diagnostics.suppressions import Suppression, apply_suppressions, suppressions
from sphinx_evidence.manuscripts import audit, bib, reference_list
from sphinx_evidence.reports import Report, github, text, write

_PACKED = (b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0", b"{\\rtf")  # Word and its like, PDF
_UNPACK = "Open it in the program that it is from, and save it as plain text in UTF-8."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 1 where there is an error."""
    options = _parser().parse_args(arguments)
    return int(options.run(options))


def run() -> None:
    """Run the command ``sphinx-evidence``."""
    sys.exit(main())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sphinx-evidence", description=__doc__)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("bib", help="check .bib files")
    command.add_argument("files", nargs="+", type=Path, metavar="FILE")
    command.add_argument("--fix", action="store_true", help="mend what is certain, and show it")
    command.set_defaults(run=run_bib)
    _add_severities(command)
    command = commands.add_parser(
        "audit",
        help="check a document in plain text or Markdown against its own list of references",
    )
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument(
        "--bib", type=Path, metavar="OUT", help="write the list as a new .bib file"
    )
    command.set_defaults(run=run_audit)
    _add_severities(command)
    command = commands.add_parser("rules", help="print every rule, as RULES.md shows them")
    command.set_defaults(run=run_rules)
    return parser


def _add_severities(command: argparse.ArgumentParser) -> None:
    command.add_argument("--strict", action="store_true", help="let warnings fail, too")
    command.add_argument(
        "--reports", type=Path, metavar="FOLDER", help="write the findings as JSON, SARIF and JUnit"
    )
    command.add_argument(
        "--rule", action="append", default=[], type=_rule, metavar="NAME=SEVERITY", dest="rules",
        help="make a rule an error, a warning or off, for example bib-layout=warning",
    )  # fmt: skip


def _rule(choice: str) -> tuple[str, str]:
    name, _, severity = choice.partition("=")
    try:
        rulebook.severities({name: severity})
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return name, severity


def run_rules(options: argparse.Namespace) -> int:
    """Print the rules."""
    del options
    sys.stdout.write(rulebook.as_page())
    return 0


def run_bib(options: argparse.Namespace) -> int:
    """Check .bib files, and mend what is certain where that is asked for."""
    findings, works = check_bib(options.files)
    if options.fix:
        diff, count = fixes.apply_fixes(findings, Path.cwd())
        sys.stdout.write(f"{diff}{count} {'file' if count == 1 else 'files'} changed.\n")
        findings, works = check_bib(options.files)
    return _tell(findings, {"works": works, "files": len(options.files)}, options)


def run_audit(options: argparse.Namespace) -> int:
    """Check a document against its own list, and write that list as .bib where it is asked for."""
    path: Path = options.file
    try:
        raw = path.read_bytes()
        if raw.startswith(_PACKED):
            return _stop(f"{path}: this is not plain text. {_UNPACK}")
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _tell([not_utf8(path.resolve(), error)], {}, options)
    except OSError as error:
        return _stop(f"{path}: {error.strerror}. Give the name of a text or Markdown file.")
    found = reference_list.find_reference_list(content)
    entries = found.entries if found else ()
    if options.bib and entries:
        try:
            # "x": a file that is there may hold work that nobody wants to lose.
            with options.bib.open("x", encoding="utf-8", newline="\n") as file:
                file.write(bib.to_bib(entries))
        except OSError as error:
            return _stop(f"{options.bib}: {error.strerror}. Give --bib the name of a new file.")
    return _tell(
        audit.audit(content, display_path(path.resolve())), {"works": len(entries)}, options
    )


def _stop(message: str) -> int:
    sys.stderr.write(f"{message}\n")
    return 1


def _tell(found: Sequence[Finding], counts: Mapping[str, int], options: argparse.Namespace) -> int:
    severities = rulebook.severities(dict(options.rules))
    report = Report.of(found, severities, counts)
    if options.reports:
        try:
            write(report, options.reports)
        except OSError as error:
            return _stop(
                f"{options.reports}: {error.strerror}. Give --reports the name of a folder."
            )
    if os.environ.get("GITHUB_ACTIONS") == "true":
        sys.stdout.write(github.annotations(report))
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    sys.stdout.write(text.render(report, colour=colour) + "\n")
    return 1 if report.failed or (options.strict and report.findings) else 0


def check_bib(paths: Sequence[Path]) -> tuple[list[Finding], int]:
    """Every finding on .bib files, which are one bibliography, and the number of their works."""
    files = [Path(os.path.realpath(path)) for path in paths]  # Path.resolve raises in a loop
    bibliography = read_files(files)
    found = [*bibliography.findings, *rules.check_entries(bibliography)]
    remarks: list[Suppression] = []
    for path in files if not bibliography.findings else ():
        content = path.read_text("utf-8-sig")
        of_file = Bibliography(
            {k: e for k, e in bibliography.entries.items() if e.path == display_path(path)}
        )
        found += layout.check_layout(content, display_path(path), of_file)
        remarks += suppressions(content.splitlines(), display_path(path))
    return apply_suppressions(found, remarks, rulebook.rules()), len(bibliography.entries)
