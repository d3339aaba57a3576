"""A baseline keeps what stands today, wherever it moves; anybody may have written it."""

import json
from pathlib import Path

import pytest

from sphinx_evidence import cli
from sphinx_evidence.diagnostics.baseline import Baseline, BaselineError
from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.rulebook.rule import Rule


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def plain(line: int, words: str = "Alpha\n(2001)", path: str = "docs/a.md") -> Finding:
    return Finding(path, line, Rule.CITATION_PLAIN, f"On line {line}.", "Write it.", 1, words)


def test_what_is_kept_is_found_again_when_lines_move_and_break(folder: Path) -> None:
    empty = Baseline(folder / "sub/kept.json", "--again")
    (folder / "sub").mkdir()
    long = Finding("docs/a.md", 1, Rule.STYLE_LENGTH, "The page has 900 words.", "Part it.")
    unsafe = Finding("docs/a.md", 2, Rule.POLICY_CONTENT, "A script.", "Delete it.", 1, "x")
    empty.write([plain(3), plain(9), plain(4, "“Ü” <b>"), long, unsafe])
    kept = Baseline.read(empty.path, "--again", missing=False)
    assert (
        kept.counts == empty.write([unsafe, long, plain(1), plain(2, "“Ü” <b>"), plain(6)]).counts
    )
    again = [plain(5, "Alpha (2001)"), plain(8), plain(30), long, unsafe]
    split = kept.split(again)
    assert split.new == [plain(30), unsafe]
    assert split.kept == [again[0], plain(8), long]
    assert [(*entry, count) for entry, count in split.stale.items()] == [
        ("../docs/a.md", "citation-plain", "“Ü” <b>", 1)
    ]
    grown = Finding("docs/a.md", 1, Rule.STYLE_LENGTH, "The page has 951 words.", "Part it.")
    assert kept.split([grown]).new == []
    assert kept.split([], {"../docs/b.md"}).stale == {}


def test_the_bytes_are_sorted_and_a_line_for_each_entry(folder: Path) -> None:
    empty = Baseline(folder / "kept.json", "--again")
    found = [plain(3), plain(4, "Ä", "docs/\udc80.md"), plain(9)]
    empty.write(found)
    written = empty.path.read_bytes()
    empty.write(reversed(found))
    assert empty.path.read_bytes() == written
    lines = written.decode().splitlines()
    assert (
        '{"path": "docs/a.md", "rule": "citation-plain", "words": "Alpha (2001)", "count": 2},'
        in lines[3]
    )
    assert Baseline.read(empty.path, "", missing=False).split(found).new == []
    empty.write([])
    assert json.loads(empty.path.read_text()) == {"version": 1, "findings": []}


ENTRY = '{"path": "a", "rule": "b", "words": "c", "count": %s}'
FILE = '{"version": 1, "findings": [%s]}'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "kept.json:1 This is no baseline: Expecting value"),
        ("{\n<<<<<<< HEAD\n}", "kept.json:2 This is no baseline: Expecting property name"),
        ("[]", 'it needs "version": 1 and a list "findings"'),
        ('{"version": 2, "findings": []}', 'it needs "version": 1'),
        ('{"version": 1, "findings": [], "more": 1}', "and no more"),
        (FILE % "3", 'finding 1 needs "path"'),
        (FILE % (ENTRY % "0"), "finding 1 needs"),
        (FILE % (ENTRY % "true"), "finding 1 needs"),
        (FILE % (ENTRY % "1.5"), "finding 1 needs"),
        (FILE % (ENTRY % "1, 2"), "kept.json:1 This is no baseline"),
        ("[" * 100_000, "This is no baseline"),
        (FILE % (ENTRY % ("9" * 5000)), "This is no baseline"),
        ("\udcff", "This is no baseline"),
        (None, "No such file or directory. Write the baseline with --again."),
    ],
)
def test_what_is_no_baseline_is_one_error(folder: Path, content: str | None, said: str) -> None:
    if content is not None:
        (folder / "kept.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(BaselineError) as raised:
        Baseline.read(folder / "kept.json", "--again", missing=False)
    finding = raised.value.finding
    assert said in f"{finding.place} {finding}"
    assert "--again" in str(finding)


BIB = """\
@misc{{{0},
  author = {{Alpha, Ann}},
  title = {{One}},
  year = {{twenty}},
}}
"""


def test_of_the_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for key in ("a", "b"):
        (folder / f"{key}.bib").write_text(BIB.format(key))
    kept = ["--baseline", "kept.json"]
    assert cli.main(["bib", "a.bib", "b.bib", *kept, "--write-baseline"]) == 0
    assert "no error, no warning; 2 kept by kept.json.\n" in capsys.readouterr().out
    before = (folder / "kept.json").read_bytes()
    (folder / "a.bib").write_text(f"\n\n{BIB.format('a')}")
    assert cli.main(["bib", "--strict", "a.bib", *kept]) == 0
    assert "gone" not in capsys.readouterr().out
    assert cli.main(["bib", "a.bib", *kept, "--write-baseline"]) == 0
    assert (folder / "kept.json").read_bytes() == before  # b.bib was not looked at
    (folder / "a.bib").write_text(BIB.format("a").replace("twenty", "2020"))
    assert cli.main(["bib", "a.bib", *kept]) == 0
    assert "kept.json: 1 finding that it keeps is gone" in capsys.readouterr().out
    (folder / "b.bib").write_text(BIB.format("b").replace("twenty", "2020").replace("One", ""))
    assert cli.main(["bib", "b.bib", *kept]) == 1
    (folder / "kept.json").write_text("[]")
    for more in ([], ["--write-baseline"]):
        capsys.readouterr()
        assert cli.main(["bib", "b.bib", *kept, *more]) == 1
        told = capsys.readouterr()
        assert (told.out, told.err.count("\n")) == ("", 1)
    assert (folder / "kept.json").read_text() == "[]"
    with pytest.raises(SystemExit, match="2"):
        cli.main(["bib", "b.bib", "--write-baseline"])


def test_what_leaves_out_works_or_pages_is_never_kept(folder: Path) -> None:
    """A file that anybody may write would let a broken list of works pass."""
    rules = (Rule.BIB_SYNTAX, Rule.BIB_MISSING, Rule.ENCODING, Rule.PAGE_CIRCLE)
    found = [Finding("x.bib", 1, rule, "It is broken.", "Mend it.") for rule in rules]
    entries = [
        {"path": "x.bib", "rule": rule, "words": "It is broken.", "count": 9} for rule in rules
    ]
    path = folder / "kept.json"
    path.write_text(json.dumps({"version": 1, "findings": entries}), "utf-8")
    baseline = Baseline.read(path, "--again", missing=False)
    assert baseline.split(found).new == found
    assert baseline.write(found).counts == {}


def test_a_link_beside_the_file_is_not_followed(folder: Path) -> None:
    """It may be in the repository, and lead to any file of who writes the baseline."""
    outside = folder / "outside"
    outside.write_text("mine", "utf-8")
    (folder / ".kept.json.new").symlink_to(outside)
    Baseline(folder / "kept.json", "--again").write([])
    assert outside.read_text("utf-8") == "mine"
    assert not (folder / "kept.json").is_symlink()
    assert not (folder / ".kept.json.new").exists()
