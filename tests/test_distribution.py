"""The wheel: what it holds, and what it does in fresh environments, in new projects."""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution
from itertools import chain
from pathlib import Path
from zipfile import ZipFile

import pytest
from markdown_it import MarkdownIt

from tests.environments import Environment, build_wheel, install
from tests.projects import ROOT, WORKS, Built, Project

# Built and installed once, by one worker.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("distribution")]

THEMES = ("furo", "pydata-sphinx-theme")
EXTRAS = {
    "docx": ["docx", "typst"],
    "epub": ["typst"],
    "links": ["aiohttp", "filelock", "protego", "tenacity"],
    "pdf": ["pikepdf", "typst"],
    "word": ["docx", "lxml"],
}
BUILDERS = ("docx", "epub", "links", "pdf")  # each with the extra of its name
PAGES = {
    "md": "# Sample\n\nWords {cite:p}`leamy2011`.\n\n```{bibliography}\n```\n",
    "rst": "Sample\n======\n\nWords :cite:p:`leamy2011`.\n\n.. bibliography::\n",
}
START = (ROOT / "sphinx_evidence/docs/start.md").read_text("utf-8")
QUICKSTART = ("sphinx-quickstart", "--quiet", "--project=Sample", "--author=A. Writer")


@dataclass(frozen=True)
class Case:
    """How a new project is made."""

    extras: bool
    markup: str
    apart: bool  # conf.py is not beside the pages
    theme: str

    def __str__(self) -> str:
        """The name of the test."""
        installed = "all" if self.extras else "core"
        return f"{installed}-{self.markup}-{'apart' if self.apart else 'beside'}-{self.theme}"


# Each pair of two properties at least once.
CASES = [
    Case(extras=False, markup="md", apart=False, theme="alabaster"),
    Case(extras=False, markup="rst", apart=True, theme="furo"),
    Case(extras=False, markup="rst", apart=False, theme="pydata_sphinx_theme"),
    Case(extras=True, markup="rst", apart=True, theme="alabaster"),
    Case(extras=True, markup="md", apart=False, theme="furo"),
    Case(extras=True, markup="md", apart=True, theme="pydata_sphinx_theme"),
]


@dataclass(frozen=True)
class Started:
    """A project made by ``sphinx-quickstart`` in an environment."""

    environment: Environment
    project: Project
    source: str

    def run(self, *command: str) -> Built:
        return self.environment.run(self.project.root, *command)

    def build(self, builder: str, *options: str) -> Built:
        return self.run(
            "sphinx-build", "-q", "-b", builder, "-c", ".", *options, self.source, f"out/{builder}"
        )


def start(environment: Environment, folder: Path, case: Case) -> Started:
    """Make a new project, with one work and one citation."""
    options = ["--sep"] if case.apart else []
    ran = environment.run(folder, *QUICKSTART, *options, str(folder))
    assert ran.status == 0, ran.text
    made = Project(folder)
    source = "source" if case.apart else "."
    if case.apart:
        for name in ("conf.py", "_static", "_templates"):
            (folder / "source" / name).rename(folder / name)
    (folder / source / "index.rst").unlink()
    extensions = ["sphinx_evidence", *(["myst_parser"] if case.markup == "md" else [])]
    made.replace("conf.py", "extensions = []", f"extensions = {extensions}")
    made.replace("conf.py", "html_theme = 'alabaster'", f"html_theme = '{case.theme}'")
    made.append("conf.py", "bibtex_bibfiles = ['references.bib']\n")
    if not case.apart:
        made.append("conf.py", "exclude_patterns += ['out']\n")
    made.write("references.bib", WORKS.partition("\n\n")[2])
    made.write(f"{source}/index.{case.markup}", PAGES[case.markup])
    return Started(environment, made, source)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="session")
def core(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """The core dependencies alone, with MyST and the themes, which need nothing of an extra."""
    return install(wheel, tmp_path_factory.mktemp("core") / "venv", "myst-parser", *THEMES)


@pytest.fixture(scope="session")
def everything(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """All extras, too."""
    root = tmp_path_factory.mktemp("everything") / "venv"
    return install(wheel, root, "myst-parser", *THEMES, extras=EXTRAS)


@pytest.fixture(scope="session")
def plain(core: Environment, tmp_path_factory: pytest.TempPathFactory) -> Started:
    """A new project with the core alone, in which nothing is wrong."""
    return start(core, tmp_path_factory.mktemp("plain"), CASES[1])


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    held = set(ZipFile(wheel).namelist())
    held = {name for name in held if not name.endswith("/")}
    package = ROOT / "sphinx_evidence"
    expected = {
        path.relative_to(ROOT).as_posix()
        for path in package.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
        if path.relative_to(package).parts[0] not in {"README.md", "docs"}
    }
    assert {name for name in held if ".dist-info/" not in name} == expected
    suffixes = {Path(name).suffix for name in held}
    assert suffixes >= {".css", ".jinja", ".json", ".py", ".toml", ".ttf", ".typ"}
    assert "sphinx_evidence/py.typed" in held
    assert sum(".dist-info/licenses/" in name for name in held) > 1  # of the code, and of the fonts
    assert wheel.stat().st_size < 3_000_000  # the fonts are most of it


def test_what_the_wheel_says_of_itself(core: Environment) -> None:
    (info,) = core.site.glob("sphinx_evidence-*.dist-info")
    installed = Distribution.at(info)
    assert installed.metadata.get_all("Provides-Extra") == list(EXTRAS)
    groups = {entry.group for entry in installed.entry_points}
    assert groups >= {"console_scripts", "sphinx.builders", "pybtex.style.formatting"}
    load = "from importlib.metadata import distribution\n"
    load += "[entry.load() for entry in distribution('sphinx-evidence').entry_points]"
    ran = core.run(core.root, "python", "-c", load)
    assert ran.status == 0, ran.text


def test_the_core_has_no_library_of_an_extra(core: Environment, everything: Environment) -> None:
    names = sorted(set(chain(*EXTRAS.values())))
    found = "from importlib.util import find_spec\n"
    found += f"print(*(name for name in {names} if find_spec(name)))"
    assert core.run(core.root, "python", "-c", found).text.split() == []
    assert everything.run(core.root, "python", "-c", found).text.split() == names


def test_nothing_in_an_environment_reaches_the_network(core: Environment) -> None:
    ask = "import socket; socket.create_connection(('{}', 9), 1)"
    for host in ("192.0.2.1", "example.org"):
        ran = core.run(core.root, "python", "-c", ask.format(host))
        assert f"A connection leaves loopback: {host}" in ran.text
    assert "ConnectionRefused" in core.run(core.root, "python", "-c", ask.format("127.0.0.1")).text


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_new_project(case: Case, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    environment = request.getfixturevalue("everything" if case.extras else "core")
    made = start(environment, tmp_path, case)
    for run in (made.build("html"), made.run("sphinx-evidence", "bib", "references.bib")):
        assert run.status == 0, run.text
        assert "WARNING" not in run.text
    page = f"{'source/' if case.apart else ''}index.{case.markup}"
    made.project.replace(page, "leamy2011", "leamy2012")
    built = made.build("evidence-citations")
    assert built.status == 1
    line = 1 + PAGES[case.markup].partition("leamy2011")[0].count("\n")
    place = f"{page}:{line}:16: error: "
    message = 'No reference has the key "leamy2012". Did you mean "leamy2011"?'
    assert place + message in built.text


@pytest.mark.parametrize("builder", ["epub", "linkcheck"])
def test_builders_of_sphinx_stay_what_they_are(plain: Started, builder: str) -> None:
    built = plain.build(builder)
    assert built.status == 0, built.text
    written = {path.name for path in (plain.project.root / "out" / builder).iterdir()}
    assert written >= {"epub": {"content.opf", "toc.ncx"}, "linkcheck": {"output.json"}}[builder]


@pytest.mark.parametrize("extra", BUILDERS)
def test_a_builder_without_its_extra(plain: Started, extra: str) -> None:
    built = plain.build(f"evidence-{extra}")
    assert built.status == 1
    (line,) = built.text.splitlines()
    missing = " and ".join(EXTRAS[extra])
    assert line.endswith(f"This needs {missing}. Run: pip install 'sphinx-evidence[{extra}]'")


def test_the_builders_of_the_extras(everything: Environment, tmp_path: Path) -> None:
    made = start(everything, tmp_path, CASES[-1])
    for builder, written in {
        "evidence-pdf": "document.pdf",
        "evidence-epub": "Sample.epub",
        "evidence-docx": "document.docx",
        "evidence-links": "output.json",
        "evidence-references": "output.json",
    }.items():
        built = made.build(builder, "-Devidence_references_ask=none")  # no registry can be asked
        assert built.status == 0, built.text
        assert (tmp_path / "out" / builder / written).stat().st_size


def steps(chapter: str) -> Iterator[tuple[str, str, str]]:
    """What a reader types, in order: a file's name and its text, or no name and commands.

    Between the two stands the class of the commands.
    """
    for token in MarkdownIt().parse(START.partition(f"\n## {chapter}\n")[2].partition("\n## ")[0]):
        if token.type == "fence":
            options, _, text = token.content.partition("\n\n")
            if not options.startswith(":"):
                options, text = "", token.content
            _, key, value = options.rpartition(":caption: ")
            yield value if key else "", options.rpartition(":class: ")[2], text


def follow(commands: str, folder: Path, environment: Environment) -> tuple[Path, Built]:
    """Type commands; what they would install is there, and nothing else is needed."""
    ran = Built(0, "", folder)
    for line in commands.splitlines():
        words = shlex.split(line)
        if words[:2] == ["pip", "install"]:
            assert {"sphinx-evidence", "myst-parser"}.issuperset(words[2:])
        elif words[0] == "cd":
            folder /= words[1]
        else:
            assert ran.status == 0, ran.text
            ran = environment.run(folder, *words)
    return folder, ran


@pytest.mark.parametrize("chapter", ["In Markdown", "In reStructuredText"])
def test_the_start_page(chapter: str, core: Environment, tmp_path: Path) -> None:
    folder, endings = tmp_path, []
    for name, marked, text in steps(chapter):
        if name:
            made, file = Project(folder), name.removesuffix(" (add)")
            (made.write if file == name else made.append)(file, text)
            continue
        folder, ran = follow(text, folder, core)
        assert ran.status == (marked == "fails"), ran.text
        assert "WARNING" not in ran.text
        endings.append(marked)
    assert endings == ["", "", "", "fails"]
    assert 'No reference has the key "alpha2002". Did you mean "alpha2001"?' in ran.text
