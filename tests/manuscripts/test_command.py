"""``python -m sphinx_evidence audit``: what it prints, writes and never overwrites."""

from pathlib import Path

import pytest

from sphinx_evidence.cli import main
from tests.word.making import archive

PAPER = str(Path(__file__).parent / "paper.md")
LIST = "\n\nReferences\n\nAlpha, A. (2001) Counting clouds. *Skies*, 1(2), 3-9.\n"


def test_findings_are_told_with_their_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", PAPER]) == 1
    told = capsys.readouterr().out
    assert "paper.md:6:40: error: “Gamma, 2019”" in told
    assert told.endswith("13 works: 14 errors, 2 warnings.\n")


def test_bib_is_written_once_and_passes_its_own_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper, out = tmp_path / "paper.txt", tmp_path / "references.bib"
    paper.write_text(f"Clouds are counted (Alpha, 2001).{LIST}", "utf-8")
    assert main(["audit", str(paper), "--bib", str(out)]) == 0
    assert "title = {Counting clouds}" in out.read_text("utf-8")
    assert main(["bib", str(out)]) == 0
    out.write_text("mine", "utf-8")
    assert main(["audit", str(paper), "--bib", str(out)]) == 1
    assert out.read_text("utf-8") == "mine"
    assert "Give --bib the name of a new file." in capsys.readouterr().err


def test_bad_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(tmp_path / "none.md")]) == 1
    assert "none.md: No such file" in capsys.readouterr().err
    paper = tmp_path / "paper.md"
    paper.write_bytes(b"A\ncaf\xe9\n")
    assert main(["audit", str(paper)]) == 1
    assert "paper.md:2:4: error: A letter on this line is not UTF-8" in capsys.readouterr().out


ODT = archive({"mimetype": b"application/vnd.oasis.opendocument.text"}, packed=False)
SAVE = "Save it as .docx, or type soffice --headless --convert-to docx 'my paper.docx', and take"


@pytest.mark.parametrize(
    ("begin", "told"),
    [
        (b"PK\x03\x04", "it is damaged, or no document of Word. Open it in"),
        (b"%PDF-1.7", "this is no document that can be read here. Open it in"),
        (
            b"\xd0\xcf\x11\xe0",
            f"it is of Word before 2007 (.doc), or locked with a password. {SAVE}",
        ),
        (b"{\\rtf1", f"it is rich text (.rtf). {SAVE}"),
        (ODT, f"it is a document of LibreOffice (.odt). {SAVE}"),
        (b"~$", "it is damaged, or no document of Word. Open it in"),
    ],
    ids=["damaged", "pdf", "doc", "rtf", "odt", "opened"],  # the bytes of .odt hold the time
)
def test_a_document_of_an_office_program_is_told(
    begin: bytes, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = tmp_path / "my paper.docx"
    paper.write_bytes(begin + b"\x14\x00\xff")
    assert main(["audit", str(paper)]) == 1
    assert f"my paper.docx: {told}" in capsys.readouterr().err


def test_warnings_fail_where_it_is_strict(tmp_path: Path) -> None:
    paper = tmp_path / "paper.md"
    paper.write_text(f"Clouds are counted.{LIST}", "utf-8")
    assert main(["audit", str(paper)]) == 0
    assert main(["audit", "--strict", str(paper)]) == 1
    with pytest.raises(SystemExit):
        main(["audit", "--rule", "no-such-rule=warning", str(paper)])
