"""Unknown types and works under two keys stop every builder, also with a style of pybtex."""

import re

import pytest

from tests.projects import WORKS, Project

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
