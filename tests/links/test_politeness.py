"""Manners: few requests at once, pauses, patience when a host asks for it."""

import asyncio
import time
from collections.abc import Iterator
from threading import Event, Lock

import pytest

from sphinx_evidence.links.probe import Question, ask_all
from sphinx_evidence.network.verdicts import Verdict, pace, retry_after
from tests.links import world as w
from tests.links.world import START, World, played


@pytest.fixture
def world() -> Iterator[World]:
    with played() as made:
        yield made


class Crowd:
    """Counts how many requests are answered at the same time; the first wait for so many."""

    def __init__(self, expected: int) -> None:
        self.lock = Lock()
        self.expected = expected
        self.full = Event()
        self.now = self.most = 0

    def __call__(self, handler: w.Handler, count: int) -> None:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
            if self.now == self.expected:
                self.full.set()
        self.full.wait(60)  # however busy the machine is
        time.sleep(0.02)  # for one too many to arrive
        with self.lock:
            self.now -= 1
        w.page(handler, count)


def ask(world: World, *addresses: str, **settings: object) -> dict[str, Verdict]:
    questions = [Question(address) for address in addresses]
    answers = asyncio.run(ask_all(questions, world.settings(**settings), world.clock))
    assert answers is not None
    return {address: answer.verdict for address, answer in answers.items()}


@pytest.mark.parametrize("per_host", [1, 3])
def test_few_at_once_to_one_host(per_host: int, world: World) -> None:
    crowd = Crowd(per_host)
    world.pages |= {("site.test", f"/{n}"): crowd for n in range(12)}
    ask(world, *(f"http://site.test/{n}" for n in range(12)), per_host=per_host, delay=0.0)
    assert crowd.most == per_host


def test_no_more_at_once_than_workers(world: World) -> None:
    crowd = Crowd(4)
    world.pages |= {(f"site{n}.test", "/"): crowd for n in range(12)}
    ask(world, *(f"http://site{n}.test/" for n in range(12)), workers=4)
    assert crowd.most == 4


def test_a_pause_between_two_requests_to_a_host(world: World) -> None:
    world.pages["*", "/"] = w.page
    addresses = [f"http://site.test/{n}" for n in range(10)]
    world.pages |= {("site.test", f"/{n}"): w.page for n in range(10)}
    ask(world, *addresses, delay=2.0)
    assert world.clock.time - START == pytest.approx(20, abs=0.1)  # robots.txt, then ten pages


def test_the_pause_of_robots_txt(world: World) -> None:
    world.pages["site.test", "/robots.txt"] = w.status(200, b"User-agent: *\nCrawl-delay: 7\n")
    world.pages |= {("site.test", f"/{n}"): w.page for n in range(3)}
    ask(world, *(f"http://site.test/{n}" for n in range(3)), delay=0.0)
    assert world.clock.time - START == pytest.approx(14, abs=0.1)


@pytest.mark.parametrize("busy", [w.status(429, Retry_After="90"), w.retry_at(90)])
def test_a_busy_host_is_left_alone_as_long_as_it_says(busy: w.Behave, world: World) -> None:
    times = []

    def note(handler: w.Handler, count: int) -> None:
        times.append(world.clock.time)
        (busy if len(times) == 1 else w.page)(handler, count)

    world.pages |= {("site.test", "/a"): note, ("site.test", "/b"): note}
    said = ask(world, "http://site.test/a", "http://site.test/b", per_host=1, delay=0.0)
    assert set(said.values()) == {Verdict.OK}
    assert times[1] - times[0] >= 89
    assert len(times) == 3


def test_numbers_are_asked_within_the_rate_of_ncbi(world: World) -> None:
    addresses = [f"https://pubmed.ncbi.nlm.nih.gov/{n}/" for n in range(1000, 1950)]
    said = ask(world, *addresses, delay=0.0)
    assert set(said.values()) == {Verdict.OK}
    asked = [path for _, host, path in world.asked if host == "eutils.test" and path != "/"]
    assert len(asked) == 5
    assert world.clock.time - START >= 4 * 0.33


def test_one_slow_host_keeps_nobody_else_waiting(world: World) -> None:
    """While hosts ask for patience, the workers are at work elsewhere."""
    busy = w.first(1, w.page, before=w.status(429, Retry_After="200"))
    world.pages |= {(f"busy{n}.test", "/"): busy for n in range(5)}
    world.pages["quick.test", "/"] = w.page
    addresses = [*(f"http://busy{n}.test/" for n in range(5)), "http://quick.test/"]
    said = ask(world, *addresses, workers=2)
    assert set(said.values()) == {Verdict.OK}


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Sun, 01 Mar 2026 03:18:00 GMT", 60.0),
        ("Sunday, 01-Mar-26 03:18:00 GMT", 60.0),
        ("Sun, 01 Mar 2020 03:18:00 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("²", None),
        ("Sun, 45 Mar 2026 03:18:00 GMT", None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after(value, START) == seconds


@pytest.mark.parametrize(
    ("limit", "interval", "seconds"),
    [
        ("50", "1s", 0.02),
        ("2", "10s", 5.0),
        ("1", "3600s", 30.0),
        ("0", "1s", 0.0),
        ("", "1s", 0.0),
        ("many", "1s", 0.0),
        ("5", "soon", 0.0),
        ("²", "1s", 0.0),
        ("9" * 5_000, "1s", 0.0),
        ("1", f"{'9' * 400}s", 0.0),
    ],
)
def test_pace(limit: str, interval: str, seconds: float) -> None:
    assert pace({"X-Rate-Limit-Limit": limit, "X-Rate-Limit-Interval": interval}) == seconds


def test_a_host_that_gives_its_rate_is_asked_no_faster(world: World) -> None:
    """From its first answer on: what is under way by then goes on."""
    pages = [f"http://slow.test/{number}" for number in range(8)]
    paced = w.status(200, X_Rate_Limit_Limit="1", X_Rate_Limit_Interval="20s")
    world.pages |= {("slow.test", f"/{number}"): paced for number in range(8)}
    began = world.clock.now()
    assert set(ask(world, *pages).values()) == {Verdict.OK}
    assert world.clock.now() - began >= 20 * (8 - 3)  # three: two at once, and one that waited
