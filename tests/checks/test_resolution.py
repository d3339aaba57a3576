"""What Sphinx resolves is no fault, whoever has made its target; what it does not is told."""

import json

import pytest

from tests.projects import PIXEL, Project

OWN = '''\
"""Words of a module.

.. _in-docstring:

A title there
-------------
"""

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain
from sphinx.roles import XRefRole
from sphinx.transforms.post_transforms import SphinxPostTransform


def func():
    """Do it."""


def lead(words):
    return nodes.reference("", words, refuri="https://example.org/")


class Theorems(Domain):
    name = "lemma"
    roles = {name: XRefRole(warn_dangling=True) for name in ("ref", "term", "doc", "numref")}

    def resolve_xref(self, env, fromdocname, builder, typ, target, node, contnode):
        return lead(target) if target.startswith("known") else None

    def resolve_any_xref(self, env, fromdocname, builder, target, node, contnode):
        return []

    def merge_domaindata(self, docnames, otherdata):
        pass


class Exercises(SphinxPostTransform):
    default_priority = 5

    def run(self):
        for node in list(self.document.findall(addnodes.pending_xref)):
            if node["reftarget"].startswith("ex-"):
                node.replace_self(lead("Exercise 1"))


def missing(app, env, node, contnode):
    return lead(node["reftarget"]) if node["reftarget"].lower().startswith("wiki:") else None


def setup(app):
    app.add_domain(Theorems)
    app.add_post_transform(Exercises)
    app.connect("missing-reference", missing)
    return {"parallel_read_safe": True}
'''
INDEX = """\
Start
=====

.. toctree::
   :numbered: 2

   one
   sub/two
   three
"""
ONE = """\
One
===

.. automodule:: own
   :members: func

:ref:`in-docstring`, :any:`own.func`,
:lemma:ref:`known-a`, :lemma:term:`known-b`, :lemma:doc:`known-c`,
:lemma:numref:`known-d`, :ref:`wiki:Foo`, :doc:`wiki:Bar`, :term:`wiki:Baz`, :ref:`Do it <ex-1>`,
:numref:`ex-2`, :numref:`sec_b`, :numref:`Section {number} <sec_b>`, :numref:`fig-x`,
:numref:`fig-y`, :eq:`sum`, `a <./made.html>`__, :term:`word`.

.. math:: a
   :label: sum

.. _sec_b:

B
-

.. _fig-x:

.. figure:: p.png
   :name: fig-y
   :alt: A dot

   A dot

.. glossary::

   word
      It has a meaning.

.. _too-deep:

C
~

`There <https://example.org/site/v1.0/page.html>`__ is a version, `here <./one.html>`__ is this.
"""
TWO = """\
Two
===

:doc:`other:index`, :doc:`/three`, :ref:`other:far-away`, :external:ref:`far-away`,
:external+other:doc:`index`.
"""
THREE = """\
# Three

[a](#in-docstring), [b](#own.func), [c](own.func), {any}`own.func`, {lemma:ref}`known-a`,
{ref}`wiki:Foo`, [e](ex-1), {numref}`sec_b`, {numref}`fig-x`, [f](inv:other#far-away),
{ref}`far-away`, {external:ref}`far-away`, [](#sum), [g](/sub/two), {ref}`genindex`, [h](#an-id),
[i](#para-id) and [j](p.png).

[Words]{#an-id} here.

{#para-id}
More.

```{button-ref} ex-1
```
::::{grid}
:::{grid-item-card} A
:link: sec_b
:link-type: ref
:::
:::{grid-item-card} B
:link: own.func
:link-type: any
:::
:::{grid-item-card} C
:link: ./made.html
:::
::::
"""


@pytest.fixture(scope="module")
def woven(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project whose targets come from many sides, after another one that it links to."""
    made = Project(tmp_path_factory.mktemp("woven"))
    other = Project(made.root / "other")
    other.write("conf.py", "project = 'Other'\n")
    other.write("docs/index.rst", ".. _far-away:\n\nOther\n=====\n\nText.\n")
    assert other.build("html").status == 0
    made.write(
        "conf.py",
        f"import sys\nsys.path.insert(0, {str(made.root)!r})\n"
        "project = 'Woven'\n"
        "extensions = ['myst_parser', 'sphinx_design', 'sphinx.ext.autodoc', "
        "'sphinx.ext.intersphinx', 'own', 'sphinx_evidence']\n"
        "numfig = evidence_short_names = True\n"
        "myst_heading_anchors = 2\n"
        "myst_enable_extensions = ['attrs_block', 'attrs_inline', 'colon_fence']\n"
        "html_baseurl = 'https://example.org/site/'\n"
        "html_extra_path = ['extra']\n"
        "intersphinx_mapping = "
        f"{{'other': ('.', {str(other.root / 'build/html/objects.inv')!r})}}\n",
    )
    made.write("own.py", OWN)
    made.write("extra/made.html", "<!doctype html><title>Made</title>\n")
    made.write("docs/index.rst", INDEX)
    made.write("docs/one.rst", ONE)
    made.write("docs/sub/two.rst", TWO)
    made.write("docs/three.md", THREE)
    (made.root / "docs/p.png").write_bytes(PIXEL)
    return made


def told(project: Project) -> list[tuple[str, int, str, str]]:
    content = json.loads((project.root / "build/citations/output.json").read_text("utf-8"))
    return [(f["path"], f["line"], f["words"], f["remedy"]) for f in content["findings"]]


@pytest.mark.parametrize("builder", ["citations", "html"])
def test_what_sphinx_resolves_is_no_fault(woven: Project, builder: str) -> None:
    built = woven.build(builder)
    assert (built.status, built.text) == (0, "")


def test_what_sphinx_does_not_resolve_is_told_with_what_to_type(woven: Project) -> None:
    # Beside what others resolve, which has Sphinx asked of the whole page.
    woven.write(
        "docs/bad.rst",
        ":orphan:\n\nBad\n===\n\n:ref:`wiki:Foo`.\n\n:numref:`too-deep`\n\n:numref:`sum`\n\n"
        ":numref:`fig-z`\n\n:ref:`sec_bb`\n\n:doc:`sub/too`\n\n:term:`wort`\n",
    )
    woven.write(
        "docs/worse.md",
        "---\norphan: true\n---\n# Worse\n\n{ref}`wiki:Foo`.\n\n{numref}`too-deep`\n\n"
        "[a](./made.html)\n\n[b](../two.html#x)\n\n{ref}`sec_bb`\n",
    )
    try:
        assert woven.build("citations").status == 1
    finally:
        (woven.root / "docs/bad.rst").unlink()
        (woven.root / "docs/worse.md").unlink()
    found = told(woven)
    assert {place[:3] for place in found} == {
        ("docs/bad.rst", 8, "too-deep"),
        ("docs/bad.rst", 10, "sum"),
        ("docs/bad.rst", 12, "fig-z"),
        ("docs/bad.rst", 14, "sec_bb"),
        ("docs/bad.rst", 16, "sub/too"),
        ("docs/bad.rst", 18, "wort"),
        ("docs/worse.md", 8, "too-deep"),
        ("docs/worse.md", 10, "./made.html"),
        ("docs/worse.md", 12, "../two.html#x"),
        ("docs/worse.md", 14, "sec_bb"),
    }
    remedies = {words: remedy for _, _, words, remedy in found}
    assert ":numbered:" in remedies["too-deep"]
    for words, meant in {
        "fig-z": '"fig-y"', "sec_bb": '"sec_b"', "sub/too": '"sub/two"', "wort": '"word"',
        "../two.html#x": '"/sub/two.rst#x"',
    }.items():  # fmt: skip
        assert f"Did you mean {meant}" in remedies[words]
