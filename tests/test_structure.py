"""The structure of the package: the contracts of pyproject.toml see every way to import."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import ROOT, WORKS, Project

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"
LATE = "\n\ndef late() -> None:\n    "
FOR_TYPES = "\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    "
# Into a module a forbidden import, and what is said of it.
FORBIDDEN = {
    "text/normalise.py": ("\nfrom sphinx_evidence import rulebook\n", "text.normalise -> "),
    "boxes.py": (f"{LATE}from sphinx_evidence import html\n", "boxes -> sphinx_evidence.html"),
    "html/sitemap.py": (f"{LATE}import sphinx_evidence.links.rules\n", "html.sitemap -> "),
    "crossrefs/rules.py": (f"{FOR_TYPES}from docutils import nodes\n", "rules -> docutils"),
    "pdf/markup.py": (f"{FOR_TYPES}import sphinx.application\n", "pdf.markup -> sphinx"),
    "settings.py": ("\nfrom sphinxcontrib.bibtex import domain\n", "settings -> sphinxcontrib"),
    "runtime/abort.py": (f"{LATE}from sphinx_evidence.runtime import emit\n", "- .emit -> .abort"),
    "elsewhere.py": ("", "sphinx_evidence.elsewhere"),  # a room that no layer names
}


def lint(root: Path) -> tuple[int, str]:
    run = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache", "--no-logo"],
        cwd=root,
        env={"PYTHONPATH": str(root), "COLUMNS": "300"},
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, run.stdout + run.stderr


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> str:
    root = tmp_path_factory.mktemp("structure")
    shutil.copy(ROOT / "pyproject.toml", root)
    shutil.copytree(
        ROOT / "sphinx_evidence",
        root / "sphinx_evidence",
        ignore=lambda _, names: [name for name in names if Path(name).suffix not in {"", ".py"}],
    )
    for name, (text, _) in FORBIDDEN.items():
        with (root / "sphinx_evidence" / name).open("a", encoding="utf-8") as file:
            file.write(text)
    status, text = lint(root)
    assert status == 1, text
    return text


@pytest.mark.parametrize("name", FORBIDDEN)
def test_a_forbidden_import_breaks_a_contract(name: str, broken: str) -> None:
    assert FORBIDDEN[name][1] in broken, broken


def loaded(code: str) -> set[str]:
    """The modules that a process of its own has loaded when it has run ``code``."""
    told = "import json, sys\n{}\nprint(json.dumps([*sys.modules]))"
    run = subprocess.run(
        [sys.executable, "-c", told.format(code)],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return set(json.loads(run.stdout.splitlines()[-1]))


# Of libraries that take long to load: what asks the network, what makes and reads PDFs, and more.
ASKING = {"aiohttp", "filelock", "protego", "tenacity"}
COPIES = {"docx", "pikepdf", "typst"}


def test_the_check_of_a_bib_file_loads_what_it_needs(tmp_path: Path) -> None:
    """pybtex and rapidfuzz are what is left; both take a third of what Sphinx takes to load."""
    path = tmp_path / "x.bib"
    path.write_text(WORKS, "utf-8")
    found = loaded(f"import sphinx_evidence.cli as c; c.main(['bib', {str(path)!r}])")
    unneeded = {"asyncio", "babel", "docutils", "markdown_it", "pydoc", "sphinx", "ssl", "stdnum"}
    assert not found & (ASKING | COPIES | unneeded)
    # Where there is a number to be checked, it is.
    path.write_text(WORKS.replace("{3--9}", "{3--9},\n  isbn = {978-3-16-148410-0}"), "utf-8")
    assert "stdnum" in loaded(f"import sphinx_evidence.cli as c; c.main(['bib', {str(path)!r}])")


def test_a_site_is_built_without_what_asks_the_network_or_makes_pdfs(project: Project) -> None:
    project.write("references.bib", WORKS)
    text = "# Sample\n\n{cite:p}`leamy2011,anthony1993`\n\n```{bibliography}\n```\n"
    project.write("docs/index.md", text)
    root = str(project.root)
    options = ["-Q", "-b", "html", "-c", root, f"{root}/docs", f"{root}/site"]
    found = loaded(f"from sphinx.cmd.build import main; main({options})")
    assert Path(root, "site", "index.html").is_file()
    assert not found & (ASKING | COPIES | {"asyncio", "stdnum"})


def test_conf_is_short() -> None:
    assert len((ROOT / "conf.py").read_text("utf-8").splitlines()) < 150
