"""The builder ``references``: keeps the lock, says what it does not know, and ends clearly."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from sphinx_evidence.bibliography.reader import read_files
from sphinx_evidence.cli import main
from sphinx_evidence.registries import lock
from tests.links import world as w
from tests.links.world import World
from tests.projects import Project
from tests.registries import world as r

LOCK = "references.lock.json"
NONE = "-Devidence_references_ask=none"
BIB = """\
@article{leamy2011,
  author = {Leamy, Mary and Bird, Victoria and Slade, Mike},
  title = {Conceptual framework for personal recovery in mental health: systematic review},
  year = {2011},
  journal = {British Journal of Psychiatry},
  volume = {199},
  number = {6},
  pages = {445--452},
  doi = {10.1192/bjp.bp.110.083733},
}
"""
DOI = "10.1192/bjp.bp.110.083733"


@pytest.fixture
def world() -> Iterator[World]:
    with w.world() as made:
        yield made


@pytest.fixture
def asking(project: Project, world: World) -> Project:
    """A project that asks the world on this machine."""
    names = ("registries_crossref", "registries_datacite", "registries_open_library")
    project.append(
        "conf.py",
        "".join(f"evidence_{name} = '{world.base}/'\n" for name in names)
        + f"evidence_links_handle = '{world.base}/api/handles/'\n"
        f"evidence_links_eutils = '{world.base}/entrez/eutils/'\n"
        "evidence_links_contact = 'people@sample.test'\n",
    )
    project.write("references.bib", BIB)
    project.write("docs/index.md", "# Sample\n\n{cite:t}`leamy2011`\n\n```{bibliography}\n```\n")
    return project


def crossref(world: World, does: w.Behave) -> None:
    world.pages["*", f"/works/{DOI}"] = does


def answer(project: Project) -> dict[str, object]:
    works = json.loads((project.root / LOCK).read_text("utf-8"))["works"]
    return dict(works["leamy2011"]["answers"]["crossref"])


def test_the_lock_is_kept_and_judges_alone(asking: Project, world: World) -> None:
    crossref(world, r.as_json(r.work(DOI)))
    built = asking.build("references")
    assert built.status == 0, built.text
    assert answer(asking)["verdict"] == "answered"
    before = (asking.root / LOCK).read_bytes()
    world.asked.clear()
    built = asking.build("references", NONE)
    assert built.status == 0
    assert (world.asked, (asking.root / LOCK).read_bytes()) == ([], before)


def test_nobody_answers(asking: Project, world: World) -> None:
    crossref(world, w.status(403))
    built = asking.build("references")
    assert built.status == 3
    assert "No registry has answered: Crossref: 403 Forbidden. What was known stays" in built.text
    assert "Traceback" not in built.text
    assert answer(asking)["verdict"] == "unreachable"


def test_a_lock_that_cannot_be_read(asking: Project, world: World) -> None:
    asking.write(LOCK, '{\n "version": 1,\n<<<<<<< HEAD\n}\n')
    built = asking.build("references")
    assert built.status == 1
    assert f"{LOCK}:3: ERROR: Two versions were merged here" in built.text
    assert world.asked == []


def test_one_run_at_a_time(asking: Project) -> None:
    with FileLock(asking.root / f".{LOCK}.lock"):
        built = asking.build("references")
    assert built.status == 1
    assert f"{LOCK}: another run is at work on it." in built.text


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_stopped(number: int, asking: Project, world: World) -> None:
    crossref(world, w.hang)
    world.pages["*", "/works/10.1000/b"] = r.as_json(r.work("10.1000/b"))
    asking.append("references.bib", BIB.replace(DOI, "10.1000/b").replace("leamy2011", "two2011"))
    running = asking.start("references")
    w.wait_until((asking.root / LOCK).exists)
    assert running.process.pid
    os.kill(running.process.pid, number)
    built = running.wait()
    assert built.status != 0
    assert "Traceback" not in built.text
    works = json.loads((asking.root / LOCK).read_text("utf-8"))["works"]
    assert works["two2011"]["answers"]["crossref"]["verdict"] == "answered"


def test_the_lock_judges_in_every_build_and_in_the_command(asking: Project, world: World) -> None:
    retracted = r.work(DOI, **{"updated-by": [r.update("retraction", "10.1192/n", 2012, 5, 1)]})
    crossref(world, r.as_json(retracted))
    said = 'references.bib:3:12: {}: The entry "leamy2011": Crossref has a retraction of 2012-05-01'
    built = asking.build("references")
    assert built.status == 1
    assert said.format("error") in built.text
    world.asked.clear()
    for builder, level in (("html", "ERROR"), ("citations", "error")):
        built = asking.build(builder)
        assert built.status == 1
        assert said.format(level) in built.text, built.text
    assert world.asked == []
    asking.write(
        "references.bib", BIB.replace("  doi", "  acknowledged = {2026-01-02: why},\n  doi")
    )
    assert asking.build("html").status == 0


def test_the_command_takes_the_lock_beside_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.bib").write_text(BIB.replace("{199}", "{198}"), "utf-8")
    assert main(["bib", "--strict", "a.bib"]) == 0
    lock.write(Path(LOCK), r.known(read_files([Path("a.bib")])))
    assert main(["bib", "--strict", "a.bib"]) == 1
    assert "a.bib:6:13: warning: " in capsys.readouterr().out
    Path(LOCK).rename("other.json")
    assert main(["bib", "--strict", "--lock", "other.json", "a.bib"]) == 1
    assert main(["bib", "--lock", "none.json", "a.bib"]) == 1
    assert "none.json: there is no such file. Give --lock" in capsys.readouterr().err
    Path(LOCK).write_text("{", "utf-8")
    assert main(["bib", "a.bib"]) == 1
    assert "[evidence.reference-lock]" in capsys.readouterr().out
