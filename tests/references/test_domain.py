"""The lists and citations are those of sphinxcontrib-bibtex, though each is looked up."""

from pathlib import Path

import pytest

from tests.projects import WORKS, Project

# The extension without what it looks up.
WHOLE = """
def setup(app):
    from sphinx_evidence.references import domain
    for name, value in [*vars(domain.IndexedBibtexDomain).items()]:
        if callable(value):
            delattr(domain.IndexedBibtexDomain, name)
    domain.IndexedBibliographyTransform.run = lambda self, **_: None
"""
LISTS = """\
# Lists

{cite:p}`leamy2011,anthony1993` and {cite:t}`l-leamy2011`, {cite:p}`anthony1993,l-leamy2011`.

```{bibliography}
:filter: docname in docnames or author % "Leamy"
```

## With a prefix

```{bibliography}
:filter: cited and "index" in docnames
:keyprefix: l-
:labelprefix: L
```

## Numbered

```{bibliography}
:list: enumerated
:filter: not cited or type == "article"
```

## By key

```{bibliography}
:list: bullet
:filter: False

leamy2011
```
"""


def pages_of(project: Project, conf: str) -> dict[str, str]:
    root = Project(project.root / f"copy{len(conf)}")
    for path in ("conf.py", "references.bib", "docs/index.md", "docs/lists.md"):
        root.write(path, (project.root / path).read_text("utf-8"))
    root.append("conf.py", conf)
    built = root.build("html")
    assert built.status == 0, built.text
    return {path.name: path.read_text("utf-8") for path in Path(built.out).glob("*.html")}


@pytest.mark.parametrize("style", ["harvard", "alpha"])
def test_pages_are_the_same_as_without_a_look_up(project: Project, style: str) -> None:
    project.replace("conf.py", "default_style = 'harvard'", f"default_style = '{style}'")
    project.write("references.bib", WORKS)
    project.write("docs/lists.md", LISTS)
    project.write(
        "docs/index.md",
        "# Sample\n\n{cite:p}`anthony1993` and {cite:p}`l-leamy2011`.\n\n"
        "```{toctree}\nlists\n```\n",
    )
    pages = pages_of(project, "")
    assert pages == pages_of(project, WHOLE)
    assert "leamy" in pages["lists.html"].casefold()
