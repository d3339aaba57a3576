"""Cells of code, as MyST-NB reads them: what they show is there once they have been run."""

import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes

from sphinx_evidence.text import notebooks


def names_of_cells(doctree: nodes.document) -> Iterator[str]:
    """The names that the cells of a page give to their figures and images."""
    for cell in doctree.findall(nodes.container):
        metadata: dict[str, object] = cell.get("cell_metadata", {})
        own = metadata.get("mystnb")
        for shown in own.values() if isinstance(own, dict) else ():
            if isinstance(shown, dict) and "name" in shown:
                yield str(shown["name"])


_GLUED = re.compile(
    r"^ *(?:`{3,}|:{3,})\{glue(?::\w*)?\}.*\n(?: *:\w.*\n)*? *:name: *(\S+)", re.MULTILINE
)


def names_glued(source: str) -> Iterator[str]:
    """The names that a page, or the cells of a notebook, give to what cells are to show there."""
    for text in notebooks.sources(source) if source.startswith("{") else (source,):
        yield from _GLUED.findall(text)


def is_output(node: nodes.Node) -> bool:
    """Whether a node is of what a cell has shown, which nobody has typed."""
    above: Any = node.parent
    while above is not None:
        if above.get("nb_element") == "cell_code_output":
            return True
        above = above.parent
    return False
