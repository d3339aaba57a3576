"""Log findings through Sphinx, then abort the build."""

from collections.abc import Sequence

from docutils import nodes
from sphinx.util import logging

from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.diagnostics.grouping import grouped
from sphinx_evidence.reports import not_checked
from sphinx_evidence.rulebook.rule import Severity
from sphinx_evidence.text.printable import printable_lines

logger = logging.getLogger(__name__)


class faults(nodes.Invisible, nodes.Element):  # noqa: N801  # docutils names a node as its tag
    """Carries ``findings`` of a directive to the gate: with ``-j`` a page is read elsewhere."""


class BuildAborted(SystemExit):  # an exit, not a fault of the program
    """Ends the build with status 1 after every finding has been logged.

    Not a SphinxError: for those, Sphinx prints a traceback and asks for a bug report, under
    which the findings that an author has to mend would be lost.
    """

    def __init__(self, message: str) -> None:
        """Say why; names of files are made fit to be printed."""
        super().__init__(printable_lines(message))


def abort_on(findings: Sequence[Finding], unchecked: Sequence[str] = ()) -> None:
    """Log every finding, then abort the build if there was one; say what was not looked at."""
    for shown, more in grouped(findings, lambda _: Severity.ERROR):
        for finding in shown:
            # As Sphinx writes its types; as one of them, suppress_warnings would hide why it stops.
            logger.error("%s [evidence.%s]", finding, finding.rule, location=finding.place)
        if more:
            rest = "the builder evidence-citations writes all of them to output.txt"
            logger.error("… and %d more [evidence.%s]: %s", more, shown[0].rule, rest)
    if findings:
        count = f"{len(findings)} finding{'s' if len(findings) > 1 else ''}"
        raise BuildAborted(
            f"Stopped: {count} to mend, listed above. Nothing was written.{not_checked(unchecked)}"
        )
