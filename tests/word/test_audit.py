"""``sphinx-evidence audit paper.docx``: places, reports, a copy with comments, a page, a .bib."""

import io
import json
import re
from pathlib import Path

import docx as word
import pytest
from bs4 import BeautifulSoup

from sphinx_evidence import rulebook
from sphinx_evidence.cli import main
from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.manuscripts.audit import audit
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.word.archive import opened
from sphinx_evidence.word.comments import commented
from sphinx_evidence.word.document import as_document
from sphinx_evidence.word.findings import word_findings
from sphinx_evidence.word.reading import read_word
from sphinx_evidence.word.styles import W
from tests.word.making import (
    complex_field,
    docx,
    item,
    numbering,
    paragraph,
    picture,
    run,
    table,
)

LISTED = paragraph("Alpha, A. (2001) Clouds. ", run("Skies", look="i"), ", 1(2), 3–9.")
CITED = {"citationItems": [{"itemData": {
    "type": "article-journal", "title": "Clouds are counted", "container-title": "Journal of Skies",
    "author": [{"family": "Alpha", "given": "Ann"}], "issued": {"date-parts": [[2001]]},
    "DOI": "10.1234/clouds",
}}]}  # fmt: skip
PAGE = "<w:r><w:lastRenderedPageBreak/></w:r>"


def found(*body: str, **more: dict[str, str]) -> list[Finding]:
    manuscript = read_word(opened(docx(*body, parts=more.get("parts"), links=more.get("links"))))
    document = as_document(manuscript, "paper.docx")
    everything = [*audit(document), *word_findings(manuscript, "paper.docx")]
    return [document.as_seen(one) for one in everything]


def told(*body: str, **more: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(one.rule, one.where, one.words) for one in found(*body, **more)]


def test_places_are_those_that_a_person_sees() -> None:
    body = (
        paragraph("Methods", style="berschrift1"),
        "Clouds (Alpha, 2001) are counted.",
        paragraph(PAGE, "By hand (Beta, 2004), ", run("Gamma et al.", look="i"), " (2006) say."),
        table(("Who",), ("Delta (2008) found it.",)),
        paragraph("References", style="berschrift1"),
        LISTED,
    )
    assert told(*body) == [
        ("manuscript-unlisted", "page 2, “Methods”, paragraph 2", "Beta, 2004"),
        ("manuscript-unlisted", "page 2, “Methods”, paragraph 2", "Gamma et al. (2006)"),
        ("manuscript-unlisted", "page 2, “Methods”, table 1, row 2", "Delta (2008)"),
    ]


def test_notes_are_audited_at_their_call() -> None:
    note = f'<w:footnote w:id="2">{paragraph("See Beta (2004).")}</w:footnote>'
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = (paragraph("Clouds (Alpha, 2001)", call, "."), paragraph("References"), LISTED)
    assert told(*body, parts={"footnotes": note}) == [
        ("manuscript-unlisted", "note 1", "Beta (2004)")
    ]


def test_lists_are_cited_by_the_numbers_that_word_prints() -> None:
    body = (
        paragraph("Clouds", run("1,3", look="raised"), " are counted [2]."),
        paragraph("References", style="berschrift1"),
        item("Alpha A. Clouds. J Skies. 2001;1(2):3-9."),
        item("Beta B. Stars. J Skies. 2004;4(2):5-8."),
    )
    rules = [(one.rule, one.wrong) for one in found(*body, parts={
        "numbering": numbering(("decimal", "%1."))})]  # fmt: skip
    assert rules == [("manuscript-number", "“1,3”: the list has no number 3.")]


def examples() -> list[tuple[rulebook.Explanation, str, bool]]:
    word_rules = [one for one in rulebook.explanations().values() if one.part == "word"]
    return [(one, side, side == one.wrong) for one in word_rules for side in (one.wrong, one.right)]


def made_of(example: str) -> list[Finding]:
    """What is found in an example of the rulebook."""
    body, links = "", {}
    author = 'w:id="7" w:author="Beta"'
    for part in re.split(r"(\{\S\S.*?\S\S\}|\[[^]]+\]\([^)]+\))", example):
        words = part[3:-3]
        if part.startswith("{++"):
            body += f"<w:ins {author}>{run(words)}</w:ins>"
        elif part.startswith("{--"):
            body += f"<w:del {author}><w:r><w:delText>{words}</w:delText></w:r></w:del>"
        elif part.startswith("{>>"):
            body += '<w:r><w:commentReference w:id="7"/></w:r>'
        elif link := re.fullmatch(r"\[(.+)\]\((.+)\)", part):
            links["link1"] = link[2]
            body += f'<w:hyperlink r:id="link1">{run(link[1])}</w:hyperlink>'
        else:
            body += run(part)
    comments = f"<w:comment {author}>{paragraph('Which?')}</w:comment>"
    manuscript = read_word(opened(docx(paragraph(body), parts={"comments": comments}, links=links)))
    return list(word_findings(manuscript, "x"))


@pytest.mark.parametrize(("rule", "example", "wrong"), examples())
def test_examples_of_rules(rule: rulebook.Explanation, example: str, *, wrong: bool) -> None:
    assert {one.rule for one in made_of(example)} == ({rule.rule} if wrong else set())


def test_each_open_change_says_what_to_do() -> None:
    messages = [one.wrong for one in made_of("a {++b++}{--c--}{>>d<<}")]
    read = "It is read as if that were accepted."
    assert messages == [
        f"“b”: inserted by Beta, and not decided. {read}",
        f"“c”: deleted by Beta, and not decided. {read}",
        "Beta has commented: “Which?”.",
    ]


def test_pictures_without_words_and_pictures_elsewhere() -> None:
    body = (paragraph(picture()), paragraph(picture("Rain", how="link", key="image1")))
    rules = [one[0] for one in told(*body, links={"image1": "file:///C:/a/rain.png"})]
    assert rules == ["manuscript-no-list", "image-alt", "word-local"]


def write(tmp_path: Path, *body: str, **more: dict[str, str]) -> Path:
    path = tmp_path / "paper.docx"
    path.write_bytes(docx(*body, parts=more.get("parts"), links=more.get("links")))
    return path


FAULTY = (
    paragraph("Methods", style="berschrift1"),
    "Clouds (Alpha, 2001) are counted by Beta (2004) and by Gamma (2006) <b>.",
    paragraph("References"),
    LISTED,
)


def test_reports_name_the_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, *FAULTY)
    assert main(["audit", str(path), "--reports", str(tmp_path / "reports")]) == 1
    shown = capsys.readouterr().out
    assert "paper.docx:2:37 (“Methods”, paragraph 1): error: “Beta (2004)” leads to" in shown
    finding = json.loads((tmp_path / "reports/output.json").read_text("utf-8"))["findings"][0]
    assert finding["where"] == "“Methods”, paragraph 1"
    sarif = json.loads((tmp_path / "reports/output.sarif").read_text("utf-8"))
    location = sarif["runs"][0]["results"][0]["locations"][0]
    assert location["logicalLocations"] == [{"fullyQualifiedName": "“Methods”, paragraph 1"}]


def marked(data: bytes) -> list[tuple[str, str]]:
    """The words that each comment is at, and its first words."""
    document = word.Document(io.BytesIO(data))
    texts = {str(one.comment_id): one.text for one in document.comments}
    places: dict[str, str] = {}
    running: set[str] = set()
    for element in document.element.body.iter():
        key = element.get(f"{W}id", "")
        if element.tag == f"{W}commentRangeStart":
            running.add(key)
            places[key] = ""
        elif element.tag == f"{W}commentRangeEnd":
            running.discard(key)
        elif element.tag == f"{W}t":
            for one in running:
                places[one] += element.text or ""
    assert places.keys() == texts.keys()
    return sorted((places[key], texts[key][:20]) for key in places)


def test_the_copy_has_a_comment_at_the_words_of_each_finding(tmp_path: Path) -> None:
    path, out = write(tmp_path, *FAULTY), tmp_path / "out.docx"
    before = path.read_bytes()
    assert main(["audit", str(path), "--comments", str(out)]) == 1
    assert marked(out.read_bytes()) == [
        ("Beta (2004)", "“Beta (2004)” leads "), ("Gamma (2006)", "“Gamma (2006)” leads"),
    ]  # fmt: skip
    assert path.read_bytes() == before
    again = read_word(opened(out.read_bytes())).paragraphs
    assert [one.text for one in again] == [one.text for one in read_word(opened(before)).paragraphs]


@pytest.mark.parametrize(
    ("column", "words", "expected"),
    [
        (1, "", "ab cd ef"), (1, "ab", "ab"), (4, "cd", "cd"), (6, "d ef", "d ef"),
        (99, "zz", "ab cd ef"),
    ],
)  # fmt: skip
def test_comments_stand_at_words_over_runs_and_twice_at_the_same(
    column: int, words: str, expected: str
) -> None:
    opened_ = opened(docx(paragraph(run("ab c"), run("d ef", look="b"))))
    one = Finding("x", 1, Rule.MANUSCRIPT_YEAR, "Wrong.", "Right.", column, words)
    made = marked(commented(opened_, read_word(opened_), [one, one]))
    assert [place for place, _ in made] == [expected, expected]


def test_comments_on_nothing_on_notes_pictures_and_deleted_words() -> None:
    note = f'<w:footnote w:id="2">{paragraph("See Beta (2004).")}</w:footnote>'
    gone = '<w:del w:id="1" w:author="B"><w:r><w:delText>old</w:delText></w:r></w:del>'
    opened_ = opened(docx(
        paragraph("a", '<w:r><w:footnoteReference w:id="2"/></w:r>'), paragraph(picture()),
        paragraph(gone, "<w:r><w:tab/></w:r>"), parts={"footnotes": note},
    ))  # fmt: skip
    manuscript = read_word(opened_)
    findings = [Finding("x", n, Rule.MANUSCRIPT_YEAR, "W.", "R.", 1, "zz") for n in (2, 3, 4, 9)]
    assert len(marked(commented(opened_, manuscript, findings))) == 4


def test_the_page_is_inert_and_says_all(tmp_path: Path) -> None:
    path = write(
        tmp_path, paragraph(run("<script>alert(1)</script>"), style="berschrift1"), *FAULTY[1:]
    )
    out = tmp_path / "out.html"
    assert main(["audit", str(path), "--html", str(out)]) == 1
    text = out.read_text("utf-8")
    page = BeautifulSoup(text, "html.parser")
    assert page.find("script") is None
    assert "<strong>“&lt;script&gt;alert(1)&lt;/script&gt;”, paragraph 1</strong>" in text
    assert page.html
    assert page.html["lang"] == "en-GB"
    assert [one.name for one in page.find_all(re.compile("h[1-6]"))] == ["h1", "h2"]
    assert len(page.find_all("li")) == 2
    assert not page.find_all(src=True)
    assert not page.find_all(href=True)


def test_the_bib_is_of_the_fields_and_then_of_the_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = f"ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(CITED)}"
    path = write(
        tmp_path,
        paragraph(complex_field(code, "(Alpha, 2001)"), " and Beta (2004)"),
        paragraph("References"),
        "Alpha, A. (2001) Clouds are counted, by hand and by eye. Skies, 1(2), 3–9.",
        "Beta, B. (2004) Stars. Skies, 4(2), 5–8.",
        "Delta, D. (2001) Clouds are counted. Skies, 2(2), 5–8.",
    )
    out = tmp_path / "out.bib"
    assert main(["audit", str(path), "--bib", str(out)]) == 0, capsys.readouterr().out
    text = out.read_text("utf-8")
    assert text.count("@") == 3
    assert "author = {Alpha, Ann}" in text
    assert "doi = {10.1234/clouds}" in text
    assert "@article{beta2004," in text


@pytest.mark.parametrize("option", ["bib", "comments", "html"])
def test_no_file_is_overwritten(
    option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = write(tmp_path, *FAULTY), tmp_path / "out"
    out.write_text("mine", "utf-8")
    assert main(["audit", str(path), f"--{option}", str(out)]) == 1
    assert out.read_text("utf-8") == "mine"
    assert f"Give --{option} the name of a new file." in capsys.readouterr().err


def test_only_word_takes_comments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = tmp_path / "paper.md", tmp_path / "out.docx"
    path.write_text("Clouds.", "utf-8")
    assert main(["audit", str(path), "--comments", str(out)]) == 1
    assert "only a .docx takes comments." in capsys.readouterr().err
    assert not out.exists()


def test_without_the_library_it_is_said_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    assert main(["audit", str(write(tmp_path, *FAULTY))]) == 1
    assert "Type: pip install 'sphinx-evidence[word]'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("file:///C:/a/b.docx", "leads to “b.docx” on somebody’s own computer."),
        ("C:\\a\\b.docx", "leads to “b.docx” on somebody’s own computer."),
        ("10.1234/a.b", "as its address, which leads nowhere. Write https://doi.org/10.1234/a.b"),
        ("clouds.html", "as its address, which leads nowhere. Give the address of a public page"),
        ("https://example.org", ""), ("mailto:a@example.org", ""), ("?tab=t.0#heading", ""),
    ],
)  # fmt: skip
def test_links_that_lead_nowhere(address: str, said: str) -> None:
    link = f'<w:hyperlink r:id="link1">{run("a")}</w:hyperlink>'
    manuscript = read_word(opened(docx(paragraph(link), links={"link1": address})))
    messages = [str(one) for one in word_findings(manuscript, "x")]
    assert (said in messages[0]) if said else messages == []


def test_numbers_in_round_brackets_cite_where_a_field_says_so() -> None:
    code = f"ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(CITED)}"
    body = (
        paragraph("Clouds ", complex_field(code, "(1,3)"), " are counted (2)."),
        paragraph("References", style="berschrift1"),
        "1. Alpha A. Clouds. J Skies. 2001;1(2):3-9.",
        "2. Beta B. Stars. J Skies. 2004;4(2):5-8.",
    )
    assert [(one.rule, one.wrong.partition(": ")[2]) for one in found(*body)][:1] == [
        ("manuscript-number", "the list has no number 3.")
    ]


def test_spaces_that_do_not_part_are_spaces() -> None:
    body = (
        "See Table\u00a01, after Alpha\u00a0(2001).",
        "Table\u202f1: Clouds",
        "References",
        LISTED,
    )
    assert told(*body) == []
