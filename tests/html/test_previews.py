"""What a page holds of the places that it links to."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from sphinx_evidence.html.previews import kept_of
from sphinx_evidence.policy.page import active_content
from tests.projects import PIXEL, WORKS, Project

PAGE = """\
# Page

{cite:t}`leamy2011`, again {cite:p}`leamy2011`, a {term}`word`, {term}`other <synonym>`,
{numref}`box-a`, {numref}`table-a`, {numref}`figure-a` and [an end](#end).

(end)=
## End
"""
PARTS = """\
# Parts & pieces

```{box} First *box*
:name: box-a

Words {cite:p}`anthony1993` and [elsewhere](https://example.org/).
```

```{list-table} A table
:name: table-a
:header-rows: 1
:widths: 30 70

* - Head
  - Other head
* - Cell
  - See {numref}`box-a`.
```

```{figure} ../pixel.png
:name: figure-a
:alt: A > B
:width: 50%

A caption.
```
"""
GLOSSARY = """\
# Glossary

```{glossary}
word
synonym
  What it means, as {cite:t}`leamy2011` has it; compare {term}`word`.
```

```{bibliography}
```
"""


@pytest.fixture
def linked(project: Project) -> Project:
    """A project with a page that links to one of each."""
    project.append("conf.py", "evidence_previews = True\n")
    project.write("references.bib", WORKS)
    project.write("docs/index.md", "# Sample\n\n```{toctree}\npage\nmore/parts\nglossary\n```\n")
    project.write("docs/page.md", PAGE)
    project.write("docs/more/parts.md", PARTS)
    project.write("docs/glossary.md", GLOSSARY)
    (project.root / "docs/pixel.png").write_bytes(PIXEL)
    return project


def templates(path: Path) -> dict[str, Tag]:
    """The previews of a page by their addresses."""
    found = BeautifulSoup(path.read_text("utf-8"), "html.parser").select("template")
    assert len({str(one["data-preview"]) for one in found}) == len(found)
    return {str(one["data-preview"]): one for one in found}


def words(preview: Tag) -> str:
    return " ".join(preview.get_text(" ").split())


@pytest.mark.parametrize(
    ("builder", "page", "pictures"),
    [
        ("html", "page.html", "_images"),
        ("dirhtml", "page/index.html", "../_images"),
        ("singlehtml", "index.html", "_images"),
    ],
)
def test_each_place_is_shown_once(linked: Project, builder: str, page: str, pictures: str) -> None:
    built = linked.build(builder)
    assert built.text == ""
    found = templates(built.out / page)
    shown = {href.rpartition("#")[2].lower(): words(one) for href, one in found.items()}
    assert shown["box-a"].startswith("Box 1 First box Words (Anthony, 1993) and elsewhere .")
    assert shown["table-a"].startswith("Table 1 A table Head Other head Cell See Box 1 .")
    assert shown["figure-a"].startswith("Fig. 1 A caption.")
    for term in ("word", "synonym"):
        assert shown[f"term-{term}"].startswith(f"{term} What it means, as Leamy")
    (reference,) = (text for text in shown.values() if text.startswith("Leamy"))
    assert reference.startswith("Leamy, M., Bird, V. and Slade, M. (2011) ‘A framework’")
    assert "Cited in" not in reference
    assert "end" not in shown
    for href, one in found.items():
        *others, way = one.select("a")
        assert str(way["href"]).rpartition("#")[2] == href.rpartition("#")[2]
        assert {link["href"] for link in others} <= {"https://example.org/"}
    (picture,) = (one.select_one("img") for one in found.values() if one.select_one("img"))
    assert picture is not None
    assert str(picture["src"]) == f"{pictures}/pixel.png"
    assert (built.out / page).parent.joinpath(str(picture["src"])).is_file()


def test_no_name_is_there_twice_and_nothing_does_anything(linked: Project) -> None:
    out = linked.build("html").out
    for path in out.rglob("*.html"):
        text = path.read_text("utf-8")
        names = re.findall(r'\sid="([^"]*)"', text)
        assert len(names) == len(set(names)), path.name
    for one in templates(out / "page.html").values():
        assert [*active_content(one.decode_contents())] == []
        assert not one.select("[style], [name], [aria-labelledby]")


def test_they_follow_the_pages_that_they_are_from(linked: Project) -> None:
    linked.build("html")
    linked.replace("docs/glossary.md", "What it means", "What it now means")
    out = linked.build("html").out
    assert "What it now means" in (out / "page.html").read_text("utf-8")
    before = (out / "page.html").stat().st_mtime_ns
    assert linked.build("html").text == ""
    assert (out / "page.html").stat().st_mtime_ns == before
    linked.write("docs/page.md", "# Page\n\n{numref}`box-a` {numref}`table-a` {numref}`figure-a`\n")
    linked.build("html")
    assert len(templates(out / "page.html")) == 3


def test_search_and_copies_do_not_hold_them(linked: Project) -> None:
    linked.append("docs/more/parts.md", "\nXylophone.\n")
    linked.replace("docs/glossary.md", "What it means", "Zebra")
    out = linked.build("html").out
    index = (out / "searchindex.js").read_text("utf-8")
    assert re.search(r'"zebra":(\d+)[,}]', index)  # on one page
    linked.append("conf.py", "version = '1'\ncopyright = author = 'Ada'\nepub_show_urls = 'no'\n")
    assert linked.build("epub", name="book").status == 0
    pages = [*(linked.root / "doctrees/book/_epub").rglob("*.xhtml")]
    assert pages
    assert not any("preview" in path.read_text("utf-8") for path in pages)


def test_content_that_runs_is_refused_there_too(linked: Project) -> None:
    """The proof is made of what is put in, whatever has gone through before."""
    linked.append(
        "conf.py",
        "\ndef late(app, exception):\n"
        "    path = app.outdir / 'glossary.html'\n"
        "    text = path.read_text('utf-8')\n"
        "    path.write_text(text.replace('What it means', '<script>1</script>'), 'utf-8')\n"
        "def setup(app):\n"
        "    app.connect('build-finished', late)\n",
    )
    built = linked.build("html")
    assert built.status == 1
    assert built.text.count("The page would hold <script>.") == 1
    assert "Traceback" not in built.text


def test_only_where_it_is_wanted(linked: Project) -> None:
    linked.replace("conf.py", "evidence_previews = True\n", "")
    built = linked.build("html")
    assert templates(built.out / "page.html") == {}
    assert not list((built.out / "_static").glob("evidence-previews*"))


def test_no_more_is_kept_of_a_site_than_is_shown(tmp_path: Path) -> None:
    """A tree takes a megabyte, and a list of references may have thousands of entries."""
    works = "".join(f'<li id="ref-{number}"><p>Work {number}</p></li>' for number in range(99))
    page = '<h1>A</h1><a class="internal" href="b.html#ref-7">Work</a>'
    (tmp_path / "a.html").write_text(page, "utf-8")
    (tmp_path / "b.html").write_text(f'<h1>B</h1><ul class="references">{works}</ul>', "utf-8")
    kept = kept_of(tmp_path, ["a.html", "b.html"])
    assert kept == {
        "a.html": ("A", ("b.html#ref-7",), {}),
        "b.html": ("B", (), {"ref-7": "<p>Work 7</p>"}),
    }
