"""The lock: every field comes back, silence takes nothing back, faults are told with their line."""

from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from sphinx_evidence.network.ledgers import LedgerFault
from sphinx_evidence.registries import lock
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

DAY = date(2026, 3, 1)
RETRACTED = Notice(NoticeKind.RETRACTION, "retraction", "2010-02-06", "publisher", "10.1000/r", "1")
RECORD = Record(
    type="journal-article", title="A trial", subtitle="what was found", other_titles=("Un essai",),
    authors=(Person("Slade", "Mike", orcid="0000-0001-0002-0003"), Person(group="A Group")),
    editors=(Person("Other", "A."),), more_authors=True, container="Journal of Examples",
    other_containers=("J Ex",), printed=2011, online=2010, other_years=(2012,), volume="9",
    issue="1", pages="4-6", article_number="e4", publisher="Press", isbn=("9780306406157",),
    issn=("2049-3630",), licence="https://creativecommons.org/licenses/by/4.0/",
    open_access="https://host.example/a.pdf", doi="10.1000/a", pmid="7", pmcid="PMC7",
    preprint=True, published_as="10.1000/b", newer_version="10.1000/c", notice=True,
)  # fmt: skip
KNOWN = Answer(Verdict.ANSWERED, "10.1000/a", DAY, record=RECORD, notices=(RETRACTED,))
WORK = Work({Scheme.DOI: "10.1000/a"}, "abc", {Registry.CROSSREF: KNOWN})


def said(verdict: Verdict, **changes: Any) -> Answer:  # noqa: ANN401  # as Answer has them
    return replace(Answer(verdict, "10.1000/a", DAY), **changes)


def test_every_field_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "references.lock.json"
    unset = {one.name for one in fields(Record) if not getattr(RECORD, one.name)}
    assert unset == set()
    works = {"slade2011": WORK, "new2012": Work(answers={Registry.PUBMED: Answer()})}
    lock.write(path, works)
    assert lock.read(path) == works
    text = path.read_text("utf-8")
    assert text.index("new2012") < text.index("slade2011")
    assert '"pubmed": {\n     "verdict": "not asked"\n    }' in text
    assert lock.read(tmp_path / "none.json") == {}


ABSENT = said(Verdict.ABSENT)
SILENT = said(Verdict.UNREACHABLE, reason="no answer in time")
WELL = said(Verdict.ANSWERED, record=RECORD)


@pytest.mark.parametrize(
    ("known", "new", "kept"),
    [
        (None, SILENT, SILENT),
        (Answer(), SILENT, SILENT),
        (SILENT, WELL, WELL),
        (KNOWN, SILENT, KNOWN),  # an outage changes no verdict
        (ABSENT, SILENT, ABSENT),
        (KNOWN, WELL, WELL),  # the registry has withdrawn its notice
        (KNOWN, ABSENT, replace(ABSENT, notices=(RETRACTED,))),  # and here it has not
        (WELL, ABSENT, ABSENT),
        (KNOWN, replace(SILENT, asked="10.1000/z"), replace(SILENT, asked="10.1000/z")),
    ],
)
def test_what_is_known_after_asking_again(known: Answer | None, new: Answer, kept: Answer) -> None:
    assert lock.after(known, new) == kept


def test_how_long_an_answer_is_fresh() -> None:
    for answer in (WELL, ABSENT):
        assert lock.fresh(answer, DAY + timedelta(days=6))
        assert not lock.fresh(answer, DAY + timedelta(days=7))
        assert not lock.fresh(answer, DAY - timedelta(days=400))
    assert not lock.fresh(SILENT, DAY)


GOOD = """\
{
 "version": 1,
 "works": {
  "slade2011": {
   "answers": {
    "crossref": {
     "record": {
      "title": "A trial"
     },
     "verdict": "answered"
    }
   }
  }
 }
}
"""
DAMAGED = {
    GOOD.replace("answered", "fabricated"): (4, '"verdict" is not one of: answered, absent, unr'),
    GOOD.replace("crossref", "oracle"): (4, '"answers" is not one of: arxiv, crossref'),
    GOOD.replace('"A trial"', "3"): (4, '"title" is not a text'),
    GOOD.replace('"title": "A trial"', '"authors": ["Slade"]'): (4, "it is not pairs in braces"),
    GOOD.replace('"title": "A trial"', '"licence": "javascript:a"'): (4, "is not an address"),
    GOOD.replace('     "verdict"', '<<<<<<< HEAD\n     "verdict"'): (
        10,
        "Two versions were merged",
    ),
    GOOD.replace('"works"', '"works": {},\n "works"'): (4, "twice"),
}


@pytest.mark.parametrize("text", DAMAGED)
def test_damage_is_told_with_its_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "references.lock.json"
    path.write_text(GOOD, "utf-8")
    assert set(lock.read(path)) == {"slade2011"}
    path.write_text(text, "utf-8")
    with pytest.raises(LedgerFault) as caught:
        lock.read(path)
    line, words = DAMAGED[text]
    assert (caught.value.finding.line, caught.value.finding.rule) == (line, "reference-lock")
    assert words in caught.value.finding.wrong
