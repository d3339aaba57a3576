"""``sphinx-evidence pages``: what conf.py asks for, read and never run."""

from pathlib import Path

import pytest

from sphinx_evidence.cli import main
from tests.projects import ROOT

TWO = "# Tides\n\nIt rose. The moon fell. No sufferer rose.\n"
ON = 'evidence_rules = {"style-sentence": "error"}\n'


def pages(tmp_path: Path, conf: str, text: str = TWO, *options: str) -> int:
    (tmp_path / "docs").mkdir(exist_ok=True)
    (tmp_path / "conf.py").write_text(conf, "utf-8")
    page = tmp_path / "docs" / "a.md"
    page.write_text(text, "utf-8")
    return main(["pages", *options, str(page)])


@pytest.mark.parametrize(
    ("conf", "options", "said"),
    [
        ("", (), ["1 page: no error, no warning."]),
        ("", ("--rule=style-sentence=error",), ["a.md:3:10: error: A second sentence", ":3:25: "]),
        (ON, (), ["Begin a new line before “The moon fell.”. [evidence.style-sentence]"]),
        (ON, ("--rule=style-sentence=off",), ["1 page: no error, no warning."]),
        (ON + 'suppress_warnings = ["evidence.style-sentence"]', (), ["no error, no warning."]),
        ('evidence_wording = {"sufferers?": "people"}', (), ["“sufferer” is not", "Write people."]),
        (
            'evidence_rules = {"style-length": "warning"}\nevidence_page_words = 8',
            (),
            ["a.md:1:3: warning: The page has 9 words; evidence_page_words allows 8."],
        ),
    ],
)
def test_what_conf_py_asks_for(
    conf: str,
    options: tuple[str, ...],
    said: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    status = pages(tmp_path, conf, TWO, *options)
    out = capsys.readouterr().out
    assert [part for part in said if part not in out] == []
    assert status == int(" error: " in out)


@pytest.mark.parametrize(
    ("conf", "said"),
    [
        (
            f"import os\n{ON}\nevidence_wording = dict(a=os.name)\n",
            "conf.py:4: error: evidence_wording: Its value cannot be known without running conf.py",
        ),
        (f"{ON}if True:\n    {ON}", "conf.py:3: error: evidence_rules: Its value cannot be known"),
        ("evidence_page_words = 0", "evidence_page_words: 0 is not what it takes. Write 1 or more"),
        ("evidence_page_words = '9'", "'9' is not a whole number. Write evidence_page_words = 1"),
        ("evidence_wording = {'a(': 'b'}", "'a(' is no regular expression: missing )"),
        ("evidence_wording = {'a': ''}", "'a': '' are not words and what to write for them."),
        ("evidence_rules = {'style-sentences': 'error'}", 'Did you mean "style-sentence"'),
        ("suppress_warnings = ['evidence']", '"evidence" would hide every finding'),
        ("a = (\n", "conf.py:1: error: This is not Python: '(' was never closed."),
    ],
)
def test_a_conf_py_that_cannot_be(
    conf: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pages(tmp_path, conf) == 1
    assert said in capsys.readouterr().out


def test_conf_py_is_not_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pages(tmp_path, f"raise SystemExit(7)\n{ON}", "It rose.\n") == 0
    assert "1 page: no error, no warning." in capsys.readouterr().out


def test_remarks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    remark = "% evidence-ignore: style-sentence -- as it was said\n"
    assert pages(tmp_path, ON, f"{remark}It rose. The moon fell.\n") == 0
    assert pages(tmp_path, ON, f"{remark}It rose.\n") == 1
    assert "there is no such finding here. Delete the remark." in capsys.readouterr().out
    assert pages(tmp_path, ON, "% evidence-ignore: citation-plain -- a film\nA (2001).\n") == 0


def test_pages_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pages", str(tmp_path / "none.md")]) == 1
    assert "none.md: No such file or directory. Give the names" in capsys.readouterr().err
    (tmp_path / "a.md").write_bytes(b"A\ncaf\xe9\n")
    assert main(["pages", str(tmp_path / "a.md")]) == 1
    assert "a.md:2:4: error: A letter on this line is not UTF-8" in capsys.readouterr().out


def test_the_pages_of_this_project_pass(capsys: pytest.CaptureFixture[str]) -> None:
    paths = [str(path) for path in sorted((ROOT / "docs").glob("*.md"))]
    assert main(["pages", "--strict", *paths]) == 0, capsys.readouterr().out
