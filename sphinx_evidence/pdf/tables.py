# ruff: noqa: D102  # a visit method is named for what it sets
"""Tables: columns, header rows, row headers, spans."""

from collections.abc import Iterable, Sequence
from typing import NoReturn

from docutils import nodes

from sphinx_evidence.pdf.markup import Code, call, content
from sphinx_evidence.pdf.walker import Table, Walker
from sphinx_evidence.runtime.grid import Cell, cells

_LETTERS_A_LINE = 50  # of large print
_LINES_A_CELL = 4  # more than these, and a column is read with less ease than a list


class TableMixin(Walker):
    """Visit method for tables."""

    def visit_table(self, node: nodes.Element) -> NoReturn:
        group = next(child for child in node.children if isinstance(child, nodes.tgroup))
        columns = [child for child in group.children if isinstance(child, nodes.colspec)]
        given = "colwidths-given" in node["classes"]
        head, body = (list(cells(group, part)) for part in (nodes.thead, nodes.tbody))
        widths = [column["colwidth"] if given else 1 for column in columns]
        stub = sum(1 for column in columns if column.get("stub"))
        noted = Table(stub, squeezed=is_squeezed(widths, [*head, *body]))
        self.part.tables.append(
            noted
        )  # before the cells are written: they may hold tables themselves
        titles = [child for child in node.children if isinstance(child, nodes.title)]
        caption = content(self.anchor(node), *map(self.inside, titles)) if titles else None
        self.show(
            call(
                "data-table", caption, max(self.level, 1), number=self.number("table", node),
                columns=[Code(f"{width}fr" if given else "auto") for width in widths],
                stub=stub, sourced=_is_sourced(node), squeezed=noted.squeezed,
                head=self._shown(head), body=self._shown(body),
            )
        )  # fmt: skip

    def _shown(self, cells: Iterable[Cell]) -> list[dict[str, object]]:
        return [cell._asdict() | {"entry": self.body(cell.entry)} for cell in cells]


def _is_sourced(node: nodes.Element) -> bool:
    """Whether a paragraph right below says where a table is from, which belongs to it."""
    following = node.next_node(descend=False, siblings=True)
    return isinstance(following, nodes.paragraph) and "source" in following["classes"]


def is_squeezed(widths: Sequence[int], cells: Iterable[Cell]) -> bool:
    """Whether a column is too narrow for large print: a word is broken, or a cell is a chimney."""
    if len(widths) == 1:
        return False
    for cell in cells:
        share = sum(widths[cell.x : cell.x + cell.colspan]) / sum(widths)
        text = cell.entry.astext()
        longest = max(map(len, text.split()), default=0)
        if max(longest, len(text) / _LINES_A_CELL) > share * _LETTERS_A_LINE:
            return True
    return False
