"""Each entry of references.bib is needed: without it the build stops, in site and PDF alike.

One build has read the pages; the rules of the check that stands before every builder are then
asked of a references.bib that lacks some of its entries: each of these is missed, and no more.
"""

import re
from pathlib import Path

import pytest
from sphinx.application import Sphinx

from sphinx_evidence.bibliography.reader import read_files
from sphinx_evidence.checks.collector import Collector
from sphinx_evidence.checks.gate import abort_on_errors
from sphinx_evidence.checks.project import all_findings
from tests.projects import ROOT, WORKS, Project

KEYS = sorted(read_files([ROOT / "references.bib"]).entries)


def test_whole_bibliography_passes(app: Sphinx) -> None:
    abort_on_errors(app, app.env, read_files([ROOT / "references.bib"]))


@pytest.fixture(scope="module")
def collected(app: Sphinx) -> Collector:
    """What the pages hold: the same for each entry."""
    return Collector(app.env)


@pytest.mark.parametrize("keys", [KEYS[start::4] for start in range(4)])
def test_each_entry_is_missed(
    app: Sphinx,
    collected: Collector,
    tmp_path: Path,
    keys: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "references.bib").read_text("utf-8")
    for key in keys:
        text, count = re.subn(rf"(?ms)^@\w+\{{{re.escape(key)},\n.*?^\}}\n", "", text)
        assert count == 1
    (tmp_path / "references.bib").write_text(text, "utf-8")
    bibliography = read_files([tmp_path / "references.bib"])
    findings = all_findings(collected, bibliography, app.config, Path(app.confdir))
    errors = [f for f in findings if f.rule.severity == "error"]
    assert {f.wrong for f in errors} == {f'No reference has the key "{key}".' for key in keys}


def test_builds_stop_without_an_entry_that_was_there(project: Project) -> None:
    project.write("references.bib", WORKS)
    project.append(
        "docs/index.md", "\nSo {cite:p}`leamy2011,anthony1993`.\n\n```{bibliography}\n```\n"
    )
    for builder in ("html", "pdf"):
        assert project.build(builder).status == 0
    project.write("references.bib", WORKS.replace("{leamy2011,", "{leamy2010,"))
    for builder in ("html", "pdf"):
        built = project.build(builder)
        assert built.status == 1
        assert re.search(
            r'docs/index\.md:3:13: .*No reference has the key "leamy2011"', built.text
        ), built.text
