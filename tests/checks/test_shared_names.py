"""A name that two pages had for a while leads to the page that has kept it."""

import pytest

from tests.projects import Project

ONE = """\
# One

(there)=
## There

```{box} A
:name: box-a

Text.
```

```{glossary}
word
  Its meaning.
```
"""
TWO = "# Two\n\nText.\n"


@pytest.fixture
def twins(project: Project) -> Project:
    project.write(
        "docs/index.md",
        "# Sample\n\nSee {numref}`box-a`, [](#there) and {term}`word`.\n\n"
        "```{toctree}\none\ntwo\n```\n",
    )
    project.write("docs/one.md", ONE)
    project.write("docs/two.md", ONE.replace("# One", "# Two"))
    first = project.build("html")
    assert "duplicate label box-a" in first.text
    assert "duplicate term description of word" in first.text
    return project


@pytest.mark.parametrize("loser", ["one", "two"])
def test_name_given_up_is_known_where_it_was_kept(twins: Project, loser: str) -> None:
    twins.write(f"docs/{loser}.md", TWO)
    built = twins.build("html")
    assert built.status == 0, built.text


def test_name_of_a_page_that_is_gone_is_known_where_it_was_kept(twins: Project) -> None:
    (twins.root / "docs/two.md").unlink()
    twins.replace("docs/index.md", "two\n", "")
    built = twins.build("html")
    assert built.status == 0, built.text


def test_pages_that_share_no_name_are_not_read_again(project: Project) -> None:
    project.write("docs/index.md", "# Sample\n\n```{toctree}\none\ntwo\n```\n")
    project.write("docs/one.md", "# One\n")
    project.write("docs/two.md", "# Two\n")
    assert project.build("html").status == 0
    doctree = project.root / "doctrees/html/one.doctree"
    before = doctree.stat().st_mtime_ns
    project.write("docs/two.md", "# Two\n\nMore.\n")
    assert project.build("html").status == 0
    assert doctree.stat().st_mtime_ns == before
