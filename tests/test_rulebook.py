"""The rulebook: complete, shown as it is, and its examples are true."""

import re
from pathlib import Path

import pytest

from sphinx_evidence import rulebook
from sphinx_evidence.__main__ import check_bib
from tests.projects import ROOT

PACKAGE = ROOT / "sphinx_evidence"
RULES = rulebook.rules()
BIB = [rule for rule in RULES.values() if rule.part == "bibliography" and rule.wrong]


def test_page_of_rules_is_up_to_date() -> None:
    assert (PACKAGE / "RULES.md").read_text("utf-8") == rulebook.as_page()


def test_every_rule_that_the_code_names_is_in_the_book() -> None:
    named = set()
    for path in PACKAGE.rglob("*.py"):
        pattern = (
            r"\"((?:bib|box|citation|crossref|image|link|manuscript|record|silence)-[a-z-]*[a-z])\""
        )
        named.update(re.findall(pattern, path.read_text("utf-8")))
    assert named - set(RULES) == set()
    assert len(named) > 40


@pytest.mark.parametrize("rule", BIB, ids=lambda rule: rule.name)
def test_examples_of_rules_on_bib_files(rule: rulebook.Rule, tmp_path: Path) -> None:
    def names(example: str) -> set[str]:
        path = tmp_path / "references.bib"
        path.write_text(example.removeprefix("\n"), "utf-8")
        return {finding.rule for finding in check_bib([path])[0]}

    assert rule.name in names(rule.wrong)
    assert names(rule.right) == set()


def test_severities_of_a_project() -> None:
    assert rulebook.severities({"citation-plain": "warning"})["citation-plain"] == "warning"
    with pytest.raises(ValueError, match='no rule "citation-plane"\\. Did you mean'):
        rulebook.severities({"citation-plane": "off"})
    with pytest.raises(ValueError, match='"of" is no severity'):
        rulebook.severities({"citation-plain": "of"})
