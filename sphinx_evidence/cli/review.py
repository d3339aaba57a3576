"""``sphinx-evidence review``: what reviewers have said in Word, at the lines of the pages."""

import argparse
from pathlib import Path

from sphinx_evidence.cli.parsing import Commands, add_command, add_severities
from sphinx_evidence.cli.reporting import report, stop
from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.word.archive import WordError, open_word


def add_to(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, run, "review", "list what reviewers of a copy in Word have left in it",
        "Takes copies that evidence-docx has written (nox -s docx) and that reviewers have sent\n"
        "back: each comment, each tracked change and each change that was not tracked is listed\n"
        "at the line of the page that it is about, with what to type. Nothing is changed. Run it\n"
        "in the folder in which the copy was built.",
        ("paper.docx", "list what one reviewer says"),
        ("paper-ab.docx paper-cd.docx", "list what two of them say, page by page"),
    )  # fmt: skip
    command.add_argument(
        "files", type=Path, nargs="+", metavar="FILE", help="a .docx that was sent back"
    )
    add_severities(command)


def run(options: argparse.Namespace) -> int:
    """List what is in the copies."""
    found: list[Finding] = []
    paragraphs = 0
    for path in options.files:
        try:
            opened = open_word(path)  # which says what to install
            from sphinx_evidence.word.review import review  # noqa: PLC0415  # needs an extra

            findings, looked_at = review(opened, Path.cwd())
        except WordError as error:
            return stop(f"{path}: {error}")
        except OSError as error:
            return stop(f"{path}: {error.strerror}. Give the name of a .docx.")
        found += findings
        paragraphs += looked_at
    return report(found, {"paragraphs": paragraphs}, options)
