"""A project that is imported builds at once, says what the document says, and accounts for all."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from sphinx_evidence.cli import main
from tests.projects import Built, Project
from tests.word.making import (
    complex_field,
    docx,
    item,
    numbering,
    paragraph,
    picture,
    run,
    table,
    text_box,
)

# What Markdown, MyST or Sphinx would take for markup, in words that a document may hold.
WORDS = (
    "# no heading", "1. no item", "12) no item", "- no item", "+ no item", "* no item", "> quote",
    "*no* _look_ **here** __at__ all", "`code` ``more``", "{cite:p}`none2001`", "{raw} html",
    "[text](http://example.org) [a][b] [c]", "![alt](x.png)", "<b>bold</b> <!-- gone -->",
    "<script>alert(1)</script>", "&amp; &lt; &copy;", "back\\slash \\* end\\", "a | b | c",
    "| a | b |", "$x$ and $$y$$", "~~struck~~ H~2~O x^2^", "% no comment", "+++", "---", "===",
    "::: no fence", "```python", "````", "~~~", "(target)=", ":field: no", "term\n: definition",
    "[^1] no note", "[^1]: no note", "(c) (tm) -- ...", "{numref}`x`", "Table 9 and Figure 9",
    "@title@ @needs@", "see |sub| and `ref`_ and word_", "http://a.example/x_y_(z)*q*.", "a  b",
    "{{ jinja }} {% raw %}", "\u200b\u200ezero", "\U0001f600 ünïcödé", "'single' \"double\"", "…",
    "1986. A great year", "I. Alpha", "<https://example.org> <mailto:a@example.org>",
)  # fmt: skip
# What Sphinx sets as a printer would: quotation marks, dashes and dots.
SET = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "."})
ALTS = (
    "a: b # c",
    '"quoted',
    "| pipe",
    "[x]",
    "> fold",
    "- item",
    "{cite:p}`x`",
    "'",
    "a\n\nb",
    "%",
    "*a*",
)
LISTED = (
    "Alpha, A. (2001) Clouds. Skies, 1(2), 3–9.",
    "Beta, B. and Delta, D. (2004) Stars. Skies, 4(2), 5–8.",
)
CITED = {"citationItems": [{"itemData": {
    "type": "book", "title": "Field work", "author": [{"family": "Zeta", "given": "Zoe"}],
    "issued": {"date-parts": [[2011]]}, "publisher": "Press",
}}]}  # fmt: skip
CODE = f"ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(CITED)}"
NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
PARTS = {
    "numbering": numbering(("decimal", "%1."), ("bullet", "")),
    "footnotes": f'<w:footnote w:id="2">{paragraph("As Beta and Delta (2004) say.")}</w:footnote>',
}
PAPER = (
    paragraph("Counting the sky", NOTE, style="TitleA"),
    "The World Meteorological Organization (WMO) counts clouds (Alpha, 2001).",
    paragraph("1. Methods", style="berschrift1"),
    paragraph("Alpha (2001, p. 5) counts", NOTE, ", and so do others (see Alpha, 2001; ",
              "Beta and Delta, 2004)."),
    paragraph("By hand ", complex_field(CODE, "(Zeta, 2011)"), "."),
    "Others (Gamma, 1999) differ, as Table 1, Box 1 and Figure 1 show, but not Table 7.",
    item("first"), item("inner", number=2, level=1), item("second"),
    paragraph("Rain", style="berschrift2"),
    paragraph("Table 1: Clouds by month, after Alpha (2001)", style="Beschriftung"),
    table(("Month", "Clouds"), ("May", "7"), header=True),
    paragraph(run("bold", look="b"), " and ", run("slanted", look="i"),
              run("2", look="raised"), "."),
    "Box 1. What a cloud is",
    table((paragraph("A cloud is a cloud (Alpha, 2001).") + item("grey") + item("white"),)),
    paragraph(text_box(paragraph("Aside."))),
    paragraph(picture("Grey clouds")),
    paragraph("Figure 1. The clouds", style="Beschriftung"),
    paragraph("Results", style="berschrift1"),
    *(paragraph(run(words)) for words in WORDS),
    *(paragraph(picture(words)) for words in ALTS),
    *(paragraph(run(words), style="berschrift2") for words in WORDS),
    table(*((paragraph(run(words)), "x") for words in WORDS)),
    *(item(run(words)) for words in WORDS),
    *(table((paragraph(run(words)),)) for words in WORDS),
    paragraph("References", style="berschrift1"),
    *LISTED,
    "nothing that is a work, it has no year and it is rather long for that",
)  # fmt: skip


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Project:
    root = tmp_path_factory.mktemp("import")
    paper = root / "paper.docx"
    paper.write_bytes(docx(*PAPER, parts=PARTS))
    assert main(["import", str(paper), str(root / "new")]) == 0
    return Project(root / "new")


@pytest.fixture(scope="module")
def html(imported: Project) -> Built:
    built = imported.build("html")
    assert (built.status, built.text) == (0, "")
    return built


def folded(text: str) -> str:
    """Words without what cannot be seen, and with signs as they are typed."""
    seen = "".join(one if one.isprintable() else " " for one in text).translate(SET)
    return " ".join(re.sub(r"-+|\.{3}", lambda found: found[0][0], seen).split())


def shown(built: Built, page: str) -> BeautifulSoup:
    return BeautifulSoup((built.out / f"{page}.html").read_text("utf-8"), "html.parser")


def test_what_is_left_is_listed_and_stops_nothing(imported: Project) -> None:
    built = imported.build("citations")
    assert built.status == 0, built.text
    told = json.loads((built.out / "output.json").read_text("utf-8"))["findings"]
    assert ("methods.md", "(Gamma, 1999)") in {
        (Path(one["path"]).name, one["words"]) for one in told
    } or "Gamma, 1999" in str(told)


def test_words_are_words_whatever_signs_are_in_them(html: Built) -> None:
    page = shown(html, "results")
    for script in page.find_all("script"):
        assert "alert" not in script.text
    text = folded(page.text)
    for words in WORDS:
        assert text.count(folded(words)) >= 4, words  # in a paragraph, a table, a list and a box


def test_headings_are_the_words_too(html: Built) -> None:
    found = {folded(one.text.rstrip("¶")) for one in shown(html, "results").find_all("h2")}
    for words in WORDS:
        without = re.sub(r"^(?:\d{1,2}\.?)+\s+", "", folded(words))  # as Word numbers them
        assert {folded(words), without} & found, words


def test_pictures_have_the_words_that_they_had(html: Built) -> None:
    alts = [one.get("alt") for one in shown(html, "results").find_all("img")]
    assert alts == [" ".join(words.split()) for words in ALTS]


def test_citations_are_links_where_they_are_certain(imported: Project) -> None:
    page = (imported.root / "docs/methods.md").read_text("utf-8")
    for role in (
        "{cite:t}`alpha2001{p. 5}` counts[^1], and", "others {cite:p}`{see}alpha2001,beta2004`.",
        "By hand {cite:p}`zeta2011`.", "Others (Gamma, 1999) differ",
        "as {numref}`table-1`, {numref}`box-1` and {numref}`figure-1` show, but not Table 7.",
        "[^1]: As {cite:t}`beta2004` say.", "# Methods", "## Rain", "{sup}`2`",
        "1. first\n   - inner\n2. second",
    ):  # fmt: skip
        assert role in page, page


def test_tables_boxes_and_figures_are_numbered(html: Built) -> None:
    page = shown(html, "methods")
    captions = [
        " ".join(one.text.split()).rstrip("¶ #") for one in page.select(".caption-text, .box-title")
    ]
    assert captions[:1] == ["Clouds by month, after Alpha (2001)"], captions
    assert any("What a cloud is" in one for one in captions)
    assert "The clouds" in captions
    assert [one.text for one in page.select("table th")] == ["Month", "Clouds"]
    image = page.find("img")
    assert image
    assert image["alt"] == "Grey clouds"


def test_works_of_fields_and_of_the_list(imported: Project) -> None:
    text = (imported.root / "references.bib").read_text("utf-8")
    assert re.findall(r"^@\w+\{(.*),$", text, re.MULTILINE) == ["alpha2001", "beta2004", "zeta2011"]
    assert "nothing that is a work" in (imported.root / "docs/references.md").read_text("utf-8")


def test_acronyms_that_the_text_explains_are_a_glossary(imported: Project) -> None:
    text = (imported.root / "docs/glossary.md").read_text("utf-8")
    assert "WMO\n  World Meteorological Organization\n" in text


def test_every_paragraph_is_accounted_for(imported: Project) -> None:
    text = (imported.root / "IMPORT.md").read_text("utf-8")
    numbers = [int(n) for n in re.findall(r"^- (\d+): ", text, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > len(PAPER)


def test_what_builds_it_is_well_formed(imported: Project) -> None:
    compile((imported.root / "noxfile.py").read_text("utf-8"), "noxfile.py", "exec")
    groups = tomllib.loads((imported.root / "pyproject.toml").read_text("utf-8"))
    assert groups["dependency-groups"]["docs"][0].startswith("sphinx-evidence[docx,links,word]")
    assert 'project = "Counting the sky"' in (imported.root / "conf.py").read_text("utf-8")
    names = {path.relative_to(imported.root).as_posix() for path in imported.root.rglob("*.*")}
    assert names >= {".github/workflows/check.yml", ".gitignore", "CONTRIBUTING.md", "README.md"}
    assert not any("@" in name or name.endswith(".in") for name in names)


def pages_of(tmp_path: Path, *body: str) -> dict[str, str]:
    """The pages of a document, by their names."""
    paper = tmp_path / "paper.docx"
    paper.write_bytes(docx(*body))
    assert main(["import", str(paper), str(tmp_path / "new")]) == 0
    return {page.stem: page.read_text("utf-8") for page in (tmp_path / "new/docs").glob("*.md")}


def test_a_title_in_the_style_of_a_heading_is_no_page(tmp_path: Path) -> None:
    pages = pages_of(
        tmp_path,
        paragraph("Counting the sky", style="berschrift1"), "Words.",
        paragraph("Well-known and wet/dry skies", style="berschrift2"), "More words.",
    )  # fmt: skip
    assert "# Counting the sky\n\nWords." in pages["index"]
    assert pages["well-known-and-wet-dry-skies"].startswith("# Well-known and wet/dry skies\n")


def test_captions_stand_above_tables_or_below_them(tmp_path: Path) -> None:
    page = pages_of(
        tmp_path,
        paragraph("Sky", style="TitleA"), "As Table 1 and Table 2 show.",
        table(("May", "7"), ("June", "8")), "Table 1: Clouds",
        table(("May", "1"), ("June", "2")), "Table 2: Rain", "Words.",
    )["index"]  # fmt: skip
    assert "````{list-table} Clouds\n:name: table-1\n" in page
    assert "````{list-table} Rain\n:name: table-2\n" in page
    assert "{numref}`table-1` and {numref}`table-2`" in page
    assert "Table 1:" not in page
