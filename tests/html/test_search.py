"""What the search can find, where it is loaded, and that Sphinx's own is gone."""

import json
import re
from typing import Any

import pytest

from sphinx_evidence.html.search.passages import is_list, passages
from tests.projects import WORKS, Built, Project
from tests.test_unwritten import FULL, NO_ROOM, is_one_message

PAGE = """# Page

Some *words*
of two lines.[](#below)

- one
- two

## Below {#below}

Under it.

:::{box} A title
:name: box-one

Inside.
:::

After it.[^1]

[^1]: A remark.
"""
GLOSSARY = "# Glossary\n\n```{glossary}\nhope\n  What is ahead.\n```\n"
WORKS_CITED = "# Works\n\n{cite:p}`leamy2011`\n\n```{bibliography}\n```\n"


@pytest.fixture
def searched(project: Project) -> Project:
    """A project with the search, and pages of each kind."""
    project.append("conf.py", "evidence_search = True\nmyst_enable_extensions = ['colon_fence']\n")
    project.write("references.bib", WORKS.partition("\n\n")[2])
    project.write("docs/index.md", "# Start\n\n```{toctree}\nfolder/page\nglossary\nworks\n```\n")
    page = PAGE.replace(" {#below}", "").replace("[](#below)", " See {numref}`box-one`.")
    project.write("docs/folder/page.md", page)
    project.write("docs/glossary.md", GLOSSARY)
    project.write("docs/works.md", WORKS_CITED)
    return project


def build(project: Project, builder: str = "html", *options: str) -> Built:
    built = project.build(builder, *options)
    assert built.status == 0, built.text
    return built


def data(built: Built) -> dict[str, Any]:
    text = (built.out / "_static/search/passages.js").read_text("utf-8")
    found: dict[str, Any] = json.loads(text.removeprefix("const SITE = ").removesuffix(";\n"))
    return found


def test_passages_have_their_own_words_and_an_address(searched: Project) -> None:
    pages = {page["address"]: page for page in data(build(searched))["pages"]}
    assert list(pages) == ["folder/page.html", "glossary.html", "index.html", "works.html"]
    assert pages["folder/page.html"]["title"] == "Page"
    assert pages["folder/page.html"]["passages"] == [
        ["", "Page", "Some words of two lines. See Box 1.\none\ntwo", False],
        ["below", "Below", "Under it.\nAfter it.", False],
        ["box-one", "Box 1 A title", "Inside.", False],
        ["id2", "Note", "A remark.", False],
    ]
    assert pages["glossary.html"]["passages"][1] == ["term-hope", "hope", "What is ahead.", False]
    assert [page["address"] for page in pages.values() if page["isList"]] == []
    anchor, heading, _, entry = pages["works.html"]["passages"][1]
    assert (bool(anchor), "Leamy" in heading, entry) == (True, True, True)


def test_a_page_of_entries_is_a_list() -> None:
    item = '<li id="a"><p>A work<a class="headerlink" href="#a">#</a></p><p>Seen.</p></li>'
    html = f'<section id="s"><h1>Works</h1>Few.<ul class="references">{item * 3}</ul></section>'
    found = passages(html)
    assert [(one.heading, one.text, one.entry) for one in found] == [
        ("Works", "Few.", False), *[("A work", "Seen.", True)] * 3,
    ]  # fmt: skip
    assert is_list(found)
    assert not is_list(found[:2])
    question = '<section class="open-question" id="q"><h2>Who?</h2><p>Say.</p></section>'
    assert passages(f"<section><h1>Ask</h1>{question}</section>")[1].entry


def test_a_page_without_a_heading_has_no_passage() -> None:
    assert passages("<p>Words.</p>") == []


def test_what_only_leads_on_is_left_out() -> None:
    html = '<section><h1>A</h1><p>Words.</p><p class="html-only">Go on.</p></section>'
    assert passages(html)[0].text == "Words."


def test_a_page_can_be_left_out(searched: Project) -> None:
    searched.replace("docs/glossary.md", "# Glossary", "---\nnosearch: true\n---\n# Glossary")
    assert "glossary.html" not in [page["address"] for page in data(build(searched))["pages"]]


@pytest.mark.parametrize("theme", ["alabaster", "furo", "pydata_sphinx_theme"])
def test_only_the_search_page_loads_it(searched: Project, theme: str) -> None:
    searched.append("conf.py", f"html_theme = '{theme}'\n")
    built = build(searched)
    scripts = {
        path.stem: re.findall(r'src="[^"]*_static/([^"?]+\.js)', path.read_text("utf-8"))
        for path in built.out.rglob("*.html")
    }
    own = ["search/minisearch.js", "search/passages.js", "search/search.js"]
    assert [script for script in scripts["search"] if script.startswith("search/")] == own
    assert [page for page, found in scripts.items() if set(own) & set(found)] == ["search"]
    assert "sphinx_highlight.js" not in str(scripts)  # which keeps what was typed
    assert "searchtools.js" not in scripts["search"]
    assert not (built.out / "searchindex.js").exists()
    assert (built.out / "_static/search/minisearch.LICENSE.txt").exists()
    assert 'href="glossary.html">glossary</a>' in (built.out / "search.html").read_text("utf-8")


def test_addresses_where_each_page_has_a_folder(searched: Project) -> None:
    built = build(searched, "dirhtml")
    assert [page["address"] for page in data(built)["pages"]][:2] == [
        "../folder/page/",
        "../glossary/",
    ]
    assert "../_static/search/search.js" in (built.out / "search/index.html").read_text("utf-8")


def test_the_same_pages_give_the_same_bytes(searched: Project) -> None:
    first = build(searched, "html", "-j2")
    before = (first.out / "_static/search/passages.js").read_bytes()
    searched.append("docs/index.md", "\nWords.\n")
    assert (build(searched).out / "_static/search/passages.js").read_bytes() != before
    searched.replace("docs/index.md", "\nWords.\n", "")
    assert (build(searched).out / "_static/search/passages.js").read_bytes() == before


@pytest.mark.parametrize("part", ["minisearch.js", "passages.js"])
def test_a_full_disk(searched: Project, part: str) -> None:
    searched.append("conf.py", FULL.format(part=part))
    built = searched.build("html")
    assert is_one_message(built, NO_ROOM), built.text
    assert not (built.out / "index.html").exists()


def test_without_the_setting_sphinx_searches(project: Project) -> None:
    built = build(project)
    assert (built.out / "searchindex.js").exists()
    assert not (built.out / "_static" / "search").exists()
