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


def works(*keys: str) -> str:
    """A work for each key; the last letter is its keyword."""
    entry = "@misc{{{0},\n  author = {{{1}, Ann}},\n  title = {{On {1}}},\n  year = {{2020}},\n"
    return "\n".join(
        entry.format(key, key.title()) + f"  keywords = {{{key[-1]}}},\n}}\n" for key in keys
    )


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


def test_a_list_on_each_page_lists_of_works_and_footnotes(foreign: Project) -> None:
    foreign.append(
        "conf.py",
        "extensions += ['myst_parser']\n"
        "bibtex_bibfiles = ['docs/one.bib', 'docs/two.bib']\n"
        "bibtex_footcite_id = 'note-{footbibliography_count}-{key}'\n"
        "suppress_warnings = ['bibtex.duplicate_citation']\n",
    )
    foreign.write("docs/one.bib", works("alma", "berta", "cecil"))
    foreign.write("docs/two.bib", works("dora", "emil", "fritz", "gusta"))
    own = "   :filter: docname in docnames\n"
    foreign.write(
        "docs/index.rst",
        "Sample\n======\n\n:cite:t:`alma`, :cite:empty:`berta`\n\n"
        ".. toctree::\n\n   page\n   more\n\n"
        f".. bibliography::\n{own}",
    )
    foreign.write(
        "docs/page.rst",
        "Page\n====\n\n:cite:p:`p-alma`, :cite:t:`p-b-cecil`.\n\n"
        f".. bibliography::\n{own}   :keyprefix: p-\n\n"
        f".. bibliography::\n{own}   :keyprefix: p-b-\n",
    )
    foreign.write(
        "docs/more.md",
        "# More\n\n{cite:p}`alma`, {footcite:p}`dora`.\n\n```{footbibliography}\n```\n\n"
        "And {footcite:t}`emil,dora`.\n\n```{footbibliography}\n```\n\n"
        "```{bibliography}\n:filter: docname in docnames\n```\n\n## Ours\n\n"
        "```{bibliography} two.bib\n:list: bullet\n:filter: keywords % 'z'\n```\n\n"
        "```{bibliography}\n:list: enumerated\n\ngusta\n```\n",
    )
    built = foreign.build("citations")
    assert (built.status, rules(foreign)) == (0, []), built.text
    # A list with bullets is none that citations lead to.
    foreign.append("docs/page.rst", "\n:cite:p:`fritz`, :footcite:p:`emill`.\n")
    assert foreign.build("citations").status == 1
    content = json.loads((foreign.root / "build/citations/output.json").read_text("utf-8"))
    unlisted, unknown = (
        (f["rule"], f["line"], f"{f['wrong']} {f['remedy']}") for f in content["findings"]
    )
    said = "Add a `.. bibliography::` without :list: that shows them, or correct its :filter:."
    assert unlisted == ("citation-unlisted", 14, f'No list of references shows "fritz". {said}')
    assert unknown[:2] == ("citation-unknown", 14)
    assert 'No reference has the key "emill". Did you mean "emil"' in unknown[2]


TRUSTED = """\
---
licence: ours
myst:
  substitutions:
    us: The authors
---

# Page

<video src="https://example.org/film.mp4"></video>

![A badge](https://example.org/badge.svg) [A file](ftp://example.org/x)

![A drawing](live.svg) {download}`The settings <../conf.py>`

```{raw} html
<b>Raw words</b>
```

```{include} ../part.md
```

{{ us }} thank {{ us.upper() }}.
"""


def test_a_project_trusts_its_own_pages(foreign: Project) -> None:
    """What pages of strangers may not, and what is read, includes and front matter among it."""
    foreign.write(
        "conf.py",
        f"{CONF}extensions += ['myst_parser']\nmyst_enable_extensions = ['substitution']\n",
    )
    foreign.write("references.bib", "")
    foreign.write("part.md", "Words from elsewhere.\n")
    foreign.write("docs/live.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")
    foreign.write("docs/index.md", TRUSTED)
    built = foreign.build("citations")
    assert (built.status, built.text) == (0, "")
    assert foreign.build("html").status == 0
    page = (foreign.root / "build/html/index.html").read_text("utf-8")
    for words in ("film.mp4", "Raw words", "Words from elsewhere", "thank THE AUTHORS"):
        assert words in page
    foreign.append("docs/index.md", "\nWords \u202ethat turn.\n")
    assert "[evidence.policy-character]" in foreign.build("html").text


CELLS = """\
# Cells

{numref}`drawn` shows what {numref}`not-drawn` does not, as Figure 7 (see Figure 8).
So does {numref}`glued-Here`, as a glance shows.

```{glue:figure} one
:figwidth: 600px
:name: glued-Here

Words.
```

```{code-cell} ipython3
---
mystnb:
  figure:
    caption: Many words that only a run can show
    name: drawn
---
1 + 1
```

`````
````{note}
{cite:p}`key` in an example
````
`````
"""
CODE_CELLS = """
from docutils import nodes
from docutils.parsers.rst import Directive

class Cell(Directive):
    has_content = True
    optional_arguments = 1

    def run(self):
        cell = nodes.container(nb_element="cell_code", cell_metadata={
            "mystnb": {"figure": {"caption": "Many words", "name": "drawn"}, "timeout": 3},
            "tags": ["hide-input"],
        })
        return [cell]

class Glued(Cell):
    option_spec = {"name": str, "figwidth": str}

    def run(self):
        return []

def setup(app):
    app.add_directive("code-cell", Cell)
    app.add_directive("glue:figure", Glued)
"""


def test_cells_of_code_that_were_not_run(foreign: Project) -> None:
    """They may show the figures that they name; and code may show markup."""
    foreign.write("cells.py", CODE_CELLS)
    foreign.write(
        "conf.py",
        f"import sys\nsys.path.insert(0, '.')\n{CONF}extensions += ['myst_parser', 'cells']\n"
        "numfig = True\n",
    )
    foreign.write("references.bib", "")
    foreign.write("docs/index.md", CELLS)
    assert foreign.build("citations").status == 1
    content = json.loads((foreign.root / "build/citations/output.json").read_text("utf-8"))
    (found,) = content["findings"]
    assert (found["rule"], found["line"]) == ("crossref-number", 3)
    assert '"not-drawn"' in found["wrong"]


def test_names_of_projects_that_cannot_be_asked(foreign: Project) -> None:
    """What intersphinx could not load is not known, and that is said."""
    foreign.append(
        "conf.py",
        "extensions += ['myst_parser', 'sphinx.ext.intersphinx']\n"
        "intersphinx_mapping = {'there': ('http://127.0.0.1:9/', None)}\n"
        "suppress_warnings = ['intersphinx']\n",
    )
    foreign.write("references.bib", "")
    foreign.write(
        "docs/index.rst",
        "Sample\n======\n\n.. toctree::\n\n   page\n\n"
        ":doc:`there:start`, :ref:`their-name`, :term:`their word`, :numref:`nowhere`\n",
    )
    foreign.write("docs/page.md", "# Page\n\n{ref}`their-other`, [file](no-page.md), [](theirs)\n")
    built = foreign.build("citations")
    assert rules(foreign) == ["crossref-number", "crossref-name"], built.text
    assert "names that may be of there, whose lists were not to be had" in built.text


@pytest.mark.parametrize("markup", ["md", "rst"])
def test_what_a_missing_file_would_hold(foreign: Project, markup: str) -> None:
    foreign.append("conf.py", "extensions += ['myst_parser']\nnumfig = True\n")
    foreign.write("references.bib", "")
    foreign.write(
        f"docs/index.{markup}",
        {
            "md": "# Sample\n\n```{include} no-file.md\n```\n\n(see Figure 2) {ref}`its-name`\n",
            "rst": "Sample\n======\n\n.. include:: no-file.rst\n\n(see Figure 2) :ref:`its-name`\n",
        }[markup],
    )
    foreign.build("citations")
    content = json.loads((foreign.root / "build/citations/output.json").read_text("utf-8"))
    (found,) = content["findings"]
    assert found["rule"] == "directive-broken"
    assert f'names a file that is not there: "no-file.{markup}"' in found["wrong"]


def test_a_bibliography_named_without_a_list(foreign: Project) -> None:
    foreign.append("conf.py", "bibtex_bibfiles = 'references.bib'\n")
    text = "Sample\n======\n\n:cite:p:`leamy2011,anthony1993`\n\n.. bibliography::\n"
    foreign.write("docs/index.rst", text)
    assert foreign.build("citations").text == ""


def test_a_reference_that_is_whole_and_words_that_lead_to_a_work(foreign: Project) -> None:
    """Readers find these works without an entry."""
    foreign.append("conf.py", "extensions += ['myst_parser']\nevidence_rules = {}\n")
    foreign.write("references.bib", "")
    foreign.write(
        "docs/index.md",
        "# How to cite Brown (1999)\n\n"
        "van der Doe, J., Roe, A., & Poe, Y. (2024). Words. *Journal*, *56*(4), 3--9. https://doi.org/10.3758/s13428-0\n\n"
        "[a map, [Doe et al. 2022](https://doi.org/10.2905/D6)]\n\n"
        "An [address](https://example.org/a?q=(one%2F(two)%2C(three))) with brackets.\n\n"
        "1. First:\n - ```code.txt```\n2. Second:\n - ```more.txt```\n",
    )
    assert foreign.build("citations").text == ""
    foreign.append("docs/index.md", "\nAs Roe and Poe (2024) say: https://example.org\n")
    assert foreign.build("citations").status == 1
    assert rules(foreign) == ["citation-unmatched"]


INDENTED = """\
Sample
======

To read first:

  + at the start

    + what the authors have written of their own work in all these many years, and what
      others have said of it since then (:cite:p:`leamy2011`)

    + deeper

      + deeper

        + the deepest that there is

.. _contact: Where we are

Indices and tables
==================

* :ref:`genindex`
* :ref:`sample`

.. _sample:

More
----

.. bibliography::
"""


def test_lists_that_are_indented_are_no_quotations(foreign: Project) -> None:
    """Nor is the end that every project begins with a second title of the page."""
    foreign.write("docs/index.rst", INDENTED)
    foreign.build("citations")
    content = json.loads((foreign.root / "build/citations/output.json").read_text("utf-8"))
    (found,) = content["findings"]
    assert (found["rule"], found["line"]) == ("page-lost", 17)
    assert "put the words two lines below" in found["remedy"]


def test_roles_that_a_page_makes_and_directives_in_comments(foreign: Project) -> None:
    foreign.write("references.bib", "")
    foreign.write(
        "docs/index.rst",
        "Sample\n======\n\n.. role:: python(code)\n   :language: python\n\n"
        ".. .. note:: That was here once\n\n:python:`1 + 1` is two.\n",
    )
    assert foreign.build("citations").text == ""


def test_links_that_an_extension_resolves_once(foreign: Project) -> None:
    """A link to a heading of a page elsewhere is one link, and its answer one answer."""
    foreign.write(
        "answers.py",
        "from docutils import nodes\n"
        "from sphinx import addnodes\n"
        "from sphinx.transforms.post_transforms import SphinxPostTransform\n"
        "class Once(SphinxPostTransform):\n"
        "    default_priority = 8\n"
        "    def run(self):\n"
        "        for node in list(self.document.findall(addnodes.pending_xref))[:1]:\n"
        "            node.replace_self(nodes.inline('', 'how'))\n"
        "def setup(app):\n    app.add_post_transform(Once)\n",
    )
    foreign.write(
        "conf.py",
        f"import sys\nsys.path.insert(0, '.')\n{CONF}extensions += ['myst_parser', 'answers']\n",
    )
    foreign.write("references.bib", "")
    foreign.write("README.md", "# Read me\n\n## Usage\n")
    foreign.write("docs/index.md", "# Sample\n\n[how](../README.md#usage)\n")
    foreign.build("citations")
    assert rules(foreign) == []


def test_styles_that_are_not_there_are_told_and_hide_nothing(foreign: Project) -> None:
    foreign.append(
        "conf.py", "bibtex_default_style = 'own-house'\nbibtex_reference_style = 'authors_year'\n"
    )
    foreign.write(
        "docs/index.rst",
        "Sample\n======\n\nOne :cite:p:`anthony1993`, two :cite:p:`nosuch`.\n\n"
        ".. bibliography::\n   :style: plane\n   :all:\n\n"
        ".. bibliography::\n   :list: bullet\n   :keyprefix: x-\n",
    )
    for builder in ("citations", "html"):
        built = foreign.build(builder)
        assert built.status == 1
        assert "Traceback" not in built.text
        for said in (
            'bibtex_default_style: There is no style "own-house". Correct it, or install',
            'bibtex_reference_style: There is no style "authors_year". Did you mean "author_year"?',
            ': There is no style "plane". Did you mean "plain"?',
            'No reference has the key "nosuch".',
        ):
            assert said in built.text
        places = {line.split(": ")[0] for line in built.text.splitlines()}
        assert {"conf.py:5", "conf.py:6", "docs/index.rst:6"} <= places


def test_a_bib_file_that_leads_out_of_the_project_is_not_read(foreign: Project) -> None:
    outside = foreign.root.parent / "outside.bib"
    outside.write_text(WORKS, "utf-8")
    foreign.write("pyproject.toml", "")
    foreign.write("shared/kept.bib", WORKS)
    foreign.write("docs/index.rst", "Sample\n======\n\nOne :cite:p:`anthony1993`.\n")
    path = foreign.root / "references.bib"
    path.unlink()
    path.symlink_to("shared/kept.bib")
    assert "bib-missing" not in rules_of(foreign)
    path.unlink()
    path.symlink_to(outside)
    assert "bib-missing" in rules_of(foreign)
    said = "The file is a link to a place outside the project. Put the file itself here, or"
    assert said in foreign.build("html").text
    foreign.append("conf.py", "bibtex_bibfiles = ['../outside.bib']\n")  # said by conf.py itself
    assert "bib-missing" not in rules_of(foreign)


def rules_of(project: Project) -> list[str]:
    project.build("citations")
    return rules(project)


def test_names_before_a_citation_of_the_work_are_no_second_one(foreign: Project) -> None:
    foreign.write(
        "docs/index.rst",
        "Sample\n======\n\nAnthony (1993) :cite:p:`anthony1993`, Leamy et al. (2011)\n"
        ":footcite:p:`leamy2011`, and Anthony (1993) alone.\n\n"
        ".. bibliography::\n\n.. footbibliography::\n",
    )
    foreign.build("citations")
    content = json.loads((foreign.root / "build/citations/output.json").read_text("utf-8"))
    told = [(f["rule"], f["line"]) for f in content["findings"]]
    assert told == [("citation-plain", 5)]


def test_picture_on_a_card_repeats_its_title(foreign: Project) -> None:
    foreign.write(
        "conf.py", f"{CONF}extensions += ['myst_parser', 'sphinx_design']\nnumfig = True\n"
    )
    foreign.write("references.bib", "")
    foreign.write("docs/one.png", "")
    (foreign.root / "docs/index.rst").write_text(
        "Sample\n======\n\n.. card:: Title\n   :img-top: one.png\n\n   Words.\n\n"
        ".. image:: one.png\n",
        "utf-8",
    )
    foreign.build("citations")
    content = json.loads((foreign.root / "build/citations/output.json").read_text("utf-8"))
    assert [f["line"] for f in content["findings"] if f["rule"] == "image-alt"] == [9]


SAYS = """
from sphinx.util import logging

def say(app, docname, source):
    if docname == "book":  # as MyST-NB does of the second line of the first cell
        logger = logging.getLogger("myst_parser.warnings_")
        logger.warning("Unknown directive type: 'nosuch'", location=(docname, 10003))

def setup(app):
    app.connect("source-read", say)
"""


def test_what_a_parser_says_of_a_notebook_is_told_at_the_line_of_the_file(foreign: Project) -> None:
    foreign.write("says.py", SAYS)
    foreign.write(
        "conf.py",
        f"import sys\nsys.path.insert(0, '.')\n{CONF}extensions += ['myst_parser', 'says']\n"
        "source_suffix = {'.md': 'markdown', '.ipynb': 'markdown'}\n",
    )
    foreign.write("references.bib", "")
    foreign.write("docs/index.md", "# Sample\n\n```{toctree}\nbook\n```\n")
    cell = {"cell_type": "markdown", "source": ["# Title\n", "```{nosuch}\n", "```"]}
    foreign.write("docs/book.ipynb", json.dumps({"cells": [cell]}, indent=1))
    foreign.build("citations")
    content = json.loads((foreign.root / "build/citations/output.json").read_text("utf-8"))
    (told,) = (f for f in content["findings"] if f["rule"] == "markup-unknown")
    line = (foreign.root / "docs/book.ipynb").read_text("utf-8").split("\n")[told["line"] - 1]
    assert "{nosuch}" in line


def test_names_before_a_citation_of_docutils_itself_lead_to_its_work(foreign: Project) -> None:
    foreign.write(
        "docs/index.rst",
        "Sample\n======\n\nLin et al. (2019) [Lin2019]_ and Lin et al.'s 2019 paper [Lin2019]_.\n"
        "Ng et al. (2019) say so, who know [Lin2019]_.\n\n.. [Lin2019] Lin A. One. 2019.\n",
    )
    foreign.build("citations")
    content = json.loads((foreign.root / "build/citations/output.json").read_text("utf-8"))
    told = [f["words"] for f in content["findings"] if f["rule"] == "citation-unmatched"]
    assert told == ["Ng et al. (2019)"]
