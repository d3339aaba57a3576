"""Findings have the line and column of an editor, whatever characters stand before them."""

import json
from collections.abc import Iterator

import pytest

from tests.projects import WORKS, Project

# At each of these, str.splitlines ends a line, and no editor does.
INSIDE = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
# ¤ becomes the character; below, each rule with the words at which its finding stands.
MYST = """\
# A page¤of signs

Words¤before it; Leamy et al. (2011) say¤so.
Here¤too, known (Anthony, 1993)¤well.

{cite:p}`nobody-a`¤and {ref}`nowhere-a`.

````{note}
A note¤with¤signs; here {cite:p}`nobody-b`.

More¤of it, by Anthony (1993, p. 3).

```{tip}
:class: a¤b

Deep¤down {cite:p}`nobody-c`.
```
````

% evidence-ignore: citation-plain -- the¤title
Hidden¤by it (Anthony, 1993).

> Quoted¤words {cite:p} `apart`, and {cite:p}`nobody-d`.

| a¤b | c |
| --- | --- |
| d¤e | by Anthony in {ref}`nowhere-b` |

Some¤<b>bold</b> words, and ¤![](picture.png).

```python
code¤here
```

:::{note}
Colons¤here {cite:p}`nobody-e`.
:::

The¤last: Leamy et al. (2011, p. 4), [see @leamy2011, p. 4].

```{box} A¤box
:name: box-a

Content¤and {cite:p}`nobody-f`.
```

<<<<<<< HEAD
"""
RST = """\
Words on signs
==============

Words¤before it; Leamy et al. (2011) say¤so.
Here¤too, known (Anthony, 1993)¤well.

:cite:p:`nobody-a` and¤more, as in :ref:`nowhere-a`.

.. note::

   A note with :cite:p:`nobody-b` and (Anthony, 1993, p. 3).

.. evidence-ignore: citation-plain -- the title

Hidden by¤it (Anthony, 1993).

========  =======================
a         by :cite:p:`nobody-c`
========  =======================

.. image:: picture.png

The words of Leamy et al. (2011)
--------------------------------

The¤last: Leamy et al. (2011, p. 4) and :ref:`nowhere-b`.
"""
WORDS = {
    "citation-plain": ("Leamy et al. (2011) s", "Anthony, 1993)¤w", "Anthony (1993, p. 3)",
                       "Anthony, 1993, p. 3)", "Leamy et al. (2011, p. 4)"),
    "citation-unknown": tuple(f"nobody-{letter}" for letter in "abcdef"),
    "crossref-name": ("nowhere-a", "nowhere-b"),
    "markup-left": ("{cite:p} `apart`",),
    "raw-html": ("<b>", "</b>"),
    "image-alt": ("picture.png",),
    "citation-pandoc": ("[see @leamy2011, p. 4]",),
    "crossref-unreferenced": ("| a¤b | c", "```{box}", "a         by :cite"),
    "citation-heading": ("Leamy et al. (2011)\n---",),
    "merge-left": ("<<<<<<< HEAD",),
}  # fmt: skip
FORMS = {
    **{f"u{ord(character):04x}": (character, "\n", "") for character in INSIDE},
    "plain": (" ", "\n", ""),
    "many": (INSIDE, "\n", ""),
    "windows": ("\u2028", "\r\n", "\ufeff"),
}


def expected(text: str, character: str) -> Iterator[tuple[str, int, int]]:
    for rule, every in WORDS.items():
        for words in every:
            at = text.find(words.replace("¤", character))
            if at >= 0:
                yield rule, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


@pytest.fixture
def pages(project: Project) -> dict[str, str]:
    """Every page by its path; ¤ is the character of its name."""
    project.append("conf.py", "myst_enable_extensions = ['colon_fence']\n")
    project.write("references.bib", WORKS)
    made = {}
    for name, (character, end, mark) in FORMS.items():
        for kind, template in (("md", MYST), ("rst", RST)):
            text = template.replace("¤", character)
            # A box is numbered once, and referred to from everywhere.
            text = text.replace("box-a", f"box-{name}")
            path = project.root / f"docs/{name}.{kind}"
            path = path.with_stem(f"{name}-{kind}")
            path.write_text(mark + text.replace("\n", end), "utf-8", newline="")
            made[f"docs/{path.name}"] = text
    names = "\n".join(sorted(path.removeprefix("docs/").partition(".")[0] for path in made))
    used = "{cite:p}`leamy2011,anthony1993`"
    project.write(
        "docs/index.md",
        f"# Sample\n\n{used}\n\n```{{toctree}}\n{names}\n```\n\n```{{bibliography}}\n```\n",
    )
    return made


def test_every_family_of_rules_has_the_true_location(
    project: Project, pages: dict[str, str]
) -> None:
    built = project.build("citations")
    report = json.loads((project.root / "build/citations/output.json").read_text("utf-8"))
    found: dict[str, set[tuple[str, int, int]]] = {path: set() for path in pages}
    for finding in report["findings"]:
        assert finding["path"] in pages, built.text
        found[finding["path"]].add((finding["rule"], finding["line"], finding["column"]))
    want = {
        path: set(expected(text, FORMS[path.removeprefix("docs/").partition("-")[0]][0]))
        for path, text in pages.items()
    }
    assert found == want
    assert {rule for every in want.values() for rule, *_ in every} == set(WORDS)
