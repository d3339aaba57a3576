"""The shared build of the real project: told once when it fails, and copied without being read."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import ROOT, Project

BROKEN = """\
import tests.real
from tests.conftest import *
tests.real.BUILDS = ({"no-such-builder": {}},)
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
