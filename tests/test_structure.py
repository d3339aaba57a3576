"""The structure of the package: pure cores, and features that do not know each other."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.projects import ROOT

PACKAGE = ROOT / "sphinx_evidence"
MODULES = sorted(PACKAGE.rglob("*.py"))

# What every feature may use; the gate, and what it reads, may use all features.
CORE = {
    "bibliography", "diagnostics", "prose", "reports", "rulebook", "runtime", "settings", "text",
}  # fmt: skip
ABOVE = {"__init__", "__main__", "checks", "cli"}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield f"{node.module}"


def feature(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_features_do_not_import_each_other(path: Path) -> None:
    if feature(path) in ABOVE:
        return
    allowed = CORE | {feature(path)}
    for name in imports(path):
        if name.startswith("sphinx_evidence."):
            assert name.split(".")[1] in allowed, f"{path} imports {name}"


def test_pure_parts_run_without_sphinx() -> None:
    pure = [
        path
        for path in MODULES
        if (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").count("Pure")
    ]
    assert len(pure) >= 5
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in pure]
    code = (
        f"import sys, importlib; [importlib.import_module(name) for name in {names}]; "
        "sys.exit(' '.join(m for m in ('sphinx', 'docutils') if m in sys.modules) or None)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


def test_conf_is_short() -> None:
    assert len((ROOT / "conf.py").read_text("utf-8").splitlines()) < 120
