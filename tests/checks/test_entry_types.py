"""Unknown types and works under two keys stop every builder, also with a style of pybtex."""

import re

import pytest
from pybtex.database import Entry as Work
from pybtex.database.input.bibtex import Parser
from pybtex.plugin import find_plugin

from sphinx_evidence.bibliography import entry_types
from sphinx_evidence.bibliography.reader import read, read_files
from sphinx_evidence.checks.works import work_of
from tests.projects import ROOT, WORKS, Project

TWICE = """
@jurnal{again2011,
  author = {Leamy, Mary and Bird, Victoria},
  title = {A framework of counting clouds},
  year = {2011},
}
"""


@pytest.mark.parametrize("builder", ["html", "citations"])
@pytest.mark.parametrize("style", ["alpha", "harvard"])
def test_bibliography_stops_the_build(project: Project, builder: str, style: str) -> None:
    project.replace("conf.py", "default_style = 'harvard'", f"default_style = '{style}'")
    works = WORKS.replace("A framework", "A framework of counting clouds")
    project.write("references.bib", works + TWICE)
    project.append(
        "docs/index.md",
        "\n{cite:p}`anthony1993,leamy2011,again2011`\n\n```{bibliography}\n```\n",
    )
    built = project.build(builder)
    assert built.status == 1
    assert "Traceback" not in built.text
    assert re.search(
        r'references\.bib:19:9: .*there is no type "@jurnal"\. Did you mean @article\?',
        built.text,
    )
    assert re.search(
        r'references\.bib:21:12: .*it has the same title as "leamy2011" at references\.bib:10\.',
        built.text,
    )


BIBLATEX = """
@report{who2020,
  author = {{World Health Organization}},
  title = {A report},
  date = {2020-05},
  institution = {Example},
}

@online{site2021,
  author = {Bird, V.},
  title = {A page},
  date = {2021},
  url = {https://example.org/},
}

@thesis{li2019,
  author = {Li, W.},
  title = {A thesis},
  date = {2019},
  institution = {University of Examples},
}
"""


def test_a_style_of_pybtex_prints_the_types_of_biblatex(project: Project) -> None:
    project.replace("conf.py", "default_style = 'harvard'", "default_style = 'plain'")
    project.replace("conf.py", "reference_style = 'harvard'", "reference_style = 'label'")
    project.write("references.bib", BIBLATEX)
    project.write(
        "docs/index.md",
        "# A\n\n{cite:p}`who2020,site2021` {footcite}`li2019`\n\n```{footbibliography}\n```\n\n"
        "```{bibliography}\n:style: unsrt\n```\n",
    )
    built = project.build("html")
    assert (built.status, built.text) == (0, "")
    page = (built.out / "index.html").read_text("utf-8")
    for words in ("Technical Report, Example, 2020", "PhD thesis, University of Examples, 2019"):
        assert words in re.sub(r"<[^<>]*>", "", page)


def test_what_is_handed_over_is_what_pybtex_reads() -> None:
    bibliography = read_files([ROOT / "references.bib"])
    entries = bibliography.entries.values()
    handed = {entry.key: work_of(entry, bibliography) for entry in entries}
    read_by_pybtex = Parser().parse_file(ROOT / "references.bib").entries
    assert handed == dict(read_by_pybtex.items())


def test_a_work_has_the_fields_of_its_xdata() -> None:
    text = "@xdata{x, author = {Li, W.}, year = 2001}\n@book{a, title = {A}, xdata = {X, y}}"
    bibliography = read(text, "x.bib")
    work = work_of(bibliography.entries["a"], bibliography)
    assert (work.type, work.fields["year"], str(work.persons["author"][0])) == (
        "book", "2001", "Li, W.",
    )  # fmt: skip


def test_a_style_is_looked_up_once_for_all_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pybtex walks through every installed package: for ten thousand works, this took minutes."""
    asked: list[str] = []

    def find(group: str, style: str) -> type:
        asked.append(style)
        found: type = find_plugin(group, style)
        return found

    monkeypatch.setattr("pybtex.plugin.find_plugin", find)
    works = [Work("report", {"location": "Here"}) for _ in range(9)]
    entry_types.adapt(works, ["plain", "alpha"])
    assert asked == ["plain", "alpha"]
    assert {(work.type, work.fields["address"]) for work in works} == {("techreport", "Here")}
