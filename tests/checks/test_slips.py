"""Broken markup stops every builder at its place, and what looks like it on purpose does not."""

import re

import pytest

from tests.projects import WORKS, Project

MYST = r"""# Page

One [a] (b.md), `[a] (b.md)`
and (a)[b.md].

> A quotation with [a
> link](https://example.org

| A | B |
|---|---|
| 1 | [a](my page.md) |

```{note}
[](https://example.org), [](#here) and a note[^no].
```

(here)=
As \cite{leamy2011} says ({cite:p}`leamy2011`).

# Another

Text.
"""
FOUND = {
    "3:5": "Write [a](b.md)",
    "4:5": "Write [a](b.md)",
    "6:20": "Write [a link](https://example.org)",
    "11:7": "Write [a](<my page.md>)",
    "14:1": "[words](https://example.org)",
    "14:26": "[words](#here)",
    "14:46": "Write [^no]: words",
    "18:4": "Write {cite:p}`leamy2011`",
    "18:26": "Write {cite:p}`leamy2011`",
    "20:3": "Write ## Another",
}
RST = r"""Page
====

See [a](https://example.org), `a <https://example.org>` and \cite{leamy2011}.

Another
=======

As said (:cite:p:`leamy2011`) by ` <https://example.org>`_ and ``[a](b.md)``.
"""
FOUND_RST = {
    "4:5": "Write `a <https://example.org>`_",
    "4:31": "Write `a <https://example.org>`_",
    "4:61": "Write :cite:p:`leamy2011`",
    "6:1": "Underline it",
    "9:9": "Write :cite:p:`leamy2011`",
}
RIGHT = r"""# Page

(para)=

```python
[a] (b.md)
```

`[a] (b.md)`, \[a\](my page.md), \[a] (b.md), \\cite{x}, [](other.md), [](#part), \*\*Bold.
[a](<my page.md>), [a][ref], [b], <https://example.org>, and
[![words](picture.svg)](https://example.org).

$\ref{x} [a] (b.md)$ and 2 ** 3 [sic] (1999)
(as the review {cite:t}`leamy2011` says; {cite:alp}`leamy2011`).

- [ ] (to do)
- a note[^1]

[ref]: other.md
[b]: https://example.org
[^1]: A note.

## Part

% [a] (b.md)
"""


def put(project: Project, name: str, text: str) -> None:
    project.replace(
        "conf.py", "numfig = True", "numfig = True\nmyst_enable_extensions = ['dollarmath']"
    )
    project.replace("conf.py", "unreferenced': 'error'", "unreferenced': 'off'")
    project.write("references.bib", WORKS)
    project.write("docs/my page.md", "# Mine\n")
    project.write("docs/other.md", "# Other\n")
    project.write("docs/picture.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    project.write(name, text)
    project.write(
        "docs/index.md",
        "# Sample\n\n{cite:p}`anthony1993,leamy2011`\n\n"
        "```{bibliography}\n```\n\n```{toctree}\n:glob:\n\n*\n```\n",
    )


@pytest.mark.parametrize("builder", ["html", "citations"])
@pytest.mark.parametrize(
    ("name", "text", "found"),
    [("docs/page.md", MYST, FOUND), ("docs/page.rst", RST, FOUND_RST)],
    ids=["myst", "rst"],
)
def test_slips_stop_the_build(
    project: Project, builder: str, name: str, text: str, found: dict[str, str]
) -> None:
    put(project, name, text)
    built = project.build(builder)
    assert built.status == 1
    told = dict(re.findall(rf"(?m)^{name}:(\d+:\d+): (.*)", built.text))
    for place, remedy in found.items():
        assert remedy in told.get(place, ""), (place, built.text)
    rest = told.keys() - found.keys()
    assert not rest, built.text


def test_what_is_right_builds(project: Project) -> None:
    put(project, "docs/page.md", RIGHT)
    built = project.build("citations")
    assert built.status == 0, built.text


def test_markup_in_a_comment_is_no_slip(project: Project) -> None:
    """As in the indices of the page that sphinx-quickstart wrote, which many switch off."""
    put(
        project,
        "docs/page.rst",
        "Page\n====\n\nWords.\n\n.. * :ref:`genindex`\n.. * :ref:`search`\n",
    )
    built = project.build("citations")
    assert built.status == 0, built.text
