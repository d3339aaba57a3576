"""The command ``sphinx-evidence``: checks that need no Sphinx; a module for each command."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from pathlib import Path

from sphinx_evidence import __version__
from sphinx_evidence.cli.parsing import Parser
from sphinx_evidence.cli.reporting import stop
from sphinx_evidence.diagnostics.finding import display_path

COMMANDS = (
    "bib",
    "add",
    "audit",
    "import",
    "review",
    "pages",
    "convert",
    "rules",
)  # in the order of the help
_ROOM = "Make room, or see that it may be written, and run the command again."
_INTERRUPTED = 130  # as shells have it: 128, and the number of SIGINT


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 1 where there is an error."""
    typed = sys.argv[1:] if arguments is None else arguments
    parser = _parser(typed[:1] if typed and typed[0] in COMMANDS else COMMANDS)
    options = parser.parse_args(typed)
    if getattr(options, "write_baseline", False) and not options.baseline:
        parser.error("--write-baseline needs --baseline FILE")
    try:
        return int(options.run(options))
    except OSError as error:
        if not error.filename:
            raise  # of the output
        return stop(f"{display_path(Path(error.filename))}: {error.strerror}. {_ROOM}")
    except KeyboardInterrupt:
        stop("Interrupted.")
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
            stop(f"The output: {error.strerror}. {_ROOM}")
    sys.exit(status)


def _parser(names: Sequence[str]) -> Parser:
    """The parser of ``names``: a command imports what it needs, and no other does."""
    parser = Parser(
        prog="sphinx-evidence",
        description="Checks a bibliography, a manuscript or pages, without Sphinx.",
        epilog="Each command explains itself: sphinx-evidence bib --help\n"
        "In a Sphinx project, sphinx-build -b evidence-citations checks pages and bibliography.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", title="commands")
    for name in names:
        module = name + "_" * iskeyword(name)
        import_module(f"{__name__}.{module}").add_to(commands)
    return parser
