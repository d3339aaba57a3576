"""Each feature alone, all but one, without extras, and beside builders of the same name."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from sphinx_evidence import FEATURES
from tests.projects import WORKS, Project

CoreAlone: TypeAlias = Callable[[Project, str], tuple[int, str]]
PAGE = "Sample\n======\n\nA sentence, and `a link <https://example.org/>`__.\n\n{}\n"
BOX = ".. box:: Title\n   :name: one\n\n   Words in the box.\n"
RECORD = (
    '[[question]]\nid = "one"\ntitle = "One?"\nlines = [1]\nask = "What?"\nknown = "Nothing."\n'
)
# What a page holds of a feature, and the builder that the feature has.
USES = {
    "boxes": BOX,
    "checks": ":cite:p:`leamy2011`\n\n.. bibliography::\n",
    "helplines": ".. helplines::\n",
    "how_sure": ".. how-sure:: not studied\n\n   Nobody looked.\n",
    "html": ".. downloads::\n",
    "record": ".. open-questions:: record.toml\n",
    "references": ":cite:p:`leamy2011`\n\n.. bibliography::\n",
}
BUILDERS = {
    "checks": "evidence-citations",
    "docx": "evidence-docx",
    "epub": "evidence-epub",
    "links": "evidence-links",
    "pdf": "evidence-pdf",
}
EXTRAS = ("aiohttp", "docx", "filelock", "pikepdf", "protego", "tenacity", "typst")
# Runs Sphinx in an environment with the core dependencies alone: a project and a builder at a time,
# each in a process forked from one that has imported Sphinx and nothing of this project.
CORE_ALONE = f"""
import os, sys
from importlib import import_module
sys.modules |= dict.fromkeys({EXTRAS})
from sphinx.application import builtin_extensions
from sphinx.cmd.build import main
for name in (*builtin_extensions, "sphinxcontrib.bibtex"):
    import_module(name)
for project, builder in map(str.split, sys.stdin):
    if not (child := os.fork()):
        os.chdir(project)
        os.dup2(os.open("said", os.O_WRONLY | os.O_CREAT), 2)
        sys.exit(main(["-q", "-b", builder, "-c", ".", "docs", "out"]))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
OTHER = """
from sphinx.builders.dummy import DummyBuilder

class Other(DummyBuilder):
    name = "pdf"
    epilog = "This is the other one."

def setup(app):
    app.add_builder(Other)
"""


def written(folder: Path, extensions: list[str], *uses: str) -> Project:
    made = Project(folder)
    made.write("conf.py", f"project = 'Sample'\nextensions = {extensions}\n")
    made.append("conf.py", "bibtex_bibfiles = ['references.bib']\nlinkcheck_ignore = ['.*']\n")
    made.append("conf.py", "evidence_mentions = evidence_reference_filter = True\n")
    made.write("references.bib", WORKS.partition("\n\n")[2])
    made.write("docs/index.rst", PAGE.format("\n\n".join(uses)))
    made.write("docs/record.toml", RECORD)
    return made


@pytest.fixture(scope="module")
def core_alone() -> Iterator[CoreAlone]:
    """Builds a project with the core dependencies alone; gives the status and what was said."""
    command = [sys.executable, "-c", CORE_ALONE]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as running:

        def build(made: Project, builder: str) -> tuple[int, str]:
            assert running.stdin
            assert running.stdout
            print(made.root, builder, file=running.stdin)
            status = int(running.stdout.readline())
            return status, (made.root / "said").read_text("utf-8")

        yield build


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_alone(feature: str, tmp_path: Path) -> None:
    made = written(tmp_path, [f"sphinx_evidence.{feature}"], USES.get(feature, ""))
    for builder in {"html", "latex", BUILDERS.get(feature, "html")}:
        built = made.build(builder)
        assert built.status == 0, built.text


@pytest.mark.parametrize("feature", FEATURES)
def test_all_features_but_one(feature: str, tmp_path: Path) -> None:
    others = [name for name in FEATURES if name != feature]
    uses = {USES[name] for name in others if name in USES}
    made = written(tmp_path, [f"sphinx_evidence.{name}" for name in others], *sorted(uses))
    built = made.build("html")
    assert built.status == 0, built.text


def test_a_project_with_neither_works_nor_settings(tmp_path: Path) -> None:
    made = Project(tmp_path)
    made.write("conf.py", "extensions = ['sphinx_evidence']\nnumfig = True\n")
    made.write("docs/index.rst", PAGE.format(f"{BOX}\nSee :numref:`one`."))
    for builder in ("html", "text", "evidence-pdf", "evidence-citations"):
        built = made.build(builder)
        assert built.status == 0, built.text


@pytest.mark.slow
@pytest.mark.xdist_group("core alone")
@pytest.mark.parametrize(
    ("builder", "message"),
    [
        ("html", ""),
        ("epub", ""),
        ("evidence-citations", ""),
        ("evidence-epub", "This needs typst. Run: pip install 'sphinx-evidence[epub]'"),
        ("evidence-docx", "This needs docx and typst. Run: pip install 'sphinx-evidence[docx]'"),
        ("evidence-pdf", "This needs pikepdf and typst. Run: pip install 'sphinx-evidence[pdf]'"),
        ("evidence-links", "aiohttp and filelock and protego and tenacity. Run: pip install 'sp"),
        ("evidence-references", "and tenacity. Run: pip install 'sphinx-evidence[links]'"),
    ],
)
def test_with_the_core_dependencies_alone(
    builder: str, message: str, core_alone: CoreAlone, tmp_path: Path
) -> None:
    made = written(tmp_path, ["sphinx_evidence"], USES["checks"], BOX)
    status, said = core_alone(made, builder)
    assert status == (1 if message else 0), said
    assert message in said
    assert len(said.splitlines()) == 1 or not message


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("short", [True, False])
def test_beside_another_builder_of_the_same_name(
    tmp_path: Path, *, short: bool, first: bool
) -> None:
    extensions = ["sphinx_evidence", "other"] if first else ["other", "sphinx_evidence"]
    made = written(tmp_path, extensions, USES["checks"])
    made.write("other.py", OTHER)
    text = (made.root / "conf.py").read_text("utf-8")
    here = f"import sys\nsys.path.insert(0, {str(made.root)!r})\n"
    made.write("conf.py", f"{here}{text}evidence_short_names = {short}\n")
    built = made.build("pdf")
    assert built.status == 0, built.text
    assert (built.out / "document.pdf").is_file() is short


def test_a_builder_is_found_without_naming_the_extension(tmp_path: Path) -> None:
    made = written(tmp_path, [])
    assert made.build("evidence-pdf").status == 0
    made.build("epub")  # Sphinx's own
    assert (made.root / "build/epub/mimetype").is_file()
    assert "pdf not registered" in made.build("pdf").text


def test_a_record_stops_a_build_by_itself(tmp_path: Path) -> None:
    made = written(tmp_path, ["sphinx_evidence.record"], USES["record"])
    made.replace("docs/record.toml", "lines = [1]\n", "")
    built = made.build("html")
    assert built.status == 1
    assert 'docs/record.toml:1:1: ERROR: The question "one" has no "lines".' in built.text


@pytest.mark.xdist_group("core alone")
def test_the_length_of_a_pdf_needs_the_extra(core_alone: CoreAlone, tmp_path: Path) -> None:
    made = written(tmp_path, ["sphinx_evidence.html"], USES["html"])
    made.write("docs/paper.pdf", "")
    made.append("conf.py", "evidence_downloads = {'To print': {'The paper': 'paper.pdf'}}\n")
    status, said = core_alone(made, "html")
    assert status == 1
    assert "This needs pikepdf. Run: pip install 'sphinx-evidence[pdf]'" in said
