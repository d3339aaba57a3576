"""Cells of code, as MyST-NB reads them: what they show is there once they have been run."""

from collections.abc import Iterator

from docutils import nodes


def names_of_cells(doctree: nodes.document) -> Iterator[str]:
    """The names that the cells of a page give to their figures and images."""
    for cell in doctree.findall(nodes.container):
        metadata: dict[str, object] = cell.get("cell_metadata", {})
        own = metadata.get("mystnb")
        for shown in own.values() if isinstance(own, dict) else ():
            if isinstance(shown, dict) and "name" in shown:
                yield str(shown["name"])
