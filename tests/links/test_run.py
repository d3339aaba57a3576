"""Simulated days: who is asked, what the ledger holds, and what a run then says."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.links import ledger, rules
from sphinx_evidence.links.ledger import Entry, Ledger
from sphinx_evidence.links.places import Use
from sphinx_evidence.links.probe import Question
from sphinx_evidence.links.run import Outcome, run, with_pages
from sphinx_evidence.network.identifiers import address_of
from sphinx_evidence.network.settings import Ask
from sphinx_evidence.network.verdicts import Verdict
from tests.links import world as w
from tests.links.world import World, played

HOST = "http://site.test"


@pytest.fixture
def world() -> Iterator[World]:
    with played() as made:
        yield made


@dataclass
class Nights:
    """A project with some links, and its ledger from night to night."""

    world: World
    links: list[str]
    ledger: Ledger = field(default_factory=Ledger)
    outcome: Outcome = field(default_factory=lambda: Outcome(Ledger()))

    def run(self, ask: Ask = Ask.ALL, *, later: float = 1) -> list[str]:
        """One run; the rules and places of what it found."""
        questions = [Question(*self.split(link)) for link in self.links]
        settings = self.world.settings(delay=0.0)
        self.outcome = run(self.ledger, questions, ask, settings, self.world.clock)
        self.ledger = self.outcome.ledger
        self.world.clock.time += later * w.DAY
        return sorted(finding.rule for finding in self.findings())

    def split(self, link: str) -> tuple[str, frozenset[str]]:
        address, anchor = address_of(link)
        return address, frozenset({anchor} - {""})

    def findings(self) -> list[Finding]:
        uses = [Use(link, *address_of(link), "docs/a.md", 3, 1, link) for link in self.links]
        return list(rules.check_links(uses, self.outcome))

    def answers(self, path: str, does: w.Behave) -> None:
        self.world.pages["site.test", path] = does

    def asked(self) -> int:
        count = sum(host == "site.test" and path == "/a" for _, host, path in self.world.asked)
        self.world.asked.clear()
        return count


@pytest.fixture
def nights(world: World) -> Nights:
    made = Nights(world, [f"{HOST}/a"])
    made.answers("/a", w.page)
    return made


def test_one_bad_night_fails_nobody(nights: Nights) -> None:
    assert nights.run() == []
    nights.answers("/a", w.status(404))
    assert nights.run() == ["link-failing"]
    nights.answers("/a", w.page)
    assert nights.run() == []
    assert nights.ledger.entries[f"{HOST}/a"].failures == 0


def test_gone_for_three_days_fails(nights: Nights) -> None:
    nights.run()
    nights.answers("/a", w.status(410))
    said = [nights.run() for _ in range(5)]
    assert said == [["link-failing"]] * 3 + [["link-gone"]] * 2
    finding = nights.findings()[0]
    assert finding.wrong == (
        "The page is gone: 410 Gone, from 2 March 2026 to 6 March 2026, "
        "last seen well on 1 March 2026."
    )
    copy = "https://web.archive.org/web/20210512083000/http://site.test/a"
    assert finding.remedy.endswith(f" A copy of 12 May 2021 is at {copy}.")
    asked = [path for _, host, path in nights.world.asked if host == "archive.test" and path != "/"]
    assert asked == ["/wayback/available?url=http%3A%2F%2Fsite.test%2Fa&timestamp=20260301"]


def test_a_page_without_a_copy_is_asked_for_again(nights: Nights) -> None:
    nights.links = [f"{HOST}/uncopied"]
    for _ in range(3):
        nights.run(later=3)
    assert nights.ledger.entries[f"{HOST}/uncopied"].gone
    assert "copy" not in nights.findings()[0].remedy
    assert sum("url=" in path for _, _, path in nights.world.asked) == 3


@pytest.mark.slow
def test_a_host_that_flakes_or_refuses_never_fails(nights: Nights) -> None:
    for does in (w.page, w.status(503), w.hang, w.reset, w.status(403), w.status(429)) * 2:
        nights.answers("/a", does)
        assert nights.run() == []


def test_by_default_a_link_that_is_well_is_asked_once_a_week(nights: Nights) -> None:
    asked = []
    for _ in range(10):
        assert nights.run(Ask.DUE) == []
        asked.append(nights.asked())
    assert asked == [1, 0, 0, 0, 0, 0, 0, 1, 0, 0]
    nights.run(Ask.ALL)
    assert nights.asked() == 1


def test_a_link_that_was_not_well_is_asked_every_night(nights: Nights) -> None:
    nights.run(Ask.DUE, later=8)
    nights.answers("/a", w.status(404))
    assert [nights.run(Ask.DUE) for _ in range(4)][2:] == [["link-failing"], ["link-gone"]]


@pytest.mark.parametrize("ask", [Ask.DUE, Ask.NEW])
def test_a_link_that_is_added_and_gone_fails_at_once_until_it_is_mended(
    ask: Ask, nights: Nights
) -> None:
    nights.run()
    nights.links.append(f"{HOST}/slip")
    for _ in range(2):
        assert nights.run(ask, later=0) == ["link-gone"]
    assert nights.findings()[0].wrong == (
        "There is no such page: 404 Not Found. It has never been seen."
    )
    assert f"{HOST}/slip" not in nights.ledger.entries
    nights.answers("/slip", w.page)
    assert nights.run(ask) == []
    assert nights.ledger.entries[f"{HOST}/slip"].verdict is Verdict.OK


def test_only_new_asks_nothing_else(nights: Nights) -> None:
    nights.run()
    nights.asked()
    nights.answers("/a", w.status(404))
    nights.links.append(f"{HOST}/b")
    nights.answers("/b", w.page)
    assert nights.run(Ask.NEW, later=30) == []
    assert nights.asked() == 0
    assert nights.ledger.entries[f"{HOST}/b"].last_ok


@pytest.mark.parametrize("ask", [Ask.DUE, Ask.NEW])
def test_an_anchor_that_is_added_is_looked_for_once(ask: Ask, nights: Nights) -> None:
    nights.links.append(f"{HOST}/a#here")
    assert nights.run() == []
    nights.asked()
    nights.links.append(f"{HOST}/a#there")
    assert nights.run(ask) == ["link-anchor"]
    assert nights.asked() == 1
    assert nights.run(ask) == ["link-anchor"]
    nights.links.pop(1)
    assert nights.run(ask) == ["link-anchor"]
    assert nights.asked() == 0


def test_the_first_run_of_the_ledger_fails_nobody(nights: Nights) -> None:
    nights.links.append(f"{HOST}/never")
    assert nights.run(Ask.ALL) == ["link-failing"]
    assert nights.run(Ask.NEW, later=0) == ["link-failing"]  # known now: no fault of a newcomer
    assert nights.run(Ask.ALL, later=2) == ["link-failing"]
    assert nights.run(Ask.ALL) == ["link-gone"]


def test_offline_judges_by_the_ledger_and_asks_nobody(nights: Nights) -> None:
    nights.links.append(f"{HOST}/gone")
    for _ in range(4):
        nights.run()
    nights.world.asked.clear()
    nights.links.append(f"{HOST}/new")
    before = dict(nights.ledger.entries)
    assert nights.run(Ask.NONE, later=400) == ["link-gone"]
    assert nights.world.asked == []
    assert nights.ledger.entries == before


def test_a_network_that_is_down_is_noticed_first(nights: Nights) -> None:
    nights.run()
    before = dict(nights.ledger.entries)
    nights.links += [f"http://host{n}.test/" for n in range(60)]
    nights.world.down = True
    nights.world.asked.clear()
    assert nights.run() == []
    assert not nights.outcome.network
    assert nights.ledger.entries == before
    assert nights.world.asked == []


def test_a_network_that_goes_down_meanwhile_makes_nothing_gone(nights: Nights) -> None:
    nights.links.append("http://nobody.test/")
    nights.world.going_down = True
    nights.run()
    assert nights.world.down
    # The name was unknown, but then so was every other: that says nothing of the link.
    assert "http://nobody.test/" not in nights.ledger.entries
    assert nights.outcome.reasons["http://nobody.test/"] == "the network went down"


def test_moves_anchors_and_old_forms(nights: Nights) -> None:
    nights.answers("/moved", w.to("/new"))
    nights.answers("/new", w.page)
    nights.answers("/root", w.to("/"))
    nights.answers("/", w.page)
    nights.answers("/lent", w.to("/new", 302))
    nights.links = [
        f"{HOST}/moved#here",
        f"{HOST}/a#there",
        f"{HOST}/root",
        f"{HOST}/lent",
        "http://dx.doi.org/10.1000/ABC",
        "https://doi.org/10.1000/def",
    ]
    assert nights.run() == ["link-anchor", "link-doi", "link-moved", "link-moved"]
    found = {finding.words: finding for finding in nights.findings()}
    moved, root = found[f"{HOST}/moved#here"], found[f"{HOST}/root"]
    assert moved.remedy == f"Write {HOST}/new#here"
    assert moved.edit
    assert moved.edit.text == f"{HOST}/new#here"
    assert "leads to a start page only" in root.wrong
    assert root.edit is None
    assert found["http://dx.doi.org/10.1000/ABC"].remedy == "Write https://doi.org/10.1000/ABC"
    assert 'named "there"' in found[f"{HOST}/a#there"].wrong


def test_http_that_is_sent_on_to_https(nights: Nights) -> None:
    link = f"{HOST}/a"
    entry = Entry(Verdict.MOVED, last_ok=None, moved_to="https://site.test/a")
    nights.outcome = Outcome(Ledger({link: entry}))
    finding = nights.findings()[0]
    assert (finding.rule, finding.remedy) == ("link-http", "Write https://site.test/a")


def test_links_that_are_used_no_more_are_forgotten(nights: Nights) -> None:
    nights.links.append(f"{HOST}/b")
    nights.run()
    nights.links.pop()
    nights.run(Ask.NONE)
    assert set(nights.ledger.entries) == {f"{HOST}/a"}
    paged = with_pages(nights.ledger, {f"{HOST}/a": {"docs/b.md", "docs/a.md"}})
    assert paged.entries[f"{HOST}/a"].pages == ("docs/a.md", "docs/b.md")
    assert ledger.Ledger(paged.entries) == paged
