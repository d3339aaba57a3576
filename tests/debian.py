"""Installs what tests need from the system: none is skipped because a tool is missing."""

import os
import shutil
import subprocess


def install(package: str) -> None:
    """Install a package of Debian's, where we may."""
    if is_root() and (apt_get := shutil.which("apt-get")):
        for arguments in (["update", "-q"], ["install", "-q", "-y", package]):
            subprocess.run([apt_get, *arguments], check=False)


def is_root() -> bool:
    """Whether this is root, which may install."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
