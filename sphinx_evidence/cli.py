"""The command ``sphinx-evidence``: checks that need no Sphinx."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from sphinx_evidence import __version__, rulebook
from sphinx_evidence.bibliography import layout, rules
from sphinx_evidence.bibliography.reader import Bibliography, read_files
from sphinx_evidence.diagnostics import fixes
from sphinx_evidence.diagnostics.baseline import Baseline, BaselineError
from sphinx_evidence.diagnostics.finding import Finding, display_path, not_utf8
from sphinx_evidence.diagnostics.severities import severities
from sphinx_evidence.diagnostics.suppressions import apply_suppressions, suppressions_in
from sphinx_evidence.manuscripts import audit, bib, reference_list
from sphinx_evidence.reports import TEXT, Report, github, text, write
from sphinx_evidence.rulebook.rule import Rule, Severity
from sphinx_evidence.text.atomic import write_new
from sphinx_evidence.text.printable import printable, printable_lines
from sphinx_evidence.text.source import check_file

_PACKED = (b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0", b"{\\rtf")  # Word and its like, PDF
_ROOM = "Make room, or see that it may be written, and run the command again."
_INTERRUPTED = 130  # as shells have it: 128, and the number of SIGINT
_UNPACK = "Open it in the program that it is from, and save it as plain text in UTF-8."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 1 where there is an error."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if getattr(options, "write_baseline", False) and not options.baseline:
        parser.error("--write-baseline needs --baseline FILE")
    try:
        return int(options.run(options))
    except OSError as error:
        if not error.filename:
            raise  # of the output
        return _stop(f"{display_path(Path(error.filename))}: {error.strerror}. {_ROOM}")
    except KeyboardInterrupt:
        _stop("Interrupted.")
        return _INTERRUPTED


def run() -> None:
    """Run the command ``sphinx-evidence``."""
    try:
        status = main()
        sys.stdout.flush()
    except OSError as error:
        # What is left goes nowhere; Python would try once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
        if not isinstance(error, BrokenPipeError):  # who reads has had enough, as head has
            _stop(f"The output: {error.strerror}. {_ROOM}")
    sys.exit(status)


_STATUSES = """\
exit status:
  0  nothing to mend; warnings pass, unless --strict is given
  1  an error was found, or a file cannot be read or written
  2  the command itself is mistyped"""


class _Parser(argparse.ArgumentParser):
    """Says what is mistyped, which may be the name of a file."""

    def error(self, message: str) -> NoReturn:
        """Exit with status 2."""
        super().error(printable(message))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="sphinx-evidence",
        description="Checks a bibliography, a manuscript or pages, without Sphinx.",
        epilog="Each command explains itself: sphinx-evidence bib --help\n"
        "In a Sphinx project, sphinx-build -b evidence-citations checks pages and bibliography.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", title="commands")
    command = _add_command(
        commands, "bib", run_bib, "check .bib files, and mend what is certain",
        "Checks that .bib files can be read whole, that every entry is complete, and that nothing\n"
        "in them is wrong in a way that a program can see. Several files are one bibliography.",
        ("references.bib", "check one file"),
        ("--fix references.bib", "replace what is certain, and show the changes"),
        ("--strict --rule bib-layout=warning *.bib", "ask for the agreed layout, too"),
    )  # fmt: skip
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a .bib file")
    command.add_argument("--fix", action="store_true", help="mend what is certain, and show it")
    _add_severities(command)
    command = _add_command(
        commands, "audit", run_audit, "check a manuscript against its own list of references",
        "Checks a document in plain text or Markdown that ends with a list of references: every\n"
        "citation must lead to a work in the list, every work must be cited, and what the text\n"
        "refers to must be there.",
        ("paper.md", "check the document"),
        ("--bib references.bib paper.md", "write its list as a new .bib file, too"),
    )  # fmt: skip
    command.add_argument("file", type=Path, metavar="FILE", help="plain text or Markdown, in UTF-8")
    command.add_argument(
        "--bib", type=Path, metavar="OUT", help="write the list as a new .bib file"
    )
    _add_severities(command)
    command = _add_command(
        commands, "pages", run_pages, "check how pages in MyST are written",
        "Checks pages with the rules named style-… that evidence_rules in conf.py switches on:\n"
        "one sentence a line, a summary first, a link onward, length and wording. The conf.py\n"
        "nearest above the first page is read, and not run. The last line is a trend, and fails\n"
        "nothing: the reading ease of Flesch, and the pages below 60.",
        ("docs/*.md", "check these pages"),
        ("--rule style-sentence=error README.md", "ask for one rule, whatever conf.py says"),
    )  # fmt: skip
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a page in MyST")
    _add_severities(command)
    command = _add_command(
        commands, "convert", run_convert, "turn what a reference manager exports into entries",
        "Reads works from a file in RIS, NBIB, CSL-JSON or BibTeX, and writes them as entries of\n"
        "the house: keys of surname and year, one layout, bare DOIs. Works that have keys keep\n"
        "them where they are printed. Abstracts, keywords, notes and the names of attached files\n"
        "are left out; what else has no field is named.",
        ("export.ris", "print the works as entries of BibTeX"),
        ("--into references.bib export.nbib", "add those that are not in it yet, in their places"),
        ("--to csl-json references.bib", "print a bibliography in another format"),
    )  # fmt: skip
    command.add_argument("file", type=Path, metavar="FILE", help="what was exported, in UTF-8")
    where = command.add_mutually_exclusive_group()
    where.add_argument("--into", type=Path, metavar="BIB", help="add the works to this .bib file")
    where.add_argument(
        "--to", choices=("bibtex", "ris", "csl-json"), default="bibtex",
        help="the format to print (default: bibtex)",
    )  # fmt: skip
    _add_command(
        commands, "rules", run_rules, "print every rule",
        "Prints every rule as Markdown: what it finds, why that matters, and an example.",
        ("> rules.md", "keep them in a file"),
    )  # fmt: skip
    return parser


def _add_command(
    commands: "argparse._SubParsersAction[_Parser]",
    name: str,
    run: Callable[[argparse.Namespace], int],
    summary: str,
    description: str,
    *examples: tuple[str, str],
) -> argparse.ArgumentParser:
    lines = "".join(f"  sphinx-evidence {name} {line}\n      {what}\n" for line, what in examples)
    command: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=description,
        epilog=f"examples:\n{lines}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(run=run)
    return command


def _add_severities(command: argparse.ArgumentParser) -> None:
    command.add_argument("--strict", action="store_true", help="let warnings fail, too")
    command.add_argument(
        "--reports", type=Path, metavar="FOLDER", help="write the findings as JSON, SARIF and JUnit"
    )
    command.add_argument(
        "--rule", action="append", default=[], type=_rule, metavar="NAME=SEVERITY", dest="rules",
        help="make a rule an error, a warning or off, for example bib-layout=warning",
    )  # fmt: skip
    command.add_argument(
        "--baseline", type=Path, metavar="FILE",
        help="let what this file keeps for later pass, and only new findings fail",
    )  # fmt: skip
    command.add_argument(
        "--write-baseline", action="store_true", help="keep all that is found today in that file"
    )
    command.epilog = f"{command.epilog}\n{_STATUSES}"


def _rule(choice: str) -> tuple[str, str]:
    name, _, severity = choice.partition("=")
    try:
        severities({name: severity})
    except ValueError as error:
        raise argparse.ArgumentTypeError(" ".join(error.args)) from error
    return name, severity


def run_rules(options: argparse.Namespace) -> int:
    """Print the rules."""
    del options
    sys.stdout.write(rulebook.as_page())
    return 0


def run_bib(options: argparse.Namespace) -> int:
    """Check .bib files, and mend what is certain where that is asked for."""
    findings, works, unchecked = check_bib(options.files)
    if options.fix:
        diff, count = fixes.apply_fixes(findings, Path.cwd())
        sys.stdout.write(
            f"{printable_lines(diff)}{count} {'file' if count == 1 else 'files'} changed.\n"
        )
        findings, works, unchecked = check_bib(options.files)
    counts = {"works": works, "files": len(options.files)}
    return _tell(findings, counts, options, unchecked)


def run_audit(options: argparse.Namespace) -> int:
    """Check a document against its own list, and write that list as .bib where it is asked for."""
    path: Path = options.file
    try:
        check_file(path)
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
            # A file that is there may hold work that nobody wants to lose.
            write_new(options.bib, bib.to_bib(entries).encode())
        except OSError as error:
            return _stop(f"{options.bib}: {error.strerror}. Give --bib the name of a new file.")
    return _tell(
        audit.audit(content, display_path(path.resolve())), {"works": len(entries)}, options
    )


def run_convert(options: argparse.Namespace) -> int:
    """Turn what a reference manager exports into entries."""
    from sphinx_evidence.formats import command  # noqa: PLC0415  # no other command needs it

    try:
        if options.into:
            made, left_out = command.add(options.file, options.into)
        else:
            made, left_out = command.converted(options.file, options.to)
    except command.FormatError as error:
        return _stop(str(error))
    sys.stdout.write(printable_lines(made))
    sys.stderr.write(printable_lines(left_out))
    return 0


def run_pages(options: argparse.Namespace) -> int:
    """Check how pages are written."""
    from sphinx_evidence.style import command, ease  # noqa: PLC0415  # bib and audit read none

    try:
        findings, severities, eases = command.check_files(options.files, dict(options.rules))
    except OSError as error:
        return _stop(f"{error.filename}: {error.strerror}. Give the names of pages in MyST.")
    status = _report(findings, severities, {"pages": len(options.files)}, options)
    sys.stdout.write(printable_lines(ease.trend(eases)))
    return status


def _stop(message: str) -> int:
    sys.stderr.write(f"{printable(message)}\n")
    return 1


def _tell(
    found: Sequence[Finding],
    counts: Mapping[str, int],
    options: argparse.Namespace,
    unchecked: Sequence[str] = (),
) -> int:
    return _report(found, severities(dict(options.rules)), counts, options, unchecked)


def _report(
    found: Sequence[Finding],
    severities: Mapping[Rule, Severity],
    counts: Mapping[str, int],
    options: argparse.Namespace,
    unchecked: Sequence[str] = (),
) -> int:
    report = Report.of(found, severities, counts, unchecked=unchecked)
    if options.baseline:
        try:
            report = _against_baseline(report, options)
        except BaselineError as error:
            return _stop(f"{error.finding.place}: {error.finding}")
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
    rest = "give --reports the name of a folder to have all of them in its files"
    if options.reports:
        rest = f"all of them are in {options.reports / TEXT}"
    sys.stdout.write(text.render(report, colour=colour, rest=rest) + "\n")
    return 1 if report.failed or (options.strict and report.findings) else 0


def _against_baseline(report: Report, options: argparse.Namespace) -> Report:
    path, again = Path(os.path.realpath(options.baseline)), "--write-baseline"
    baseline = Baseline.read(path, again, missing=options.write_baseline)
    files = [] if report.unchecked else options.files if "files" in options else [options.file]
    checked = {baseline.relative(os.path.realpath(file)) for file in files}
    if options.write_baseline and not report.unchecked:
        baseline = baseline.write(report.findings, checked)
    return report.against(baseline, checked)


def check_bib(paths: Sequence[Path]) -> tuple[list[Finding], int, list[str]]:
    """Every finding on .bib files, which are one bibliography; its works; what is not checked."""
    files = [Path(os.path.realpath(path)) for path in paths]  # Path.resolve raises in a loop
    bibliography = read_files(files)
    found = [*bibliography.findings, *rules.check_entries(bibliography)]
    faulty = {found.path for found in bibliography.findings}
    for path in files:
        if display_path(path) in faulty:
            continue
        content = path.read_text("utf-8-sig")
        of_file = Bibliography(
            {k: e for k, e in bibliography.entries.items() if e.path == display_path(path)}
        )
        found += layout.check_layout(content, display_path(path), of_file)
    # What cannot be read may be what a suppression is for, so none is unused then.
    judged = frozenset[Rule]() if faulty else frozenset(Rule)
    kept = apply_suppressions(found, list(suppressions_in(files)), judged=judged)
    return kept, len(bibliography.entries), bibliography.unchecked
