"""``sphinx-evidence rules``: the catalogue of rules, printed."""

import argparse
import sys

from sphinx_evidence import rulebook
from sphinx_evidence.cli.parsing import Commands, add_command


def add_to(commands: Commands) -> None:
    """Add the command."""
    add_command(
        commands, run, "rules", "print every rule",
        "Prints every rule as Markdown: what it finds, why that matters, and an example.",
        ("> rules.md", "keep them in a file"),
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Print the rules."""
    del options
    sys.stdout.write(rulebook.as_page())
    return 0
