"""Sorting: the order of keys, and nothing else."""

from pathlib import Path

import pytest

from sphinx_evidence.bibliography.faults import FaultLocator
from sphinx_evidence.bibliography.order import check_order, in_order
from sphinx_evidence.bibliography.reader import read
from sphinx_evidence.cli import main

HEAD = '% a list\n\n@string{jx = "Journal of X"}\n\n'
UNSORTED = (
    "% on c\n@misc{c2003,\n  title = {C},\n}\n\n\n@misc{A2001,\n  title = {A},\n}\n\n"
    "@misc{b2002,\n  title = {B},\n}\n"
)
SORTED = (
    "@misc{A2001,\n  title = {A},\n}\n\n\n@misc{b2002,\n  title = {B},\n}\n\n"
    "% on c\n@misc{c2003,\n  title = {C},\n}\n"
)


def test_one_fault_a_file_tells_the_first_and_the_number_of_the_others() -> None:
    text = UNSORTED + "\n@misc{a0,\n  title = {Z},\n}\n"
    (fault,) = check_order(read(text, "x.bib"))
    assert fault.rewrite is in_order
    assert fault.entry.key == "A2001"
    assert fault.wrong == 'it stands after "c2003", and 1 more out of order.'
    assert list(check_order(read(SORTED, "x.bib"))) == []


def test_entries_are_sorted_with_their_remarks() -> None:
    assert in_order(UNSORTED) == SORTED
    assert in_order(HEAD + UNSORTED) == HEAD + SORTED
    assert in_order(UNSORTED.replace("\n", "\r\n")) == SORTED.replace("\n", "\r\n")
    assert in_order(SORTED) == SORTED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{A},", "{A"),  # cannot be read
        ("  title = {A},", "  title = {A},\n  crossref = {b2002},"),  # needs its order
        ("@misc{b2002", '@string{x = "X"}\n@misc{b2002'),  # an abbreviation between entries
        ("\n\n@misc{b2002", " @misc{b2002"),  # two entries on one line
        ("b2002", "c2003"),  # the same key twice
    ],
)
def test_what_is_not_certain_stays(old: str, new: str) -> None:
    assert old in UNSORTED
    text = UNSORTED.replace(old, new)
    assert in_order(text) == text


def test_a_finding_says_whether_a_fix_can_sort(tmp_path: Path) -> None:
    for text, certain in ((UNSORTED, True), (UNSORTED + '@string{x = "X"}\n', False)):
        path = tmp_path / "x.bib"
        path.write_text(text, "utf-8")
        (fault,) = check_order(read(text, str(path)))
        assert FaultLocator().finding(fault).certain is certain


ASKED = ("--rule=bib-order=warning", "--rule=bib-pages-short=warning")  # matters of taste


def test_fix_sorts_and_mends_in_one_run_and_leaves_nothing_for_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "x.bib"
    broken = "{C},\n  doi = {https://doi.org/10.1234/C},\n  pages = {303-14},"
    path.write_text(UNSORTED.replace("{C},", broken), "utf-8")
    command = ["bib", "--fix", "x.bib", *ASKED]
    main(command)
    mended = "{C},\n  doi = {10.1234/C},\n  pages = {303--314},"
    assert path.read_text("utf-8") == SORTED.replace("{C},", mended)
    assert "-  pages = {303-14}," in capsys.readouterr().out
    main(command)
    assert "0 files changed." in capsys.readouterr().out


def test_what_no_project_asks_for_is_not_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.bib").write_text(UNSORTED, "utf-8")
    assert main(["bib", "--fix", "x.bib"]) == 0
    assert capsys.readouterr().out.startswith("0 files changed.")
    assert (tmp_path / "x.bib").read_text("utf-8") == UNSORTED


def test_findings_are_written_as_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    (tmp_path / "x.bib").write_text(UNSORTED.replace("{A}", "{A"), "utf-8")
    assert main(["bib", "x.bib", "--reports", "out"]) == 1
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"output.txt", "output.json", "output.sarif", "output.xml"}
    assert "::error file=x.bib,line=8,title=bib-syntax,col=13::" in capsys.readouterr().out
    assert main(["bib", "x.bib", "--reports", "x.bib"]) == 1
    assert "Give --reports the name of a folder." in capsys.readouterr().err
