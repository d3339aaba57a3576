"""The rulebook: complete, shown as it is, and its examples are true."""

import json
from importlib import metadata
from pathlib import Path

import pytest

from sphinx_evidence import rulebook
from sphinx_evidence.bibliography.check import check_files
from sphinx_evidence.bibliography.reader import read_files
from sphinx_evidence.citations.rules import unknown_statuses
from sphinx_evidence.diagnostics.severities import severities
from sphinx_evidence.record.data import load
from sphinx_evidence.rulebook import Explanation
from sphinx_evidence.rulebook.rule import Rule, documentation
from tests.projects import PIXEL, WORKS, Project

RULES = rulebook.explanations()
EXAMPLES = [rule for rule in RULES.values() if rule.wrong]
BIB = [rule for rule in EXAMPLES if rule.part == "bibliography"]
RECORD = [rule for rule in EXAMPLES if rule.part == "record"]
PAGES = [rule for rule in EXAMPLES if rule.part in {"citations", "pages", "policy"}]
# Rules on the whole project: their examples are its only page.
WHOLE = {"citation-unlisted", "citation-unused", "citation-further-reading", "page-circle"}
# Rules on a file, on the contents or on a day, and not on what is written.
NO_EXAMPLE = {
    "bib-missing", "encoding", "link-failing", "link-ledger", "page-orphan", "reference-lock",
    "setting",
}  # fmt: skip


def test_the_book_explains_every_rule_once_and_no_others() -> None:
    assert set(RULES) == set(Rule)


def test_each_rule_has_its_anchor_on_the_page_of_rules() -> None:
    page = rulebook.as_page()
    for rule in Rule:
        assert f"\n### {rule.url.partition('#')[2]}\n" in page
    assert Rule.CITATION_PLAIN.url.endswith("/rules.html#citation-plain")


def test_a_copy_of_the_package_knows_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    documentation.cache_clear()
    monkeypatch.setattr(metadata, "metadata", missing)
    try:
        assert Rule.CITATION_PLAIN.url == ""
    finally:
        documentation.cache_clear()


def test_every_rule_has_an_example() -> None:
    assert {rule.rule for rule in RULES.values() if not (rule.wrong and rule.right)} == NO_EXAMPLE


@pytest.mark.parametrize("rule", BIB, ids=lambda rule: rule.rule)
def test_examples_of_rules_on_bib_files(rule: Explanation, tmp_path: Path) -> None:
    def names(example: str) -> set[str]:
        path = tmp_path / "references.bib"
        path.write_text(example.removeprefix("\n"), "utf-8")
        found = check_files([path])[0]
        if rule.rule == "bib-status":
            found += unknown_statuses(read_files([path]), ["confirmed"])
        return {finding.rule for finding in found}

    assert rule.rule in names(rule.wrong)
    assert names(rule.right) == set()


@pytest.mark.parametrize("rule", RECORD, ids=lambda rule: rule.rule)
def test_examples_of_rules_on_the_record(rule: Explanation) -> None:
    assert rule.rule in {f.rule for f in load(rule.wrong, "r.toml").findings}
    assert load(rule.right, "r.toml").findings == []


def told(project: Project) -> set[tuple[str, str]]:
    """Path and rule of each finding."""
    project.build("citations")
    content = json.loads((project.root / "build/citations/output.json").read_text("utf-8"))
    return {(finding["path"], finding["rule"]) for finding in content["findings"]}


def test_examples_of_rules_on_pages(project: Project) -> None:
    project.write("references.bib", WORKS)
    project.write("docs/picture.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    (project.root / "docs" / "tree.png").write_bytes(PIXEL)
    project.write("docs/record.toml", RECORD[0].right)
    noted = RECORD[0].right.replace('id = "first"', 'id = "first"\nnote = "The first."')
    project.write("docs/editorial-record.toml", noted)
    examples = [rule for rule in PAGES if rule.rule not in WHOLE]
    for rule in examples:
        for side in ("wrong", "right"):
            text = getattr(rule, side).removeprefix("\n")
            page = text if text.startswith("---") else f"# Page\n\n{text}\n"
            project.write(f"docs/{rule.rule}-{side}.md", page)
    project.write(
        "docs/index.md", "# Sample\n\n```{bibliography}\n```\n\n```{toctree}\n:glob:\n\n*\n```\n"
    )
    found = told(project)
    for rule in examples:
        wrong, right = (
            {name for path, name in found if path == f"docs/{rule.rule}-{side}.md"}
            for side in ("wrong", "right")
        )
        assert rule.rule in wrong
        assert right == set(), rule.rule


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_examples_of_rules_on_the_whole_project(name: str, project: Project) -> None:
    project.write("references.bib", WORKS if RULES[Rule(name)].part == "citations" else "")
    project.write("docs/index.md", f"# Sample\n\n{RULES[Rule(name)].wrong}\n")
    assert {rule for _, rule in told(project)} == {name}
    project.write("docs/index.md", f"# Sample\n\n{RULES[Rule(name)].right}\n")
    assert told(project) == set()


def test_severities_of_a_project() -> None:
    assert severities({"citation-plain": "warning"})[Rule.CITATION_PLAIN] == "warning"
    chosen = severities({"policy-*": "error", "policy-file": "off"})
    assert (chosen[Rule.POLICY_ADDRESS], chosen[Rule.POLICY_FILE]) == ("error", "off")
    assert chosen[Rule.STYLE_LENGTH] == "off"
    with pytest.raises(ValueError, match='no rule "polity'):
        severities({"polity-*": "error"})
    with pytest.raises(ValueError, match=r'no rule "citation-plane".*Did you mean'):
        severities({"citation-plane": "off"})
    with pytest.raises(ValueError, match='"of" is no severity'):
        severities({"citation-plain": "of"})
