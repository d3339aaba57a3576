"""One mistake, one message, at its place, with what to type: in every builder and at every run."""

import re

import pytest

from tests.projects import WORKS, Built, Project

# What is typed on the fifth line of a page, and what is said of it.
MYST = {
    "unclosed-role": (
        "As {cite:p}`leamy2011 say.",
        (
            '5:4: "{cite:p}" is not read as markup, so readers would see it. '
            "Write {cite:p}`key`: no space, and a backtick at both ends."
        ),
    ),
    "unclosed-number": (
        "- As {numref}`box-x say.",
        (
            '5:6: "{numref}" is not read as markup, so readers would see it. '
            "Write {numref}`name`: no space, and a backtick at both ends."
        ),
    ),
    "reads-on": (
        "As {numref}`box-x says, and {term}`word` too.",
        (
            '5:13: The backtick behind "box-x" is missing, so this reads on. '
            "Type a backtick behind box-x"
        ),
    ),
    "empty-citation": (
        "As {cite:p}` ` say.",
        "5:4: This citation names no work. Type the key of the work into it.",
    ),
    "empty-number": (
        "As {numref}` ` say.",
        "5:4: This cross-reference names nothing. Type a name into it.",
    ),
    "no-comma": (
        "As said (Leamy 2011).",
        (
            "5:10: “Leamy 2011” looks like a citation, but no reference fits. "
            "If it is meant, write "
            "{cite:p}`leamy2011` (it has more authors: Leamy et al.)."
        ),
    ),
    "role": (
        "As {cit:p}`a` say.",
        "5:4: There is no role {cit:p}. Did you mean {cite:p}`…`?",
    ),
    "directive": (
        "```{bx} Title\n:name: box-x\n\nText.\n```",
        "5:4: There is no directive {bx}. Did you mean {box}?",
    ),
    "colons": (":::{noot}\nText.\n:::", "5:4: There is no directive {noot}. Did you mean {note}?"),
    "touching": (
        "```{box}A title\n:name: box-x\n\nText.\n```",
        (
            '5:1: "```{box}A title" is read as code, because its name is not written as a '
            "directive's. Write ```{box} A title"
        ),
    ),
    "of-a-domain": (
        "```{box:figure} a\n:name: box-x\n\nText.\n```",
        "5:4: There is no directive {box:figure}. Did you mean {figure}?",
    ),
    "brackets": (
        "See [the site]((https://example.org/a)).",
        (
            '5:16: There is no page or name "(https://example.org/a)". '
            'Did you mean "https://example.org/a"?'
        ),
    ),
    "written": (
        "See [it](./copied.html).",
        (
            '5:10: There is no page or name "./copied.html". '
            "Name a page by its source, as page.md, and what is no page by its https:// address."
        ),
    ),
    "host": (
        "See [it](example.org/a).",
        '5:10: There is no page or name "example.org/a". Did you mean "https://example.org/a"?',
    ),
    "two-backticks": (
        "``{box} Title\n:name: box-x\n\nText.\n``",
        '5:1: "``{box}" begins no block: that takes three `. Type ```{box}, and ``` where it ends.',
    ),
    "no-title": (
        "```{box}\n:name: box-x\n\nText.\n```",
        "5:4: Nothing stands behind {box} on its line. Type the title there: ```{box} …",
    ),
    "no-file": (
        "```{figure}\n:alt: words\n\nCaption\n```",
        (
            "5:4: Nothing stands behind {figure} on its line. "
            "Type the file of the picture there: ```{figure} …"
        ),
    ),
    "no-text": (
        "```{box} Title\n:name: box-x\n```",
        (
            "5:4: {box} holds no text. "
            "Type its text below, with an empty line before it, or delete the directive."
        ),
    ),
    "no-colon": (
        "```{box} Title\nname: box-x\n\nText.\n```",
        (
            '6:1: "name:" is read as text, because it lacks a colon. '
            "Write :name: with a colon before it and behind it."
        ),
    ),
    "option": (
        "```{box} Title\n:nmae: box-x\n\nText.\n```",
        "6:1: {box} has no option :nmae:. Did you mean :name:?",
    ),
    "value": (
        "```{list-table} Title\n:header-rows: one\n\n* - a\n```",
        (
            "6:1: The value behind :header-rows: is none that this option takes. "
            "Correct it, or delete the line."
        ),
    ),
    "cells": (
        "```{list-table} Title\n\n* - a\n  - b\n* - c\n```",
        (
            "5:4: Row 2 of the table has not as many cells as row 1: 1, not 2. "
            "Give each row as many lines that begin with -; an empty cell is a - alone."
        ),
    ),
}
RST = {
    "unclosed-role": (
        "As :cite:p:`leamy2011 say.",
        ('6:4: ":cite:p:" is not read as markup, so readers would see it. '
        "Write :cite:p:`key`: no space, and a backtick at both ends."),
    ),
    "role": ("As :cit:p:`a` say.", "6:4: There is no role :cit:p:. Did you mean :cite:p:`…`?"),
    "directive": (
        ".. bx:: Title\n   :name: box-x\n\n   Text.",
        "6:1: There is no directive .. bx::. Did you mean .. box::?",
    ),
    "no-title": (
        ".. box::\n   :name: box-x\n\n   Text.",
        "6:1: Nothing stands behind .. box:: on its line. Type the title there: .. box:: …",
    ),
    "option": (
        ".. box:: Title\n   :nmae: box-x\n\n   Text.",
        "7:4: .. box:: has no option :nmae:. Did you mean :name:?",
    ),
    "one-colon": (
        ".. box: Title\n   :name: box-x\n\n   Text.",
        ('6:4: ".. box:" is read as a remark, so no reader sees it. '
        "Write .. box:: with two colons."),
    ),
}  # fmt: skip
EXPECTED = {
    **{f"docs/myst-{name}.md": message for name, (_, message) in MYST.items()},
    **{f"docs/rst-{name}.rst": message for name, (_, message) in RST.items()},
}


@pytest.fixture(scope="module")
def slips(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with one slip on each page."""
    made = Project(tmp_path_factory.mktemp("slips"))
    made.write(
        "conf.py",
        "extensions = ['myst_parser', 'sphinx_evidence']\n"
        "numfig = evidence_short_names = True\n"
        "numfig_format = {'box': 'Box %s'}\n"
        "myst_enable_extensions = ['colon_fence']\n"
        "bibtex_bibfiles = ['references.bib']\n",
    )
    made.write("references.bib", WORKS)
    made.write(
        "docs/index.md",
        "# Sample\n\n{cite:p}`leamy2011,anthony1993`\n\n```{bibliography}\n```\n\n"
        "```{toctree}\n:glob:\n\nmyst-*\nrst-*\n```\n",
    )
    for name, (typed, _) in MYST.items():
        made.write(f"docs/myst-{name}.md", f"# Page\n\nBefore.\n\n{typed}\n")
    for name, (typed, _) in RST.items():
        made.write(f"docs/rst-{name}.rst", f"Page\n====\n\nBefore.\n\n{typed}\n")
    return made


def messages(built: Built) -> dict[str, list[str]]:
    """What is said of each page, without the severity and the name of the rule."""
    found: dict[str, list[str]] = {}
    said = re.compile(
        r"^(docs/[\w.-]+):(\d+:\d+): (?:ERROR|error|WARNING|warning): (.*) \[evi", re.MULTILINE
    )
    for path, place, text in said.findall(built.text):
        found.setdefault(path, []).append(f"{place}: {text}")
    return found


@pytest.mark.parametrize(
    "runs", [["html"], ["citations"], ["html", "-E", "-j2"], ["html", "-q"]], ids=str
)
def test_each_mistake_has_its_one_message(slips: Project, runs: list[str]) -> None:
    built = slips.build(*runs)
    assert built.status == 1
    assert messages(built) == {path: [message] for path, message in EXPECTED.items()}
    assert "[docutils]" not in built.text
    assert "[myst" not in built.text
    assert "unknown role name" not in built.text


SOUND = """\
# Page

As {cite:p}`leamy2011` and {abbr}`WHO (World Health Organization)` say: ``{box} Title``.

```{note}
name the box: it has a colon.
```

```{note}
:class: wide
name of the box
```

````{note}
```python
name: box
```
````

```yaml
``{box} Title
name: box
```

```
.. box: Title
{cit:p}`leamy2011
```
"""


def test_sound_markup_and_code_that_shows_markup_are_left_alone(project: Project) -> None:
    project.write("references.bib", WORKS)
    project.write(
        "docs/index.md", f"{SOUND}\n{{cite:p}}`anthony1993`\n\n```{{bibliography}}\n```\n"
    )
    built = project.build("citations")
    assert (built.status, built.text) == (0, "")


def test_roles_and_directives_of_the_project_are_known(project: Project) -> None:
    project.append(
        "conf.py",
        "from docutils.parsers.rst import Directive\n"
        "class Own(Directive):\n"
        "    def run(self):\n"
        "        return []\n"
        "def setup(app):\n"
        "    app.add_generic_role('own-role', __import__('docutils.nodes').nodes.emphasis)\n"
        "    app.add_directive('own-directive', Own)\n",
    )
    project.write("docs/index.md", "# Page\n\n{own-rle}`a`\n\n```{own-directve}\n```\n")
    assert messages(project.build("html")) == {
        "docs/index.md": [
            "3:1: There is no role {own-rle}. Did you mean {own-role}`…`?",
            "5:4: There is no directive {own-directve}. Did you mean {own-directive}?",
        ]
    }


def test_a_page_in_no_contents_says_where_to_name_it(project: Project) -> None:
    project.append("conf.py", "evidence_rules['page-orphan'] = 'error'\n")
    project.write("docs/index.md", "# Sample\n\n```{toctree}\npart/index\n```\n")
    project.write("docs/part/index.md", "# Part\n\n```{toctree}\none\n```\n")
    project.write("docs/part/one.md", "# One\n")
    project.write("docs/part/lost.md", "# Lost\n")
    project.write("docs/lost.md", "# Lost\n")
    project.write("docs/apart.md", "---\norphan: true\n---\n\n# Apart\n")
    wrong = "No list of contents names this page, so readers do not find it."
    told = [
        (
            f"docs/lost.md:1: ERROR: {wrong} Type lost on a line of its own in the toctree at "
            "docs/index.md:3."
        ),
        (
            f"docs/part/lost.md:1: ERROR: {wrong} Type lost on a line of its own in the toctree at "
            "docs/part/index.md:3."
        ),
    ]
    built = project.build("html")
    assert [message in built.text for message in told] == [True, True]
    assert built.text.count("No list of contents names") == 2
    checked = project.build("citations")
    assert checked.text.count("No list of contents names") == 2
    assert "[toc.not_included]" not in built.text + checked.text


def test_a_page_in_no_contents_is_sphinx_s_warning_where_it_is_no_error(project: Project) -> None:
    project.write("docs/lost.md", "# Lost\n")
    assert project.build("html").text.count("[toc.not_included]") == 1
    project.append("conf.py", "suppress_warnings = ['toc.not_included']\n")
    assert project.build("html").status == 0
    assert project.build("citations").status == 0


def test_a_fault_of_the_bib_leaves_suppressions_in_force(project: Project) -> None:
    reversed_pages = WORKS.replace("{2--9}", "{9--2}")
    remark = "% evidence-ignore: bib-pages -- as printed\n"
    project.write(
        "references.bib", f"{remark}{reversed_pages}".replace("{A framework},", "{A fra}")
    )
    found = re.findall(r"\[evidence\.([\w-]+)\]", project.build("citations").text)
    assert found == ["citation-unused", "bib-syntax"]
