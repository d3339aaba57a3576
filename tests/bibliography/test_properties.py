"""Properties of the .bib reader and its rules: any text, and any bibliography that is valid."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_evidence.bibliography import rules
from sphinx_evidence.bibliography.layout import laid_out
from sphinx_evidence.bibliography.order import in_order
from sphinx_evidence.bibliography.reader import LARGEST, Entry, Field, read, read_files
from sphinx_evidence.diagnostics import fixes
from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.rulebook.rule import Rule
from tests.projects import ROOT

# Pieces of .bib files, so that most texts are nearly right.
PIECES = st.sampled_from([
    "@", "@article{", "@misc(", "@string{", "@comment{", "@preamble{", "a2001", ",", "\n", "\r\n",
    " ", "{", "}", ")", "(", '"', "#", "=", "title = ", "author = ", "doi = {", "pages = {303-14}",
    "year", "20", "and", " and ", "%", "\\", "é", "\x00", "\u202e", "\ufeff", "\\'{\\i}", "&amp;",
    "urldate = {1 May 2020}", "crossref = {a2001}", "isbn = {", "Smith, J.", "jan", "% evidence",
])  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))

KEYS = st.from_regex(r"[a-z][a-z0-9:_-]{0,8}", fullmatch=True)
NAMES = st.sampled_from(["author", "title", "journal", "note", "pages", "doi", "url", "isbn", "x"])
# No letter of TeX's own in plain values; braces come in pairs.
WORDS = st.text(
    st.characters(exclude_characters='{}\\%"', exclude_categories=("C", "Z")),
    min_size=1,
    max_size=9,
)
VALUES = st.lists(st.one_of(WORDS, WORDS.map(lambda word: f"{{{word}}}")), max_size=5).map(" ".join)
FIELDS = st.dictionaries(NAMES, VALUES, max_size=6)
ENTRIES = st.dictionaries(KEYS, st.tuples(st.sampled_from(["article", "misc"]), FIELDS), max_size=6)

# Values that a certain replacement mends, beside some that need none.
MENDABLE = {
    "doi": ["https://doi.org/10.1234/a", "doi:10.1234/b.", "10.1234/c"],
    "pages": ["303-14", "1203--4, 1210-1", "pp. 3--9", "e303-14", "3--9"],
    "volume": ["vol. 3", "3"],
    "urldate": ["12 March 2012", "March 1st, 2013", "2014-01-02"],
    "author": ["Li, W. and Sample, A., Jr.", "Li, W., and Sample, B.", "Li, W. and Other, C."],
}
MENDED = {"bib-doi", "bib-pages-short", "bib-number", "bib-urldate-form", "bib-author"}


def bib(entries: dict[str, tuple[str, dict[str, str]]]) -> str:
    made = (
        Entry(key, kind, "", 0, {name: Field(value, 0) for name, value in fields.items()})
        for key, (kind, fields) in entries.items()
    )
    return "\n".join(map(laid_out, made))


def content(text: str) -> dict[str, tuple[str, dict[str, str]]]:
    bibliography = read(text, "x.bib")
    assert bibliography.findings == []
    return {
        key: (entry.type, {name: field.value for name, field in entry.fields.items()})
        for key, entry in bibliography.entries.items()
    }


def found_in(path: Path, text: str) -> list[Finding]:
    path.write_text(text, "utf-8", newline="")
    bibliography = read_files([path])
    return [*bibliography.findings, *rules.check_entries(bibliography)]


@given(TEXTS)
def test_any_text_gives_findings_at_places_that_are_there(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = found_in(Path(folder, "x.bib"), text)
    lines = re.split(r"\r\n?|\n", text)
    for finding in found:
        assert isinstance(finding.rule, Rule)
        assert finding.wrong
        assert finding.remedy
        assert 1 <= finding.line <= len(lines)
        # One more: behind the last letter, where something is missing; one for a mark at the start.
        assert 0 <= finding.column <= len(lines[finding.line - 1]) + 2
        if finding.edit:
            assert text[finding.edit.start : finding.edit.end]


@given(ENTRIES)
def test_what_is_laid_out_is_read_as_it_was(
    entries: dict[str, tuple[str, dict[str, str]]],
) -> None:
    assert content(bib(entries)) == entries


@given(ENTRIES)
def test_each_value_is_found_where_it_stands(
    entries: dict[str, tuple[str, dict[str, str]]],
) -> None:
    text = bib(entries)
    lines = text.split("\n")
    for entry in read(text, "x.bib").entries.values():
        assert lines[entry.key_line - 1][entry.key_column - 1 :].startswith(entry.key)
        for field in entry.fields.values():
            assert lines[field.line - 1][field.column - 1 :].startswith(field.value)


@given(ENTRIES)
def test_sorting_keeps_every_entry_and_is_done_once(
    entries: dict[str, tuple[str, dict[str, str]]],
) -> None:
    text = bib(entries)
    ordered = in_order(text)
    assert content(ordered) == entries
    assert in_order(ordered) == ordered
    assert list(read(ordered, "x").entries) == sorted(entries, key=str.casefold)


@given(TEXTS)
def test_sorting_loses_nothing_of_any_text(text: str) -> None:
    ordered = in_order(text)
    assert sorted(ordered) == sorted(text)
    assert in_order(ordered) == ordered


@settings(max_examples=50)
@given(
    st.fixed_dictionaries({}, optional={n: st.sampled_from(v) for n, v in MENDABLE.items()}),
    st.sampled_from(["\n", "\r\n", " "]),
    st.sampled_from(["", "\ufeff"]),
)
def test_certain_edits_leave_no_finding_of_their_rules_and_change_nothing_else(
    fields: dict[str, str], end: str, mark: str
) -> None:
    # The note repeats every value: it stands before, and stays.
    note = " ".join(fields.values()) or "x"
    inside = "".join(f"{end}{name} = {{{value}}}," for name, value in fields.items())
    text = f"{mark}@misc{{a,{end}title = {{A}}, note = {{{note}}},{inside}{end}}}"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.bib")
        edits = [finding.edit for finding in found_in(path, text) if finding.edit]
        mended = fixes.apply_edits(text, edits)
        left = {finding.rule for finding in found_in(path, mended)}
    assert not left & MENDED
    before, after = (content(t.removeprefix(mark))["a"][1] for t in (text, mended))
    changed = {name for name in before if before[name] != after[name]}
    assert list(before) == list(after)
    assert len(edits) == len(changed)
    assert changed <= set(MENDABLE)


HOSTILE = {
    "one field many times": "@misc{a, " + "f = {x}, " * 75_000 + "}",
    "one entry many times": "@misc{a,\n  title = {x},\n}\n\n" * 15_000,
    "many parts": '@misc{a, title = "x"' + ' # "y"' * 150_000 + "}",
    "many people": "@misc{a, title = {x}, author = {" + "and " * 25_000 + "}}",
    "one title": "".join(
        f"@misc{{a{i},\n author = {{Li, W.}},\n title = {{The very same words of a title}},\n}}\n"
        for i in range(2_500)
    ),
    "many crossrefs": "".join(
        f"@misc{{a{i},\n title = {{x}},\n crossref = {{b{i}}},\n}}\n" for i in range(2_500)
    ),
    "one long way": "".join(
        f"@misc{{a{i},\n title = {{x}},\n crossref = {{a{i + 1}}},\n}}\n" for i in range(2_500)
    ),
    "one long number": "@article{a, pages = {" + "1" * 400_000 + "}}",
    "open comments": "@comment{\n" * 20_000,
    "deep braces": "@misc{a, title = {" + "{" * 50_000,
    "too large": "@misc{a}\n" * (LARGEST // 9 + 1),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_ends_with_a_result(name: str, tmp_path: Path) -> None:
    """Quadratic time would take these minutes; the limit is far above what they need."""
    (tmp_path / "x.bib").write_text(HOSTILE[name], "utf-8")
    before = getrusage(RUSAGE_CHILDREN).ru_utime  # counts the same on a busy machine
    run = subprocess.run(
        [sys.executable, "-m", "sphinx_evidence", "bib", "x.bib"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert getrusage(RUSAGE_CHILDREN).ru_utime - before < 60
    assert run.stderr == ""
    assert re.search(r"1 file: .*\.$", run.stdout)


@pytest.mark.parametrize("kind", ["loop", "pipe", "folder"])
def test_what_is_no_file_is_told(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path("x.bib")
    if kind == "loop":
        path.symlink_to("x.bib")
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    (finding,) = read_files([path.absolute()]).findings
    assert (finding.place, finding.rule) == ("x.bib:1", "bib-missing")
    assert finding.remedy == "Give the name of a .bib file that is there."
