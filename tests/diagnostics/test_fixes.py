"""Edits are applied to the letter, and each file that changes is counted and shown."""

from pathlib import Path

import pytest

from sphinx_evidence.diagnostics.finding import Edit, Finding
from sphinx_evidence.diagnostics.fixes import apply_edits, apply_fixes
from sphinx_evidence.rulebook.rule import Rule


def edit(start: int, end: int, text: str, path: str = "a.md") -> Edit:
    return Edit(path, start, end, text)


@pytest.mark.parametrize(
    ("edits", "after"),
    [
        ([edit(0, 1, "X"), edit(1, 2, "Y")], "XYcdef"),  # side by side
        ([edit(0, 3, "X"), edit(2, 4, "Y")], "Xdef"),  # they overlap: the first
        ([edit(0, 2, "Y"), edit(0, 4, "X")], "Xef"),  # from one place: the longer
        ([edit(4, 6, "Y"), edit(0, 1, "X")], "XbcdY"),  # in any order
        ([edit(2, 2, "X")], "abXcdef"),  # nothing is taken away
        ([edit(1, 2, "X"), edit(1, 2, "X")], "aXcdef"),  # one edit of two findings
    ],
)
def test_edits(edits: list[Edit], after: str) -> None:
    assert apply_edits("abcdef", edits) == after


def test_files_that_change_are_counted_and_shown(tmp_path: Path) -> None:
    for name in ("a.md", "b.md", "c.md"):
        (tmp_path / name).write_bytes(f"é of {name}\r\nlast".encode())
    findings = [
        Finding(name, 1, Rule.CITATION_PLAIN, "", "", edit=edit(0, 1, new, name))
        for name, new in (("b.md", "e"), ("a.md", "e"), ("c.md", "é"))
    ]
    upper = Finding("a.md", 1, Rule.BIB_ORDER, "", "", rewrite=str.upper)
    diff, count = apply_fixes([*findings, upper], tmp_path)
    assert count == 2  # in c.md stands what is to be typed
    assert [line for line in diff.splitlines() if line.startswith(("---", "+++"))] == [
        "--- a.md", "+++ a.md", "--- b.md", "+++ b.md",
    ]  # fmt: skip
    contents = [(tmp_path / name).read_bytes().decode() for name in ("a.md", "b.md", "c.md")]
    assert contents == ["E OF A.MD\r\nLAST", "e of b.md\r\nlast", "é of c.md\r\nlast"]
