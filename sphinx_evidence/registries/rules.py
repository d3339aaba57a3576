"""Every rule on entries that the lock of registries can judge; without network."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from sphinx_evidence.bibliography.faults import Fault, FaultLocator
from sphinx_evidence.bibliography.reader import Bibliography, Entry
from sphinx_evidence.diagnostics.finding import Edit, Finding
from sphinx_evidence.network.ledgers import LedgerFault
from sphinx_evidence.registries import lock
from sphinx_evidence.registries.judging import Judged, described, judge
from sphinx_evidence.registries.meant import identifier, is_meant
from sphinx_evidence.registries.record import Record, Scheme, Work
from sphinx_evidence.registries.works import by_doi, identifiers
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.source import Sources

_BEFORE = {
    "doi",
    "eid",
    "journal",
    "number",
    "pages",
    "pmid",
    "publisher",
    "title",
    "volume",
    "year",
}
# What may be typed into a file: the lock is data from strangers.
_TYPED = re.compile(r"10\.\d{4,9}/[^\s{}\\%#]+|(?:PMC)?[1-9]\d{0,8}|97[89]\d{10}")
# A field that begins and ends on its line, and the next one below it.
_OWN_LINE = re.compile(
    r"(?P<field>(?P<indent>[ \t]*)\w+[ \t]*=[^\r\n]*,)[ \t]*(?P<end>\r\n|\r|\n)"
    r"(?=[ \t]*(?:\w+[ \t]*=|\}))"
)


def check_lock(bibliography: Bibliography, path: Path) -> Iterator[Finding]:
    """Every finding on the entries of a bibliography by a lock, or that on the lock itself."""
    try:
        works = lock.read(path)
    except LedgerFault as fault:
        yield fault.finding
        return
    yield from check_works(bibliography, works)


def check_works(bibliography: Bibliography, works: Mapping[str, Work]) -> Iterator[Finding]:
    """Every finding on the entries of a bibliography by what is known of its works."""
    if not works:  # nobody has ever asked, and nothing can be said
        return
    locator, sources = FaultLocator(), Sources()
    owners: dict[tuple[Scheme, str], Entry] = {}
    for entry in bibliography.entries.values():
        judged = Judged(entry, works.get(entry.key))
        for fault in (*judge(judged), *_twice(judged, owners), *_found(judged)):
            yield locator.finding(fault)
        yield from _to_add(judged, locator, sources)


def _joined(record: Record) -> dict[Scheme, str]:
    """The identifiers of a record, by which its work is known elsewhere."""
    given = dict([by_doi(record.doi)])
    given |= {Scheme.PMID: record.pmid, Scheme.PMCID: record.pmcid}
    return {scheme: value for scheme, value in given.items() if value}


def _twice(judged: Judged, owners: dict[tuple[Scheme, str], Entry]) -> Iterator[Fault]:
    """One work under two identifiers in two entries; under one, the file alone shows it."""
    own = identifiers(judged.entry)
    pairs = {pair for record in judged.records.values() for pair in _joined(record).items()}
    for pair in sorted(pairs | {(s, v) for s, v in own.items() if s is not Scheme.ISBN}):
        known = owners.setdefault(pair, judged.entry)
        if known is not judged.entry and identifiers(known).get(pair[0]) != own.get(pair[0]):
            scheme, value = pair
            wrong = f'it is the work of "{known.key}" at {known.path}:{known.line}: '
            wrong += f"registries have both under {scheme.shown} {value}."
            remedy = "Keep one entry, and cite the work by its key alone."
            yield Fault(Rule.REFERENCE_TWICE, judged.entry, "", wrong, remedy)
            return


def _found(judged: Judged) -> Iterator[Fault]:
    """An identifier that was looked for: a person compares the works, so --fix types nothing."""
    for registry, answer in judged.found.items():
        record = answer.record
        if not record or not is_meant(judged.entry, record):
            continue
        name, value = identifier(record)
        if _TYPED.fullmatch(value):
            said = ", ".join(filter(None, (
                described(record), record.container, record.volume and f"volume {record.volume}",
                record.pages and f"pages {record.pages}",
            )))  # fmt: skip
            told = "".join(f" It has a {notice.kind} on it." for notice in answer.notices[:1])
            wrong = f"an identifier could be added, as {registry.shown} has: {said}.{told}"
            remedy = f"Compare that with the work. If it is the same, add {name} = {{{value}}},"
            yield Fault(Rule.REFERENCE_IDENTIFIER, judged.entry, "title", wrong, remedy)


def _to_add(judged: Judged, locator: FaultLocator, sources: Sources) -> Iterator[Finding]:
    """Identifiers that registries know and the entry does not give; they are typed with --fix."""
    entry = judged.entry
    known: dict[Scheme, str] = {}
    for record in judged.records.values():
        known = _joined(record) | known
    own = identifiers(entry)
    lines = [
        f"{scheme} = {{{value}}},"
        for scheme, value in sorted(known.items())
        if scheme not in {*own, Scheme.ARXIV} and not entry.get(scheme) and _TYPED.fullmatch(value)
    ]
    if lines:
        who = " and ".join(registry.shown for registry in judged.records)
        wrong = f"more is known of this work by {who}."
        fault = Fault(Rule.REFERENCE_IDENTIFIER, entry, "", wrong, f"Add {' '.join(lines)}")
        yield replace(locator.finding(fault), edit=_below(entry, lines, sources))


def _below(entry: Entry, lines: Iterable[str], sources: Sources) -> Edit | None:
    """The edit that adds lines to an entry, where each field stands on a line of its own."""
    source = sources[entry.path]
    after = max((field.line for name, field in entry.fields.items() if name in _BEFORE), default=0)
    if not after:
        return None
    start = source.offset(after)
    whole = _OWN_LINE.match(source.text, start)
    if not whole:
        return None
    added = "".join(f"{whole['end']}{whole['indent']}{line}" for line in lines)
    return Edit(entry.path, whole.end("field"), whole.end("field"), added)
