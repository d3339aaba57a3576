"""``sphinx-evidence audit``: a manuscript checked against its own list of references."""

import argparse
from pathlib import Path

from sphinx_evidence.cli.parsing import Commands, add_command, add_severities
from sphinx_evidence.cli.reporting import report, stop
from sphinx_evidence.diagnostics.finding import display_path, not_utf8
from sphinx_evidence.manuscripts.audit import audit
from sphinx_evidence.manuscripts.bib import to_bib
from sphinx_evidence.manuscripts.plain_text import read
from sphinx_evidence.manuscripts.reference_list import find_reference_list
from sphinx_evidence.text.atomic import write_new
from sphinx_evidence.text.source import check_file

_PACKED = (b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0", b"{\\rtf")  # Word and its like, PDF
_UNPACK = "Open it in the program that it is from, and save it as plain text in UTF-8."


def add_to(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, run, "audit", "check a manuscript against its own list of references",
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
    add_severities(command)


def run(options: argparse.Namespace) -> int:
    """Check a document against its own list, and write that list as .bib where it is asked for."""
    path: Path = options.file
    try:
        check_file(path)
        raw = path.read_bytes()
        if raw.startswith(_PACKED):
            return stop(f"{path}: this is not plain text. {_UNPACK}")
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return report([not_utf8(path.resolve(), error)], {}, options)
    except OSError as error:
        return stop(f"{path}: {error.strerror}. Give the name of a text or Markdown file.")
    document = read(content, display_path(path.resolve()))
    found = find_reference_list(document)
    entries = found.entries if found else ()
    if options.bib and entries:
        try:
            # A file that is there may hold work that nobody wants to lose.
            write_new(options.bib, to_bib(entries).encode())
        except OSError as error:
            return stop(f"{options.bib}: {error.strerror}. Give --bib the name of a new file.")
    return report(audit(document), {"works": len(entries)}, options)
