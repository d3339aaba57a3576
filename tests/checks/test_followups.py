"""What a broken directive was to define is missing; only the directive is reported."""

import re

import pytest

from tests.projects import WORKS, Project

REST = """\
See {numref}`box-a`, {ref}`box-a` and {term}`word`; {cite:p}`leamy2011,anthony1993`.

```{bibliography}
```
"""
BOX = "```{box} A title\n:name: box-a\n\nText.\n```\n"
GLOSSARY = "```{glossary}\nword\n  Its meaning.\n```\n"
CONTENTS = "```{toctree}\nother\n```\n"


@pytest.fixture
def whole(project: Project) -> Project:
    project.append("conf.py", "evidence_rules['page-orphan'] = 'error'\n")
    project.write("references.bib", WORKS)
    project.write("docs/index.md", f"# Sample\n\n{BOX}\n{GLOSSARY}\n{CONTENTS}\n{REST}")
    project.write("docs/other.md", "# Other\n\nAs {numref}`box-a` and {term}`word` say.\n")
    return project


def test_nothing_is_wrong_before(whole: Project) -> None:
    assert whole.build("citations").text == ""


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("{box} A title", "{box}", "3:4", "Nothing stands behind {box} on its line."),
        ("{box} A title", "{bx} A title", "3:4", "There is no directive {bx}."),
        ("```{box} A title", "``{box} A title", "3:1", '"``{box}" begins no block'),
        (":name: box-a", "name: box-a", "4:1", '"name:" is read as text'),
        (":name: box-a", ":nmae: box-a", "4:1", "{box} has no option :nmae:."),
        ("{box} A title", "{box}A title", "3:1", '"```{box}A title" is read as code'),
        ("{box} A title", "box A title", "3:1", '"```box A title" is read as code'),
        ("{box} A title", "(box) A title", "3:1", '"```(box) A title" is read as code'),
        (":name: box-a", "\n:name: box-a", "5:1", ":name: is read as text, because an empty line"),
        ("{glossary}", "{glosary}", "9:4", "There is no directive {glosary}."),
        ("{toctree}", "{toctre}", "14:4", "There is no directive {toctre}."),
        ("{bibliography}", "{bibliografy}", "20:4", "There is no directive {bibliografy}."),
    ],
)
def test_one_message(whole: Project, old: str, new: str, place: str, said: str) -> None:
    whole.replace("docs/index.md", old, new)
    for builder in ("html", "citations"):
        text = whole.build(builder).text
        found = re.findall(r"^(\S+?): (?:ERROR|error|WARNING|warning): (.*)$", text, re.MULTILINE)
        assert [where for where, _ in found] == [f"docs/index.md:{place}"], text
        assert found[0][1].startswith(said)


def test_other_names_are_still_looked_for(whole: Project) -> None:
    whole.replace("docs/index.md", "{box} A title", "{box}")
    whole.append("docs/other.md", "\nSee {numref}`box-b` and {term}`wrod`.\n")
    rules = re.findall(r"\[evidence\.([\w-]+)\]", whole.build("citations").text)
    assert rules == ["directive-broken", "crossref-number", "crossref-term"]


def test_a_rule_that_is_off_lets_the_page_be_built(whole: Project) -> None:
    whole.append("conf.py", "evidence_rules['markup-unknown'] = 'off'\n")
    whole.append("docs/index.md", "\n```{nosuch}\nText.\n```\n")
    for builder in ("html", "pdf"):
        built = whole.build(builder)
        assert built.status == 0, built.text


def test_a_page_whose_include_is_refused_is_no_orphan(whole: Project) -> None:
    """It would be in no list of contents, and has its place in another page all the same."""
    whole.write("docs/part.md", "# Part\n\nWords of a part.\n")
    whole.append("docs/index.md", "\n```{include} part.md\n```\n")
    built = whole.build("citations")
    assert "the directive {include}" in built.text
    assert "No list of contents names this page" not in built.text
