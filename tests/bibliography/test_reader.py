"""The .bib reader: every fault is told with its line and what to type."""

from pathlib import Path

import pytest

from sphinx_evidence.bibliography.reader import read, read_files
from sphinx_evidence.bibliography.rules import check_entries

GOOD = """\
@article{a2001,
  title = {A {Proper} name},
  year = {2001},
}

@book{b2002,
  title = {B},
}
"""


def test_good_file_gives_entries_with_their_lines() -> None:
    bibliography = read(GOOD, "x.bib")
    assert bibliography.findings == []
    assert {key: entry.line for key, entry in bibliography.entries.items()} == {
        "a2001": 1,
        "b2002": 6,
    }
    assert bibliography.entries["a2001"].get("title") == "A {Proper} name"
    assert bibliography.entries["a2001"].fields["year"].line == 3
    assert bibliography.entries["a2001"].get("doi") == ""


FAULTS = [
    # what is broken: (old, new, place, in the message, keys that can still be read)
    ("name},", "name,", "x.bib:2:27", "missing } at the end of line 2", ["b2002"]),
    ("name},", "name}", "x.bib:2:27", "comma at the end of line 2", ["b2002"]),
    ("{2001},\n}", "{2001},", "x.bib:3:16", "} on a line of its own after line 3", ["b2002"]),
    ("{2001}", "forthcoming", "x.bib:3:10", "in braces, {forthcoming}, or", ["a2001", "b2002"]),
    ("{A {Proper} name}", "A name}", "x.bib:2:11", "Write title = {A name},", ["b2002"]),
    ("year =", "year", "x.bib:3:8", 'the field "year" has no value', ["b2002"]),
    (
        "year",
        "title",
        "x.bib:3:12",
        'has the field "title" twice (first on line 2)',
        ["a2001", "b2002"],
    ),
    ("@article{a2001,", "@article{", "x.bib:1:1", "The entry has no key", ["b2002"]),
    ("@book", "book", "x.bib:6:1", "stands outside any entry", ["a2001"]),
    ("b2002", "A2001", "x.bib:6:7", "is used twice: first at x.bib:1", ["a2001"]),
    ("{a2001,", "{a 2001,", "x.bib:1:1", "Write the key without spaces, then a comma", ["b2002"]),
    ("{a2001,", "{,", "x.bib:1:1", "The entry has no key", ["b2002"]),
    ("name},", "name}},", "x.bib:2:29", "one } too many", ["a2001", "b2002"]),
    ("{B},\n}", "{B},", "x.bib:7:14", "} on a line of its own after line 7", ["a2001"]),
]


@pytest.mark.parametrize(("old", "new", "place", "said", "keys"), FAULTS)
def test_fault_is_told_and_does_not_hide_the_rest(
    old: str, new: str, place: str, said: str, keys: list[str]
) -> None:
    assert old in GOOD
    bibliography = read(GOOD.replace(old, new, 1), "x.bib")
    assert [(f.place, said in str(f)) for f in bibliography.findings] == [(place, True)]
    assert list(bibliography.entries) == keys


def test_remarks_and_comments_are_no_fault() -> None:
    assert read(f"% a remark\n@comment{{x}}\n{GOOD}", "x.bib").findings == []


def test_key_twice_in_two_files_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("one.bib", "two.bib"):
        (tmp_path / name).write_text(GOOD, "utf-8")
    findings = read_files([tmp_path / "one.bib", tmp_path / "two.bib"]).findings
    assert [f.place for f in findings] == ["two.bib:1:10", "two.bib:6:7"]
    assert "first at one.bib:1" in str(findings[0])


def test_file_that_is_missing_or_not_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "latin.bib").write_bytes(b"@book{a, title = {\xe9},}")
    findings = read_files([tmp_path / "none.bib", tmp_path / "latin.bib", tmp_path]).findings
    assert [f.rule for f in findings] == ["bib-missing", "encoding", "bib-missing"]


def test_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "bom.bib").write_text(GOOD, "utf-8-sig")
    assert read_files([tmp_path / "bom.bib"]).findings == []


def test_a_file_may_abbreviate_for_the_next_one(tmp_path: Path) -> None:
    (tmp_path / "one.bib").write_text("@string{Jex = {Journal of Examples}}", "utf-8")
    (tmp_path / "two.bib").write_text("@misc{a, title = jex}", "utf-8")
    bibliography = read_files([tmp_path / "one.bib", tmp_path / "two.bib"])
    assert bibliography.findings == []
    assert bibliography.entries["a"].get("title") == "Journal of Examples"
    assert "jex" not in read("", "x.bib").macros


def test_the_encoding_of_a_project_is_its_own(tmp_path: Path) -> None:
    path = tmp_path / "x.bib"
    path.write_bytes(b"@misc{a, title = {\xc9tude}}")
    for encoding, rules in (("latin-1", []), ("utf-8-sig", ["encoding"]), ("no", ["bib-missing"])):
        bibliography = read_files([path], encoding=encoding)
        assert [found.rule for found in bibliography.findings] == rules
        assert bool(bibliography.missing) == (encoding == "no")
        # One in another encoding is read all the same, so that what else is wrong is told.
        assert encoding == "no" or bibliography.entries["a"].get("title") == "\u00c9tude"


def test_the_keys_of_what_cannot_be_read_are_known() -> None:
    text = "@misc{a2001,\n  title = {A,\n}\n@misc{\n  title = {B},\n}\n" + "@misc{c}\n"
    bibliography = read(text, "x.bib")
    assert [(one.line, one.keys) for one in bibliography.unread] == [(1, ("a2001",)), (4, ())]
    assert bibliography.may_have("A2001")
    assert not bibliography.may_have("c")
    assert bibliography.unchecked == [
        'the entry "a2001" at x.bib:1, which cannot be read',
        "an entry without a key at x.bib:4, which cannot be read",
    ]


def test_a_parent_that_cannot_be_read_is_not_missed() -> None:
    text = "@book{p,\n  title = {A,\n}\n@misc{a, title = {B}, crossref = {%s}}\n"
    for parent, told in (("P", []), ("q", ["bib-crossref"])):
        found = check_entries(read(text % parent, "x.bib"))
        assert [one.rule for one in found if one.rule == "bib-crossref"] == told
