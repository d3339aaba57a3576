"""The editorial record: its data file, and the pages made from it."""

import time
import tomllib
from collections import Counter

import pytest

from sphinx_evidence.bibliography.reader import read_files
from sphinx_evidence.record.data import load
from tests.projects import ROOT, Project

GOOD_KIND = """\
[[kind]]
id = "name"
title = "Names"
intro = "Names that were wrong."

"""
GOOD = f"""\
{GOOD_KIND}[[change]]
id = "erondu"
kind = "name"
where = "Summary, paragraph 1"
lines = [27, 31]
says = "“Erondur”"
ours = "Erondu, as {{doc}}`index` says"
why = "A slip."
evidence = "The *journal*."
pages = ["index"]

[[question]]
id = "which"
title = "Which work?"
lines = [45]
known = "Nothing."
ask = "Please tell."
"""


def test_good_record_is_read() -> None:
    record = load(GOOD, "r.toml")
    assert record.findings == []
    assert (record.changes[0].lines, record.changes[0].line) == ((27, 31), 6)
    assert (record.questions[0].cites, record.questions[0].line) == ((), 17)


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ('"A slip."', '"A slip.', "r.toml:13:15", 'A text stands in quotes, name = "text"'),
        ('kind = "name"', 'kind = "names"', "r.toml:8:1", 'Did you mean "name"?'),
        ('why = "A slip."\n', "", "r.toml:6:1", 'has no "why"'),
        ("why =", "wy =", "r.toml:13:1", 'unknown line "wy". Did you mean "why"?'),
        ("[[change]]", "[[chnage]]", "r.toml:6", 'Nothing reads "chnage". Did you mean [[change]]'),
        ("[[kind]]", "[kind]", "r.toml:1", "that each start with [[kind]]"),
        ("[27, 31]", '"27"', "r.toml:10:1", 'a wrong value for "lines". Write lines = [27, 31].'),
        ('["index"]', '"index"', "r.toml:15:1", 'a wrong value for "pages". Write pages ='),
        ('"A slip."', "3", "r.toml:13:1", 'a wrong value for "why". Write why = "…".'),
        ('id = "which"', 'id = "erondu"', "r.toml:18:1", 'The id "erondu" is used 2 times.'),
        ('id = "which"', 'id = "which one"', "r.toml:18:1", "small letters, digits and hyphens"),
        ("[[change]]", GOOD_KIND + "[[change]]", "r.toml:7:1", 'The id "name" is used 2 times.'),
    ],
)
def test_fault_is_told_at_its_line(old: str, new: str, place: str, said: str) -> None:
    findings = load(GOOD.replace(old, new, 1), "r.toml").findings
    assert (place, True) in [(f.place, said in str(f)) for f in findings]


@pytest.mark.parametrize(
    "deep",
    [
        "x = " + "[" * 500 + "]" * 500,
        "lines = [\n" + "[" * 500 + "1\n" + "]" * 500 + "]",
        "x = " + "{a = " * 500 + "1" + "}" * 500,
    ],
)
def test_brackets_nested_too_deep_are_told(deep: str) -> None:
    (finding,) = load(f"{GOOD_KIND}\n{deep}\n", "r.toml").findings
    assert finding.line == 7 + deep.startswith("lines")
    assert finding.wrong == "The brackets of this file are nested too deep."


@pytest.mark.parametrize("digits", ["1" * 5000, "0x" + "f" * 5000, "-3"])
@pytest.mark.parametrize("line", ["lines = [27, 31]", 'id = "erondu"'])
def test_numbers_that_are_none_of_a_line_are_told(line: str, digits: str) -> None:
    written = f"{line.partition(' ')[0]} = [{digits}]"
    found = load(GOOD.replace(line, written, 1), "r.toml").findings
    number = GOOD[: GOOD.index(line)].count("\n") + 1
    assert [one.line for one in found] == [number]
    assert "Exceeds the limit" in str(found[0]) or "has a wrong value for" in str(found[0])


@pytest.mark.parametrize("head", ["", "[[kind]]\n"])
def test_many_unknown_lines_are_found_in_one_walk(head: str) -> None:
    """Quadratic time would take minutes; the limit is far above what is needed."""
    many = 30_000
    before = time.process_time()  # counts the same on a busy machine
    found = load(head + "".join(f"x{n} = {n}\n" for n in range(many)), "r.toml").findings
    assert time.process_time() - before < 60
    places = [(one.line, str(one)) for one in found if "x" in one.words]
    assert len(places) == many
    first = head.count("\n") + 1
    assert all(f'"x{line - first}"' in said for line, said in places)


def test_pages_show_the_record(project: Project) -> None:
    project.write("docs/record.toml", GOOD)
    project.append(
        "docs/index.md",
        "\n```{editorial-record} record.toml\n```\n\n```{open-questions} record.toml\n```\n",
    )
    built = project.build("html")
    assert built.status == 0, built.text
    page = (built.out / "index.html").read_text("utf-8")
    for part in (
        "changes, of 1 kinds.",
        '<section id="changes-name">',
        '<li id="change-erondu">',
        "(lines 27 and 31)",
        "<em>journal</em>",
        "Please tell.",
        "Line 45.",
    ):
        assert part in page


def test_pages_share_the_record_by_kinds(project: Project) -> None:
    second = '[[kind]]\nid = "term"\ntitle = "Terms"\nintro = "Two words."\n\n'
    change = GOOD[GOOD.index("[[change]]") : GOOD.index("[[question]]")]
    other = change.replace("erondu", "two").replace('kind = "name"', 'kind = "term"')
    project.write("docs/record.toml", GOOD_KIND + second + change + other)
    shown = "\n```{{editorial-record}} record.toml\n:kinds: {}\n```\n"
    project.append("docs/index.md", shown.format("term\n:brief:"))
    built = project.build("html")
    assert built.status == 0, built.text
    page = (built.out / "index.html").read_text("utf-8")
    assert '<li id="change-two"><p><strong>2. Summary, paragraph 1</strong> (lines 27' in page
    assert "<em>Why:</em> A slip. <em>Evidence:</em> The <em>journal</em>.</p>" in page
    assert "change-erondu" not in page
    project.replace("docs/index.md", ":kinds: term", ":kinds: trem")
    built = project.build("html")
    assert built.status == 1
    message = 'docs/index.md:3: ERROR: The record has no kind "trem". Did you mean "term"?'
    assert message in built.text
    assert "1 finding to mend" in built.text


def test_missing_file_stops_the_build(project: Project) -> None:
    project.append("docs/index.md", "\n```{editorial-record} none.toml\n```\n")
    built = project.build("html")
    assert built.status != 0
    assert "docs/index.md:3: ERROR:" in built.text
    assert "Correct the name of the file in the directive." in built.text


def test_real_record_is_sound_and_covers_every_kind() -> None:
    path = ROOT / "docs" / "editorial-record.toml"
    record = load(path.read_text("utf-8"), "editorial-record.toml")
    assert record.findings == []
    counts = Counter(change.kind for change in record.changes)
    assert set(counts) >= {
        "citation", "missing-entry", "metadata", "support", "cross-reference", "empty-link",
        "structure", "wording", "contradiction", "uncited", "term",
    }  # fmt: skip
    pages = {path.stem for path in (ROOT / "docs").glob("*.md")}
    assert {page for change in record.changes for page in change.pages} <= pages


def test_every_metadata_change_names_a_work_of_the_bibliography() -> None:
    path = ROOT / "docs" / "editorial-record.toml"
    keys = set(read_files([ROOT / "references.bib"]).entries)
    changes = tomllib.loads(path.read_text("utf-8"))["change"]
    for change in changes:
        if change["kind"] == "missing-entry" and "`" in change["ours"]:
            assert any(f"`{key}`" in change["ours"] for key in keys), change["id"]
