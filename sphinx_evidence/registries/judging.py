"""What the lock proves of a work: whose its identifiers are, and what was said of it since."""

import re
from collections.abc import Iterator
from datetime import date

from sphinx_evidence.bibliography.faults import Fault
from sphinx_evidence.bibliography.reader import Entry
from sphinx_evidence.registries import alike
from sphinx_evidence.registries.fields import agrees, compare
from sphinx_evidence.registries.notices import SERIOUS, WATCHER, teller
from sphinx_evidence.registries.record import (
    Answer,
    Notice,
    NoticeKind,
    Person,
    Record,
    Registry,
    Scheme,
    Verdict,
    Work,
)
from sphinx_evidence.registries.works import SOUGHT, asked_for, holding, identifiers
from sphinx_evidence.rulebook.rule import Rule

# By whom it is known for certain that there is no such identifier; no library has every book.
_OWNERS = {
    Scheme.ARXIV: Registry.ARXIV, Scheme.DOI: Registry.HANDLE, Scheme.PMCID: Registry.PMC,
    Scheme.PMID: Registry.PUBMED,
}  # fmt: skip
_LONG = 16  # letters of a title that few works share
_ACKNOWLEDGED = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})\s*:\s*(?P<why>\S.*)")


class Judged:
    """A work, the records that are its own, and those of other works under its identifiers."""

    def __init__(self, entry: Entry, work: Work | None) -> None:
        """Tell the answers for the identifiers that the entry has now."""
        self.entry = entry
        self.answers: dict[Registry, tuple[Scheme, Answer]] = {}
        self.found: dict[Registry, Answer] = {}  # without an identifier, so it judges nothing
        for scheme, identifier in asked_for(entry).items():
            for registry, answer in holding(work, scheme, identifier).items():
                if scheme in SOUGHT:
                    self.found[registry] = answer
                else:
                    self.answers[registry] = scheme, answer
        known = {
            registry: answer.record
            for registry, (_, answer) in sorted(self.answers.items())
            if answer.verdict is Verdict.ANSWERED and answer.record
        }
        self.others = {one: record for one, record in known.items() if not is_of(entry, record)}
        self.records = {one: record for one, record in known.items() if one not in self.others}
        self._told = [
            (registry, notice)
            for registry, (_, answer) in self.answers.items()
            for notice in answer.notices
            if registry not in self.others
        ]
        self._worst: dict[str, int] = {}  # by the identifier of a notice
        for _, notice in self._told:
            for number in _numbers(notice):
                worst = self._worst.get(number, len(_BADNESS))
                self._worst[number] = min(worst, _BADNESS.index(notice.kind))

    @property
    def notices(self) -> list[tuple[Registry, Notice]]:
        """What was said of the work, by whoever knows the work; of one notice, the worst."""
        return [(one, notice) for one, notice in self._told if self._is_worst(notice)]

    def milder(self, notice: Notice) -> list[tuple[Registry, Notice]]:
        """What others call the same notice."""
        return [
            (one, other) for one, other in self._told
            if not self._is_worst(other) and _numbers(other) & _numbers(notice)
        ]  # fmt: skip

    def _is_worst(self, notice: Notice) -> bool:
        worst = [self._worst[number] for number in _numbers(notice)]
        return _BADNESS.index(notice.kind) <= min(worst, default=len(_BADNESS))

    def agreeing(self) -> dict[Registry, date | None]:
        """The registries that agree with the whole entry, and when each was asked."""
        return {
            registry: self.answers[registry][1].when
            for registry, record in self.records.items()
            if agrees(self.entry, record)
        }


_BADNESS = list(NoticeKind)


def _numbers(notice: Notice) -> set[str]:
    return {notice.doi, notice.pmid} - {""}


def is_of(entry: Entry, record: Record) -> bool:
    """Whether a record is that of the work of an entry, whatever slips stand between them."""
    people, theirs = alike.people_of(entry.get("author") or entry.get("editor"))[0], _people(record)
    known = bool(people and theirs)
    shared = known and any(alike.alike(a, b) for a in people for b in theirs)
    ours, titles = alike.titles_of(entry), alike.titles_in(record)
    if not titles or not ours:
        return shared or not known
    same = alike.same_title(ours, titles) or alike.likeness(ours, titles) >= alike.ALIKE
    if same:
        # "Introduction" is the title of many works.
        return shared or not known or len(ours[0]) > _LONG
    places = _places(entry, record)
    near = alike.likeness(ours, titles) >= alike.TRANSLATED
    if near and known and alike.same_person(people[0], theirs[0]) and False not in places:
        return True
    # Under another title: a translation, where all else says that it is the work.
    return places == {True} and (shared or not known) and len(_said(entry)) > 1


def _people(record: Record) -> list[Person]:
    return [*record.authors, *record.editors]


def _said(entry: Entry) -> list[str]:
    return [name for name in ("volume", "pages", "eid") if entry.get(name)]


def _places(entry: Entry, record: Record) -> set[bool]:
    """Whether volume and pages are those of the record, as far as both say them."""
    found = set()
    if entry.get("volume") and record.volume:
        found.add(alike.same_number(entry.get("volume"), record.volume))
    if (entry.get("pages") or entry.get("eid")) and (record.pages or record.article_number):
        found.add(alike.same_pages(entry, record))
    return found


def judge(judged: Judged) -> Iterator[Fault]:
    """Every fault of one work."""
    yield from _strangers(judged)
    yield from _absent(judged)
    yield from _told(judged)
    yield from _acknowledgement(judged.entry)
    yield from compare(judged.entry, judged.records)
    yield from _since(judged)
    entry = judged.entry
    unproved = entry.get("status") == "confirmed" and not entry.get("checked")
    if unproved and not judged.agreeing():
        wrong = "it is said to be confirmed, and no registry agrees, nor is a page named."
        remedy = "Add the page that you have seen: checked = {…}, or take another status."
        yield Fault(Rule.REFERENCE_CONFIRMED, entry, "status", wrong, remedy)


def _strangers(judged: Judged) -> Iterator[Fault]:
    """Identifiers that belong to other works."""
    entry = judged.entry
    told = set()
    for registry, record in judged.others.items():
        scheme, answer = judged.answers[registry]
        if scheme in told:
            continue
        told.add(scheme)
        name = scheme.shown
        wrong = f"the {name} {answer.asked} is that of another work in {registry.shown}: "
        wrong += f"{described(record)}."
        remedy = f"Look for the {name} on the first page of the work, or delete this line."
        yield Fault(Rule.REFERENCE_WORK, entry, _field(entry, scheme), wrong, remedy)


def described(record: Record) -> str:
    """First author, title and year of a record, as far as it has them."""
    who = ", ".join(alike.named(person) for person in _people(record)[:1])
    year = record.printed or record.online or next(iter(record.other_years), "")
    return ", ".join(filter(None, (who, f"“{record.title[:200]}”", str(year))))


def _field(entry: Entry, scheme: Scheme) -> str:
    """The field that an identifier stands in."""
    names = ("eprint", "doi", "journal") if scheme is Scheme.ARXIV else (scheme,)
    return next((name for name in names if entry.get(name)), "url")


def _absent(judged: Judged) -> Iterator[Fault]:
    """Identifiers that their registry does not have."""
    for registry, (scheme, answer) in judged.answers.items():
        if answer.verdict is not Verdict.ABSENT or registry is not _OWNERS.get(scheme):
            continue
        others = [one.shown for one, (of, _) in judged.answers.items() if of is scheme]
        where = " and ".join((", ".join(others[:-1]), others[-1])) if others[1:] else others[0]
        have = "have" if others[1:] else "has"
        wrong = f"{where} {have} no {scheme.shown} {answer.asked}{_on(answer)}."
        remedy = "Compare it with the first page of the work, letter by letter."
        yield Fault(
            Rule.REFERENCE_ABSENT, judged.entry, _field(judged.entry, scheme), wrong, remedy
        )


def _on(answer: Answer) -> str:
    day = answer.when
    return f" (asked on {day.day} {day:%B %Y})" if day else ""


_RULES = {NoticeKind.CONCERN: Rule.REFERENCE_CONCERN, NoticeKind.OTHER: Rule.REFERENCE_CONCERN,
          NoticeKind.CORRECTION: Rule.REFERENCE_CORRECTED}  # fmt: skip


def _told(judged: Judged) -> Iterator[Fault]:
    """Notices that the entry does not acknowledge; what two registries say, once."""
    found = _ACKNOWLEDGED.fullmatch(judged.entry.get("acknowledged"))
    until = found["day"] if found else ""
    seen: set[NoticeKind] = set()
    for registry, notice in judged.notices:
        if notice.kind in seen or (until and notice.date <= until):
            continue
        seen.add(notice.kind)
        rule = Rule.REFERENCE_RETRACTED if notice.kind in SERIOUS else _RULES[notice.kind]
        kind = f"notice “{notice.words[:60]}”" if notice.kind is NoticeKind.OTHER else notice.kind
        when = f" of {notice.date}" if notice.date else ""
        where = f", https://doi.org/{notice.doi}" if notice.doi else ""
        where = where or (
            f", https://pubmed.ncbi.nlm.nih.gov/{notice.pmid}/" if notice.pmid else ""
        )
        by = ", from Retraction Watch," if notice.source == WATCHER else ""
        wrong = f"{registry.shown}{by} has a {kind}{when} on this work{where}."
        for other, milder in judged.milder(notice)[:1]:
            who = teller(milder, other)
            wrong += f" {who[0].upper()}{who[1:]} calls it a {milder.kind}."
        wrong = wrong.replace(" a expression", " an expression")
        remedy = (
            "Read it. Take another work, or say why this one is cited: "
            "acknowledged = {2026-11-27: why}, with the day of today."
        )
        if notice.kind not in SERIOUS:
            remedy = (
                "Read it. If what is cited still stands, say so: "
                "acknowledged = {2026-11-27: why}, with the day of today."
            )
        yield Fault(rule, judged.entry, "title", wrong, remedy)


def _acknowledgement(entry: Entry) -> Iterator[Fault]:
    value = entry.get("acknowledged")
    found = _ACKNOWLEDGED.fullmatch(value)
    if value and not (found and _is_day(found["day"])):
        wrong = "what is acknowledged has no day or no reason."
        remedy = "Write both: acknowledged = {2026-11-27: cited as an example of a retraction},"
        yield Fault(Rule.REFERENCE_ACKNOWLEDGED, entry, "acknowledged", wrong, remedy)


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _since(judged: Judged) -> Iterator[Fault]:
    """A preprint that has appeared, and a version that another one replaces."""
    doi = identifiers(judged.entry).get(Scheme.DOI)
    for registry, record in judged.records.items():
        newer = record.published_as or record.newer_version
        if newer and newer != doi:
            what = (
                "this preprint has appeared" if record.published_as else "a newer version is there"
            )
            wrong = f"{what}, as {registry.shown} says: https://doi.org/{newer}."
            remedy = "Look whether it says the same, and cite it in place of this one."
            yield Fault(Rule.REFERENCE_PUBLISHED, judged.entry, "", wrong, remedy)
            return
