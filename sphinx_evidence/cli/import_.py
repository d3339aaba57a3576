"""``sphinx-evidence import``: a manuscript in Word as a new project of pages and references."""

import argparse
import sys
from pathlib import Path

from sphinx_evidence.cli.parsing import Commands, add_command
from sphinx_evidence.cli.reporting import stop
from sphinx_evidence.text.printable import printable_lines
from sphinx_evidence.word.archive import WordError, open_word

_SHOWN = 20  # lines of what is left


def add_to(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, run, "import", "make a project of pages and references from a Word document",
        "Makes a new project from a document in Word that ends with a list of references: pages\n"
        "in MyST that begin at its headings, references.bib from the fields of a reference\n"
        "manager or from the list, citations as links where they are certain, boxes, tables,\n"
        "figures and notes, a glossary of the acronyms that the text explains, an editorial\n"
        "record, and what builds and checks all that. IMPORT.md says where each paragraph went.",
        ("paper.docx new-paper", "make the project in a new folder"),
    )  # fmt: skip
    command.add_argument("file", type=Path, metavar="FILE", help="a .docx")
    command.add_argument("path", type=Path, metavar="PATH", help="a new folder, or an empty one")


def run(options: argparse.Namespace) -> int:
    """Make the project, and say what is left to do."""
    path, target = options.file, options.path
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        return stop(f"{target}: something is there. Give PATH the name of a new folder.")
    try:
        opened = open_word(path)  # which says what to install
        from sphinx_evidence.word.origins import refuse_copy  # noqa: PLC0415  # an extra

        refuse_copy(opened)
    except WordError as error:
        return stop(f"{path}: {error}")
    except OSError as error:
        return stop(f"{path}: {error.strerror}. Give the name of a .docx.")
    from sphinx_evidence.importing.project import imported, write  # noqa: PLC0415  # an extra
    from sphinx_evidence.word.document import as_document  # noqa: PLC0415
    from sphinx_evidence.word.reading import read_pictures, read_word  # noqa: PLC0415

    manuscript = read_word(opened)
    document = as_document(manuscript, path.name)
    made = imported(manuscript, document, read_pictures(opened), path.name)
    try:
        write(made.files, target)
    except OSError as error:
        return stop(f"{target}: {error.strerror}. Give PATH the name of a new folder.")
    left = [f"- {line}\n" for line in made.left[:_SHOWN]]
    if more := len(made.left) - len(left):
        left.append(f"- … and {more} more, in IMPORT.md\n")
    are = "is a link" if made.citations == 1 else "are links"
    links = f"{_count(made.citations, 'citation')} {are}"
    told = [
        f"{target}: {_count(made.works, 'work')}; {links} now.\n",
        *(["Left to do:\n", *left] if left else []),
        "Type nox -s html citations in the new folder: it builds the pages, and lists the rest.\n",
    ]
    sys.stdout.write(printable_lines("".join(told)))
    return 0


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number in {0, 1} else 's'}"
