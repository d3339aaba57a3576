"""Which pages load what gives room to write below their questions."""

import re

import pytest

from tests.projects import Project

ASKING = "# Ask\n\n{.questions}\n1. Why?\n2. How?\n"
LOADED = re.compile(
    r'<script data-project="A &amp; &quot;B&quot;" defer="defer" '
    r'src="((?:\.\./)?)_static/evidence-answers\.js'
)


@pytest.fixture
def asking(project: Project) -> Project:
    """A project with a page that asks, and one that does not."""
    project.append(
        "conf.py",
        "project = 'A & \"B\"'\nmyst_enable_extensions = ['attrs_block']\n"
        "evidence_answers = True\n",
    )
    project.write("docs/index.md", "# Start\n\n1. One\n\n```{toctree}\nask\n```\n")
    project.write("docs/ask.md", ASKING)
    return project


@pytest.mark.parametrize(
    ("builder", "page", "root"),
    [
        ("html", "ask.html", ""),
        ("dirhtml", "ask/index.html", "../"),
        ("singlehtml", "index.html", ""),
    ],
)
def test_page_that_asks_loads_it(asking: Project, builder: str, page: str, root: str) -> None:
    built = asking.build(builder)
    assert built.status == 0, built.text
    loading = {
        path.relative_to(built.out).as_posix(): found[1]
        for path in built.out.rglob("*.html")
        if (found := LOADED.search(path.read_text("utf-8")))
    }
    assert loading == {page: root}
    for ending in ("css", "js"):
        assert (built.out / f"_static/evidence-answers.{ending}").is_file()


def test_only_where_it_is_wanted(asking: Project) -> None:
    asking.replace("conf.py", "evidence_answers = True\n", "")
    built = asking.build("html")
    assert "evidence-answers" not in (built.out / "ask.html").read_text("utf-8")
    assert not list((built.out / "_static").glob("evidence-answers*"))
