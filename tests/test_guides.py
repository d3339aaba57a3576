"""The guides name files and sessions that exist."""

import re
from collections.abc import Iterator

import pytest

from tests.projects import ROOT

GUIDES = ("README.md", "CONTRIBUTING.md", "DEVELOPING.md")
FOLDERS = ("docs/", "sphinx_evidence/", "tests/", ".github/", ".ci/")
# Made by a build, or by the reader.
MADE = re.compile(r"build/|\.venv/|docs/_images/example|\{")


def paths(text: str) -> Iterator[str]:
    """Files and folders of the project that a guide names, in links and in code."""
    bare = re.sub(r"(?ms)^ *(`{3,}).*?^ *\1$", "", text)
    for found in re.finditer(r"\]\(([^()#:\s]+)(?:#[\w-]+)?\)|`([^`\s]+)`", bare):
        name = found[1] or found[2]
        known = name.startswith(FOLDERS) or re.fullmatch(r"[\w-]+\.(?:md|toml|bib|json|cff)", name)
        if (found[1] or known) and not MADE.search(name):
            yield name


def missing(text: str) -> list[str]:
    """Those that are nowhere; pages may be named without their folder."""
    places = (ROOT, ROOT / "docs", ROOT / "sphinx_evidence")
    return [name for name in paths(text) if not any((base / name).exists() for base in places)]


@pytest.mark.parametrize("guide", GUIDES)
def test_paths_exist(guide: str) -> None:
    text = (ROOT / guide).read_text("utf-8")
    assert len(list(paths(text))) > 5
    assert [name for name in missing(text) if name != "next-page.md"] == []


@pytest.mark.parametrize("wrong", ["`docs/scotlnd.md`", "[a](DEVELOPNG.md)", "`tests/nowhere/`"])
def test_a_wrong_path_is_found(wrong: str) -> None:
    assert len(missing(f"As {wrong} says, and `docs/barriers.md`.")) == 1


def sessions(noxfile: str) -> set[str]:
    return set(re.findall(r"@nox\.session.*\ndef (\w+)\(", noxfile))


def test_sessions_are_those_of_the_table() -> None:
    defined = sessions((ROOT / "noxfile.py").read_text("utf-8"))
    readme = (ROOT / "README.md").read_text("utf-8")
    table = readme.partition("## The tasks")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == defined
    for guide in GUIDES:
        named = set(re.findall(r"nox -s (\w+)", (ROOT / guide).read_text("utf-8")))
        assert named <= defined, guide
    assert len(defined) > 8
