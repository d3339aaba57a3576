"""Runs Sphinx in a process of its own, forked from one that has imported what a build needs.

Starting an interpreter and importing take longer than most builds of a test.
"""

import faulthandler
import multiprocessing
import os
import sys
import time
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from pkgutil import walk_packages

import pytest_socket
from sphinx.application import builtin_extensions
from sphinx.cmd.build import main

import sphinx_evidence

# What a build imports. Nothing of it does more when imported than to define names, but for the
# package's ``__main__``, which runs.
IMPORTED = [
    "tests.installed",  # before what it makes faster
    *builtin_extensions,
    *(module.name for module in walk_packages(sphinx_evidence.__path__, "sphinx_evidence.")),
    "docutils.languages.en",
    "docutils.parsers.rst.directives.admonitions",
    "furo",
    "latexcodec",
    "myst_parser.parsers.sphinx_",
    "myst_parser.sphinx_ext.directives",
    "myst_parser.sphinx_ext.main",
    "myst_parser.sphinx_ext.mathjax",
    "myst_parser.sphinx_ext.myst_refs",
    "notfound.extension",
    "pybtex.backends.plaintext",
    "pybtex.style.formatting.alpha",
    "pytest_socket",
    "sphinx.cmd.build",
    "sphinx.ext.mathjax",
    "sphinx_design",
    "sphinxcontrib.bibtex",
    "sphinxcontrib.bibtex.style.referencing.extra_year",
    "sphinxcontrib.bibtex.style.referencing.foot",
    "tests.warm",  # after all others
]
STUCK = 3600  # seconds, some hundred times the longest build: so long only a hang can take

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([name for name in IMPORTED if not name.endswith("__main__")])


def start(folder: Path, arguments: list[str], log: Path, **variables: str) -> ForkServerProcess:
    """Start ``sphinx-build`` with arguments in a folder; what it prints goes to ``log``."""
    env = os.environ | {"SOURCE_DATE_EPOCH": "0", "NO_COLOR": "1"} | variables
    process = FORKS.Process(target=_run, args=(folder, arguments, env, log))
    process.start()
    return process


def _run(folder: Path, arguments: list[str], env: dict[str, str], log: Path) -> None:
    """Be ``sphinx-build``, behind the same guard as the tests: no connection leaves loopback."""
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    os.chdir(folder)
    sys.argv = ["sphinx-build", *arguments]
    printed = log.open("w", encoding="utf-8", buffering=1)
    for standard in (1, 2):  # also for what is not written by Python
        os.dup2(printed.fileno(), standard)
    sys.stdout = sys.stderr = printed
    faulthandler.dump_traceback_later(STUCK, exit=True, file=printed)
    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1"], allow_unix_socket=True)
    sys.exit(main(arguments))
