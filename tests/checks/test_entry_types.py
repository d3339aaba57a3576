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
