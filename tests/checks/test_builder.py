"""The builder ``citations``: both directions, true places, five reports, silence and mending."""

import json
import re
from xml.etree import ElementTree as ET

import pytest

from tests.projects import WORKS, Project

USED = "\n{cite:p}`leamy2011,anthony1993`\n\n```{bibliography}\n```\n"


@pytest.fixture
def cited(project: Project) -> Project:
    """A project whose bibliography is used and listed."""
    project.write("references.bib", WORKS)
    project.write("docs/index.md", f"# Sample\n{USED}")
    return project


def findings(project: Project) -> list[dict[str, object]]:
    content = json.loads((project.root / "build/citations/output.json").read_text("utf-8"))
    return list(content["findings"])


def test_clean_project(cited: Project) -> None:
    built = cited.build("citations")
    assert built.status == 0, built.text
    assert findings(cited) == []


MYST = """\
# Sample

As ``Leamy et al. (2011)`` in code and *Leamy* et al. (2011) say,
known well (Anthony,
1993; see Leamy et al., 2012) and in Sydney (2000).

| a | b |
| --- | --- |
| x | (Anthony, 1993) |

Term
: A definition by Anthony (1993, p. 3).

```{note}
Anthony's (1993) account; @leamy2011.
```

## The words of Leamy et al. (2011)

> Quoted: Leamy et al. (2011) say it (Anthony, 1993).
"""
RST = """\
More
====

As ``Leamy et al. (2011)`` in code and *Leamy* et al. (2011) say,
known well (Anthony,
1993).

* item (Anthony, 1993)

.. note:: Anthony (1993) says

.. list-table::

   * - Leamy et al. (2011)
"""


def test_true_places_in_both_markups(cited: Project) -> None:
    cited.write("docs/index.md", MYST + "\n```{toctree}\nmore\n```\n" + USED)
    cited.write("docs/more.rst", RST)
    built = cited.build("citations")
    assert built.status == 1
    found = {(f["path"], f["line"], f["column"], f["rule"], f["words"]) for f in findings(cited)}
    page, more, plain = "docs/index.md", "docs/more.rst", "citation-plain"
    assert {item for item in found if not str(item[3]).startswith("crossref")} == {
        (page, 3, 40, plain, "*Leamy* et al. (2011)"),
        (page, 4, 13, plain, "Anthony,\n1993"),
        (page, 5, 11, "citation-unmatched", "Leamy et al., 2012"),
        (page, 9, 8, plain, "Anthony, 1993"),
        (page, 12, 19, plain, "Anthony (1993, p. 3)"),
        (page, 15, 1, plain, "Anthony's (1993)"),
        (page, 15, 27, "citation-pandoc", "@leamy2011"),
        (page, 18, 17, "citation-heading", "Leamy et al. (2011)"),
        (page, 20, 39, plain, "Anthony, 1993"),
        (more, 4, 40, plain, "*Leamy* et al. (2011)"),
        (more, 5, 13, plain, "Anthony,\n1993"),
        (more, 8, 9, plain, "Anthony, 1993"),
        (more, 10, 11, plain, "Anthony (1993)"),
        (more, 14, 8, plain, "Leamy et al. (2011)"),
    }
    again = cited.build("citations", "-j", "2")
    assert again.status == 1
    assert again.text == built.text  # told again, although no page was read again


def test_every_report_of_one_run(cited: Project) -> None:
    cited.append("docs/index.md", "\nAs Leamy et al. (2011) say.\n")
    built = cited.build("citations", GITHUB_ACTIONS="true")
    assert built.status == 1
    assert re.search(
        r"docs/index\.md:8:4: error: “Leamy et al\. \(2011\)” is typed as plain words.*"
        r"Write \{cite:t\}`leamy2011`\. \[evidence\.citation-plain\]\n"
        r"  As Leamy et al\. \(2011\) say\.\n"
        r"     \^~~~~~~~~~~~~~~~~~~\n"
        r"  Why: ",
        built.text,
    )
    assert "2 citations, 2 works, 1 page: 1 error, no warning." in built.text
    assert "::error file=docs/index.md,line=8,title=citation-plain,col=4::" in built.text
    sarif = json.loads((built.out / "output.sarif").read_text("utf-8"))
    (result,) = sarif["runs"][0]["results"]
    assert result["ruleId"] == "citation-plain"
    replacement = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert replacement["insertedContent"]["text"] == "{cite:t}`leamy2011`"
    suites = ET.parse(built.out / "output.xml").getroot()  # noqa: S314  # our own output
    assert suites.attrib["failures"] == "1"
    assert "Leamy" in (built.out / "output.txt").read_text("utf-8")


def test_rule_that_only_warns_and_rule_that_is_off(cited: Project) -> None:
    cited.append("docs/index.md", "\nAs Leamy et al. (2011) say.\n")
    warned = cited.build("citations", "-D", "evidence_rules.citation-plain=warning")
    assert warned.status == 0
    assert "warning: “Leamy et al. (2011)”" in warned.text
    off = cited.build("citations", "-D", "evidence_rules.citation-plain=off")
    assert (off.status, findings(cited)) == (0, [])


@pytest.mark.parametrize("setting", ["citation-plane=off", "citation-plain=of"])
def test_setting_that_does_not_exist(cited: Project, setting: str) -> None:
    built = cited.build("citations", "-D", f"evidence_rules.{setting}")
    assert built.status != 0
    assert "evidence_rules" in built.text
    assert "Traceback" not in built.text


def test_silence_needs_a_reason_and_something_to_silence(cited: Project) -> None:
    cited.append(
        "docs/index.md",
        "\n% evidence-ignore: citation-plain -- shown on purpose\nAs Leamy et al. (2011) say.\n",
    )
    assert cited.build("citations").status == 0
    cited.append(
        "docs/index.md",
        "\n% evidence-ignore: citation-plain\nAs Leamy et al. (2011) say.\n"
        "\n% evidence-ignore: citation-plain -- no such thing\nNothing.\n"
        "\n% evidence-ignore: citation-plane -- misspelt\nNothing.\n",
    )
    assert cited.build("citations").status == 1
    rules_found = [f["rule"] for f in findings(cited)]
    assert rules_found == ["silence-reason", "citation-plain", "silence-unused", "silence-unknown"]


def test_fix_mends_what_is_certain_and_nothing_else(cited: Project) -> None:
    cited.write("docs/index.md", MYST + USED)
    before = (cited.root / "docs/index.md").read_text("utf-8")
    fixed = cited.build("citations", "-D", "evidence_fix=1")
    assert fixed.status == 1
    assert re.search(r"\d errors need a person: run the check again", fixed.text)
    after = (cited.root / "docs/index.md").read_text("utf-8")
    assert "known well ({cite:alp}`anthony1993`; see Leamy et al., 2012)" in after
    assert "| x | {cite:p}`anthony1993` |" in after
    assert "definition by {cite:t}`anthony1993{p. 3}`." in after
    assert "``Leamy et al. (2011)``" in after
    changed = [a for a, b in zip(before.splitlines(), after.splitlines(), strict=False) if a != b]
    assert len(changed) > 2
    assert cited.build("citations", "-D", "evidence_fix=1").status == 1
    assert (cited.root / "docs/index.md").read_text("utf-8") == after
    assert cited.build("citations").status == 1  # the others are still told
    left = {(f["rule"], f["words"]) for f in findings(cited) if f["edit"]}
    assert left == set()


def test_marked_up_citations_without_a_page_and_in_headings(cited: Project) -> None:
    words = "one two three four five six seven eight nine ten eleven"
    cited.append("conf.py", "\nevidence_quotation = 10\n")
    cited.write(
        "docs/quoted.md",
        f"---\norphan: true\n---\n\n# A quotation\n\n> {words}\n>\n> -- {{cite:t}}`leamy2011`\n\n"
        f"> {words} {{cite:p}}`leamy2011{{p. 3}}`.\n\nAs “{words}” {{cite:p}}`leamy2011`.\n\n"
        "## As {cite:t}`leamy2011` say\n\nText.\n",
    )
    cited.build("citations")
    found = [(f["line"], f["rule"]) for f in findings(cited) if f["path"] == "docs/quoted.md"]
    assert found == [
        (9, "citation-quotation"),
        (13, "citation-quotation"),
        (15, "citation-heading"),
    ]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("more.md", "---\norphan: true\n---\n\n# More\n\n## As Leamy et al. (2011) say\n"),
        (
            "more.rst",
            ":orphan:\n\nMore\n====\n\nAs Leamy et al. (2011) say\n--------------------------\n",
        ),
    ],
)
def test_a_citation_that_is_typed_in_a_heading_is_told_where_headings_may_cite(
    cited: Project, page: str, text: str
) -> None:
    cited.replace("conf.py", "'citation-heading': 'error', ", "")
    cited.write(f"docs/{page}", f"{text}\nText.\n")
    cited.build("citations")
    told = [f for f in findings(cited) if f["path"] == f"docs/{page}"]
    assert [(f["rule"], f["words"]) for f in told] == [("citation-plain", "Leamy et al. (2011)")]
    assert re.search("`leamy2011`", str(told[0]["remedy"]))
    # A longer heading would break the line below it.
    assert bool(told[0]["edit"]) is page.endswith("md")


def test_bib_file_that_cannot_be_read_is_reported_in_every_form(cited: Project) -> None:
    cited.replace("references.bib", "title = {A vision}", "title = A vision}")
    built = cited.build("citations")
    assert built.status == 1
    assert "Traceback" not in built.text
    assert [(f["path"], f["line"], f["rule"]) for f in findings(cited)] == [
        ("references.bib", 3, "bib-syntax")
    ]
    sarif = json.loads((cited.root / "build/citations/output.sarif").read_text("utf-8"))
    assert len(sarif["runs"][0]["results"]) == 1
    stopped = cited.build("html")
    assert "references.bib:3:11: " in stopped.text
    assert "Nothing was written" in stopped.text


def test_letters_typed_as_latex_are_read(cited: Project) -> None:
    cited.replace("references.bib", "Anthony, W. A.", r"M{\"u}ller, {\'E}. and Lucas, Jr., Bob")
    cited.append("docs/index.md", "\nAs Müller and Lucas (1993) say.\n")
    cited.build("citations")
    found = [(f["rule"], f["remedy"]) for f in findings(cited)]
    assert found == [("citation-plain", "Write {cite:t}`anthony1993`.")]


def test_faults_of_a_bib_file_that_cannot_be_read_are_told_at_once(project: Project) -> None:
    project.write(
        "references.bib",
        "@misc{a,\n  title = {A},\n  pages = {314-303},\n}\n\n"
        "@misc{a,\n  title = {B},\n}\n\n"
        "@misc{c,\n  title = {C},\n  pmid = {x},\n}\n\n"
        "@misc{d,\n  title = {D\n}\n",
    )
    assert project.build("citations").status == 1
    content = json.loads((project.root / "build/citations/output.json").read_text("utf-8"))
    places = [(finding["line"], finding["rule"]) for finding in content["findings"]]
    assert places == [
        (1, "citation-unused"), (3, "bib-pages"), (6, "bib-key-twice"), (10, "citation-unused"),
        (12, "bib-pmid"), (16, "bib-syntax"),
    ]  # fmt: skip


def test_fix_of_all_there_is_succeeds(cited: Project) -> None:
    cited.append("docs/index.md", "\nAs Leamy et al. (2011) say.\n")
    assert cited.build("citations", "-D", "evidence_fix=1").status == 0
    assert cited.build("citations").status == 0


def test_fix_breaks_no_markup(cited: Project) -> None:
    """Fences of backticks hold none; tables of reST have columns, and roles touch no word."""
    fence = "\n```{note} As Anthony (1993) says\nText.\n```\n"
    cited.append("docs/index.md", fence)
    table = "+----------------+---+\n| Anthony (1993) | a |\n+----------------+---+\n"
    simple = "=============== ===\nAnthony (1993)  a\n=============== ===\n"
    replaced = "It is |a|.\n\n.. |a| replace:: Anthony (1993)\n"
    close = "It is said(Anthony, 1993).\n"
    cited.write(
        "docs/rest.rst", f":orphan:\n\nRest\n====\n\n{table}\n{simple}\n{replaced}\n{close}"
    )
    assert cited.build("citations", "-D", "evidence_fix=1").status == 1
    assert fence in (cited.root / "docs/index.md").read_text("utf-8")
    rest = (cited.root / "docs/rest.rst").read_text("utf-8")
    assert table in rest
    assert simple in rest
    assert replaced in rest
    assert "It is said\\ :cite:p:`anthony1993`." in rest
    assert cited.build("citations").status == 1  # the others are still told
    told = sorted(str(f["path"]) for f in findings(cited) if f["rule"] == "citation-plain")
    assert told == ["docs/index.md", *["docs/rest.rst"] * 2]  # a substitution can hold no role
    assert not [f for f in findings(cited) if f["rule"] == "markup-left"]


def test_pandoc_form_keeps_its_words_and_offers_keys_of_works(cited: Project) -> None:
    cited.append("docs/index.md", "\nAs [see @leamy2011, p. 3; @anthony1993; @leamy2012].\n")
    cited.write("docs/rest.rst", ":orphan:\n\nRest\n====\n\nAs [@anthony1993]. So [anthony1993].\n")
    cited.build("citations")
    told = [str(f["remedy"]) for f in findings(cited) if f["rule"] == "citation-pandoc"]
    first, second, third = told
    assert first.startswith("Write {cite:p}`{see}leamy2011{p. 3},anthony1993,leamy2012`.")
    assert 'No reference has the key "leamy2012". Did you mean "leamy2011"' in first
    assert second == third == "Write :cite:p:`anthony1993`."


def test_pandoc_form_keeps_words_behind_a_semicolon_and_a_sign_that_is_to_be_seen(
    cited: Project,
) -> None:
    cited.append("docs/index.md", "\nAs [@leamy2011, p. 3; Box 2] and \\@leamy2011.\n")
    cited.build("citations")
    (told,) = (str(f["remedy"]) for f in findings(cited) if f["rule"] == "citation-pandoc")
    assert told == "Write {cite:p}`leamy2011{p. 3; Box 2}`."


def test_place_in_a_directive_that_counts_a_line_twice(cited: Project) -> None:
    cited.append(
        "conf.py",
        '\nextensions.append("sphinx_design")\nmyst_enable_extensions = ["colon_fence"]\n',
    )
    tabs = "::::{tab-set}\n:::{tab-item} One\nIt is so (Anthony, 1993).\n:::\n::::\n"
    cited.append("docs/index.md", f"\n{tabs}\nOthers agree (Anthony, 1993).\n")
    cited.build("citations")
    lines = (cited.root / "docs/index.md").read_text("utf-8").splitlines()
    places = [(f["line"], f["column"]) for f in findings(cited)]
    assert places == [(lines.index("It is so (Anthony, 1993).") + 1, 11), (len(lines), 15)]


def test_what_is_nearly_a_remark_is_told(cited: Project) -> None:
    for remark in ("% evidence-ignore citation-plain -- no colon", "% evidence-ignored: a -- b"):
        cited.write("docs/index.md", f"# Sample\n{USED}\n{remark}\nText.\n")
        assert cited.build("citations").status == 1
        assert [(f["line"], f["rule"]) for f in findings(cited)] == [(8, "silence-reason")]
    # In a page, a line that begins with # is a heading.
    cited.write(
        "docs/index.md",
        f"# Sample\n{USED}\n# evidence-ignore: citation-plain -- no\nLeamy et al. (2011)\n",
    )
    cited.build("citations")
    assert {f["rule"] for f in findings(cited)} == {"heading-twice", "citation-plain"}


def test_silenced_error_stops_no_other_builder(cited: Project) -> None:
    page = "\n% evidence-ignore: citation-pandoc -- shown on purpose\nAs [@leamy2011] is read.\n"
    cited.append("docs/index.md", page)
    for builder in ("citations", "html"):
        built = cited.build(builder)
        assert built.status == 0, built.text
    cited.replace("docs/index.md", " -- shown on purpose", "")
    assert "citation-pandoc" in cited.build("html").text


def test_remark_on_an_entry_holds_while_another_cannot_be_read(cited: Project) -> None:
    cited.replace(
        "references.bib",
        "@article{leamy2011",
        "% evidence-ignore: bib-recommended -- not known\n"
        "@article{bell2001,\n  author = {Old, A.},\n  title = {B},\n  year = {2001},\n"
        "  journal = {C},\n}\n\n@article{leamy2011",
    )
    cited.replace("references.bib", "year = {1993},", "year = {1993}")
    assert cited.build("citations").status == 1
    assert [f["rule"] for f in findings(cited)] == ["bib-syntax", "citation-unused"]


@pytest.mark.parametrize("place", ["docs/index.md", "references.bib", "entry"])
def test_what_a_merge_has_left_is_told(cited: Project, place: str) -> None:
    left = "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> main\n"
    if place == "entry":
        year = "  year = {1993},\n"
        cited.replace("references.bib", year, left.format(year.rstrip(), year.rstrip()))
    else:
        cited.append(place, "\n" + left.format("% one", "% two"))
    for builder in ("citations", "html"):
        built = cited.build(builder)
        assert built.status == 1
        assert re.search(r":\d+:1: .*left from a merge", built.text), built.text


def test_rules_that_are_no_table(cited: Project) -> None:
    cited.append("conf.py", "\nevidence_rules = ['image-alt']\n")
    built = cited.build("citations")
    assert built.status != 0
    assert "Write evidence_rules = {" in built.text
    assert "Traceback" not in built.text


def test_unread_markup_is_marked_where_it_stands(cited: Project) -> None:
    cited.append("docs/index.md", "\nA {cite:p}`leamy2011` b {cite:p} `leamy2011` c.\n")
    assert cited.build("citations").status == 1
    assert [(f["line"], f["column"]) for f in findings(cited)] == [(8, 25)]


def test_a_pointer_in_the_title_of_a_fence_is_to_be_named_below(cited: Project) -> None:
    table = "\n```{table} Counts\n:name: counts\n\n| a | b |\n|---|---|\n| 1 | 2 |\n```\n"
    cited.append("conf.py", "numfig = True\n")
    cited.append("docs/index.md", f"{table}\n```{{admonition}} See Table 1\nText.\n```\n")
    cited.build("citations")
    (told,) = (f for f in findings(cited) if f["rule"] == "crossref-typed")
    assert "can hold no others: name it in the text below." in str(told["remedy"])
