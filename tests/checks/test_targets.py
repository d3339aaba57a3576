"""A link whose target is left out of what is written stops the build."""

import pytest

from tests.projects import WORKS, Project

REMOVE = """
from docutils import nodes

def leave_out(app, tree, name):
    for node in list(tree.findall(nodes.Element)):
        if any("{}" in one for one in (*node.get("ids", ()), node.tagname)) and node.parent:
            node.parent.remove(node)

def setup(app):
    app.connect("doctree-resolved", leave_out)
"""


@pytest.fixture
def linked(project: Project) -> Project:
    """Two pages that lead to each other, and to a list of references."""
    project.write("references.bib", WORKS)
    project.write(
        "docs/index.md",
        "# Sample\n\n{cite:t}`leamy2011` and {cite:t}`anthony1993`: see [there](page.md#part) and"
        " [below](#end).\n\n```{toctree}\npage\n```\n\n```{bibliography}\n```\n\n## End\n\nA.\n",
    )
    project.write("docs/page.md", "# Page\n\n## Part\n\nSee [it](index.md#end).\n")
    return project


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_what_is_there_is_not_told(linked: Project, builder: str) -> None:
    built = linked.build(builder)
    assert built.status == 0, built.text


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
@pytest.mark.parametrize(
    ("removed", "told"),
    [
        (
            "list_item",
            [
                "index.md:3: ERROR: The link “Leamy et al. (2011)”",
                "index.md:3: ERROR: The link “Anthony (1993)”",
            ],
        ),
        ("part", ["index.md:3: ERROR: The link “there”"]),
        ("end", ["index.md:3: ERROR: The link “below”", "page.md:5: ERROR: The link “it”"]),
    ],
)
def test_what_is_left_out_is_told(
    linked: Project, builder: str, removed: str, told: list[str]
) -> None:
    linked.append("conf.py", REMOVE.format(removed))
    built = linked.build(builder)
    assert built.status == 1
    assert [line for line in told if line not in built.text] == [], built.text
    assert built.text.count("leads to what was not written") == len(told), built.text
    assert not list(built.out.glob("*.html"))


def test_pages_of_an_earlier_run_are_known(linked: Project) -> None:
    assert linked.build("html").status == 0
    linked.append("docs/index.md", "\nMore.\n")
    built = linked.build("html")
    assert built.status == 0, built.text
    assert "More." in (built.out / "index.html").read_text("utf-8")


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_a_page_of_the_site_by_its_full_address(linked: Project, builder: str) -> None:
    linked.append("conf.py", "html_baseurl = 'https://example.org/paper/'\n")
    links = "\n".join(
        f"<https://example.org/{path}>"
        for path in (
            "paper/index.html",
            "paper/other/",
            "paper/",
            "paper",
            "paper/nosuch.html#a",
            "no.html",
            "paper.de/no.html",
            "paper/../../../conf.py",
        )
    )
    linked.append("docs/page.md", f"\n{links}\n")
    built = linked.build(builder)
    assert built.status == 1
    message = 'docs/page.md:7: ERROR: This site has no "nosuch.html". Link to the page by its file'
    assert message in built.text
    # What lies outside the site is not looked at.
    assert 'docs/page.md:7: ERROR: This site has no "conf.py".' in built.text
    assert "Stopped: 2 findings" in built.text
    linked.append("conf.py", "evidence_rules['crossref-page'] = 'off'\n")
    assert linked.build(builder).status == 0
