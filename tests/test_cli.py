"""The command ``sphinx-evidence``: its help can be followed to the letter."""

import os
import re
import shlex
import signal
from keyword import iskeyword
from pathlib import Path

import pytest

from sphinx_evidence import __version__
from sphinx_evidence.cli import main
from sphinx_evidence.registries.adding import Added
from sphinx_evidence.word.origins import Origins
from tests.projects import WORKS
from tests.word.making import docx

COMMANDS = ("add", "audit", "bib", "convert", "import", "pages", "review", "rules")
PAPER = "As Alpha (2001) says.\n\nReferences\n\nAlpha, A. (2001) Clouds. *Skies*, 1(2), 3-9.\n"


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0
    return capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "--version") == f"sphinx-evidence {__version__}\n"


def test_every_command_is_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        tuple(sorted(re.findall(r"^    ([a-z]+) ", printed(capsys, "--help"), re.MULTILINE)))
        == COMMANDS
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_the_examples_of_the_help_run(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    examples = re.findall(
        r"^  sphinx-evidence (.+)$", printed(capsys, command, "--help"), re.MULTILINE
    )
    assert examples
    for example in examples:
        Path("paper.md").write_text(PAPER, "utf-8")
        Path("README.md").write_text("# Words\n", "utf-8")
        Path("references.bib").write_text(WORKS, "utf-8")
        Path("paper.docx").write_bytes(docx(*PAPER.split("\n\n")))
        if command == "review":
            kept = {"customXml/item1.xml": Origins().to_xml()}
            for name in ("paper", "paper-ab", "paper-cd"):
                Path(f"{name}.docx").write_bytes(docx("Words.", files=kept))
        Path("export.ris").write_text("TY  - BOOK\nTI  - Clouds\nER  -\n", "utf-8")
        Path("export.nbib").write_text("PMID- 1\nTI  - Clouds.\n", "utf-8")
        typed = example.split(" > ", maxsplit=1)[0]
        # As a shell would.
        typed = typed.replace("*.bib", "references.bib").replace("docs/*.md", "paper.md")
        words = shlex.split(typed)
        if command == "audit":
            Path("references.bib").unlink()  # which audit writes
        if command == "add":  # which asks the network
            monkeypatch.setattr(
                "sphinx_evidence.registries.adding.add", lambda *_, **__: Added("", "")
            )
        assert main(words) == 0, capsys.readouterr().out


@pytest.mark.parametrize(("mistyped", "status"), [([], 2), (["bip"], 2), (["bib"], 2)])
def test_a_mistyped_command(mistyped: list[str], status: int) -> None:
    with pytest.raises(SystemExit) as ended:
        main(mistyped)
    assert ended.value.code == status


@pytest.mark.parametrize("command", ["audit", "bib"])
def test_statuses_are_those_of_the_help(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    statuses = re.findall(r"^  (\d)  ", printed(capsys, command, "--help"), re.MULTILINE)
    assert statuses == ["0", "1", "2"]
    assert main([command, str(tmp_path / "missing")]) == 1


@pytest.mark.parametrize("command", ["audit", "bib", "pages"])
@pytest.mark.parametrize("kind", ["pipe", "folder"])
def test_what_is_no_file_is_told_in_one_message(
    command: str, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x"
    if kind == "pipe":
        os.mkfifo(path)  # which would wait for a writer
    else:
        path.mkdir()
    assert main([command, str(path)]) == 1
    printed = capsys.readouterr()
    told = printed.out + printed.err
    assert told.count("This is a folder, a pipe or a device, not a file. Give the name") == 1
    assert "Traceback" not in told


@pytest.mark.parametrize("command", COMMANDS)
def test_an_interrupted_command_says_so(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_options: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    module = command + "_" * iskeyword(command)
    monkeypatch.setattr(f"sphinx_evidence.cli.{module}.run", interrupted)
    needed = {"rules": [], "import": ["x", "y"]}.get(command, ["x"])
    assert main([command, *needed]) == 130
    assert capsys.readouterr() == ("", "Interrupted.\n")


def test_bib_says_in_its_last_line_what_was_not_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.bib").write_text("@misc{a2001,\n  title = {A,\n}\n", "utf-8")
    Path("b.bib").write_text("@misc{b2001,\n title = {A},\n}\n", "utf-8")
    assert main(["bib", "a.bib", "b.bib", "c.bib", "--rule", "bib-layout=error"]) == 1
    told = capsys.readouterr().out
    # The layout of the file that can be read is checked all the same.
    assert re.findall(r"^(\S+?): error: .*\[evidence\.([\w-]+)\]", told, re.MULTILINE) == [
        ("a.bib:2:13", "bib-syntax"), ("b.bib:2:2", "bib-layout"), ("c.bib:1", "bib-missing"),
    ]  # fmt: skip
    assert told.splitlines()[-1].endswith(
        "Not checked: citations of works in c.bib, which cannot be read; "
        'the entry "a2001" at a.bib:1, which cannot be read.'
    )
