"""The extension beside its peers, for ``nox -s bench -- peers``: plain Sphinx, MkDocs and mystmd.

They are installed into ``.nox/peers`` and given the same pages, works and citations. Each figure
is the middle one of three whole processes, taken in turns; goals are ratios of processor time
within one run. ``build/bench/peers.json`` keeps the figures. ``-- peers S M`` leaves out what is
large. Nothing fails on time.
"""

import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from tests.projects import ROOT, copy_project
from tests.scale import CONF, write_project

ENVIRONMENTS = ROOT / ".nox" / "peers"
REPORT = ROOT / "build" / "bench" / "peers.json"
RUNS = 3
SIZES = {"S": (12, 60, 150), "M": (120, 600, 1500), "L": (600, 3000, 7500)}
OURS = f'{CONF}html_theme = "furo"\nevidence_page_tree = True\n'
PLAIN = """\
project = "Scale"
extensions = ["myst_parser", "sphinxcontrib.bibtex"]
html_theme = "furo"
bibtex_bibfiles = ["references.bib"]
bibtex_default_style = "plain"
bibtex_reference_style = "author_year"
"""
MKDOCS = """\
site_name: Scale
theme: {name: material}
markdown_extensions: [footnotes]
plugins: [search, {bibtex: {bib_file: references.bib, bib_by_default: true}}]
"""
# Without a theme, which has to be asked for beyond the registries: it makes data, and no HTML.
MYSTMD = """\
version: 1
project: {title: Scale, bibliography: [references.bib]}
site: {template: ./theme}
"""


@dataclass(frozen=True)
class Figure:
    """One run, or the middle of several: seconds of all its processes, megabytes of the largest."""

    cpu: float
    wall: float
    memory: float


class Case(NamedTuple):
    """A command in a folder, and what is done before each run of it."""

    command: Sequence[str]
    folder: Path
    before: Callable[[], object] = bool
    codes: Sequence[int] = (0,)


class Goal(NamedTuple):
    """A ratio that should be no larger than ``limit``: of the sums of these figures, or to 1."""

    name: str
    limit: float
    over: Sequence[str]
    under: Sequence[str]
    what: str = "cpu"

    def told(self, figures: Mapping[str, Figure]) -> str:
        """A line of the table."""
        if not figures.keys() >= {*self.over, *self.under}:
            return f"{self.name:46}       – ≤ {self.limit:<5.3g} not measured"
        over, under = (
            sum(getattr(figures[name], self.what) for name in names)
            for names in (self.over, self.under)
        )
        ratio = over / (under or 1)
        met = "met" if ratio <= self.limit else "not met"
        return f"{self.name:46} {ratio:7.2f} ≤ {self.limit:<5.3g} {met}"


def run(case: Case) -> Figure:
    """Run a command to its end; its time is that of all its processes."""
    case.before()
    # With what Python keeps of modules, as on any machine: else each run would compile them.
    kept = {"PYTHONDONTWRITEBYTECODE": ""}
    env = os.environ | kept | {"PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "0"}
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            case.command, cwd=case.folder, env=env, stdout=said, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        if os.waitstatus_to_exitcode(status) not in case.codes:
            said.seek(0)
            told = said.read().decode("utf-8", "replace")[-2000:]
            sys.exit(f"failed: {' '.join(case.command)}\n{told}")
    return Figure(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1000)


def measure(cases: dict[str, Case], figures: dict[str, Figure]) -> None:
    """Run cases in turns, and note the middle of each."""
    taken: dict[str, list[Figure]] = {name: [] for name in cases}
    for _ in range(RUNS):
        for name, case in cases.items():
            taken[name].append(run(case))
    for name, several in taken.items():
        columns = zip(*(asdict(one).values() for one in several), strict=True)
        figure = figures[name] = Figure(*(statistics.median(column) for column in columns))
        print(  # noqa: T201  # the result
            f"{name:30} {figure.cpu:7.2f} s of CPU {figure.wall:7.2f} s {figure.memory:5.0f} MB"
        )


def peers() -> Iterator[str]:
    """Install each; yield those that are there, and tell of the others."""
    ours = ("sphinx", "furo", "myst-parser", "sphinxcontrib-bibtex")  # in the same versions
    wanted = {
        "plain": " ".join(f"{name}=={version(name)}" for name in ours),
        "mkdocs": "mkdocs-material mkdocs-bibtex",
    }
    for name in (*wanted, "mystmd"):
        steps = [f"npm install --no-audit --no-fund --prefix . {name}"]
        if name in wanted:
            steps = [
                "uv venv --quiet --allow-existing .",
                f"uv pip install --quiet --python . {wanted[name]}",
            ]
        folder = ENVIRONMENTS / name
        folder.mkdir(parents=True, exist_ok=True)
        try:
            for step in steps:
                subprocess.run(step.split(), cwd=folder, check=True, capture_output=True, text=True)
        except (OSError, subprocess.CalledProcessError) as error:
            why = (getattr(error, "stderr", "") or str(error)).strip().splitlines()
            print(f"{name} could not be had: {why[-1]}")  # noqa: T201  # the result
        else:
            yield name


def sphinx(folder: Path, builder: str, *options: str, python: str = sys.executable) -> list[str]:
    """A Sphinx build of a project, which keeps what it reads beside what it writes."""
    return [
        python, "-m", "sphinx", "-b", builder, "-Q", "-c", ".", *options,
        "-d", str(folder / "build" / "doctrees" / builder), "docs", str(folder / "build" / builder),
    ]  # fmt: skip


def emptied(folder: Path) -> None:
    """Let the next build find nothing."""
    for name in ("build", "_build", "site"):
        shutil.rmtree(folder / name, ignore_errors=True)


def edited(page: Path) -> None:
    """A sentence more."""
    with page.open("a", encoding="utf-8") as file:
        file.write("\nOne more sentence.\n")


def python_of(name: str) -> str:
    """The interpreter of an environment."""
    return sys.executable if name == "ours" else str(ENVIRONMENTS / name / "bin" / "python")


def write_for(name: str, folder: Path, size: str) -> list[str]:
    """Write the project of a size as a tool reads it; the command that makes a site of it."""
    pages, works, citations = SIZES[size]
    write_project(folder, pages=pages, works=works, citations=citations)
    if name in {"ours", "plain"}:
        (folder / "conf.py").write_text(OURS if name == "ours" else PLAIN, "utf-8")
        return sphinx(folder, "html", python=python_of(name))
    (folder / "docs" / "index.md").write_text("# Scale\n", "utf-8")
    if name == "mkdocs":
        (folder / "mkdocs.yml").write_text(MKDOCS, "utf-8")
        for page in folder.glob("docs/*.md"):
            page.write_text(
                re.sub(r"\{cite:p\}`(\w+)`", r"[@\1]", page.read_text("utf-8")), "utf-8"
            )
        return [python_of(name), "-m", "mkdocs", "build", "--quiet"]
    (folder / "myst.yml").write_text(MYSTMD, "utf-8")
    (folder / "theme").mkdir()
    (folder / "theme" / "template.yml").write_text("title: None\njtex: v1\n", "utf-8")
    return [str(ENVIRONMENTS / name / "node_modules" / ".bin" / "myst"), "build", "--site", "--ci"]


def measure_size(size: str, there: Sequence[str], figures: dict[str, Figure]) -> None:
    """The sites of a size, each after one edit, and the check of citations."""
    small = [name for name in there if name == "plain" or size != "L"]
    with tempfile.TemporaryDirectory() as base:
        folders = {name: Path(base, name) for name in ("ours", *small)}
        commands = {name: write_for(name, folder, size) for name, folder in folders.items()}
        cold = {
            f"{size}: {name}": Case(command, folders[name], partial(emptied, folders[name]))
            for name, command in commands.items()
        }
        ours = folders["ours"]
        cold |= {
            f"{size}: {builder}": Case(sphinx(ours, builder, "-E"), ours)
            for builder in ("dummy", "citations")
        }
        measure(cold, figures)
        measure({
            f"{size}: {name}, one edit": Case(
                commands[name], folders[name], partial(edited, folders[name] / "docs/page0001.md")
            )
            for name in folders.keys() & {"ours", "plain"}
        }, figures)  # fmt: skip


def measure_rest(figures: dict[str, Figure]) -> None:
    """What a start takes, the real site with its copies, and 5,000 entries."""
    with tempfile.TemporaryDirectory() as base:
        page, paper, bib = (Path(base, name) for name in ("page", "paper", "bib"))
        (page / "docs").mkdir(parents=True)
        (page / "docs" / "index.md").write_text("# One page\n\nWith a sentence.\n", "utf-8")
        (page / "conf.py").write_text(
            'extensions = ["myst_parser"]\nhtml_theme = "furo"\n', "utf-8"
        )
        write_project(bib, pages=1, works=5000, citations=1)
        reading = "import pybtex.database as d; d.parse_file('references.bib')"
        check = [sys.executable, "-m", "sphinx_evidence", "bib", "references.bib"]
        measure({
            "import": Case([sys.executable, "-c", "import sphinx.application"], page),
            "one page": Case(sphinx(page, "html", "-E"), page),
            "5,000 entries: bib": Case(check, bib, codes=(0, 1)),
            "5,000 entries: pybtex": Case([sys.executable, "-c", reading], bib),
        }, figures)  # fmt: skip
        paper.mkdir()
        copy_project(ROOT, paper)
        for when in ("cold", "again"):
            before = partial(emptied, paper) if when == "cold" else bool
            copies = {
                f"paper, {when}: {builder}": Case(sphinx(paper, builder), paper)
                for builder in ("epub", "html")
            }
            measure(
                {f"paper, {when}: pdf": Case(sphinx(paper, "pdf"), paper, before), **copies},
                figures,
            )


def goals() -> Iterator[Goal]:
    """What is aimed at: the sum of some figures as a ratio to that of others."""
    for size, limit in (("S", 1.0), ("M", 0.5), ("L", 0.25)):
        yield Goal(f"HTML, {size}, to plain Sphinx", limit, [f"{size}: ours"], [f"{size}: plain"])
    yield Goal("HTML, S, to import and one page", 1.5, ["S: ours"], ["import", "one page"])
    yield Goal("HTML, M, to the data of mystmd", 1, ["M: ours"], ["M: mystmd"])
    # Of five times the project: the exponent is no more than 1.1.
    yield Goal("HTML, L, to M", 5**1.1, ["L: ours"], ["M: ours"])
    for size in ("M", "L"):
        edit = [f"{size}: {name}, one edit" for name in ("ours", "plain")]
        yield Goal(f"one edit, {size}, to plain Sphinx", 0.5, edit[:1], edit[1:])
    html, *copies = ("html", "pdf", "epub")
    cold, again = (
        {builder: f"paper, {when}: {builder}" for builder in (*copies, html)}
        for when in ("cold", "again")
    )
    yield Goal("nothing changed, real site, all copies", 0.25, [*again.values()], [*cold.values()])
    for size in SIZES:
        pair = [f"{size}: citations"], [f"{size}: dummy"]
        yield Goal(f"citations to dummy, {size}", 1.1, *pair)
        yield Goal(f"citations to dummy, {size}, memory", 1.1, *pair, "memory")
    yield Goal("all PDFs and the EPUB, to HTML", 1.5, [cold["pdf"], cold["epub"]], [cold[html]])
    yield Goal("all PDFs, megabytes at the largest", 300, [cold["pdf"]], [], "memory")
    pair = ["5,000 entries: bib"], ["5,000 entries: pybtex"]
    yield Goal("5,000 entries, read and checked, to pybtex", 0.5, *pair)


def main(sizes: Sequence[str]) -> None:
    """Measure, print each goal beside its figure, and keep the report."""
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    load = [round(os.getloadavg()[0], 2)]
    print(f"{machine}; load {load[0]} at the beginning")  # noqa: T201  # the result
    figures: dict[str, Figure] = {}
    there = [*peers()]
    for size in sizes or SIZES:
        measure_size(size, there, figures)
    measure_rest(figures)
    load.append(round(os.getloadavg()[0], 2))
    table = [goal.told(figures) for goal in goals()]
    print("\n".join(table), f"load {load[1]} at the end", sep="\n")  # noqa: T201  # as above
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    report = {
        "machine": machine, "load": load, "goals": table,
        "figures": {name: asdict(figure) for name, figure in figures.items()},
    }  # fmt: skip
    REPORT.write_text(json.dumps(report, indent=1), "utf-8")
