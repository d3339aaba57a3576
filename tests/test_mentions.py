"""Boxes, tables, figures and terms tell where they are mentioned."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.projects import PIXEL, WORKS, Project

INDEX = """\
# Sample

{numref}`box-a` and a {term}`word`; {term}`WORD` again.

## First *part*

{numref}`box-a`, once more {numref}`box-a`, {ref}`table-a`, [](#figure-a) and a {term}`synonym`.

## On the site

{.html-only}
See {numref}`box-a`.

```{toctree}
other
glossary
```
"""
OTHER = """\
# Other

```{box} Title
:name: box-a

Words of {numref}`box-a` and of a {term}`word`.
```

```{list-table} A table
:name: table-a

* - Cell
```

{.source}
From a place.

```{figure} pixel.png
:name: figure-a
:alt: A point

Caption.
```

```{box} Another
:name: box-b

Words.
```
"""
GLOSSARY = """\
# Glossary

```{glossary}
word
synonym
  What it means.

other
  Not a {term}`word`.
```
"""


@pytest.fixture
def mentioned(project: Project) -> Project:
    project.append("conf.py", "evidence_mentions = True\nevidence_previews = True\n")
    project.append("conf.py", "evidence_rules = {'crossref-unreferenced': 'off'}\n")
    project.append("conf.py", "myst_enable_extensions = ['attrs_block']\n")
    project.write("docs/index.md", INDEX)
    project.write("docs/other.md", OTHER)
    project.write("docs/glossary.md", GLOSSARY)
    (project.root / "docs/pixel.png").write_bytes(PIXEL)
    return project


def pages(out: Path) -> dict[str, BeautifulSoup]:
    return {
        name: BeautifulSoup((out / f"{name}.html").read_text("utf-8"), "html.parser")
        for name in ("index", "other", "glossary")
    }


def test_each_thing_tells_its_passages(mentioned: Project) -> None:
    """Folded, behind it and its source, once for each heading or page, and not its own words."""
    built = mentioned.build("html")
    assert (built.status, built.text) == (0, "")
    found = pages(built.out)
    told = [" ".join(one.get_text().split()) for one in found["other"].select("details")]
    assert told == [
        "Mentioned in 2 passages: Sample; Sample, “First part”.",
        "Mentioned in 1 passage: Sample, “First part”.",
        "Mentioned in 1 passage: Sample, “First part”.",
    ]
    before = [one.find_previous_sibling() for one in found["other"].select("details")]
    assert [one and one.name for one in before] == ["div", "p", "figure"]
    styled = [name for name in found if "evidence-mentions.css" in str(found[name].head)]
    assert styled == ["other", "glossary"]
    assert (built.out / "_static/evidence-mentions.css").is_file()
    (term,) = found["glossary"].select("details")
    assert " ".join(term.get_text().split()) == "Mentioned on 2 pages: Sample; Other."
    for way in found["glossary"].select("details a") + found["other"].select("details a"):
        name, _, place = str(way["href"]).partition("#")
        (there,) = found[name.removesuffix(".html")].select(f'[id="{place}"]')
        assert there.select("a.internal")
    (preview,) = found["other"].select("template")[1:]
    assert "What it means." in preview.get_text()
    assert "Mentioned" not in preview.get_text()


def test_they_follow_the_pages_that_mention(mentioned: Project) -> None:
    """Also the references, which another page cites."""
    mentioned.write("references.bib", WORKS.partition("\n\n")[2])
    mentioned.replace("docs/index.md", "{ref}`table-a`", "{ref}`table-a` {cite:p}`leamy2011`")
    mentioned.append("docs/glossary.md", "\n```{bibliography}\n```\n")
    out = mentioned.build("html").out
    mentioned.replace("docs/index.md", "## First *part*", "## Second")
    assert mentioned.build("html").text == ""
    for page in pages(out).values():
        assert "First part" not in page.get_text()
    assert "Sample, “Second”" in pages(out)["other"].get_text()
    mentioned.replace("docs/index.md", "# Sample", "# Example")
    assert mentioned.build("html").text == ""
    assert "Example, “Second”" in pages(out)["other"].get_text()
    assert "Cited on: Example." in pages(out)["glossary"].get_text()


def test_only_where_it_is_wanted(mentioned: Project) -> None:
    mentioned.replace("conf.py", "evidence_mentions = True\n", "")
    html = (mentioned.build("html").out / "other.html").read_text("utf-8")
    assert not re.search("Mentioned|mention-", html)


def test_passages_have_page_numbers_on_paper_and_are_those_of_the_copy(
    mentioned: Project,
) -> None:
    documents = [{"name": "whole"}, {"name": "part", "without": ["glossary"]}]
    mentioned.append(
        "conf.py", f"evidence_pdf_documents = {documents}\nhtml_baseurl = 'https://x.org/'\n"
    )
    mentioned.append("docs/glossary.md", "\n{numref}`box-b`\n")
    built = mentioned.build("pdf")
    assert built.status == 0, built.text
    folder = mentioned.root / "doctrees/pdf/_typst"
    whole, part = ((folder / f"{name}.typ").read_text("utf-8") for name in ("whole", "part"))
    assert "Mentioned in 1 passage" in whole
    assert re.search(r'#goto\("index#mention-index-1".{1,200}page: ', whole)
    assert whole.count("Mentioned in") - part.count("Mentioned in") == 1


def test_a_long_glossary_asks_once_what_a_copy_holds(project: Project) -> None:
    """Asked for each term, or each work of a list, it would take hours for some thousands."""
    project.append(
        "conf.py",
        "evidence_mentions = True\n"
        "from pathlib import Path\n"
        "from sphinx import addnodes\n"
        "from docutils import nodes\n"
        "import sphinx_evidence.runtime.passages as passages\n"
        "walk = nodes.document.findall\n"
        "def findall(self, condition=None, **options):\n"
        "    if condition is addnodes.start_of_file:\n"
        "        with Path(__file__).with_name('asked').open('a') as file: file.write('x')\n"
        "    return walk(self, condition, **options)\n"
        "nodes.document.findall = findall\n",
    )
    terms = "".join(f"word {n}\n  It means {n}.\n\n" for n in range(40))
    uses = " ".join(f"{{term}}`word {n}`" for n in range(40))
    works = "".join(WORKS.replace("1993", f"{n}").replace("2011", f"{n}") for n in (1990, 1991))
    project.write("references.bib", works)
    cited = "{cite:p}`leamy1990`, {cite:p}`leamy1991`, {cite:p}`anthony1990,anthony1991`"
    project.append(
        "docs/index.md",
        f"\n{uses}\n\n{cited}.\n\n```{{glossary}}\n{terms}```\n\n```{{bibliography}}\n```\n",
    )
    project.build("html")
    assert len((project.root / "asked").read_text("utf-8")) < 10
