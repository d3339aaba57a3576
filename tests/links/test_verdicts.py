"""Every behaviour of a host leads to the right verdict, with manners, and on loopback alone."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from sphinx_evidence.links.probe import Question, ask_all
from sphinx_evidence.network.identifiers import address_of
from sphinx_evidence.network.verdicts import Answer
from tests.links import behaviours
from tests.links.behaviours import BEHAVIOURS, Behaviour
from tests.links.world import World, played

pytestmark = pytest.mark.xdist_group("verdicts")  # one worker makes what they share


@dataclass(frozen=True)
class Run:
    """One run over every behaviour."""

    world: World
    answers: dict[str, Answer]


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    with played() as world:
        behaviours.play(world)
        questions = [
            Question(address, frozenset({anchor} - {""}))
            for address, anchor in (address_of(item.address) for item in BEHAVIOURS)
        ]
        answers = asyncio.run(ask_all(questions, world.settings(), world.clock))
        assert answers is not None
        yield Run(world, answers)


def test_there_are_enough_behaviours() -> None:
    assert len({item.name for item in BEHAVIOURS}) == len(BEHAVIOURS) > 100


@pytest.mark.parametrize("item", BEHAVIOURS, ids=lambda item: item.name)
def test_verdict(run: Run, item: Behaviour) -> None:
    answer = run.answers[address_of(item.address)[0]]
    assert answer.verdict is item.verdict, answer
    if item.moved_to:
        assert (answer.moved_to, answer.permanent) == (item.moved_to, item.permanent)
    assert answer.reason or item.verdict == "moved"


def test_nobody_is_asked_but_the_hosts_of_links_and_the_registries(run: Run) -> None:
    assert {host for method, host, _ in run.world.asked if method == "lookup"} == set()
    assert {host for _, host, _ in run.world.asked if not host.endswith(".test")} == set()


def test_one_request_for_each_page_that_answers(run: Run) -> None:
    counts = Counter(run.world.asked)
    assert counts["HEAD", "200.test", "/page"] == 1
    assert counts["GET", "200.test", "/page"] == 0
    assert counts["GET", "anchor.test", "/page"] == 1
    assert counts["HEAD", "anchor.test", "/page"] == 0
    assert counts["GET", "200.test", "/robots.txt"] == 1
    assert counts["HEAD", "robots-txt-refuses.test", "/page"] == 0


def test_numbers_are_asked_together(run: Run) -> None:
    asked = [path for _, host, path in run.world.asked if host == "eutils.test" and path != "/"]
    assert len(asked) == 2
    assert all("tool=sphinx-evidence&email=people@sample.test" in path for path in asked)


def test_bodies_are_not_read_beyond_need(run: Run) -> None:
    answers = [item for item in BEHAVIOURS if item.name == "huge unread"]
    assert answers
    paths = Counter(run.world.asked)
    assert paths["GET", "huge-unread.test", "/page"] == 0
    assert run.world.sent["/page"] < 20_000_000  # three pages of 50 MB were on offer


def test_the_user_agent_names_project_and_contact(run: Run) -> None:
    assert run.world.agents == {"sample/1.0 (link check; +https://sample.test/)"}
