"""The list of all pages is the same whether it is written once for the site or for each page."""

import re
from pathlib import Path

import pytest

from tests.projects import Project

# What themes ask for: one page that shows each of them.
ASKED = [
    f"collapse={collapse}, includehidden={hidden}, titles_only={titles}, maxdepth={depth}"
    for collapse in ("true", "false")
    for hidden in ("true", "false")
    for titles in ("true", "false")
    for depth in (0, 1, 2)
]
LAYOUT = "\n".join(f"<nav>{{{{ toctree({one}) }}}}</nav>" for one in (*ASKED, "", "maxdepth=''"))
SITES = (
    ("alabaster", "html"), ("furo", "dirhtml"), ("furo", "html"), ("pydata_sphinx_theme", "html"),
    ("shown", "html"),
)  # fmt: skip
CONF = """\
project = "Trees"
extensions = ["sphinx_evidence.page_tree"]
html_theme_path = ["themes"]
html_theme = "{theme}"
suppress_warnings = ["toc"]
if html_theme == "furo":
    extensions += ["notfound.extension"]  # which puts an answer of its own in the place of Sphinx's
if html_theme == "alabaster":
    html_sidebars = {{"**": ["globaltoc.html", "navigation.html"]}}
"""
TREE = """
.. toctree::
   {options}

   {entries}
"""
SECTIONS = "\nA part\n------\n\nPart of the part\n~~~~~~~~~~~~~~~~\n\nAnother\n-------\n"


def page(title: str, *rest: str) -> str:
    return "\n".join((title, "=" * 40, *rest))


def tree(entries: str, *options: str) -> str:
    return TREE.format(options="\n   ".join(options), entries="\n   ".join(entries.split()))


PAGES = {
    "index": page(
        "The first <page> & more",
        tree("self ELSEWHERE first", ":caption: One & <two>", ":maxdepth: 2"),
        tree("SECOND nested/index", ":hidden:", ":numbered:"),
        tree("genindex deep", ":titlesonly:", ":caption: Three", ":maxdepth: 1"),
        tree("globbed/*", ":glob:", ":includehidden:"),
        tree("missing", ":caption: Nothing"),
    )
    .replace("ELSEWHERE", "Elsewhere & more <https://example.org/?a&b>")
    .replace("SECOND", "Named & so on <second>"),
    "first": page("First", SECTIONS),
    "second": page("Second ``code`` & *more*", SECTIONS, tree("third", ":maxdepth: 1")),
    "third": page("Third", SECTIONS, tree("fourth", ":hidden:"), "\nLast\n----\n"),
    "fourth": page("Fourth", tree("https://example.org/4 self")),
    "nested/index": page("Nested", tree("a b", ":caption: Inner"), tree("lower/index", ":hidden:")),
    "nested/a": page("A in a folder", SECTIONS),
    "nested/b": page("B ütf <b>", tree("/first /nested/a")),  # both are elsewhere, too
    "nested/lower/index": page("Lower", tree("one two three", ":titlesonly:")),
    "nested/lower/one": page("One", SECTIONS),
    "nested/lower/two": page("Two", ".. only:: html\n\n   In HTML\n   -------\n", SECTIONS),
    "nested/lower/three": page("Three", tree("/deep")),
    "deep": ":tocdepth: 2\n\n" + page("Deep", SECTIONS, tree("deeper")),
    "deeper": page("Deeper", SECTIONS),
    "globbed/x": page("X", SECTIONS),
    "globbed/y z": page("Y", tree("nothing", ":hidden:")),
    "globbed/nothing": "Words without a title.\n",
    "orphan": ":orphan:\n\n" + page("Orphan", SECTIONS, tree("below")),
    "below": page("Below an orphan"),
}  # fmt: skip


def written(folder: Path, theme: str) -> Project:
    made = Project(folder)
    made.write("conf.py", CONF.format(theme=theme))
    made.write("themes/shown/theme.toml", '[theme]\ninherit = "basic"\nsidebars = []\n')
    made.write("themes/shown/layout.html", LAYOUT)
    for name, text in PAGES.items():
        made.write(f"docs/{name}.rst", text)
    return made


def pages(folder: Path) -> dict[str, str]:
    found = sorted(folder.rglob("*.html"))
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in found}


@pytest.mark.parametrize(("theme", "builder"), SITES)
def test_the_same_pages(theme: str, builder: str, tmp_path: Path) -> None:
    made = written(tmp_path, theme)
    plain = made.build(builder)
    assert plain.status == 0, plain.text
    read = f"-ddoctrees/{builder}"
    fast = made.build(builder, "-Devidence_page_tree=1", read, name="fast")
    assert (fast.status, fast.text) == (0, "")
    expected, found = pages(plain.out), pages(fast.out)
    assert expected.keys() == found.keys()
    assert not [name for name in expected if expected[name] != found[name]]


# Counts how often Sphinx resolves the tree, and says so at the end.
COUNTED = """
html_theme = "furo"
evidence_page_tree = True
def setup(app):
    asked = []
    def count(app, page, template, context, doctree):
        slow = context["toctree"]
        context["toctree"] = lambda **options: asked.append(page) or slow(**options)
    app.connect("html-page-context", count, priority=0)
    app.connect("build-finished", lambda *_: print("asked", len(asked)))
"""
# A writer that numbers what it writes, so that no two trees are alike.
NUMBERED = """
from itertools import count
from sphinx.writers.html5 import HTML5Translator
numbers = count()
class Numbering(HTML5Translator):
    def visit_list_item(self, node):
        self.body.append(self.starttag(node, "li", "", **{"data-n": str(next(numbers))}))
def setup(app):
    app.set_translator("html", Numbering)
"""


def test_sphinx_resolves_the_tree_for_the_first_page_and_two_in_it(project: Project) -> None:
    names = [f"page{number}" for number in range(20)]
    for name in names:
        project.write(f"docs/{name}.md", f"# {name}\n")
    project.append("docs/index.md", "\n".join(["```{toctree}", *names, "```"]))
    project.append("conf.py", COUNTED)
    built = project.build("html")
    assert (built.status, built.text) == (0, "asked 3\n")


def test_a_theme_that_writes_another_tree_gets_it_from_sphinx(tmp_path: Path) -> None:
    made = written(tmp_path, "shown")
    made.append("conf.py", f"evidence_page_tree = True\n{NUMBERED}")
    built = made.build("html")
    assert built.status == 1
    assert built.text.count("WARNING") == 1
    assert "The theme does not write the list of pages as it is written here" in built.text
    assert len(set(re.findall(r'data-n="\d+"', "".join(pages(built.out).values())))) > 1000
