"""The structure of the package: the contracts of pyproject.toml see every way to import."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import ROOT

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


def test_the_command_starts_without_sphinx() -> None:
    code = "import sys, sphinx_evidence.cli; sys.exit('sphinx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_conf_is_short() -> None:
    assert len((ROOT / "conf.py").read_text("utf-8").splitlines()) < 150
