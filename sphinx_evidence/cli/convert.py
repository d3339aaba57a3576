"""``sphinx-evidence convert``: what a reference manager exports turned into entries."""

import argparse
import sys
from pathlib import Path

from sphinx_evidence.cli.parsing import Commands, add_command
from sphinx_evidence.cli.reporting import stop
from sphinx_evidence.formats.command import FormatError, add, converted
from sphinx_evidence.text.printable import printable_lines


def add_to(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, run, "convert", "turn what a reference manager exports into entries",
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


def run(options: argparse.Namespace) -> int:
    """Turn what a reference manager exports into entries."""
    try:
        if options.into:
            made, left_out = add(options.file, options.into)
        else:
            made, left_out = converted(options.file, options.to)
    except FormatError as error:
        return stop(str(error))
    sys.stdout.write(printable_lines(made))
    sys.stderr.write(printable_lines(left_out))
    return 0
