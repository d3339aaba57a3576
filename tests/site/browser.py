"""Finds a Chromium, or installs one: a missing browser must never mean untested pages."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright

from tests.debian import install, is_root

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
REMEDY = (
    "No browser was found. On Debian and Ubuntu type: sudo apt install chromium. "
    "Elsewhere, install Chromium or Chrome, or set BROWSER_PATH to its program."
)
DRIVER_REMEDY = "Playwright does not start. On Debian and Ubuntu type: sudo apt install libatomic1."
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    # A page that asks another host fails at once, and nothing leaves this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


class BrowserMissingError(Exception):
    """No browser, and none could be installed."""


def find_browser(playwright: Playwright) -> str:
    """The path of a browser: the one named, an installed one, Playwright's, or a new one."""
    if named := os.environ.get("BROWSER_PATH"):
        return named
    if installed := on_path():
        return installed
    if Path(downloaded := playwright.chromium.executable_path).exists():
        return downloaded
    install("chromium")
    if installed := on_path():
        return installed
    raise BrowserMissingError(REMEDY)


def prepare_driver() -> None:
    """See that Playwright's own program starts: it needs a library that a bare Debian lacks."""
    command = [sys.executable, "-m", "playwright", "--version"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        install("libatomic1")
        run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        raise BrowserMissingError(f"{DRIVER_REMEDY}\n{run.stderr}")


def on_path() -> str | None:
    """The first browser that the command line knows."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def launch(playwright: Playwright) -> Browser:
    """Start the browser, headless and cut off from the network."""
    flags = [*FLAGS, "--no-sandbox"] if is_root() else [*FLAGS]  # Chromium's sandbox refuses root
    # However busy the machine is: a browser that does not start says so itself.
    return playwright.chromium.launch(
        executable_path=find_browser(playwright), args=flags, timeout=0
    )
