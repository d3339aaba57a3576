"""Runs over days: who is asked when, what an outage leaves, and what a run that stops keeps."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_evidence.network.settings import Ask
from sphinx_evidence.registries import crossref, datacite, lock, open_library, pubmed
from sphinx_evidence.registries.record import Answer, NoticeKind, Registry, Verdict, Work
from sphinx_evidence.registries.run import PARTS, Run
from sphinx_evidence.registries.works import Outcome
from tests.links import world as w
from tests.links.world import DAY, Behave, World
from tests.registries import world as r

DOI = "10.1000/a"
WELL = r.as_json(r.work(DOI))
RETRACTED = r.as_json(r.work(DOI, **{"updated-by": [r.update("retraction", "10.1000/n", 2012)]}))
DOWN = w.status(503)
CROSSREF = Registry.CROSSREF


@pytest.fixture
def world() -> Iterator[World]:
    with w.played() as made:
        yield made


def ask(world: World, known: Mapping[str, Work], how: Ask = Ask.DUE, **fields: str) -> Outcome:
    entries = [r.entry(**({"doi": DOI} | fields))]
    return Run(entries, known, lambda _: None).ask(how, r.settings(world), world.clock)


def requests(world: World, host: str = "crossref.test") -> int:
    return sum(asked[1] == host and asked[2] != "/robots.txt" for asked in world.asked)


# What Crossref does on each of three days, then what is known of the work.
DAYS: dict[str, tuple[tuple[Behave, ...], Verdict, tuple[NoticeKind, ...]]] = {
    "well": ((WELL, WELL, WELL), Verdict.ANSWERED, ()),
    "retracted": ((WELL, RETRACTED, RETRACTED), Verdict.ANSWERED, (NoticeKind.RETRACTION,)),
    "then down": ((RETRACTED, DOWN, DOWN), Verdict.ANSWERED, (NoticeKind.RETRACTION,)),
    "then a portal": (
        (RETRACTED, w.status(200, b"<h1>Pay</h1>"), w.status(403)),
        Verdict.ANSWERED,
        (NoticeKind.RETRACTION,),
    ),
    "down, then well": ((DOWN, DOWN, WELL), Verdict.ANSWERED, ()),
    "always down": ((DOWN, DOWN, DOWN), Verdict.UNREACHABLE, ()),
    "withdrawn": ((RETRACTED, RETRACTED, WELL), Verdict.ANSWERED, ()),
    "gone": ((RETRACTED, r.NOT_FOUND, DOWN), Verdict.ABSENT, (NoticeKind.RETRACTION,)),
    "back again": ((WELL, r.NOT_FOUND, WELL), Verdict.ANSWERED, ()),
    "truncated": ((RETRACTED, w.short(b'{"message"'), w.hang), Verdict.ANSWERED,
                  (NoticeKind.RETRACTION,)),
}  # fmt: skip


@pytest.mark.parametrize("name", DAYS)
def test_three_days(name: str, world: World) -> None:
    days, verdict, kinds = DAYS[name]
    works: Mapping[str, Work] = {}
    for does in days:
        r.plays(world, [(r.work_at(DOI), does), (r.data_at(DOI), DOWN)])
        works = ask(world, works, Ask.ALL).works
        world.clock.time += DAY
    answer = works["leamy2011"].answers[CROSSREF]
    assert answer.verdict is verdict
    assert tuple(notice.kind for notice in answer.notices) == kinds


def test_who_is_asked_when(world: World) -> None:
    r.plays(world, [(r.work_at(DOI), WELL)])
    first = ask(world, {})
    world.clock.time += DAY
    assert ask(world, first.works).asked == 0
    assert ask(world, first.works).works == first.works  # and the night changes no line
    assert ask(world, first.works, Ask.ALL).asked == 1
    assert ask(world, first.works, Ask.DUE, title="Another title").asked == 1
    assert ask(world, first.works, Ask.NEW, title="Another title").asked == 1
    world.clock.time += 7 * DAY
    assert ask(world, first.works).asked == 1
    assert ask(world, first.works, Ask.NEW).asked == 0


def test_what_was_not_answered_is_asked_again(world: World) -> None:
    r.plays(world, [(r.work_at(DOI), DOWN)])
    first = ask(world, {}, Ask.NEW)
    assert first.silence == "Crossref: 503 Service Unavailable"
    r.plays(world, [(r.work_at(DOI), WELL)])
    second = ask(world, first.works, Ask.NEW)
    assert (second.asked, second.silence) == (1, "")


def test_a_question_that_was_left_in_the_middle_is_asked_again(world: World) -> None:
    r.plays(world, [(r.work_at(DOI), r.NOT_FOUND), (r.data_at(DOI), DOWN)])
    known = ask(world, {}).works
    assert ask(world, known, Ask.NEW).asked == 1
    r.plays(world, [(r.data_at(DOI), r.NO_DATA), (r.work_at(DOI), r.NOT_FOUND),
                    (r.handle_at(DOI), r.NO_HANDLE)])  # fmt: skip
    known = ask(world, known, Ask.NEW).works
    assert ask(world, known, Ask.NEW).asked == 0


def test_answers_belong_to_an_identifier(world: World) -> None:
    r.plays(world, [(r.work_at(DOI), RETRACTED), (r.work_at("10.1000/b"), DOWN)])
    known = ask(world, {}).works
    # With another key the work is the same; with another DOI it is not.
    renamed = {"old2010": known["leamy2011"]}
    assert ask(world, renamed, Ask.NEW).works["leamy2011"].answers[CROSSREF].notices
    other = ask(world, known, doi="10.1000/b").works["leamy2011"].answers[CROSSREF]
    assert (other.verdict, other.notices) == (Verdict.UNREACHABLE, ())


def test_an_agency_that_hands_over(world: World) -> None:
    r.plays(world, [(r.work_at(DOI), WELL)])
    known = ask(world, {}).works
    moved = [(r.work_at(DOI), r.NOT_FOUND), (r.data_at(DOI), r.as_json(r.data(DOI)))]
    r.plays(world, moved)
    known = ask(world, known, Ask.ALL).works
    answers = known["leamy2011"].answers
    assert answers[CROSSREF].verdict is Verdict.ABSENT
    assert answers[Registry.DATACITE].verdict is Verdict.ANSWERED
    world.asked.clear()
    ask(world, known, Ask.ALL)
    assert requests(world) == 0  # who has it is asked first
    world.clock.time += 8 * DAY
    known = ask(world, known).works
    assert ask(world, known).asked == 0  # that another does not have it is not asked every night


def test_each_identifier_is_asked_once_and_politely(world: World) -> None:
    rated = r.as_json(r.work(DOI), X_Rate_Limit_Limit="50", X_Rate_Limit_Interval="100s")
    places = [(r.work_at(f"10.1000/{n}"), rated) for n in range(4)]
    r.plays(world, places)
    entries = [r.entry(f"a{n}{twin}", doi=f"10.1000/{n}") for n in range(4) for twin in "ab"]
    began = world.clock.time
    run = Run(entries, {}, lambda _: None).ask(Ask.ALL, r.settings(world), world.clock)
    assert all(work.answers[CROSSREF].record for work in run.works.values())
    assert requests(world) == 4
    asked = {path for _, host, path in world.asked if host == "crossref.test"}
    assert "/works/10.1000/0?mailto=people@sample.test" in asked
    assert "/robots.txt" in asked
    assert world.clock.time - began > 3  # two seconds apart, once the registry has said so


def test_robots_are_obeyed(world: World) -> None:
    robots = w.status(200, b"User-agent: *\nDisallow: /works\n")
    r.plays(world, [(("crossref.test", "/robots.txt"), robots)])
    answer = ask(world, {}).works["leamy2011"].answers[CROSSREF]
    assert answer.reason == "Crossref: its robots.txt refuses programs"
    assert requests(world) == 0


def many(world: World, count: int) -> list[str]:
    dois = [f"10.1000/{n}" for n in range(count)]
    r.plays(world, [(r.work_at(doi), r.as_json(r.work(doi))) for doi in dois])
    return dois


def test_a_run_that_stops_keeps_what_it_has_learnt(world: World, tmp_path: Path) -> None:
    path = tmp_path / "references.lock.json"
    dois = many(world, 40)
    entries = [r.entry(f"a{n}", doi=doi) for n, doi in enumerate(dois)]
    kept: list[int] = []

    def keep(works: Mapping[str, Work]) -> None:
        lock.write(path, works)
        kept.append(sum(work.answers[CROSSREF].record is not None for work in works.values()))
        if len(kept) == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Run(entries, {}, keep).ask(Ask.DUE, r.settings(world), world.clock)
    assert kept[:5] == [5, 10, 15, 20, 25]
    assert kept[-1] >= 25  # also what came last
    known = lock.read(path)
    rest = Run(entries, known, lambda _: None).ask(Ask.DUE, r.settings(world), world.clock)
    assert rest.asked == 40 - kept[-1]
    assert requests(world) <= 40 + 2  # what was under way is asked again


def test_a_long_run_is_kept_a_few_times_only(world: World) -> None:
    entries = [r.entry(f"a{n}", doi=doi) for n, doi in enumerate(many(world, 60))]
    kept: list[object] = []
    Run(entries, {}, kept.append).ask(Ask.DUE, r.settings(world), world.clock)
    assert len(kept) <= PARTS + 1


def test_nothing_is_asked_where_nothing_can_be(world: World) -> None:
    outcome = ask(world, {}, Ask.ALL, doi="", year="")
    assert (outcome.asked, outcome.silence, world.asked) == (0, "", [])


NAMES = st.text(max_size=6) | st.just("half a letter: \ud800")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | NAMES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)
UPDATED = r.work(DOI, **{"updated-by": [r.update("retraction", "10.1000/n", 2012)]})
SOUND = (
    (UPDATED["message"], lambda found: crossref.read({"message": found})),
    (
        r.data(DOI)["data"]["attributes"],
        lambda found: datacite.read({"data": {"attributes": found}}),
    ),
    (r.summary("7", references=[{"reftype": "RIN"}]), lambda found: pubmed.read(found, "7")),
    (r.book("1")["ISBN:1"], lambda found: open_library.read({"ISBN:1": found}, "1")),
    (
        {"title": "A", "author_name": ["B"], "editions": {"docs": [{"isbn": ["1"]}]}},
        lambda found: next(iter(open_library.found({"docs": [found]}) or []), None),
    ),
)


@given(st.sampled_from(SOUND), st.data())
def test_no_value_of_a_reply_is_trusted(sound: tuple[Any, Any], data: st.DataObject) -> None:
    reply, read = sound
    names = data.draw(st.lists(st.sampled_from(sorted(reply)), min_size=1, max_size=4))
    found = read(reply | {name: data.draw(JSON) for name in names})
    if found:
        works = {"a": Work(answers={CROSSREF: Answer(record=found[0], notices=found[1])})}
        with TemporaryDirectory() as folder:
            lock.write(Path(folder, "x.json"), works)
            assert lock.read(Path(folder, "x.json")) == works
