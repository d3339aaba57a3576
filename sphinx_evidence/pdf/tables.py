# ruff: noqa: D102  # a visit method is named for what it sets
"""Tables: columns, header rows, row headers, spans."""

from collections.abc import Iterator
from typing import NoReturn

from docutils import nodes
from sphinx.builders import Builder

from sphinx_evidence.pdf.markup import Code, call, content, embed
from sphinx_evidence.pdf.walker import Walker


class TableMixin(Walker):
    """Visit method for tables; ``stubs`` notes how many columns of each one are row headers."""

    def __init__(self, document: nodes.document, builder: Builder) -> None:
        """Start with no tables."""
        super().__init__(document, builder)
        self.stubs: list[int] = []

    def visit_table(self, node: nodes.Element) -> NoReturn:
        group = next(child for child in node.children if isinstance(child, nodes.tgroup))
        columns = [child for child in group.children if isinstance(child, nodes.colspec)]
        stub = sum(1 for column in columns if column.get("stub"))
        self.stubs.append(stub)  # before the cells are written: they may hold tables themselves
        given = "colwidths-given" in node["classes"]
        widths = [Code(f"{column['colwidth']}fr" if given else "auto") for column in columns]
        parts = [part for part in group.children if isinstance(part, nodes.thead | nodes.tbody)]
        grid = call(
            "grid-table", *(cell for part in parts for cell in self._part(part)),
            columns=widths, stub=stub, headers=sum(len(p) for p in parts if p.tagname == "thead"),
        )  # fmt: skip
        titles = [child for child in node.children if isinstance(child, nodes.title)]
        if not titles:
            self.write(self.anchor(node) + embed(call("titled-table", grid)))
        caption = content(self.anchor(node), *map(self.inside, titles))
        number = self.number("table", node)
        self.show(call("titled-table", grid, number=number, caption=caption))

    def _part(self, part: nodes.Element) -> Iterator[Code]:
        """Yield the cells of a part; those of a head wrapped together, to be repeated."""
        cells = [
            call(
                "table.cell", self.body(entry),
                colspan=1 + entry.get("morecols", 0), rowspan=1 + entry.get("morerows", 0),
            )
            for row in part.findall(nodes.row) if row.parent is part
            for entry in row.children if isinstance(entry, nodes.entry)
        ]  # fmt: skip
        if isinstance(part, nodes.thead):
            yield call("table.header", *cells)
        else:
            yield from cells
