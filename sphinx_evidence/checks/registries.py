"""``evidence-references``: asks registries for the works of the bibliography, and keeps the lock.

What the lock proves is told here and at the gate alike.
"""

from collections.abc import Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.dummy import DummyBuilder
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.bibliography.reader import Bibliography, Entry
from sphinx_evidence.checks.project import files_of
from sphinx_evidence.diagnostics.suppressions import apply_suppressions, suppressions_in
from sphinx_evidence.network.clock import Clock
from sphinx_evidence.network.ledgers import LedgerFault, LedgerKept
from sphinx_evidence.network.settings import Ask, NetworkSettings
from sphinx_evidence.registries import lock
from sphinx_evidence.registries.record import Verdict
from sphinx_evidence.registries.rules import check_works
from sphinx_evidence.registries.settings import RegistriesSettings
from sphinx_evidence.registries.works import Outcome, works_of
from sphinx_evidence.reports import Report
from sphinx_evidence.runtime.abort import BuildAborted, abort_on
from sphinx_evidence.runtime.bibtex import bibliography_of
from sphinx_evidence.runtime.builders import ReportsFindings, add_builder, require
from sphinx_evidence.runtime.config import read, register
from sphinx_evidence.runtime.emit import emit
from sphinx_evidence.runtime.shared import SharedSettings, severities_of
from sphinx_evidence.text.printable import printable

logger = logging.getLogger(__name__)

NOBODY_ANSWERED = 3  # the exit status, as that of links where the network is down


class ReferencesBuilder(ReportsFindings, DummyBuilder):
    """Asks what the lock leaves open, keeps the lock, and reports."""

    name = "evidence-references"
    epilog = ""

    def init(self) -> None:
        """Need what asks."""
        require("links", "aiohttp", "filelock", "protego", "tenacity")

    def finish(self) -> None:
        """Ask, and judge every work."""
        path = Path(self.confdir, read(RegistriesSettings, self.config).references_lock)
        bibliography = bibliography_of(self.config, Path(self.confdir))
        ask = read(RegistriesSettings, self.config).references_ask
        try:
            with lock.FORM.alone(path) if ask is not Ask.NONE else nullcontext():
                outcome = self._asked(path, list(bibliography.entries.values()), ask)
        except LedgerKept as error:
            raise BuildAborted(str(error)) from error
        except LedgerFault as fault:
            abort_on([fault.finding])
            raise
        self._report(bibliography, outcome)

    def _asked(self, path: Path, entries: Sequence[Entry], ask: Ask) -> Outcome:
        """What is known after asking; where nothing is to be asked, no network is touched."""
        known = lock.read(path)
        if ask is Ask.NONE:
            return Outcome(works_of(entries, known))
        # These need the extra.
        from sphinx_evidence.registries.run import Run  # noqa: PLC0415
        from sphinx_evidence.runtime.asking import asking  # noqa: PLC0415

        run = Run(entries, known, partial(lock.write, path))
        return run.ask(ask, asking(self.config, "reference check"), Clock())

    def _report(self, bibliography: Bibliography, outcome: Outcome) -> None:
        """Report what the lock proves, and say of which works nothing is known, and why."""
        counts = {"works": len(outcome.works), "asked works": outcome.asked}
        for verdict in (Verdict.ABSENT, Verdict.UNREACHABLE, Verdict.NOT_ASKED):
            counts[f"{verdict} answers"] = 0
        for key, work in outcome.works.items():
            entry = bibliography.entries[key]
            for answer in work.answers.values():
                if f"{answer.verdict} answers" not in counts:
                    continue
                counts[f"{answer.verdict} answers"] += 1
                if answer.verdict is Verdict.UNREACHABLE:
                    said = f"{entry.path}:{entry.line}: {answer.verdict}: {key} ({answer.reason})"
                    logger.info("%s", printable(said))
        found = [*bibliography.findings, *check_works(bibliography, outcome.works)]
        kept = apply_suppressions(found, list(suppressions_in(files_of(bibliography))), judged=())
        report = Report.of(kept, severities_of(self.config), counts)
        emit(report, Path(self.outdir), fix=read(SharedSettings, self.config).fix)
        if outcome.silence:
            logger.error(
                "No registry has answered: %s. What was known stays as it was; try again later.",
                printable(outcome.silence),
            )
            raise SystemExit(NOBODY_ANSWERED)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder and its settings."""
    app.setup_extension("sphinx_evidence.runtime.bibtex")
    add_builder(app, ReferencesBuilder, "references")
    register(app, NetworkSettings, RegistriesSettings, SharedSettings)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
