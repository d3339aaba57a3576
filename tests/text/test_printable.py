"""What is printed is obeyed by no terminal and no CI service, whatever files are named or hold."""

import json
import os
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_evidence.cli import main
from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.diagnostics.severities import severities
from sphinx_evidence.reports import Report, github, json_report, junit, sarif, text
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.printable import CONTROLS, printable, printable_lines
from tests.projects import Project

OBEYED = re.compile(r"^\s*::(?!:)|##\w*\[|[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]", re.MULTILINE)
PIECES = st.sampled_from([
    ":", "::", "#", "##", "##[", "vso", "[", "]", " ", "\t", "\n", "\r", "\x1b", "\x07", "\x9b",
    "\u2028", "error", "a",
])  # fmt: skip
NAMES = [
    "a\n::error file=x::pwned.md", "::error::x.md", " ::error::x.md", "##[error]x.md",
    "a##vso[task.x]b.md", "a\x1b[31mb\r\x07.md", "a\u2028::error::x.md", "--a\n::error::x.md",
    os.fsdecode(b"a\xff.md"),
]  # fmt: skip
LINES = ["::error file=x::pwned", "  ::warning::y", "a ##[add-mask]b", "c \x1b[2J d \x9b1m"]


@given(st.lists(PIECES, max_size=12).map("".join))
def test_nothing_printable_is_obeyed(words: str) -> None:
    assert not OBEYED.search(printable(words))
    assert len(printable(words).splitlines()) <= 1
    assert not OBEYED.search(printable_lines(words))
    assert printable(printable(words)) == printable(words)


def test_what_is_no_command_stays() -> None:
    for words in (":::{note} Title", "Köln “a”: b\t##", "## [A](b)", "std::x"):
        assert printable(words) == words


CONTENT = "".join(f"{line} (Alpha, 2001). And. More.\n\n" for line in LINES).encode()
CONTENT += b"@misc{x\n\n# References\n\nBeta, B. (2002) Skies. *Air*, 1, 2-3.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("command", ["audit", "bib", "pages"])
@pytest.mark.parametrize("content", [None, CONTENT, CONTENT + b"\xff"], ids=["no", "read", "bytes"])
def test_names_and_lines_in_the_command(
    command: str, content: bytes | None, name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [command, "--reports", "out", name]
    if command == "pages":
        words[1:1] = ["--rule", "style-sentence=error"]
    if content:
        (folder / name).write_bytes(content)
    try:
        assert main(words) == 1
    except SystemExit as ended:
        assert ended.code == 2  # noqa: PT017  # read as an option
    printed = capsys.readouterr()
    assert printed.out + printed.err
    assert not OBEYED.search(printed.out + printed.err)
    for line in (printed.out + printed.err).splitlines():
        line.encode()  # bytes that are no letters would fail where they are printed


@pytest.mark.parametrize("name", NAMES)
def test_names_in_each_report(name: str) -> None:
    found = Finding(name, 1, Rule.BIB_PAGES, f"Wrong: {name}", "Write it.", 1, LINES[0])
    report = Report.of([found], severities({}), {"works": 1}, [("a", f"{name}:1")], [name])
    assert not OBEYED.search(text.render(report, colour=False) + text.cited_once(report))
    (annotation,) = github.annotations(report).splitlines()
    assert annotation.startswith("::error file=")
    assert annotation.count("::") == 2 + str(found).count("::")
    assert not CONTROLS.search(annotation)
    (told,) = json.loads(json_report.to_json(report))["findings"]
    assert told["path"] == name
    (result,) = json.loads(sarif.to_sarif(report))["runs"][0]["results"]
    address = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[\w./%~-]+", address)
    (suite,) = ET.fromstring(junit.to_junit(report))  # noqa: S314  # our own
    assert len(suite) == 2


@pytest.mark.parametrize("name", NAMES[1:-2])  # the first is none to Sphinx
def test_names_of_pages(name: str, project: Project) -> None:
    project.write(f"docs/{name}", "# Page\n\n{cite:p}`a`\n")
    built = project.build("citations")
    assert built.status == 1
    assert "The name of this page" in built.text or "md:3:" in built.text
    assert not OBEYED.search(built.text)


def test_what_sphinx_quotes(project: Project) -> None:
    """Two files of one page are told before anything is read, by their names."""
    for ending in ("md", "rst"):
        project.write(f"docs/##[error]a\x1b[2J.{ending}", "")
    built = project.build("html")
    assert built.status == 1
    assert "multiple files found" in built.text
    assert not OBEYED.search(built.text)


def test_lines_of_a_change(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = "@misc{a,\n  title = {A},\n  doi = {doi:10.1234/a},\n  note = {\n::error::x},\n}\n"
    (folder / "x.bib").write_text(entry, "utf-8")
    main(["bib", "--fix", "x.bib"])
    printed = capsys.readouterr().out
    assert "1 file changed." in printed
    assert not OBEYED.search(printed)
