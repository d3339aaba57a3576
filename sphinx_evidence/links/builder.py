"""The builder ``linkcheck``: Sphinx's, with verdicts, a ledger and reports of our own.

Sphinx says what is a link, and its settings are kept; what an answer means is decided here.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from docutils import nodes
from filelock import FileLock, Timeout
from sphinx.application import Sphinx
from sphinx.builders.linkcheck import CheckExternalLinksBuilder
from sphinx.config import ENUM, Config
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence import settings
from sphinx_evidence.bibliography.reader import read_files
from sphinx_evidence.diagnostics.finding import display_path
from sphinx_evidence.diagnostics.severities import severities
from sphinx_evidence.diagnostics.suppressions import Suppression, apply_suppressions, suppressions
from sphinx_evidence.links import collector, ledger, rules
from sphinx_evidence.links.clock import Clock
from sphinx_evidence.links.ledger import Entry
from sphinx_evidence.links.places import Use
from sphinx_evidence.links.politeness import Settings
from sphinx_evidence.links.probe import Question
from sphinx_evidence.links.run import Ask, Outcome, run, with_pages
from sphinx_evidence.links.verdicts import Verdict
from sphinx_evidence.reports import Report
from sphinx_evidence.runtime.abort import BuildAborted, abort_on
from sphinx_evidence.runtime.emit import emit

logger = logging.getLogger(__name__)

NETWORK_DOWN = 3  # the exit status
NOBODY = (
    "The network cannot be reached: neither the registries nor the hosts of links answer. "
    "Nothing is known of any link, and the ledger stays as it was. Try again later, or let the "
    "ledger judge alone: nox -s linkcheck -- --offline"
)


class LinksBuilder(CheckExternalLinksBuilder):
    """Asks what the ledger leaves open, keeps the ledger, and reports."""

    epilog = ""

    def init(self) -> None:
        """Begin without links."""
        super().init()
        self.seen: list[collector.Seen] = []

    def finish(self) -> None:
        """Judge every link, and tell what was found."""
        names = self.config.bibtex_bibfiles or []
        confdir = Path(self._app.confdir)
        bibliography = read_files([(confdir / name).resolve() for name in names])
        asked = [(seen, self._asked(seen.uri)) for seen in self.seen]
        uses = list(collector.uses(asked, bibliography, self.config))
        path = confdir / self.config.evidence_links_ledger
        ask = Ask(self.config.evidence_links_ask)
        if ask is Ask.NONE:
            outcome = self.judge(uses, ask, path)
        else:
            try:
                with FileLock(path.with_name(f".{path.name}.lock"), blocking=False):
                    outcome = self.judge(uses, ask, path)
            except Timeout as error:
                said = "another link check is at work. Wait until it has ended."
                raise BuildAborted(f"{display_path(path)}: {said}") from error
            except OSError as error:  # of the lock
                raise _unwritten(path, error) from error
        self.report(uses, outcome)

    def _asked(self, uri: str) -> str:
        """What is asked in place of a link, as extensions may wish."""
        return self.events.emit_firstresult("linkcheck-process-uri", uri) or uri

    def judge(self, uses: Sequence[Use], ask: Ask, path: Path) -> Outcome:
        """Ask, and keep the ledger."""
        anchors: dict[str, set[str]] = {}
        pages: dict[str, set[str]] = {}
        for use in uses:
            anchors.setdefault(use.address, set()).update({use.anchor} - {""})
            pages.setdefault(use.address, set()).add(use.path)
        questions = [Question(address, frozenset(names)) for address, names in anchors.items()]
        outcome = run(ledger.read(path), questions, ask, self.settings(), Clock())
        if ask is not Ask.NONE and outcome.network:
            try:
                ledger.write(path, with_pages(outcome.ledger, pages))
            except OSError as error:
                raise _unwritten(path, error) from error
        return outcome

    def settings(self) -> Settings:
        """How links are asked, from conf.py."""
        config = self.config
        contact = config.evidence_links_contact or config.html_baseurl
        name = re.sub(r"[^A-Za-z0-9.]+", "-", config.project).strip("-") or "documentation"
        agent = config.user_agent or f"{name} (link check; sphinx-evidence; {contact})"
        return Settings(
            user_agent=" ".join(agent.split()),  # a header is one line
            contact=contact,
            workers=config.linkcheck_workers,
            per_host=config.evidence_links_per_host,
            delay=config.evidence_links_delay,
            timeout=config.linkcheck_timeout,
            longest_wait=config.linkcheck_rate_limit_timeout,
            tls_verify=config.tls_verify,
            handle_base=config.evidence_links_handle,
            eutils_base=config.evidence_links_eutils,
            archive_base=config.evidence_links_archive,
        )

    def report(self, uses: Sequence[Use], outcome: Outcome) -> None:
        """Tell what was found, and of which links nothing is known."""
        own = severities(self.config.evidence_rules, self.config.suppress_warnings)
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
                logger.info("%s: %s: %s (%s)", use.place, entry.verdict, address, said)
        # Several uses may lead to one definition of a link, where it is told once.
        found = list(dict.fromkeys(rules.check_links(uses, outcome))) if outcome.network else []
        # A remark that silences nothing today may be needed tomorrow, so none is unused.
        kept = apply_suppressions(found, list(_remarks(uses)), judged=())
        report = Report.of(kept, own, counts)
        emit(report, Path(self.outdir), fix=bool(self.config.evidence_fix))
        if not outcome.network:
            logger.error("%s", NOBODY)
            raise SystemExit(NETWORK_DOWN)


def _unwritten(path: Path, error: OSError) -> BuildAborted:
    said = (
        f"{error.strerror}. The ledger is as it was: make room, or see that this file and those "
        "beside it may be written, and run again."
    )
    return BuildAborted(f"{display_path(path)}: {said}")


def _remarks(uses: Sequence[Use]) -> Iterator[Suppression]:
    for name in {use.path for use in uses}:
        yield from suppressions(Path(name).read_text("utf-8").splitlines(), name)


def note_links(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Keep the links of a page for the check."""
    if isinstance(app.builder, LinksBuilder):
        app.builder.seen.extend(collector.links_of_page(app.env, doctree, docname))


def check_settings(app: Sphinx, config: Config) -> None:
    """Stop at a value with which no link could be asked, before anything is read."""
    conf = Path(app.confdir, "conf.py")
    asks = ", ".join(f'"{ask}"' for ask in Ask)
    ours = Settings()
    right = {
        "evidence_links_ask": (config.evidence_links_ask in list(Ask), f"one of: {asks}"),
        "evidence_links_per_host": (config.evidence_links_per_host >= 1, "1 or more"),
        "evidence_links_delay": (config.evidence_links_delay >= 0, "0 or more"),
        "evidence_links_handle": _base(config.evidence_links_handle, ours.handle_base),
        "evidence_links_eutils": _base(config.evidence_links_eutils, ours.eutils_base),
    }
    abort_on([
        settings.fault(conf, name, f"{config[name]!r} is not what it takes.", f"Write {words}.")
        for name, (well, words) in right.items()
        if not well
    ])  # fmt: skip


def _base(given: str, example: str) -> tuple[bool, str]:
    well = given.startswith(("http://", "https://")) and given.endswith("/")
    return well, f"a whole address that ends with a slash, such as {example}"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Put the builder in the place of Sphinx's, and register its settings."""
    app.setup_extension("sphinx.builders.linkcheck")
    app.add_builder(LinksBuilder, override=True)
    app.connect("config-inited", check_settings)
    app.connect("doctree-resolved", note_links)
    text, number = frozenset({str}), frozenset({float, int})
    ours = Settings()
    # Which links are asked: due (not seen well for a week), all, new, none.
    app.add_config_value("evidence_links_ask", "due", "", types=ENUM(*map(str, Ask)))
    # An e-mail or web address, by which hosts can reach whoever runs the check.
    app.add_config_value("evidence_links_contact", "", "", types=text)
    app.add_config_value("evidence_links_per_host", ours.per_host, "", types=frozenset({int}))
    app.add_config_value("evidence_links_delay", ours.delay, "", types=number)
    app.add_config_value("evidence_links_handle", ours.handle_base, "", types=text)
    app.add_config_value("evidence_links_eutils", ours.eutils_base, "", types=text)
    app.add_config_value("evidence_links_archive", ours.archive_base, "", types=text)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
