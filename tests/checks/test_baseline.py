"""A project that begins with what stands today: only new faults stop its builders."""

import json

import pytest

from tests.projects import WORKS, Project

PAGE = "# Sample\n\nAs Leamy et al. (2011) say.\n\n{ref}`nowhere`\n"
WRITE = ("-D", "evidence_baseline_write=1")


@pytest.fixture
def old(project: Project) -> Project:
    """A project with faults in it, which names a baseline."""
    project.write("references.bib", WORKS)
    project.write("docs/index.md", PAGE)
    project.append("conf.py", "evidence_baseline = 'kept.json'\nsuppress_warnings = ['ref.ref']\n")
    return project


def test_only_what_is_new_fails(old: Project) -> None:
    assert old.build("citations").status == 1
    first = old.build("citations", *WRITE)
    assert first.status == 0, first.text
    # In other lines, and one more.
    old.write("docs/index.md", PAGE.replace("\n\n", "\n\nWords first.\n\n", 1))
    built = old.build("citations")
    assert (built.status, built.text) == (0, "")
    content = json.loads((built.out / "output.json").read_text("utf-8"))
    assert content["findings"] == content["stale"] == []
    kept = [finding["rule"] for finding in content["kept"]]
    assert {"citation-plain", "crossref-name", "citation-unused"} == {*kept}
    assert content["summary"].endswith(f"no error, no warning; {len(kept)} kept by kept.json.")
    run = json.loads((built.out / "output.sarif").read_text("utf-8"))["runs"][0]
    assert [one["suppressions"] for one in run["results"]] == [[{"kind": "external"}]] * len(kept)
    assert old.build("dummy").status == 0
    old.append("docs/index.md", "\n{ref}`elsewhere`\n")
    for builder in ("citations", "dummy"):
        built = old.build(builder)
        assert built.status == 1
        assert "docs/index.md:9:" in built.text
        assert '"nowhere"' not in built.text


def test_what_is_gone_is_a_remark(old: Project) -> None:
    old.build("citations", *WRITE)
    old.replace("docs/index.md", "\n{ref}`nowhere`\n", "")
    built = old.build("citations")
    assert built.status == 0
    assert "kept.json: 1 finding that it keeps is gone: " in built.text
    content = json.loads((built.out / "output.json").read_text("utf-8"))
    assert content["stale"] == [
        {"path": "docs/index.md", "rule": "crossref-name", "words": "nowhere", "count": 1}
    ]
    # What could not be read has not been found either.
    whole = (old.root / "references.bib").read_text("utf-8")
    before = (old.root / "kept.json").read_bytes()
    old.append("references.bib", "@misc{a,\n  title = {A\n")
    broken = old.build("citations", *WRITE)
    assert broken.status == 1
    assert "gone" not in broken.text
    assert (old.root / "kept.json").read_bytes() == before
    old.write("references.bib", whole)
    assert old.build("citations", *WRITE).text == ""
    assert "nowhere" not in (old.root / "kept.json").read_text("utf-8")


@pytest.mark.parametrize("builder", ["citations", "dummy"])
def test_what_is_no_baseline_stops_before_anything_is_read(old: Project, builder: str) -> None:
    missing = old.build(builder)
    assert (missing.status, missing.text.count("\n")) == (1, 2)
    assert "kept.json:1: ERROR: No such file or directory. Write the baseline with" in missing.text
    old.write("kept.json", "[1]")
    for options in ((), WRITE):
        built = old.build(builder, *options)
        assert built.status == 1
        assert "kept.json:1: ERROR: This is no baseline:" in built.text
    assert (old.root / "kept.json").read_text("utf-8") == "[1]"
    old.append("conf.py", "evidence_baseline = ''\n")
    unnamed = old.build(builder, *WRITE)
    assert unnamed.status == 1
    assert 'Write evidence_baseline = "evidence-baseline.json" in conf.py.' in unnamed.text
