"""One check of the links of a project: asked, kept in the ledger, and reported."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

from sphinx.config import Config
from sphinx.util import logging

from sphinx_evidence.bibliography.reader import read_files
from sphinx_evidence.diagnostics.suppressions import Suppression, apply_suppressions, suppressions
from sphinx_evidence.links import collector, ledger, rules
from sphinx_evidence.links.ledger import Entry
from sphinx_evidence.links.places import Use
from sphinx_evidence.links.probe import Question
from sphinx_evidence.links.run import Outcome, run, with_pages
from sphinx_evidence.links.settings import LinksSettings
from sphinx_evidence.network.clock import Clock
from sphinx_evidence.network.ledgers import LedgerKept
from sphinx_evidence.network.settings import Ask
from sphinx_evidence.network.verdicts import Verdict
from sphinx_evidence.reports import Report
from sphinx_evidence.runtime.abort import BuildAborted
from sphinx_evidence.runtime.asking import asking
from sphinx_evidence.runtime.bibtex import bib_paths
from sphinx_evidence.runtime.config import read
from sphinx_evidence.runtime.emit import emit
from sphinx_evidence.runtime.shared import SharedSettings, severities_of
from sphinx_evidence.text.printable import printable

logger = logging.getLogger(__name__)

NETWORK_DOWN = 3  # the exit status
NOBODY = (
    "The network cannot be reached: neither the registries nor the hosts of links answer. "
    "Nothing is known of any link, and the ledger stays as it was. Try again later, or let the "
    "ledger judge alone: -D evidence_links_ask=none"
)


def check_links(
    seen: Iterable[tuple[collector.Seen, str]], config: Config, confdir: Path, outdir: Path
) -> None:
    """Judge every link, each with what is asked in its place, and report to ``outdir``."""
    # Without sphinxcontrib-bibtex, there are no such files, and no such setting.
    encoding = getattr(config, "bibtex_encoding", "utf-8-sig")
    bibliography = read_files(bib_paths(config, confdir), encoding=encoding)
    uses = list(collector.uses(seen, bibliography, config))
    settings = read(LinksSettings, config)
    path = confdir / settings.links_ledger
    try:
        with ledger.FORM.alone(path) if settings.links_ask is not Ask.NONE else nullcontext():
            outcome = _judge(uses, path, config)
    except LedgerKept as error:
        raise BuildAborted(str(error)) from error
    _report(uses, outcome, config, outdir)


def _judge(uses: Sequence[Use], path: Path, config: Config) -> Outcome:
    """Ask, and keep the ledger."""
    ask = read(LinksSettings, config).links_ask
    anchors: dict[str, set[str]] = {}
    pages: dict[str, set[str]] = {}
    for use in uses:
        anchors.setdefault(use.address, set()).update({use.anchor} - {""})
        pages.setdefault(use.address, set()).add(use.path)
    questions = [Question(address, frozenset(names)) for address, names in anchors.items()]
    outcome = run(ledger.read(path), questions, ask, asking(config, "link check"), Clock())
    if ask is not Ask.NONE and outcome.network:
        ledger.write(path, with_pages(outcome.ledger, pages))
    return outcome


def _report(uses: Sequence[Use], outcome: Outcome, config: Config, outdir: Path) -> None:
    """Report what was found, and of which links nothing is known."""
    own = severities_of(config)
    first: dict[str, Use] = {}
    for use in sorted(uses, key=lambda use: (use.path, use.line, use.column)):
        first.setdefault(use.address, use)
    counts = {"links": len(first)}
    for verdict in (Verdict.BLOCKED, Verdict.UNKNOWN):
        counts[f"{verdict} links"] = 0
    for address, use in first.items():
        entry = outcome.ledger.entries.get(address, Entry())
        if address in outcome.added or f"{entry.verdict} links" not in counts:
            continue
        counts[f"{entry.verdict} links"] += 1
        said = entry.reason or outcome.reasons.get(address)
        if said:  # of the others it is known only that nobody has asked
            logger.info("%s", printable(f"{use.place}: {entry.verdict}: {address} ({said})"))
    # Several uses may lead to one definition of a link, where it is reported once.
    found = list(dict.fromkeys(rules.check_links(uses, outcome))) if outcome.network else []
    # A suppression of nothing today may be needed tomorrow, so none is unused.
    kept = apply_suppressions(found, list(_suppressions(uses)), judged=())
    report = Report.of(kept, own, counts)
    emit(report, outdir, fix=read(SharedSettings, config).fix)
    if not outcome.network:
        logger.error("%s", NOBODY)
        raise SystemExit(NETWORK_DOWN)


def _suppressions(uses: Sequence[Use]) -> Iterator[Suppression]:
    for name in {use.path for use in uses}:
        yield from suppressions(Path(name).read_text("utf-8"), name)
