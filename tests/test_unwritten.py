"""A disk that is full, or a place that may not be written: one message, and what was there stays.

A hook fails the calls that open a file to write it, with the words of a full disk.
"""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sphinx_evidence.cli import main
from tests.projects import ROOT, WORKS, Built, Project
from tests.test_cli import PAPER

pytestmark = pytest.mark.slow  # each command with each kind of disk

FULL = """
import errno, os, sys

def _full(event, args):
    if event != 'open' or not {part!r} in str(args[0]):
        return
    if isinstance(args[1], str) and set(args[1]) & set('wax+') or (args[2] or 0) & os.O_CREAT:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(args[0]))

sys.addaudithook(_full)
"""
NO_ROOM = "No space left on device. Make room, or see that this place may be written, and build"
WRITTEN = {
    "html": "index.html", "pdf": "sample.pdf", "epub": "Sample.epub", "citations": "output.txt",
    "docx": "document.docx",
}  # fmt: skip


@pytest.fixture
def book(project: Project) -> Project:
    """A project with the name of each copy known."""
    project.append("conf.py", "author = copyright = 'Sample'\nversion = release = '1'\n")
    project.append("conf.py", "evidence_pdf_documents = [{'name': 'sample'}]\n")
    return project


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def is_one_message(built: Built, message: str) -> bool:
    return (built.status, built.text.count("\n")) == (1, 1) and message in built.text


@pytest.mark.parametrize("builder", WRITTEN)
@pytest.mark.parametrize("part", ["/build/", "/doctrees/", "environment.pickle"])
def test_a_full_disk(part: str, builder: str, book: Project) -> None:
    assert book.build(builder).status == 0
    before = files(book.root / "build")
    assert f"{builder}/{WRITTEN[builder]}" in before
    book.append("docs/index.md", "\nWords.\n")
    book.append("conf.py", FULL.format(part=part))
    built = book.build(builder)
    assert is_one_message(built, NO_ROOM), built.text
    assert files(book.root / "build") == before
    assert [path.name for path in (book.root / "build").iterdir()] == [builder]


@pytest.mark.parametrize("options", [[], ["-j2"]], ids=str)
@pytest.mark.parametrize("part", ["_static", ".html.new/page", "_sources", "searchindex.js"])
def test_a_site_without_one_of_its_files_is_not_put_in_place(
    part: str, options: list[str], book: Project
) -> None:
    pages = [f"page{number}" for number in range(12)]  # enough for two processes
    for name in pages:
        book.write(f"docs/{name}.md", "# Page\n")
    book.append("docs/index.md", "\n```{toctree}\n" + "\n".join(pages) + "\n```\n")
    book.append("conf.py", FULL.format(part=part))
    built = book.build("html", *options)
    assert is_one_message(built, NO_ROOM), built.text
    assert files(book.root / "build") == {}


@pytest.mark.parametrize("builder", WRITTEN)
def test_a_folder_in_the_place_of_a_file(builder: str, book: Project) -> None:
    (book.root / "build" / builder / WRITTEN[builder] / "mine").mkdir(parents=True)
    built = book.build(builder)
    assert is_one_message(built, "Is a directory. Make room, or see"), built.text
    assert files(book.root / "build") == {}


@pytest.mark.parametrize("given", ["abc", "", "1e9", "-1", "9" * 20, "٣"])
@pytest.mark.parametrize("builder", WRITTEN)
def test_a_time_that_is_none(builder: str, given: str, book: Project) -> None:
    built = book.build(builder, SOURCE_DATE_EPOCH=given)
    assert is_one_message(built, f'SOURCE_DATE_EPOCH is "{given}", which is no number of seconds.')


MENDABLE = WORKS.replace("pages = {3--9}", "doi = {https://doi.org/10.1234/x}")


def test_mending_with_a_full_disk(book: Project) -> None:
    book.write("references.bib", MENDABLE)
    book.write(
        "docs/index.md", "# A\n\n{cite:p}`leamy2011,anthony1993`\n\n```{bibliography}\n```\n"
    )
    before = (book.root / "references.bib").read_bytes()
    book.append("conf.py", FULL.format(part=".references.bib"))
    built = book.build("citations", "-Devidence_fix=1")
    assert is_one_message(built, f"references.bib: {NO_ROOM}"), built.text
    assert (book.root / "references.bib").read_bytes() == before


@pytest.fixture
def full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without room: what was written does not reach the disk."""

    def no_room(_file: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "fsync", no_room)
    return tmp_path


def test_the_command_mends_nothing_by_half(full: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (full / "x.bib").write_text(MENDABLE, "utf-8")
    before = files(full)
    assert main(["bib", "--fix", "x.bib"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("x.bib: No space left on device. Make room")
    assert printed.err.count("\n") == 1
    assert files(full) == before


def test_the_command_writes_no_report_by_half(
    full: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (full / "x.bib").write_text(WORKS, "utf-8")
    assert main(["bib", "--reports", "out", "x.bib"]) == 1
    assert capsys.readouterr() == (
        "", "out: No space left on device. Give --reports the name of a folder.\n"
    )  # fmt: skip
    assert list(files(full)) == ["x.bib"]


LIMITED = """
import resource, sys
from sphinx_evidence.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
sys.exit(main(sys.argv[1:]))
"""


def test_the_command_leaves_no_list_by_half(tmp_path: Path) -> None:
    (tmp_path / "paper.md").write_text(PAPER, "utf-8")
    # What it compiles would be cut, too, and be there for all who come later.
    env = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    run = subprocess.run(
        [sys.executable, "-c", LIMITED, "audit", "--bib", "new.bib", "paper.md"],
        cwd=tmp_path, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == "new.bib: File too large. Give --bib the name of a new file.\n"
    assert list(files(tmp_path)) == ["paper.md"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the full device of Linux")
def test_output_that_cannot_be_written() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as out:
        run = subprocess.run(
            [sys.executable, "-m", "sphinx_evidence", "rules"],
            cwd=ROOT, stdout=out, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert run.returncode == 1
    assert run.stderr.startswith("The output: No space left on device. Make room")
    assert run.stderr.count("\n") == 1


def test_output_that_nobody_reads() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as out:
        run = subprocess.run(
            [sys.executable, "-m", "sphinx_evidence", "rules"],
            cwd=ROOT, stdout=out, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert (run.returncode, run.stderr) == (1, "")
