"""The exchange of the old site and the new one."""

import ctypes
from pathlib import Path

import pytest

from sphinx_evidence.html import whole
from tests.projects import Project


@pytest.fixture
def sites(tmp_path: Path) -> tuple[Path, Path]:
    """The new site and the old one."""
    for name in (".html.new", "html"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(name, "utf-8")
    return tmp_path / ".html.new", tmp_path / "html"


@pytest.mark.parametrize("system", ["of one step", "of three"])
def test_exchange(sites: tuple[Path, Path], system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    new, site = sites
    if system == "of three":  # one that does not know the call
        monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    whole._exchange(new, site)  # noqa: SLF001  # which a build can only call in one of the ways
    assert (site / "index.html").read_text("utf-8") == ".html.new"
    assert (new / "index.html").read_text("utf-8") == "html"
    assert sorted(path.name for path in site.parent.iterdir()) == [".html.new", "html"]


def test_what_a_kill_between_steps_has_left_is_no_hindrance(project: Project) -> None:
    assert project.build("html").status == 0
    for kind in ("new", "old"):
        left = project.root / "build" / f".html.{kind}"
        left.mkdir()
        (left / "page.html").write_text("old", "utf-8")
    project.append("docs/index.md", "\nWords.\n")
    assert project.build("html").text == ""
    assert [path.name for path in (project.root / "build").iterdir()] == ["html"]
    assert "Words." in (project.root / "build/html/index.html").read_text("utf-8")
