"""Input that once ended in a traceback, or never: one message, its place, and what to do.

More of it, beside what it spoils:
names of files and lines with commands in ``text/test_printable.py``, lists of contents that go
round in ``checks/test_circles.py``, what is nested too deep in ``checks/test_nesting.py``,
full disks and times that are none in ``test_unwritten.py``, bibliographies in
``bibliography/test_properties.py``, records in ``record/test_record.py``, ledgers in
``links/test_ledger.py``, pages from strangers in ``policy/test_injections.py``, settings in
``test_settings.py``, manuscripts in ``manuscripts/test_command.py``, letters and pictures that
cannot be set in ``pdf/test_hostile.py``, and commands in ``test_cli.py``.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinx_evidence.cli import main
from tests.projects import WORKS, Project

RECORD = "\n```{editorial-record} x.toml\n```\n"
TABLE = "\n```{csv-table}\n:file: x.csv\n```\n"
NO_FILE = "This is a folder, a pipe or a device, not a file."
SVG = "<svg xmlns='http://www.w3.org/2000/svg'>"


def index(text: str) -> Callable[[Project], None]:
    """Write behind the title of the first page."""
    return lambda project: project.append("docs/index.md", text)


def file(name: str, content: bytes, text: str = "") -> Callable[[Project], None]:
    """Write a file, and what uses it."""

    def spoil(project: Project) -> None:
        project.append("docs/index.md", text)
        (project.root / name).write_bytes(content)

    return spoil


def pipe(name: str, text: str = "") -> Callable[[Project], None]:
    """Put a pipe in the place of a file, to which nobody writes."""

    def spoil(project: Project) -> None:
        project.append("docs/index.md", text)
        (project.root / name).unlink(missing_ok=True)
        os.mkfifo(project.root / name)

    return spoil


def folder(name: str) -> Callable[[Project], None]:
    """Put a folder in the place of a file."""

    def spoil(project: Project) -> None:
        (project.root / name).unlink(missing_ok=True)
        (project.root / name).mkdir()

    return spoil


def no_first_page(project: Project) -> None:
    (project.root / "docs/index.md").unlink()
    project.write("docs/other.md", "# Other\n")


CASES: dict[str, tuple[Callable[[Project], None], str]] = {
    "a table that is not UTF-8": (
        file("docs/x.csv", "Köln,b\n".encode("latin-1"), TABLE),
        'docs/index.md:3: ERROR: "x.csv" is not UTF-8. Save',
    ),
    "a table that is a pipe": (
        pipe("docs/x.csv", TABLE),
        'docs/index.md:3: ERROR: "x.csv" is a folder or a device, not a file. Put the file',
    ),
    "columns without a width": (
        index("\n```{csv-table}\n:widths: 0 0\n\na,b\n```\n"),
        "docs/index.md:4:1: ERROR: The value behind :widths: is none that this option takes.",
    ),
    "a ledger nested too deep": (
        file("links.lock.json", b"[" * 3000 + b"]" * 3000),
        "links.lock.json:1: ERROR: The brackets of this file",
    ),
    "a ledger that is a pipe": (
        pipe("links.lock.json"),
        f"links.lock.json:1: ERROR: The ledger cannot be read: {NO_FILE} Correct",
    ),
    "a ledger that is a folder": (
        folder("links.lock.json"),
        f"links.lock.json:1: ERROR: The ledger cannot be read: {NO_FILE} Correct",
    ),
    "a lock nested too deep": (
        file("references.lock.json", b"[" * 3000 + b"]" * 3000),
        "references.lock.json:1: ERROR: The brackets of this file",
    ),
    "a lock that is a pipe": (
        pipe("references.lock.json"),
        f"references.lock.json:1: ERROR: The lock cannot be read: {NO_FILE} Correct",
    ),
    "a bibliography that is a folder": (
        folder("references.bib"),
        f"references.bib:1: ERROR: {NO_FILE} Create it, or correct bibtex_bibfiles",
    ),
    "no first page": (
        no_first_page,
        'conf.py:1: ERROR: root_doc: The first page would be "index", but it is not there, or',
    ),
    "a first page that is a pipe": (
        pipe("docs/index.md"),
        f"docs/index.md:1: ERROR: {NO_FILE} Put the page itself here.",
    ),
    "a page that is a pipe": (
        pipe("docs/x.md"),
        f"docs/x.md:1: ERROR: {NO_FILE} Put the page itself here.",
    ),
    "a page in UTF-16": (
        file("docs/index.md", "# A\n".encode("utf-16")),
        "docs/index.md:1:1: ERROR: A letter on this line is not UTF-8. Save",
    ),
    "a page with a zero byte": (
        file("docs/index.md", b"# A\n\nb\0c\n"),
        "docs/index.md:3:2: ERROR: A character that is not seen stands here: U+0000",
    ),
    "a page of reStructuredText nested too deep": (
        file("docs/x.rst", b"X\n=\n\n" + b"".join(b"  " * n + b"a\n\n" for n in range(300))),
        "docs/x.rst:602: ERROR: What stands here or near is nested too deep to be read.",
    ),
    "a record that is a pipe": (
        pipe("docs/x.toml", RECORD),
        'docs/index.md:3:23: ERROR: "x.toml" is a folder or a device, not a file. Put the file',
    ),
    "a record that is not there": (
        index(RECORD),
        'docs/index.md:3: ERROR: "x.toml" cannot be read: No such file or directory. Correct',
    ),
    "a record that is not UTF-8": (
        file("docs/x.toml", "a = 'ö'".encode("latin-1"), RECORD),
        "docs/x.toml:1:6: ERROR: A letter on this line is not UTF-8. Save",
    ),
    "a record nested too deep": (
        file("docs/x.toml", b"a = " + b"[" * 500 + b"]" * 500, RECORD),
        "docs/x.toml:1: ERROR: The brackets of this file are nested too deep. A list holds",
    ),
    "a record with a number of a thousand digits": (
        file("docs/x.toml", b"a = " + b"1" * 5000, RECORD),
        "docs/x.toml:1: ERROR: Exceeds the limit",
    ),
    "a picture that is a pipe": (
        pipe("docs/x.png", "\n![Words](x.png)\n"),
        'docs/index.md:3:10: ERROR: "x.png" is a folder or a device, not a file. Put the file',
    ),
    "a picture that ends in its first tag": (
        file("docs/x.svg", b"<svg", "\n![Words](x.svg)\n"),
        "docs/x.svg:1: ERROR: The picture holds what is no XML (unclosed token)",
    ),
    "a picture that names another file": (
        file("docs/x.svg", f"{SVG}<image href='y.png'/></svg>".encode(), "\n![Words](x.svg)\n"),
        "docs/x.svg:1: ERROR: The picture holds",
    ),
}


@pytest.mark.parametrize("builder", ["html", "pdf"])
@pytest.mark.parametrize("case", CASES)
def test_one_message(case: str, builder: str, project: Project) -> None:
    spoil, message = CASES[case]
    spoil(project)
    built = project.build(builder)
    assert built.status == 1
    assert message in built.text
    assert len(re.findall("ERROR|WARNING", built.text)) == 1, built.text
    assert "Traceback" not in built.text
    assert list(built.out.glob("[!.]*.*")) == []


MANUSCRIPTS: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "x:1: error: No list of references was found"),
    "zero bytes": (b"\0" * 1000, "x:1: error: No list of references was found"),
    "half a letter": (b"A\n\xc3", "x:2:1: error: A letter on this line is not UTF-8."),
    "a document of an office program": (
        b"PK\x03\x04\0\xff",
        "x: it is damaged, or no document of Word. Open",
    ),
    "brackets": (b"[" * 20_000 + b"(" * 20_000, "x:1: error: No list of references was found"),
    "a heading alone": (b"References", "x:1:1: error: No work stands below this heading."),
}


@pytest.mark.parametrize("case", MANUSCRIPTS)
def test_one_message_on_a_manuscript(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    content, message = MANUSCRIPTS[case]
    Path("x").write_bytes(content)
    assert main(["audit", "x"]) == 1
    printed = capsys.readouterr()
    told = printed.out + printed.err
    assert told.startswith(message)
    assert len(re.findall(r"error:|it is damaged", told)) == 1, told


def test_a_footnote_citation_needs_no_list_of_footnotes(project: Project) -> None:
    project.write("references.bib", WORKS)
    project.write(
        "docs/index.md",
        "# Sample\n\n{footcite}`leamy2011` {cite:t}`anthony1993`\n\n```{bibliography}\n```\n",
    )
    assert "Traceback" not in project.build("html").text
