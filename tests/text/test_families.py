"""Without Sphinx, too, findings have the line and column of an editor."""

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_evidence.bibliography.check import check_files
from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.diagnostics.fixes import apply_fixes
from sphinx_evidence.links import ledger
from sphinx_evidence.links.places import Places
from sphinx_evidence.manuscripts.audit import audit
from sphinx_evidence.manuscripts.plain_text import read as read_document
from sphinx_evidence.network.ledgers import LedgerFault
from sphinx_evidence.record.data import load
from sphinx_evidence.reports import Report
from sphinx_evidence.reports.text import render
from sphinx_evidence.rulebook.rule import Rule, Severity
from sphinx_evidence.style.page import read
from sphinx_evidence.style.settings import StyleSettings
from sphinx_evidence.style.writing import check_page
from tests.projects import WORKS

INSIDE = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
SPACES = st.text(alphabet=f" \u00a0{INSIDE}", min_size=1, max_size=3).filter(
    lambda spaces: spaces == " " or spaces.strip(" ")  # two spaces are a finding of the layout
)
FORMS = [(character, "\n", "") for character in INSIDE] + [("\u2028", "\r\n", "\ufeff")]
# In each, ¤ becomes the character, and » marks the place of a finding of a rule.
BIB = """\
% evidence-ignore: bib-doi -- the¤number¤is¤printed so
@article{a2001,
  author = {Alpha, A.},
  title = {Words¤and¤words},
  year = {2001},
  journal = {Journal of¤Examples},
  doi = {11.1/x},
}

@article{b2002,
  author = {Beta, B.},
  title = {Other words},
  year = {2002},
  journal = {Other¤Journal},
  doi = {»11.1/y},
  note = {A¤b},
}
"""
SYNTAX = "@misc{a,\n  title = {A¤b¤c},\n}\n\n% a¤b\n@misc{b,\n  title = »Words},\n}\n"
RECORD = """\
# On¤kinds
[[kind]]
id = "a"
title = "Words¤and\u0085words"
intro = "I"

[[kind]]
»id = "A B"
title = "T"
intro = "I"
"""
PAPER = """\
# A¤paper

Words¤of one (Alpha, 2001), and¤another (»Beta, 2002).

## References

Alpha, A. (2001) Words¤and words. Journal of Examples 1.
"""
PAGE = "# A¤page\n\nWords¤before. »A second sentence.\n"


def of_style(path: Path) -> Iterable[Finding]:
    page = read(path.read_text("utf-8"))
    found = check_page(page, "a.md", StyleSettings())
    return (finding for finding in found if finding.rule == "style-sentence")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("template", "rule", "check"),
    [
        (BIB, "bib-doi", lambda path: check_files([path])[0]),
        (SYNTAX, "bib-syntax", lambda path: check_files([path])[0]),
        (RECORD, "record-id", lambda path: load(path.read_text("utf-8-sig"), "r.toml").findings),
        (
            PAPER,
            "manuscript-unlisted",
            lambda path: audit(read_document(path.read_bytes().decode(), "p.md")),
        ),
        (PAGE, "style-sentence", of_style),
    ],
    ids=["bib", "syntax", "record", "manuscript", "style"],
)
def test_one_finding_at_its_place(
    template: str,
    rule: str,
    check: Callable[[Path], Iterable[Finding]],
    form: tuple[str, str, str],
    tmp_path: Path,
) -> None:
    character, end, mark = form
    if template is RECORD and character < " ":
        character = "\u2028"  # TOML allows no character of control
    text = template.replace("¤", character)
    at = text.index("»")
    want = (rule, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    path = tmp_path / "x"
    path.write_text(mark + text.replace("»", "").replace("\n", end), "utf-8", newline="")
    assert [(found.rule, found.line, found.column) for found in check(path)] == [want]


@settings(deadline=None)
@given(SPACES, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["", "\ufeff"]))
def test_a_sound_bibliography_has_no_finding(spaces: str, end: str, mark: str) -> None:
    text = WORKS.replace("A vision", f"A{spaces}vision").replace("of Ex", f"of{spaces}Ex")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.bib")
        path.write_text(mark + text.replace("\n", end), "utf-8", newline="")
        assert check_files([path]) == ([], 2, [])


def test_bytes_that_are_no_utf8(tmp_path: Path) -> None:
    path = tmp_path / "x.bib"
    path.write_bytes("\ufeff% a\u2028b\r\r\n% é ".encode() + b"\xe9")
    (found,) = check_files([path])[0]
    assert (found.rule, found.line, found.column) == ("encoding", 3, 5)


def test_a_fault_of_the_ledger(tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    path.write_text('{"version": 1, "links": {"https://a\u2028b": {},\n"https://c": 1}}', "utf-8")
    with pytest.raises(LedgerFault) as raised:
        ledger.read(path)
    assert raised.value.finding.line == 2


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_link(end: str, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    text = f"Words\u2028before\x0c{end}{end}one{end}in\u2028[a](https://example.org/a)."
    path.write_text(text, "utf-8", newline="")
    uri = "https://example.org/a"
    use = Places().use(uri, uri, path, 3, bare=False)
    assert (use.line, use.column) == (4, 8)


def test_the_report_shows_the_line_below_a_byte_order_mark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.bib").write_text("\ufeffa\u2028b\n", "utf-8")
    found = Finding("x.bib", 1, Rule.BIB_STRAY, "Wrong.", "Right.", 3, "b")
    text = render(Report.of([found], {Rule.BIB_STRAY: Severity.ERROR}, {}), colour=False)
    assert "\n  a\\u2028b\n         ^\n" in text  # where some logs would end the line


def test_a_diff_parts_lines_only_where_they_end(tmp_path: Path) -> None:
    path = tmp_path / "x.bib"
    path.write_text("a\u2028b\nc\x0cd\n", "utf-8")
    found = Finding("x.bib", 1, Rule.BIB_ORDER, "", "", rewrite=lambda text: text.replace("d", "e"))
    diff, count = apply_fixes([found], tmp_path)
    assert count == 1
    assert diff.endswith(" a\u2028b\n-c\x0cd\n+c\x0ce\n")


def test_a_line_that_is_not_laid_out(tmp_path: Path) -> None:
    path = tmp_path / "x.bib"
    path.write_text(WORKS.replace("  title = {A vision}", "   title = {A\u2028 vision}"), "utf-8")
    (found,) = check_files([path])[0]
    assert (found.rule, found.line, found.column) == ("bib-layout", 3, 4)
    assert found.words == "title = {A\u2028 vision},"
