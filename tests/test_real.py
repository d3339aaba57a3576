"""The build of the real project: shared, told once when it fails, and the same bytes everywhere."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import ROOT, Project, copy_project
from tests.real import BUILDS, PDFS

BROKEN = """\
import tests.real
from tests import forks
from tests.conftest import *
tests.real.BUILDS = ({"no-such-builder": {}},)
forks.FORKS.set_forkserver_preload([])  # for one build, which imports next to nothing
"""
NEEDING = "def test(pristine): pass\ndef test_again(pristine): pass\n"


@pytest.mark.slow
def test_failure_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(BROKEN, "utf-8")
    for name in "abc":
        (tmp_path / f"test_{name}.py").write_text(NEEDING, "utf-8")
    options = ["-p", "no:cacheprovider", f"--basetemp={tmp_path / 'base'}", "-n", "2"]
    command = [sys.executable, "-m", "pytest", *options, str(tmp_path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert re.search(r"= 5 skipped,.* 1 error ", run.stdout), run.stdout
    assert "The build of the real project has failed:" in run.stdout
    assert "Builder name no-such-builder not registered" in run.stdout


def test_copy_is_not_read_again(real: Project) -> None:
    read = sorted((real.root / "doctrees" / "citations").glob("*.doctree"))
    dates = [path.stat().st_mtime_ns for path in read]
    assert real.build("citations").status == 0
    assert [path.stat().st_mtime_ns for path in read] == dates


# Of the PDFs those that between them are made in every way: size, sheets, parts, appendix.
AGAIN = {"recovery-based-approaches", "summary-large-print", "discussion-pack-large-print"}


def digests(project: Project) -> dict[str, str]:
    """A digest of each file of the site and of its copies."""
    build = project.root / "build"
    return {
        path.relative_to(build).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for builder in ("html", "pdf", "epub", "docx")
        for path in (build / builder).rglob("*")
        if path.is_file()
    }


# An interpreter takes its seed when it starts, so the builds are forked from a new one.
ELSEWHERE = """
import os, sys
from sphinx.cmd.build import main
for builder, given in {}:
    if not (child := os.fork()):
        os.environ.update(given)
        options = ["-q", "-j2", "-c", ".", "-d", "elsewhere"]
        sys.exit(main([*options, "-b", builder, "docs", f"build/{{builder}}"]))
    if os.waitpid(child, 0)[1]:
        sys.exit(1)
"""


def test_the_same_commit_gives_the_same_bytes(pristine: Project, tmp_path: Path) -> None:
    """In another folder, with another hash seed, zone, locale, home and number of jobs."""
    other = Project(tmp_path / "another place")
    other.root.mkdir()
    copy_project(ROOT, other.root)
    other.append("conf.py", f"\n_again = {AGAIN}\nevidence_pdf_documents = [\n")
    other.append("conf.py", "    one for one in evidence_pdf_documents if one['name'] in _again]\n")
    (other.root / "build" / "pdf").mkdir(parents=True)
    for name in set(PDFS) - AGAIN:  # the first page of the site tells the length of each
        file = Path("build", "pdf", f"{name}.pdf")
        shutil.copy2(pristine.root / file, other.root / file)
    env = os.environ | {
        "HOME": str(tmp_path), "LANG": "de_DE", "LC_ALL": "C", "PYTHONHASHSEED": "77",
        "SOURCE_DATE_EPOCH": "0", "TZ": "Asia/Tokyo",
    }  # fmt: skip
    builds = [
        (name, given)
        for together in BUILDS
        for name, given in together.items()
        if name in {"pdf", "epub", "html", "docx"}
    ]
    command = [sys.executable, "-c", ELSEWHERE.format(builds)]
    run = subprocess.run(
        command, cwd=other.root, env=env, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert digests(other) == digests(pristine)
