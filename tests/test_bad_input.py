"""Input that once ended in a traceback: one message, its place, and what to do."""

from collections.abc import Callable

import pytest

from tests.projects import WORKS, Project


def table(project: Project) -> None:
    project.write("docs/x.csv", "")
    (project.root / "docs/x.csv").write_bytes("Köln,b\n".encode("latin-1"))
    project.append("docs/index.md", "\n```{csv-table}\n:file: x.csv\n```\n")


def ledger(project: Project) -> None:
    project.write("links.lock.json", "[" * 3000 + "]" * 3000)


CASES: dict[str, tuple[Callable[[Project], None], str]] = {
    "a table that is not UTF-8": (table, 'docs/index.md:3: ERROR: "x.csv" is not UTF-8. Save'),
    "a ledger nested too deep": (ledger, "links.lock.json:1: ERROR: The brackets of this file"),
}


@pytest.mark.parametrize("builder", ["html", "pdf"])
@pytest.mark.parametrize("case", CASES)
def test_one_message(case: str, builder: str, project: Project) -> None:
    spoil, message = CASES[case]
    spoil(project)
    built = project.build(builder)
    assert built.status == 1
    assert message in built.text
    assert built.text.count("ERROR") == 1
    assert "Traceback" not in built.text


def test_a_footnote_citation_needs_no_list_of_footnotes(project: Project) -> None:
    project.write("references.bib", WORKS)
    project.write(
        "docs/index.md",
        "# Sample\n\n{footcite}`leamy2011` {cite:t}`anthony1993`\n\n```{bibliography}\n```\n",
    )
    assert "Traceback" not in project.build("html").text
