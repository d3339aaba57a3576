"""A build that is killed leaves what was there, or all of the new: each file system call in turn.

A hook counts what changes files, and kills the build before the call whose turn it is; so the
moments are the same on every machine.
"""

import hashlib
import shutil
import signal
from pathlib import Path

import pytest

from tests.projects import WORKS, Project

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("kills")]
KILLER = """
import os, sys
_turn, _calls = int(os.environ.get('KILL_AT', 0)), [0]
_CHANGES = {'os.rename', 'os.remove', 'os.mkdir', 'os.rmdir', 'os.truncate', 'os.link',
            'shutil.copyfile', 'shutil.copytree', 'shutil.move', 'shutil.rmtree', 'ctypes.dlsym'}

def _count(event, args):
    writes = event == 'open' and (
        isinstance(args[1], str) and set(args[1]) & set('wax+') or (args[2] or 0) & os.O_CREAT
    )
    if writes or event in _CHANGES:
        _calls[0] += 1
        if os.environ.get('KILL_COUNT'):
            os.write(int(os.environ['KILL_COUNT']), b'.')
        if _calls[0] == _turn:
            os.kill(os.getpid(), int(os.environ['KILL_BY']))

sys.addaudithook(_count)
"""
PAGE = """\
# Sample

{cite:t}`leamy2011` and {cite:t}`anthony1993`.

```{toctree}
more
```

```{bibliography}
```
"""
# Options, and the number of kills, spread over the calls from the first to the last.
BUILDERS: dict[str, tuple[tuple[str, ...], int]] = {
    "html": ((), 14), "pdf": ((), 10), "epub": ((), 10), "docx": ((), 6),
    "citations": (("-Devidence_fix=1",), 8),
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that was built once, and then changed."""
    project = Project(tmp_path_factory.mktemp("kills") / "project-0")
    project.root.mkdir()
    project.write(
        "conf.py",
        "project = author = copyright = 'Sample'\nversion = release = '1'\nlanguage = 'en'\n"
        "extensions = ['myst_parser', 'sphinx_evidence']\n"
        "bibtex_bibfiles = ['references.bib']\nbibtex_reference_style = 'harvard'\n"
        f"evidence_short_names = True\n{KILLER}",
    )
    project.write("references.bib", WORKS)
    project.write("docs/index.md", PAGE)
    project.write("docs/more.md", "# More\n\nWords.\n")
    for builder in BUILDERS:
        assert project.build(builder).status == 0
    project.append("docs/more.md", "\nMore words, and what {cite:t}`leamy2011` says.\n")
    return project


def copied(project: Project, number: int) -> Project:
    copy = Project(project.root.with_name(f"project-{number}"))
    shutil.rmtree(copy.root, ignore_errors=True)
    shutil.copytree(project.root, copy.root, symlinks=True)
    return copy


def fixable(project: Project) -> None:
    project.replace("references.bib", "pages = {3--9}", "pages = {3-9}")
    project.replace("docs/more.md", "{cite:t}`leamy2011`", "Leamy et al. (2011)")


def contents(project: Project, builder: str) -> dict[str, str]:
    """What counts of the files: of the output, or of the sources where these are mended."""
    root = project.root
    if builder == "citations":
        paths = [root / "references.bib", *(root / "docs").glob("*.md")]
    else:
        out = root / "build" / builder
        paths = [path for path in out.rglob("*") if path.is_file() and path.name[0] != "."]
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in paths
    }


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_killed_build_leaves_old_or_new(made: Project, builder: str, tmp_path: Path) -> None:
    options, kills = BUILDERS[builder]
    start = copied(made, 1)
    if builder == "citations":
        fixable(start)
    old = contents(start, builder)
    whole = copied(start, 2)
    count = tmp_path / "count"
    count.touch()
    whole.append(
        "conf.py", f"os.environ['KILL_COUNT'] = str(os.open({str(count)!r}, os.O_WRONLY))\n"
    )
    whole.build(builder, *options)
    new = contents(whole, builder)
    assert new != old
    calls = count.stat().st_size
    assert calls >= kills, calls
    left = []
    for number in range(kills):
        turn = 1 + number * (calls - 1) // (kills - 1)
        by = (signal.SIGKILL, signal.SIGTERM)[number % 2]
        killed = copied(start, 3)
        built = killed.build(builder, *options, KILL_AT=str(turn), KILL_BY=str(int(by)))
        found = contents(killed, builder)
        assert built.status == -by, f"{turn} of {calls}: {built.text}"
        if builder == "citations":  # each file by itself
            assert all(found[name] in {old[name], new[name]} for name in found), turn
        else:
            assert found in (old, new), f"{turn} of {calls}"
        left.append(found == new)
        if number in {0, kills - 1}:  # what comes after is whole again
            killed.build(builder, *options)
            assert contents(killed, builder) == new
            beside = [*(killed.root / "build").glob(".*"), *built.out.glob(".*.*")]
            assert beside == []
    assert not left[0]


def test_a_build_that_stops_leaves_nothing_beside_the_site(made: Project) -> None:
    stopped = copied(made, 4)
    before = contents(stopped, "html")
    stopped.append("conf.py", "def setup(app):\n    app.connect('html-page-context', stop)\n")
    stopped.append("conf.py", "def stop(*_):\n    raise ValueError('stopped while it writes')\n")
    assert stopped.build("html").status != 0
    assert contents(stopped, "html") == before
    assert [path.name for path in (stopped.root / "build").glob(".*")] == []
