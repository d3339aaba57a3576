"""The audit finds the defects of citations that the Editorial record tells of."""

import tomllib
from pathlib import Path

from sphinx_evidence.manuscripts.audit import audit
from sphinx_evidence.manuscripts.plain_text import read
from tests.projects import ROOT

RECORD = tomllib.loads((ROOT / "docs" / "editorial-record.toml").read_text("utf-8"))["change"]
DOCUMENT = (Path(__file__).parent / "recorded.md").read_text("utf-8")

# By the record's id: the rule, and the words as they were written.
FOUND = {
    "turton-year": [("year", "Turton et al., 2009"), ("year", "Turton et al., 2019")],
    "erondu-name": [
        ("name", "Erondur and McGraw (2021)"),
        ("name", "Erondur and MacGraw, 2021"),
    ],
    "vanweeghel-alone": [("name", "van Weeghel, 2019")],
    "bifarin-year": [("year", "Bifarin and Jones, 2019")],
    "ahmed-year": [("year", "Ahmed et al., 2013")],
    "ruggeri-name": [("name", "Martinelli and Ruggero, 2020")],
    "lorien-name": [("name", "Lorian et al. (2020)")],
    "brown-year": [("year", "Brown and Kandirikirira, 2007")],
    "anfossi-year": [("unlisted", "Anfossi, 2020")],
    "citations-unlisted": [
        ("unlisted", "Slade et al., 2013"),
        ("unlisted", "PA Consulting, 2024a"),
    ],
}
# A name spelt out for its acronym, and "&" for "and", lead to their entries all the same.
NO_DEFECT = {"who-2022-form", "citation-style"}


def test_every_recorded_defect_of_a_citation_is_found_and_nothing_else() -> None:
    recorded = {change["id"] for change in RECORD if change["kind"] == "citation"}
    assert recorded == FOUND.keys() | NO_DEFECT
    found = [
        (f.rule.removeprefix("manuscript-"), f.words) for f in audit(read(DOCUMENT, "recorded.md"))
    ]
    assert sorted(found) == sorted(pair for pairs in FOUND.values() for pair in pairs)
