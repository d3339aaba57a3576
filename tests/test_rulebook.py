"""The rulebook: complete, shown as it is, and its examples are true."""

import json
import re
from pathlib import Path

import pytest

from sphinx_evidence import rulebook
from sphinx_evidence.bibliography.reader import read_files
from sphinx_evidence.citations.rules import unknown_statuses
from sphinx_evidence.cli import check_bib
from sphinx_evidence.record.data import load
from sphinx_evidence.rulebook import Rule
from tests.projects import ROOT, WORKS, Project

PACKAGE = ROOT / "sphinx_evidence"
RULES = rulebook.rules()
EXAMPLES = [rule for rule in RULES.values() if rule.wrong]
BIB = [rule for rule in EXAMPLES if rule.part == "bibliography"]
RECORD = [rule for rule in EXAMPLES if rule.part == "record"]
PAGES = [rule for rule in EXAMPLES if rule.part in {"citations", "pages"}]
# Rules on the whole project: their examples are its only page.
WHOLE = {"citation-unlisted", "citation-unused", "citation-further-reading"}
# Rules on a file or on a day, and not on what is written.
NO_EXAMPLE = {"bib-missing", "encoding", "link-failing", "link-ledger"}


def test_page_of_rules_is_up_to_date() -> None:
    assert (PACKAGE / "RULES.md").read_text("utf-8") == rulebook.as_page()


def test_the_book_holds_the_rules_of_the_code_and_no_others() -> None:
    code = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    parts = "|".join({name.split("-")[0] for name in RULES if "-" in name})
    named = set(re.findall(rf"\"((?:{parts})-[a-z-]*[a-z])\"", code))
    made = set(re.findall(rf"f\"((?:{parts})-)\{{", code))  # f"crossref-{kind}"
    assert len(named) > 40
    assert named - set(RULES) == {"box-title"}  # a class in HTML
    unnamed = {name for name in set(RULES) - named if not name.startswith(tuple(made))}
    assert unnamed == {"encoding"}


def test_every_rule_has_an_example() -> None:
    assert {rule.name for rule in RULES.values() if not (rule.wrong and rule.right)} == NO_EXAMPLE


@pytest.mark.parametrize("rule", BIB, ids=lambda rule: rule.name)
def test_examples_of_rules_on_bib_files(rule: Rule, tmp_path: Path) -> None:
    def names(example: str) -> set[str]:
        path = tmp_path / "references.bib"
        path.write_text(example.removeprefix("\n"), "utf-8")
        found = check_bib([path])[0]
        if rule.name == "bib-status":
            found += unknown_statuses(read_files([path]), ["confirmed"])
        return {finding.rule for finding in found}

    assert rule.name in names(rule.wrong)
    assert names(rule.right) == set()


@pytest.mark.parametrize("rule", RECORD, ids=lambda rule: rule.name)
def test_examples_of_rules_on_the_record(rule: Rule) -> None:
    assert rule.name in {f.rule for f in load(rule.wrong, "r.toml").findings}
    assert load(rule.right, "r.toml").findings == []


def told(project: Project) -> set[tuple[str, str]]:
    """Path and rule of each finding."""
    project.build("citations")
    content = json.loads((project.root / "build/citations/output.json").read_text("utf-8"))
    return {(finding["path"], finding["rule"]) for finding in content["findings"]}


def test_examples_of_rules_on_pages(project: Project) -> None:
    project.write("references.bib", WORKS)
    project.write("docs/picture.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    project.write("docs/record.toml", RECORD[0].right)
    examples = [rule for rule in PAGES if rule.name not in WHOLE]
    for rule in examples:
        for side in ("wrong", "right"):
            project.write(f"docs/{rule.name}-{side}.md", f"# Page\n\n{getattr(rule, side)}\n")
    project.write(
        "docs/index.md", "# Sample\n\n```{bibliography}\n```\n\n```{toctree}\n:glob:\n\n*\n```\n"
    )
    found = told(project)
    for rule in examples:
        wrong, right = (
            {name for path, name in found if path == f"docs/{rule.name}-{side}.md"}
            for side in ("wrong", "right")
        )
        assert rule.name in wrong
        assert right == set(), rule.name


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_examples_of_rules_on_the_whole_project(name: str, project: Project) -> None:
    project.write("references.bib", WORKS)
    project.write("docs/index.md", f"# Sample\n\n{RULES[name].wrong}\n")
    assert {rule for _, rule in told(project)} == {name}
    project.write("docs/index.md", f"# Sample\n\n{RULES[name].right}\n")
    assert told(project) == set()


def test_severities_of_a_project() -> None:
    assert rulebook.severities({"citation-plain": "warning"})["citation-plain"] == "warning"
    with pytest.raises(ValueError, match='no rule "citation-plane"\\. Did you mean'):
        rulebook.severities({"citation-plane": "off"})
    with pytest.raises(ValueError, match='"of" is no severity'):
        rulebook.severities({"citation-plain": "of"})
