"""Installs what tests need from the system: none is skipped because a tool is missing."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from filelock import FileLock


def install(package: str) -> None:
    """Install a package of Debian's, where we may."""
    if not is_root() or not (apt_get := shutil.which("apt-get")):
        return
    with FileLock(Path(tempfile.gettempdir()) / "sphinx-evidence-tests-apt.lock"):  # apt has none
        for arguments in (["update", "-q"], ["install", "-q", "-y", package]):
            subprocess.run([apt_get, *arguments], check=False)


def is_root() -> bool:
    """Whether this is root, which may install."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
