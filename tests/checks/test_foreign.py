"""Projects of other kinds: citations in footnotes, prefixed keys, other styles, names elsewhere."""

import json

import pytest
from bs4 import BeautifulSoup

from tests.projects import WORKS, Project

CONF = """\
project = "Foreign"
extensions = ["sphinx_evidence"]
evidence_short_names = True
bibtex_bibfiles = ["references.bib"]
"""


@pytest.fixture
def foreign(project: Project) -> Project:
    """A project in reStructuredText that chooses no style."""
    (project.root / "docs" / "index.md").unlink()
    project.write("conf.py", CONF)
    project.write("references.bib", WORKS)
    return project


def rules(project: Project) -> list[str]:
    content = json.loads((project.root / "build/citations/output.json").read_text("utf-8"))
    return [finding["rule"] for finding in content["findings"]]


def test_footnote_citations_are_uses_and_need_no_list(foreign: Project) -> None:
    foreign.write(
        "docs/index.rst",
        "Sample\n======\n\nOne :footcite:p:`anthony1993`, two :footcite:t:`leamy2011`.\n\n"
        ".. footbibliography::\n",
    )
    for style in ("plain", "harvard"):
        foreign.append("conf.py", f"bibtex_default_style = '{style}'\n")
        built = foreign.build("citations")
        assert (built.status, rules(foreign)) == (0, []), built.text
    assert foreign.build("html").status == 0
    page = (foreign.root / "build/html/index.html").read_text("utf-8")
    assert "Anthony, W.A. (1993)" in page


def test_prefixed_keys_and_labels_of_another_style(foreign: Project) -> None:
    foreign.append("conf.py", "bibtex_default_style = 'alpha'\n")
    foreign.write(
        "docs/index.rst",
        "Sample\n======\n\nOne :cite:p:`a-anthony1993,a-leamy2011`.\n\n"
        ".. bibliography::\n   :keyprefix: a-\n",
    )
    built = foreign.build("citations")
    assert (built.status, rules(foreign)) == (0, []), built.text
    assert foreign.build("html").status == 0
    page = (foreign.root / "build/html/index.html").read_text("utf-8")
    labels = [label.get_text() for label in BeautifulSoup(page, "html.parser")(class_="label")]
    assert labels == ["[Ant93]", "[LBS11]"]
