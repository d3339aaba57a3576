"""What the commands have in common in what is typed: help, examples, severities, reports."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeAlias

from sphinx_evidence.diagnostics.severities import severities
from sphinx_evidence.text.printable import printable

_STATUSES = """\
exit status:
  0  nothing to mend; warnings pass, unless --strict is given
  1  an error was found, or a file cannot be read or written
  2  the command itself is mistyped"""


class Parser(argparse.ArgumentParser):
    """Says what is mistyped, which may be the name of a file."""

    def error(self, message: str) -> NoReturn:
        """Exit with status 2."""
        super().error(printable(message))


Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001  # which has no public name


def add_command(
    commands: Commands,
    run: Callable[[argparse.Namespace], int],
    name: str,
    summary: str,
    description: str,
    *examples: tuple[str, str],
) -> argparse.ArgumentParser:
    """Add a command; each example is what is typed after its name, and what that does."""
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


def add_severities(command: argparse.ArgumentParser) -> None:
    """Add the options of a command that ends with findings."""
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
