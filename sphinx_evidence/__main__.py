"""The command line, as ``python -m sphinx_evidence``."""

from sphinx_evidence.cli import run

run()
