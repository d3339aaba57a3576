"""Marks on pages and notes of the editorial record, proved against each other."""

import json

import pytest

from tests.projects import PIXEL, WORKS, Project
from tests.record.test_record import GOOD

# A note is read in the markup of the page that marks it.
NOTES = {
    "md": 'note = "The work was not found; {cite:t}`leamy2011` may be meant."\n',
    "rst": 'note = "The work was not found; another may be meant."\n',
}
PAGES = {
    "md": "# Sample\n\nA said so.{edition-note}`which`\nB, too.{edition-note}`which`\n\n"
    "C did.{edition-note}`erondu`\n\n```{toctree}\nrecord\n```\n\n```{bibliography}\n```\n",
    "rst": "Sample\n======\n\nA said so, as :cite:t:`leamy2011` did. :edition-note:`which`\n"
    "B, too. :edition-note:`which`\n\n"
    "C did. :edition-note:`erondu`\n\n.. toctree::\n\n   record\n\n.. bibliography::\n",
}


@pytest.fixture
def noted(project: Project, markup: str) -> Project:
    text = GOOD.replace('pages = ["index"]\n', 'pages = ["index"]\nnote = "A slip of *names*."\n')
    project.write("references.bib", WORKS.partition("\n\n")[2])
    project.write("docs/editorial-record.toml", text + NOTES[markup])
    project.write(
        "docs/record.md",
        "# Record\n\n```{editorial-record} editorial-record.toml\n```\n\n"
        "```{open-questions} editorial-record.toml\n```\n",
    )
    (project.root / "docs" / "index.md").unlink()
    project.write(f"docs/index.{markup}", PAGES[markup])
    return project


@pytest.mark.parametrize("markup", PAGES)
@pytest.mark.parametrize("builder", ["html", "pdf", "text"])
def test_a_mark_and_its_note(noted: Project, builder: str) -> None:
    built = noted.build(builder)
    assert built.status == 0, built.text
    if builder == "text":
        text = (built.out / "index.txt").read_text("utf-8")
        assert "A said so" in text
        meant = "Leamy et al. (2011)" if "Leamy" not in text.partition("[1]")[0] else "another"
        assert text.count(f"The work was not found; {meant} may be meant.") == 1
        assert text.count("A slip of *names*. More in the record.") == 1
    if builder == "html":
        html = (built.out / "index.html").read_text("utf-8")
        assert html.count('role="doc-noteref"') == 3
        assert 'href="record.html#change-erondu"' in html
        assert 'href="record.html#question-which"' in html


@pytest.mark.parametrize("markup", PAGES)
def test_a_mark_without_a_note(noted: Project, markup: str) -> None:
    noted.replace(f"docs/index.{markup}", "`erondu`", "`erundo`")
    built = noted.build("html")
    assert built.status == 1
    line = {"md": 6, "rst": 7}[markup]
    message = (
        f'docs/index.{markup}:{line}: ERROR: The editorial record has no note "erundo". Did you'
    )
    assert message in built.text


@pytest.mark.parametrize("markup", PAGES)
def test_a_note_that_no_page_marks(noted: Project, markup: str) -> None:
    noted.replace(f"docs/index.{markup}", "`erondu`", "`which`")
    built = noted.build("html")
    assert built.status == 1
    message = 'docs/editorial-record.toml:6: ERROR: No page marks the note "erondu". Mark the'
    assert message in built.text


@pytest.mark.parametrize("markup", ["md"])
@pytest.mark.parametrize("severity", ["error", "warning"])
def test_a_note_that_no_page_marks_is_in_the_report(noted: Project, severity: str) -> None:
    """As any other finding, with all that is found beside it; a warning stops nothing."""
    noted.replace("docs/index.md", "`erondu`", "`which`")
    noted.append("docs/index.md", "\n![](pixel.png)\n")
    (noted.root / "docs/pixel.png").write_bytes(PIXEL)
    noted.append("conf.py", f"evidence_rules = {{'record-note': '{severity}'}}\n")
    built = noted.build("citations")
    found = json.loads((built.out / "output.json").read_text("utf-8"))["findings"]
    told = {one["rule"]: one for one in found}
    assert "image-alt" in told
    note = told["record-note"]
    assert (note["path"], note["line"]) == ("docs/editorial-record.toml", 6)
    assert note["severity"] == severity
    assert built.status == (1 if severity == "error" else 0)


@pytest.mark.parametrize("markup", ["md"])
def test_a_note_that_changes_reaches_its_page(noted: Project) -> None:
    assert noted.build("html").status == 0
    noted.replace("docs/editorial-record.toml", "A slip of", "A change of")
    assert noted.build("html").status == 0
    assert "A change of" in (noted.root / "build/html/index.html").read_text("utf-8")


@pytest.mark.parametrize("markup", ["md"])
def test_pages_that_are_read_in_parallel(noted: Project) -> None:
    for number in range(12):  # which are shared out
        noted.write(f"docs/{number}.md", "# Page\n")
    noted.append("docs/index.md", "\n```{toctree}\n:glob:\n\n[0-9]*\n```\n")
    built = noted.build("html", "-j2")
    assert built.status == 0, built.text
    noted.replace("docs/index.md", "`erondu`", "`which`")
    assert 'No page marks the note "erondu".' in noted.build("html", "-E", "-j2").text
