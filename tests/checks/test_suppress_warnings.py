"""Sphinx's suppress_warnings: a rule that it names is off; what would hide all is refused."""

import pytest

from sphinx_evidence.diagnostics.severities import severities
from sphinx_evidence.rulebook.rule import Rule, Severity
from tests.projects import WORKS, Project

TWICE = "# Sample\n\nSo they say {cite:p}`anthony1993,leamy2011,anthony1993`.\n"
LIST = "\n```{bibliography}\n```\n"
BUILDERS = ["dummy", "citations"]  # every builder stops at the gate, but citations reports itself


def suppress(project: Project, *entries: str) -> None:
    project.write("references.bib", WORKS)
    project.write("docs/index.md", TWICE + LIST)
    project.append("conf.py", f"suppress_warnings = {[*entries]}\n")


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_rule_that_it_names_is_off(builder: str, project: Project) -> None:
    suppress(project, "toc.not_included", "evidence.bib-layout")
    built = project.build(builder)
    assert built.status == 1
    assert "docs/index.md:3:" in built.text
    assert "[evidence.citation-twice]" in built.text
    suppress(project, "toc.not_included", "evidence.citation-twice")
    built = project.build(builder)
    assert (built.status, built.text) == (0, "")


@pytest.mark.parametrize("builder", BUILDERS)
@pytest.mark.parametrize("entry", ["evidence", "evidence.*"])
def test_all_at_once_is_refused(entry: str, builder: str, project: Project) -> None:
    suppress(project, entry)
    built = project.build(builder)
    assert built.status == 1
    assert f'conf.py:12: ERROR: suppress_warnings: "{entry}" would hide every finding' in built.text
    assert 'evidence_rules = {"image-alt": "off"} [evidence.setting]' in built.text


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_misspelt_rule_is_refused(builder: str, project: Project) -> None:
    suppress(project, "evidence.citation-twise")
    built = project.build(builder)
    assert built.status == 1
    assert 'conf.py:12: ERROR: suppress_warnings: There is no rule "citation-twise"' in built.text
    assert 'Did you mean "evidence.citation-twice"' in built.text


@pytest.mark.parametrize("builder", BUILDERS)
def test_why_a_build_stops_is_never_hidden(builder: str, project: Project) -> None:
    suppress(project, "evidence.bib-syntax", "evidence.setting")
    project.write("references.bib", "@book{a,\n  title = {A},\n")
    built = project.build(builder)
    assert built.status == 1
    assert "references.bib:" in built.text


def test_entries_of_others_change_nothing() -> None:
    own = {rule: rule.severity for rule in Rule}
    assert severities({}, ["toc", "evidences.citation-twice", "myst.*", "evidences"]) == own
    off = severities({"citation-twice": "error"}, ["evidence.citation-twice"])
    assert off[Rule.CITATION_TWICE] is Severity.OFF
