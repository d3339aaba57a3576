"""``sphinx-evidence add``: a work added by its identifier alone."""

import argparse
import sys
from dataclasses import fields
from pathlib import Path

from sphinx_evidence import __version__
from sphinx_evidence.cli.parsing import Commands, add_command
from sphinx_evidence.cli.reporting import stop
from sphinx_evidence.formats.csl import FormatError
from sphinx_evidence.network.clock import Clock
from sphinx_evidence.network.ledgers import LedgerFault, LedgerKept
from sphinx_evidence.network.settings import NetworkSettings
from sphinx_evidence.registries.settings import LOCK, RegistriesSettings
from sphinx_evidence.settings import PREFIX, Setting, declared, written
from sphinx_evidence.text.printable import printable_lines

NOBODY_ANSWERED = 3  # the exit status, as that of the builders that ask
_STATUS = Setting("evidence_reference_status", dict, {}, "")


def add_to(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, run, "add", "add a work by its DOI, PMID, PMCID, arXiv number, ISBN or page",
        "Asks the registry that owns an identifier for the work, and adds its entry to a .bib\n"
        f"file and what was answered to {LOCK}; both or neither. The conf.py nearest\n"
        "above the .bib file says which registries are asked; it is read, and not run.\n"
        f"The exit status is {NOBODY_ANSWERED} where nobody answers: then nothing is known.",
        ("10.1192/bjp.bp.110.083733", "add to references.bib"),
        ("--into works.bib PMC6735050", "add to another file"),
        ("https://example.org/article", "add the work that a page names in its metadata"),
    )  # fmt: skip
    command.add_argument("identifier", metavar="IDENTIFIER", help="as it is printed")
    command.add_argument(
        "--into", type=Path, metavar="BIB", default=Path("references.bib"),
        help="the .bib file (default: references.bib)",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Ask, and add."""
    try:
        from sphinx_evidence.network.politeness import Settings  # noqa: PLC0415  # needs the extra
        from sphinx_evidence.registries import adding  # noqa: PLC0415  # as well
    except ModuleNotFoundError as error:
        return stop(f"{error.name} is missing. Type: pip install 'sphinx-evidence[links]'")
    folders = options.into.resolve().parents
    conf = next((f / "conf.py" for f in folders if (f / "conf.py").is_file()), None)
    # Whom hosts can reach is often put together by conf.py, which is not run.
    wanted = [*(one for one in declared(NetworkSettings) if one.name != f"{PREFIX}links_contact"),
              *declared(RegistriesSettings), _STATUS]  # fmt: skip
    values, findings = written(conf, wanted)
    for finding in findings:
        return stop(f"{finding.place}: {finding}")
    ours = NetworkSettings(**{
        one.name: values[f"{PREFIX}{one.name}"] for one in fields(NetworkSettings)
        if f"{PREFIX}{one.name}" in values
    })  # fmt: skip
    locked = (conf.parent if conf else options.into.parent) / values[f"{PREFIX}references_lock"]
    try:
        added = adding.add(
            options.identifier, adding.Files(options.into, locked),
            Settings.of(ours, user_agent=f"sphinx-evidence/{__version__}"), Clock(),
            confirmed="confirmed" in values[_STATUS.name],
        )  # fmt: skip
    except adding.SilentError as error:
        stop(str(error))
        return NOBODY_ANSWERED
    except LedgerFault as fault:
        return stop(f"{fault.finding.place}: {fault.finding}")
    except (adding.AddingError, FormatError, LedgerKept) as error:
        return stop(str(error))
    sys.stdout.write(printable_lines(f"{added.lines}{added.entry}"))
    for registry, notice in added.notices:
        sys.stderr.write(printable_lines(
            f"{registry.shown} has a notice on this work: {notice.kind}, {notice.date}. "
            "Read it before you cite the work.\n"
        ))  # fmt: skip
    return 0
