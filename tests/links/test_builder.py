"""The builder ``linkcheck``: true places in both markups and in .bib, mending, and clear ends."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from tests.links import world as w
from tests.links.world import World
from tests.projects import Project

LEDGER = "links.lock.json"


@pytest.fixture
def world() -> Iterator[World]:
    with w.world() as made:
        made.pages |= {
            ("*", "/ok"): w.page,
            ("*", "/new"): w.page,
            ("*", "/old"): w.to("/new"),
            ("*", "/refused"): w.status(403),
        }
        yield made


@pytest.fixture
def linked(project: Project, world: World) -> Project:
    """A project that asks the world on this machine."""
    project.append(
        "conf.py",
        f"evidence_links_handle = '{world.base}/api/handles/'\n"
        f"evidence_links_eutils = '{world.base}/entrez/eutils/'\n"
        f"evidence_links_archive = '{world.base}/wayback/available'\n"
        "evidence_links_contact = 'people@sample.test'\n",
    )
    return project


def findings(project: Project) -> dict[tuple[str, int, int], tuple[str, str]]:
    content = json.loads((project.root / "build/linkcheck/output.json").read_text("utf-8"))
    return {
        (found["path"], found["line"], found["column"]): (found["rule"], found["words"])
        for found in content["findings"]
    }


def ledger(project: Project) -> dict[str, dict[str, object]]:
    links = json.loads((project.root / LEDGER).read_text("utf-8"))["links"]
    return dict(links)


BIB = """\
@article{leamy2011,
  author = {Leamy, M.},
  title = {A framework},
  year = {2011},
  journal = {Journal of Examples},
  doi = {10.1000/missing},
  url = {https://publisher.example/never-asked},
  pmid = {404123},
}

@misc{site2012,
  author = {{Site}},
  title = {A page},
  year = {2012},
  url = {BASE/old},
}
"""
MYST = """\
# Sample

Text with [a link](BASE/old)
and [again](BASE/old), then <BASE/ok#nowhere> and
[an article](http://dx.doi.org/10.1000/ABC(1)). A [page] too.

See {cite:t}`leamy2011` and {cite:t}`site2012`.

[page]: BASE/no-such-page

% evidence-ignore: link-gone -- kept as an example
[kept](BASE/no-such-page/kept)

```{toctree}
more
```

```{bibliography}
```
"""
TOCTREE = "\n```{toctree}\nmore\n```\n"
RST = """\
More
====

Text with `a link <BASE/old>`_, `more <BASE/ok>`__,
`blocked <BASE/refused>`__ and `mail <mailto:people@sample.test>`__.
"""


def test_true_places_and_what_can_be_mended(linked: Project, world: World) -> None:
    linked.write("references.bib", BIB.replace("BASE", world.base))
    linked.write("docs/index.md", MYST.replace("BASE", world.base))
    linked.write("docs/more.rst", RST.replace("BASE", world.base))
    built = linked.build("linkcheck")
    assert built.status == 1
    old, doi = f"{world.base}/old", "http://dx.doi.org/10.1000/ABC(1)"
    assert findings(linked) == {
        ("docs/index.md", 3, 20): ("link-moved", old),
        ("docs/index.md", 4, 13): ("link-moved", old),
        ("docs/index.md", 4, 22 + len(old)): ("link-anchor", f"{world.base}/ok#nowhere"),
        ("docs/index.md", 5, 14): ("link-doi", doi),
        ("docs/index.md", 9, 9): ("link-gone", f"{world.base}/no-such-page"),
        ("docs/more.rst", 4, 20): ("link-moved", old),
        ("references.bib", 6, 10): ("link-gone", "10.1000/missing"),
        ("references.bib", 8, 11): ("link-gone", "404123"),
        ("references.bib", 15, 10): ("link-moved", old),
    }
    assert f"docs/index.md:3:20: warning: The page has moved for good. Write {world.base}/new" in (
        built.text
    )
    assert "Why: " in built.text
    assert ledger(linked)[old]["pages"] == ["docs/index.md", "docs/more.rst", "references.bib"]
    assert sum(path == "/old" for _, _, path in world.asked) == 1
    agent = "Sample (link check; sphinx-evidence; people@sample.test)"
    assert world.agents == {agent}

    # Offline, the ledger says the same of what it knows; mending needs no network.
    world.asked.clear()
    fixed = linked.build("linkcheck", "-Devidence_links_ask=none", "-Devidence_fix=1")
    assert fixed.status == 0, fixed.text
    assert world.asked == []
    page = (linked.root / "docs/index.md").read_text("utf-8")
    assert f"[a link]({world.base}/new)\nand [again]({world.base}/new)" in page
    assert "(https://doi.org/10.1000/ABC(1))" in page
    assert f"`a link <{world.base}/new>`_" in (linked.root / "docs/more.rst").read_text("utf-8")
    assert f"url = {{{world.base}/new}}" in (linked.root / "references.bib").read_text("utf-8")


MENTIONED = """\
# Sample

BASE/old is text, and `BASE/old` is code: see [a page](BASE/old), [it] and [it].

    BASE/old

```text
[a page](BASE/old)
```

[it]: BASE/old "Title"
"""
NAMED = """\
More
====

See named_ and BASE/old.

.. _named: BASE/old

::

   BASE/old

.. image:: https://example.org/a.png
   :alt: a picture
   :target: BASE/old
"""


def test_what_merely_mentions_an_address_is_left_alone(linked: Project, world: World) -> None:
    linked.write("docs/index.md", MENTIONED.replace("BASE", world.base) + TOCTREE)
    linked.write("docs/more.rst", NAMED.replace("BASE", world.base))
    linked.append("conf.py", "linkcheck_ignore = ['https://example.org/']\n")
    linked.append("conf.py", "evidence_rules['policy-address'] = 'off'  # for a remote picture\n")
    old, new = f"{world.base}/old", f"{world.base}/new"
    built = linked.build("linkcheck")
    assert built.status == 0, built.text
    assert built.text.count("moved for good") == 5
    places = {place[:2] for place in findings(linked)}
    pages = [("docs/index.md", 3), ("docs/index.md", 11), ("docs/more.rst", 4)]
    assert places == {*pages, ("docs/more.rst", 6), ("docs/more.rst", 14)}
    assert linked.build("linkcheck", "-Devidence_fix=1").status == 0
    page = (linked.root / "docs/index.md").read_text("utf-8")
    right = MENTIONED.replace("(BASE/old), [it]", f"({new}), [it]").replace(
        ": BASE/old", f": {new}"
    )
    assert page == right.replace("BASE/old", old) + TOCTREE
    more = (linked.root / "docs/more.rst").read_text("utf-8")
    assert more == NAMED.replace("::\n\n   BASE/old", f"::\n\n   {old}").replace("BASE/old", new)
    assert "moved" not in linked.build("linkcheck").text


def test_counts_say_what_is_not_known(linked: Project, world: World) -> None:
    linked.write("docs/index.md", f"# A\n\n<{world.base}/refused> <{world.base}/ok>\n")
    offline = linked.build("linkcheck", "-Devidence_links_ask=none")
    assert (offline.status, findings(linked)) == (0, {})
    assert not (linked.root / LEDGER).exists()
    text = (linked.root / "build/linkcheck/output.txt").read_text("utf-8")
    assert text == "2 links, no blocked link, 2 unknown links: no error, no warning.\n"
    assert linked.build("linkcheck").status == 0
    text = (linked.root / "build/linkcheck/output.txt").read_text("utf-8")
    assert text == "2 links, 1 blocked link, no unknown link: no error, no warning.\n"
    assert ledger(linked)[f"{world.base}/refused"]["reason"] == "403 Forbidden"


def test_a_project_that_has_nothing_but_the_extension(linked: Project, world: World) -> None:
    conf = (linked.root / "conf.py").read_text("utf-8").splitlines()
    links = "\n".join(line for line in conf if line.startswith("evidence_links"))
    (linked.root / "docs/index.md").unlink()
    linked.write(
        "conf.py",
        "extensions = ['sphinx_evidence']\nevidence_short_names = True\n"
        f"{links}\nlinkcheck_ignore = ['.*ignored']\n"
        "linkcheck_anchors_ignore = ['nowhere']\nuser_agent = 'own/1\\n(a)'\n",
    )
    linked.write(
        "docs/index.rst",
        f"A\n=\n\n`a <{world.base}/slip>`__ `b <{world.base}/ignored>`__\n"
        f"`c <{world.base}/ok#nowhere>`__\n`d <http:/site.test/a>`__\n",
    )
    built = linked.build("linkcheck")
    assert built.status == 1
    assert findings(linked) == {
        ("docs/index.rst", 4, 5): ("link-gone", f"{world.base}/slip"),
        ("docs/index.rst", 6, 5): ("link-malformed", "http:/site.test/a"),
    }
    assert "leads nowhere. Write http://site.test/a [" in built.text
    assert "/ignored" not in {path for _, _, path in world.asked}
    assert world.agents == {"own/1 (a)"}


def test_a_network_that_is_down_is_said_once(linked: Project) -> None:
    for name in ("handle", "eutils", "archive"):
        linked.append("conf.py", f"evidence_links_{name} = 'http://127.0.0.1:1/'\n")
    links = " ".join(f"<http://127.0.0.1:1/{n}>" for n in range(60))
    linked.write("docs/index.md", f"# A\n\n{links}\n")
    built = linked.build("linkcheck")
    assert built.status == 3
    assert built.text.count("The network cannot be reached") == 1
    assert len(built.text.splitlines()) < 5
    assert not (linked.root / LEDGER).exists()


def test_two_at_once(linked: Project, world: World) -> None:
    linked.write("docs/index.md", f"# A\n\n<{world.base}/ok>\n")
    with FileLock(linked.root / f".{LEDGER}.lock"):
        built = linked.build("linkcheck")
    assert built.status == 1
    assert "links.lock.json: another run is at work on it. Wait until it has ended." in built.text
    assert not (linked.root / LEDGER).exists()
    assert linked.build("linkcheck").status == 0


@pytest.mark.parametrize("builder", ["linkcheck", "html"])
def test_a_merge_conflict_in_the_ledger_is_told_with_its_line(
    builder: str, linked: Project
) -> None:
    linked.write(LEDGER, '{\n "version": 1,\n<<<<<<< HEAD\n "links": {}\n=======\n}\n')
    built = linked.build(builder)
    assert built.status == 1
    assert "links.lock.json:3: ERROR: Two versions were merged here" in built.text
    assert "git checkout main -- links.lock.json [evidence.link-ledger]" in built.text
    assert not built.out.exists() or not list(built.out.glob("*.html"))


def test_a_run_that_is_killed_leaves_the_ledger_whole(linked: Project, world: World) -> None:
    old = '{\n "version": 1,\n "links": {}\n}\n'
    linked.write(LEDGER, old)
    linked.write("docs/index.md", f"# A\n\n<{world.base}/ok> <{world.base}/hangs>\n")
    world.pages["*", "/hangs"] = w.hang
    process = linked.start("linkcheck").process
    w.wait_until(lambda: any(path == "/hangs" for _, _, path in world.asked))
    process.terminate()
    process.join()
    assert process.exitcode == -signal.SIGTERM
    assert (linked.root / LEDGER).read_text("utf-8") == old
    assert {path.name for path in linked.root.glob("*links*")} <= {LEDGER, f".{LEDGER}.lock"}
    # What the system had locked for it is free again.
    world.pages["*", "/hangs"] = w.page
    assert linked.build("linkcheck").status == 0
    assert len(ledger(linked)) == 2


def test_a_ledger_that_cannot_be_written(linked: Project, world: World) -> None:
    linked.write("docs/index.md", f"# A\n\n<{world.base}/ok>\n")
    conf = "import os\nif os.environ.get('FULL'):\n    import errno\n    def full(*_):\n"
    conf += "        raise OSError(errno.ENOSPC, 'No space left on device')\n"
    conf += "    import sphinx_evidence.network.ledgers\n"
    conf += "    sphinx_evidence.network.ledgers.write_atomically = full\n"
    linked.append("conf.py", conf)
    locked = linked.root / f".{LEDGER}.lock"
    locked.mkdir()  # as a lock that may not be written
    built = linked.build("linkcheck")
    assert built.status == 1
    assert "links.lock.json: Is a directory. The ledger is as it was" in built.text
    locked.rmdir()
    built = linked.build("linkcheck", FULL="1")
    assert built.status == 1
    assert "links.lock.json: No space left on device. The ledger is as it was" in built.text
    assert "Traceback" not in built.text
    assert not Path(linked.root / LEDGER).exists()
