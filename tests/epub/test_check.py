"""EPUBCheck, the reference for the format: the real book, a book of everything, a broken one."""

import zipfile
from pathlib import Path

import pytest

from tests import debian
from tests.epub.books import Make
from tests.epub.checking import JavaMissingError, findings, prepare_java
from tests.projects import Project

INDEX = "# Sample\n\n```{toctree}\n:caption: Part\nself\nsub/päge\nother\n```\n"
EVERYTHING = """\
# Päge “&” עברית \U0001f600

See [the other page](../other.rst), <https://example.org/a?b=c&d=e> and {numref}`box-a`.[^n]

````{box} A box & more
:name: box-a

{numref}`figure-a` and $x < \\frac{1}{2}$.

```{figure} ../picture.svg
:alt: A "quoted" picture & more
:name: figure-a
:width: 50%

A caption.
```
````

![Another](../picture.svg)

:::{dropdown} A dropdown
:icon: report

Unfolded.
:::

::::{tab-set}
:::{tab-item} First tab
One.
:::
:::{tab-item} Second tab
Two.
:::
::::

::::{grid} 2
:::{grid-item-card} A card
:link: https://example.org
Its text.
:::
::::

Term
: Definition.

| a | b |
|---|:--|
| `c&d` | {octicon}`report;1em` {bdg-primary}`badge` |

1. One
   - two
     1. three

> Words of somebody.

<span class="x">Raw</span>, zero\u200bwidth, a-{0}-word.

$$
a^2 + b^2 = c^2
$$ (label)

[^n]: A note.
""".replace("{0}", "long" * 100)
OTHER = """\
Other
=====

.. sidebar:: Beside

   Words.

.. topic:: Topic

   Words.

| A line
| of verse

.. code-block:: python
   :linenos:
   :caption: Code

   print('<&>')

======= =====
Span    B
======= =====
a       b
spanned
-------------
======= =====

.. list-table:: A table
   :stub-columns: 1

   * - a
     - b

.. hlist::

   * a
   * b

.. versionadded:: 1.0

:kbd:`Ctrl` :guilabel:`&File` :abbr:`BLT (by-line title)` :download:`picture.svg`
"""


def test_real_book(pristine: Project) -> None:
    (path,) = (pristine.root / "build" / "epub").iterdir()
    assert findings(path) == []


@pytest.mark.slow  # for EPUBCheck
def test_everything_that_authors_may_type(epub: Make, tmp_path: Path) -> None:
    extensions = ["amsmath", "attrs_inline", "colon_fence", "deflist", "dollarmath"]
    pages = {"index.md": INDEX, "sub/päge.md": EVERYTHING, "other.rst": OTHER}
    book = epub(pages, myst_enable_extensions=extensions)
    assert book.warnings == ""
    # Without its style, so that one run of EPUBCheck proves both: the rest is sound, and the
    # check can fail. The style itself is proved with the real book.
    broken = tmp_path / "broken.epub"
    with zipfile.ZipFile(book.path) as old, zipfile.ZipFile(broken, "w") as new:
        for entry in old.infolist():
            if entry.filename != "EPUB/style.css":
                new.writestr(entry, old.read(entry))
    found = findings(broken)
    assert found != []
    assert [finding for finding in found if "style.css" not in finding] == []


def test_says_how_to_get_java(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "is_root", lambda: False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(JavaMissingError, match="sudo apt install default-jre-headless"):
        prepare_java()
