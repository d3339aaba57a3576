"""What a new project is given is what this one has, but for what is named here."""

import ast
import re

import pytest

from tests.projects import ROOT

TEMPLATE = ROOT / "sphinx_evidence/importing/template"
# With fewer tasks: no copies, no package, no lock and no tests of a program.
OWN_SESSIONS = {"install", "html", "lint", "live"}
OWN_SETTINGS = {
    "project", "author", "project_copyright", "repository_url", "extensions", "evidence_rules",
}  # fmt: skip


def template(name: str) -> str:
    return (TEMPLATE / f"{name}.in").read_text("utf-8")


def ours(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def functions(source: str) -> dict[str, str]:
    found = [one for one in ast.parse(source).body if isinstance(one, ast.FunctionDef)]
    return {one.name: ast.unparse(one) for one in found}


def settings(source: str) -> dict[str, str]:
    found = [one for one in ast.parse(source).body if isinstance(one, ast.Assign)]
    return {ast.unparse(target): ast.unparse(one.value) for one in found for target in one.targets}


def sections(source: str) -> dict[str, str]:
    return dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", source, re.DOTALL | re.MULTILINE))


PARTS = {
    "noxfile.py": (functions, OWN_SESSIONS),
    "conf.py": (settings, OWN_SETTINGS),
    "CONTRIBUTING.md": (sections, set()),
}


@pytest.mark.parametrize("name", PARTS)
def test_both_are_alike(name: str) -> None:
    parts, own = PARTS[name]
    theirs, mine = parts(template(name)), parts(ours(name))
    assert theirs
    assert own <= theirs.keys()
    for part in theirs.keys() - own:
        assert theirs[part] == mine[part], part


def test_both_work_with_the_same_steps() -> None:
    name = ".github/workflows/check.yml"
    steps = re.findall(r"uses: (\S+ # \S+)", template(name.replace(".github", "dot-github")))
    assert steps
    assert set(steps) <= set(re.findall(r"uses: (\S+ # \S+)", ours(name)))


def test_both_need_the_same_tools() -> None:
    needed = re.findall(r'^  "((?!@)[^"]+)"', template("pyproject.toml"), re.MULTILINE)
    assert needed
    for need in needed:
        assert f'"{need}"' in ours("pyproject.toml")
