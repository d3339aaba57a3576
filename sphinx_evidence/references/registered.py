"""What the lock of registries tells readers of a work: what was said against it, or that it agrees.

As NISO RP-45 has it, the work and the notice on it are told apart: a mark at each citation and
before the reference says what became of the work, and a sentence below links to the notice.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from sphinx.config import Config

from sphinx_evidence.bibliography.identifiers import bare_doi
from sphinx_evidence.network.ledgers import LedgerFault
from sphinx_evidence.policy.characters import find_characters
from sphinx_evidence.registries import lock
from sphinx_evidence.registries.judging import Judged
from sphinx_evidence.registries.notices import WATCHER
from sphinx_evidence.registries.record import Notice, NoticeKind, Registry, Verdict, Work
from sphinx_evidence.registries.settings import RegistriesSettings
from sphinx_evidence.runtime.bibtex import bibliography_of
from sphinx_evidence.runtime.config import read

# What became of a work: at its citations, and what the notice is called.
_MARKS = {
    NoticeKind.RETRACTION: ("retracted", "retraction"),
    NoticeKind.WITHDRAWAL: ("withdrawn", "withdrawal"),
    NoticeKind.PARTIAL_RETRACTION: ("retracted in part", "partial retraction"),
    NoticeKind.CONCERN: ("expression of concern", "expression of concern"),
    NoticeKind.OTHER: ("notice", "notice"),
    NoticeKind.CORRECTION: ("corrected", "correction"),
}
_AT_CITATIONS = set(NoticeKind) - {NoticeKind.CORRECTION, NoticeKind.OTHER}
_MONTHS = (
    "", "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


TOLD = "evidence_told"  # where the environment keeps what is told of each work


class Told(NamedTuple):
    """What is told of one work; only what is not empty is."""

    mark: str = ""  # at each citation
    notices: tuple[tuple[Notice, Registry, date | None], ...] = ()  # the worst first
    acknowledged: str = ""  # why it is cited all the same
    agreed: str = ""


def told_of(config: Config, confdir: Path) -> dict[str, Told]:
    """From the key of each work of which there is something to tell to what that is."""
    try:
        works = lock.read(confdir / read(RegistriesSettings, config).references_lock)
    except LedgerFault:  # which is a finding, and stops the build
        return {}
    answered = {key: work for key, work in works.items() if _has_answer(work)}
    if not answered:
        return {}
    entries = bibliography_of(config, confdir).entries
    told = {
        key: _told(Judged(entries[key], work)) for key, work in answered.items() if key in entries
    }
    return {key: one for key, one in told.items() if any(one)}


def _has_answer(work: Work) -> bool:
    return any(answer.verdict is Verdict.ANSWERED or answer.notices
               for answer in work.answers.values())  # fmt: skip


def _told(judged: Judged) -> Told:
    notices = tuple(_notices(judged))
    if not notices:
        return Told(agreed=_agreed(judged))
    mark = _MARKS[notices[0][0].kind][0] if notices[0][0].kind in _AT_CITATIONS else ""
    why = judged.entry.get("acknowledged").partition(":")[2].strip()
    return Told(mark, notices, why)


def _notices(judged: Judged) -> Iterator[tuple[Notice, Registry, date | None]]:
    """The worst first; of a kind, those of the registry that leads to most of them."""
    by: dict[NoticeKind, dict[Registry, list[Notice]]] = {kind: {} for kind in NoticeKind}
    for registry, notice in judged.notices:
        by[notice.kind].setdefault(registry, []).append(notice)
    for own in filter(None, by.values()):
        registry = max(own, key=lambda one: sum(map(bool, map(_address, own[one]))))
        for notice in own[registry]:
            yield notice, registry, judged.answers[registry][1].when


def _agreed(judged: Judged) -> str:
    """Who agrees with all that is printed, and since which day that is known."""
    agreeing = judged.agreeing()
    days = [day for day in agreeing.values() if day]
    if not days:
        return ""
    names = " and ".join(registry.shown for registry in agreeing)
    verb = "agrees" if len(agreeing) == 1 else "agree"
    return f"{verb} with {names}, checked {day_in_words(min(days).isoformat())}"


def day_in_words(given: str) -> str:
    """A day, month or year as people write it: 26 November 2026; empty where it is none."""
    year, *rest = given.split("-")
    numbers = [int(one) for one in rest if one.isascii() and one.isdigit()]
    if not (year.isascii() and year.isdigit()) or len(numbers) != len(rest):
        return ""
    if not numbers or not 0 < numbers[0] < len(_MONTHS):
        return year
    return " ".join([*map(str, numbers[1:2]), _MONTHS[numbers[0]], year])


def marked(words: str) -> nodes.inline:
    """The mark of a work, to stand behind its citation."""
    return nodes.inline("", f" [{words}]", classes=["work-mark"])


def mark_before(told: Told, reference: Sequence[nodes.Node]) -> Sequence[nodes.Node]:
    """A reference that begins with the mark of its work, if it has one."""
    if told.mark and isinstance(reference[0], nodes.Element):
        words = f"[{told.mark.capitalize()}]"
        reference[0][:0] = [nodes.strong("", words, classes=["work-mark"]), nodes.Text(" ")]
    return reference


def notices_on(told: Told) -> Iterator[nodes.paragraph]:
    """A paragraph for each notice: what became of the work, who says so, and the notice itself."""
    for notice, registry, asked in told.notices:
        mark, name = _MARKS[notice.kind]
        line = nodes.paragraph(classes=["reference-notice"])
        line += nodes.strong("", mark.capitalize(), classes=["is-notice"])
        when = day_in_words(notice.date)
        on = " on" if when.count(" ") > 1 else " in"
        words = f" (“{seen(notice.words)}”)" if notice.kind is NoticeKind.OTHER else ""
        who = f"{registry.shown} says"
        if notice.source == WATCHER:
            who = f"Retraction Watch says in {registry.shown}"
        said = f"{words}{f'{on} {when}' if when else ''}, as {who}"
        said += f" (asked on {day_in_words(asked.isoformat())})." if asked else "."
        line += nodes.Text(said)
        if address := _address(notice):
            line += nodes.Text(" ")
            line += nodes.reference("", f"Read the {name}", refuri=address, internal=False)
            line += nodes.Text(".")
        yield line
    if told.notices and told.acknowledged:
        line = nodes.paragraph(classes=["reference-notice"])
        line += nodes.Text(f"It is cited here all the same: {_sentence(told.acknowledged)}")
        yield line


def _address(notice: Notice) -> str:
    """Where a notice is, by its identifier alone; what is none leads nowhere."""
    if doi := bare_doi(notice.doi):
        return f"https://doi.org/{doi}"
    if notice.pmid.isascii() and notice.pmid.isdigit():
        return f"https://pubmed.ncbi.nlm.nih.gov/{notice.pmid}/"
    return ""


def _sentence(words: str) -> str:
    return f"{seen(words).rstrip('.')}."


def seen(words: str) -> str:
    """The letters of a text that are seen as what they are: the lock is data from elsewhere."""
    hidden = {offset for offset, _ in find_characters(words)}
    return "".join(letter for at, letter in enumerate(words) if at not in hidden)


def mark_links(element: nodes.Element, marks: Mapping[str, str]) -> None:
    """Put a mark inside each link to a work that has one; ``marks`` are by the id of its reference.

    Inside, so that who hears links alone hears it, too.
    """
    for link in list(element.findall(nodes.reference)) if marks else ():
        place = link.get("refid") or link.get("refuri", "").rpartition("#")[2]
        if place in marks:
            link.append(marked(marks[place]))
