"""Each behaviour of registries, with the verdict that is right."""

from collections.abc import Iterator

import pytest

from sphinx_evidence.network.settings import Ask
from sphinx_evidence.registries.record import Verdict, Work
from sphinx_evidence.registries.run import Run
from sphinx_evidence.registries.works import Outcome
from tests.links import world as w
from tests.links.world import World
from tests.registries import world as r
from tests.registries.behaviours import BEHAVIOURS, Behaviour


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with w.played() as made:
        yield made


def run(world: World, known: dict[str, Work], **fields: str) -> Outcome:
    entries = [r.entry(**fields)]
    return Run(entries, known, lambda _: None).ask(Ask.ALL, r.settings(world), world.clock)


def test_names_are_unique() -> None:
    assert len({item.name for item in BEHAVIOURS}) == len(BEHAVIOURS) > 60


@pytest.mark.parametrize("item", BEHAVIOURS, ids=lambda item: item.name)
def test_verdict(item: Behaviour, world: World) -> None:
    r.plays(world, item.plays)
    work = run(world, {}, **item.entry).works["leamy2011"]
    assert {name: answer.verdict for name, answer in work.answers.items()} == item.says
    for answer in work.answers.values():
        silent = answer.verdict is Verdict.UNREACHABLE
        assert bool(answer.reason) == silent
        assert not silent or item.reason in answer.reason
        assert (answer.record is not None) <= (answer.verdict is Verdict.ANSWERED)
    told = [notice.kind for answer in work.answers.values() for notice in answer.notices]
    assert tuple(told) == item.notices
    for name, value in item.fields.items():
        found = [getattr(answer.record, name) for answer in work.answers.values() if answer.record]
        assert found == [value]
