"""Sphinx projects for tests: written, broken and built in folders of their own."""

import shutil
from base64 import b64decode
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from tests import forks

ROOT = Path(__file__).parent.parent

# Two works in which nothing is wrong.
WORKS = """\
@article{anthony1993,
  author = {Anthony, W. A.},
  title = {A vision},
  year = {1993},
  journal = {Journal of Examples},
  volume = {1},
  pages = {2--9},
}

@article{leamy2011,
  author = {Leamy, M. and Bird, V. and Slade, M.},
  title = {A framework},
  year = {2011},
  journal = {Journal of Examples},
  volume = {2},
  pages = {3--9},
}
"""


PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@dataclass(frozen=True)
class Built:
    """What a build printed and how it ended; ``out`` is the folder that it wrote."""

    status: int
    text: str
    out: Path


@dataclass(frozen=True)
class Running:
    """A build that goes on."""

    process: ForkServerProcess
    log: Path
    out: Path

    def wait(self) -> Built:
        """What it came to, when it has ended: there is no limit, as machines differ."""
        self.process.join()
        status = self.process.exitcode
        assert status is not None
        return Built(status, self.log.read_text("utf-8"), self.out)


@dataclass(frozen=True)
class Project:
    """A Sphinx project in a folder of its own, with conf.py beside docs/."""

    root: Path

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text("utf-8")
        assert old in text, f"{name} does not hold {old!r}"
        self.write(name, text.replace(old, new, 1))

    def append(self, name: str, text: str) -> None:
        self.write(name, (self.root / name).read_text("utf-8") + text)

    def build(self, builder: str, *options: str, name: str = "", **variables: str) -> Built:
        """Build as noxfile.py does, but keep what was read, as a live preview does.

        ``name`` is that of the folder, ``variables`` those of the environment.
        """
        return self.start(builder, *options, name=name, **variables).wait()

    def start(self, builder: str, *options: str, name: str = "", **variables: str) -> Running:
        """Start a build."""
        name = name or builder
        arguments = [
            "-b", builder, "-c", ".", "-W", "--keep-going", "-q", "-d", f"doctrees/{name}",
            *options, "docs", f"build/{name}",
        ]  # fmt: skip
        log = self.root / "logs" / name
        log.parent.mkdir(exist_ok=True)
        process = forks.start(self.root, arguments, log, **variables)
        return Running(process, log, self.root / "build" / name)


def copy_project(source: Path, target: Path) -> None:
    """Copy the files that a build reads."""
    for name in ("CITATION.cff", "conf.py", "references.bib"):
        shutil.copy2(source / name, target)
    shutil.copytree(source / "docs", target / "docs")
