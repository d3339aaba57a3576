"""``sphinx-evidence import``: what it says, and that it writes all or nothing."""

from pathlib import Path

import pytest

from sphinx_evidence.cli import main
from sphinx_evidence.importing.project import write
from tests.word.making import docx, paragraph

PAPER = docx(
    "Clouds (Alpha, 2001).", paragraph("References"), "Alpha, A. (2001) Clouds. Skies, 1, 2."
)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "paper.docx"
    path.write_bytes(PAPER)
    return path


def test_the_last_line_says_what_to_type(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(paper), str(paper.parent / "new")]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].endswith("new: 1 work; 1 citation is a link now.")
    assert told[-1].startswith("Type nox -s html citations in the new folder")


def test_what_is_there_stays(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = paper.parent / "there"
    target.mkdir()
    (target / "mine").write_text("mine", "utf-8")
    assert main(["import", str(paper), str(target)]) == 1
    assert "there: something is there. Give PATH the name of a new folder." in (
        capsys.readouterr().err
    )
    assert files(target) == ["mine"]


@pytest.mark.parametrize("name", ["missing.docx", "damaged.docx"])
def test_without_a_document_nothing_is_made(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "damaged.docx").write_bytes(b"PK\x03\x04")
    assert main(["import", str(tmp_path / name), str(tmp_path / "new")]) == 1
    assert f"{name}: " in capsys.readouterr().err
    assert files(tmp_path) == ["damaged.docx"]


def test_all_or_nothing_is_written(tmp_path: Path) -> None:
    target = tmp_path / "new"
    with pytest.raises(OSError, match="new"):
        write({"a": b"a", "a/b": b"a file cannot hold a file"}, target)
    assert files(tmp_path) == []
