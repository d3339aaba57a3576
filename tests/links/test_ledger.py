"""The ledger: two runs and three days, small diffs, whole or not at all, clear faults."""

import errno
import json
import os
import resource
import signal
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from sphinx_evidence.links import ledger
from sphinx_evidence.links.ledger import Entry, Ledger, after
from sphinx_evidence.network.ledgers import LedgerFault, LedgerKept
from sphinx_evidence.network.verdicts import Answer, Verdict

DAY = date(2026, 3, 1)
SIGNS = {
    "+": Answer(Verdict.OK),
    "m": Answer(Verdict.MOVED, moved_to="https://example.org/new", permanent=True),
    "#": Answer(Verdict.ANCHOR, missing=frozenset({"there"})),
    "-": Answer(Verdict.GONE, "404 Not Found"),
    "b": Answer(Verdict.BLOCKED, "403 Forbidden"),
    "?": Answer(Verdict.UNKNOWN, "no answer in time"),
    " ": None,  # no run on this day
}


def played(days: str) -> Entry:
    """The entry after a run each day, with the answers of ``days``."""
    entry = Entry()
    for number, sign in enumerate(days):
        answer = SIGNS[sign]
        if answer:
            entry = after(entry, answer, DAY + timedelta(days=number))
    return entry


@pytest.mark.parametrize(
    ("days", "gone"),
    [
        ("-", False),  # one bad night
        ("+-", False),
        ("--", False),  # two runs, one day apart
        ("---", False),  # two days
        ("----", True),  # three
        ("+-  -", True),  # two runs alone, three days apart
        ("-      ", False),  # one run, however long ago
        ("--     ", False),
        ("-??-", True),  # what says nothing does not count for the link, nor against it
        ("-bb-", True),
        ("???-", False),
        ("bbb-", False),
        ("--+--", False),  # seen well in between
        ("--#--", False),
        ("----+", False),
        ("----m", False),
        ("----?", True),
        ("----b", True),
    ],
)
def test_gone_is_what_two_runs_three_days_apart_have_seen(days: str, *, gone: bool) -> None:
    assert played(days).gone is gone


def test_what_is_kept() -> None:
    entry = played("+ -? --")
    assert entry.last_ok == DAY
    assert entry.first_failure == DAY + timedelta(days=2)
    assert entry.last_failure == DAY + timedelta(days=6)
    assert (entry.failures, entry.reason) == (3, "404 Not Found")
    assert played("m").moved_to == "https://example.org/new"
    assert played("m-").moved_to == ""
    assert played("#").missing == ("there",)
    assert played("-+") == Entry(verdict=Verdict.OK, last_ok=DAY + timedelta(days=1))
    assert played("?") == Entry()
    assert played("+b").verdict is Verdict.BLOCKED


def test_a_link_that_is_well_changes_its_entry_once_a_week() -> None:
    days = [played("+" * number).last_ok for number in range(1, 16)]
    assert days == [DAY] * 7 + [DAY + timedelta(days=7)] * 7 + [DAY + timedelta(days=14)]


def written(path: Path, *addresses: str, **changes: Entry) -> str:
    known = {address: played("+") for address in addresses}
    ledger.write(path, Ledger(known | changes))
    return path.read_text("utf-8")


def test_sorted_with_one_field_a_line(tmp_path: Path) -> None:
    path = tmp_path / "links.lock.json"
    text = written(path, "https://b.example/", "https://a.example/ö")
    assert text.index("a.example/ö") < text.index("b.example")
    one = written(path, "https://b.example/", "https://a.example/ö", c=played("-"))
    added = set(one.splitlines()) - set(text.splitlines())
    assert len(added) == 6  # the address, and what is known of it
    assert written(path, "https://a.example/ö", "https://b.example/") == text
    assert ledger.read(path).entries["https://b.example/"] == played("+")
    before = path.stat().st_mtime_ns
    written(path, "https://b.example/", "https://a.example/ö")
    assert path.stat().st_mtime_ns == before


def test_every_field_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "links.lock.json"
    entry = Entry(
        Verdict.GONE, "404", DAY, DAY, DAY, 2, "https://n.example/", permanent=True,
        anchors=("a", "b", "c"), missing=("a", "b"), archived="https://web.archive.org/x",
        archived_on=DAY, pages=("docs/a.md",),
    )  # fmt: skip
    ledger.write(path, Ledger({"https://a.example/": entry}))
    assert ledger.read(path).entries == {"https://a.example/": entry}
    assert ledger.read(tmp_path / "none.json").entries == {}


GOOD = '{\n "version": 1,\n "links": {\n  "https://a.example/": {\n   "verdict": "ok"\n  }\n }\n}\n'
CONFLICT = GOOD.replace(
    '   "verdict": "ok"\n',
    '<<<<<<< HEAD\n   "verdict": "ok"\n=======\n   "verdict": "gone"\n>>>>>>> x\n',
)
DAMAGED = {
    CONFLICT: (5, "Two versions were merged"),
    GOOD.replace('"ok"', '"ok'): (5, "not JSON: Invalid control character"),
    GOOD.replace('"ok"', '"fine"'): (4, '"verdict" is not one of: ok, moved, gone'),
    GOOD.replace('"ok"', "[]"): (4, '"verdict" is not one of'),
    GOOD.replace('"verdict"', '"last_ok"'): (4, '"last_ok" is not a day such as 2026-03-01'),
    GOOD.replace('"verdict": "ok"', '"last_ok": null'): (4, '"last_ok" is not a day'),
    GOOD.replace('"verdict": "ok"', '"failures": "2"'): (4, '"failures" is not a number'),
    GOOD.replace('"verdict": "ok"', '"pages": "docs/a.md"'): (4, '"pages" is not a list of texts'),
    GOOD.replace('"verdict": "ok"', '"pages": [1]'): (4, '"pages" is not a list of texts'),
    GOOD.replace('"verdict": "ok"', '"permanent": 1'): (4, '"permanent" is not true or false'),
    GOOD.replace('"verdict": "ok"', '"moved_to": []'): (4, '"moved_to" is not a text'),
    **{
        GOOD.replace('"verdict": "ok"', f'"archived": "{address}"'): (
            4,
            '"archived" is not an addr',
        )
        for address in ("javascript:alert(1)", "data:text/html,x", "//a.example", "x.html")
    },
    GOOD.replace('"verdict"', '"colour"'): (4, 'nothing is known of "colour"'),
    GOOD.replace('"version": 1', '"version": "1"'): (1, 'no "version": 1'),
    GOOD.replace('{\n   "verdict": "ok"\n  }', '{},\n  "https://a.example/": {}'): (5, "twice"),
    GOOD.replace('{\n   "verdict": "ok"\n  }', "3"): (4, "it is not pairs in braces"),
    '{\n "version": 1,\n "links": null\n}\n': (3, '"links" is not pairs in braces'),
    '{\n "version": 1,\n "links": [1]\n}\n': (3, '"links" is not pairs in braces'),
    "[]\n": (1, 'no "version": 1'),
    "": (1, "not JSON"),
    "{\n\udcff\n": (2, "not UTF-8"),
}


@pytest.mark.parametrize("text", DAMAGED)
def test_damage_is_told_with_its_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "links.lock.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(LedgerFault) as caught:
        ledger.read(path)
    line, words = DAMAGED[text]
    finding = caught.value.finding
    assert (finding.line, finding.rule) == (line, "link-ledger")
    assert words in finding.wrong
    assert "git checkout main -- links.lock.json" in finding.remedy


def test_a_ledger_of_a_newer_version(tmp_path: Path) -> None:
    path = tmp_path / "links.lock.json"
    path.write_text(GOOD.replace('"version": 1', '"version": 2'), "utf-8")
    with pytest.raises(LedgerFault, match=r"version 2, not 1\. Update sphinx_evidence, too\."):
        ledger.read(path)


def test_a_ledger_that_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(LedgerFault, match=r"not a file\. Correct evidence_links_ledger"):
        ledger.read(tmp_path)


@pytest.mark.parametrize("text", ["\ufeff" + GOOD, GOOD.replace("\n", "\r\n")])
def test_what_editors_add_is_read_and_left_out_again(text: str, tmp_path: Path) -> None:
    path = tmp_path / "links.lock.json"
    path.write_bytes(text.encode())
    ledger.write(path, ledger.read(path))
    assert path.read_bytes() == GOOD.encode()


def test_days_to_come_are_from_a_clock_that_was_wrong() -> None:
    later = DAY + timedelta(days=400)
    assert not Entry(Verdict.OK, last_ok=later).fresh(DAY)
    assert after(Entry(Verdict.OK, last_ok=later), Answer(Verdict.OK), DAY).last_ok == DAY
    failing = Entry(Verdict.GONE, first_failure=later, last_failure=later, failures=1)
    assert after(failing, Answer(Verdict.GONE), DAY).first_failure == DAY


def no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("fails", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_ledger(
    fails: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "links.lock.json"
    before = written(path, "https://a.example/")
    monkeypatch.setattr(os, fails, no_space)
    with pytest.raises(LedgerKept, match="No space left"):
        written(path, "https://a.example/", "https://b.example/")
    assert path.read_text("utf-8") == before
    assert [item.name for item in tmp_path.iterdir()] == ["links.lock.json"]


def test_a_disk_that_fills_in_the_middle_of_a_write(tmp_path: Path) -> None:
    """The system itself refuses more bytes, after it has taken some."""
    path = tmp_path / "links.lock.json"
    before = written(path, "https://a.example/")
    limited(lambda: written(path, *(f"https://{n}.example/" for n in range(5000))))
    assert path.read_text("utf-8") == before
    assert json.loads(before)["version"] == 1
    assert [item.name for item in tmp_path.iterdir()] == ["links.lock.json"]


def limited(act: Callable[[], object]) -> None:
    """Run something while files may hold 20 kB at most."""
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, old[1]))
    try:
        with pytest.raises(LedgerKept, match="File too large"):
            act()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, handler)
