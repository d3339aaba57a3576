"""The one layout of .bib files, and the command that checks it."""

from pathlib import Path

import pytest

from sphinx_evidence.cli import main

GOOD = "% remark\n@misc{a2001,\n  title = {A},\n}\n\n@misc{b2002,\n  title = {B},\n}\n"


def run(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    path = tmp_path / "x.bib"
    path.write_text(text, "utf-8")
    status = main(["bib", "--strict", "--rule", "bib-*=warning", str(path)])
    captured = capsys.readouterr()
    return status, captured.out + captured.err


def test_good_layout_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, GOOD, capsys) == (0, "2 works, 1 file: no error, no warning.\n")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  title = {A}", "title={A}", "The layout is not the agreed one"),
        ("\n\n", "\n", "Between two entries stands one empty line."),
        (GOOD, GOOD + "\n", "Delete the empty lines at the end of the file."),
        ("\n\n", "\n\n\n", "Between two entries stands one empty line."),
        ("  title", "\ttitle", "The layout is not the agreed one: found"),
        ("  title", "    title", "Begin the line with two spaces"),
        ("a2001", "c2001", 'The entry "b2002": it stands after "c2001".'),
        ("{A},", "{A", "x.bib:3:12: "),
    ],
)
def test_departure_is_told_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    status, text = run(tmp_path, GOOD.replace(old, new, 1), capsys)
    assert status == 1
    assert said in text
