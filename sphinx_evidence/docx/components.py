# ruff: noqa: D102  # a visit method is named for what it sets
"""What is set apart: tables, figures, boxes, admonitions, cards."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from docutils import nodes
from sphinx.locale import admonitionlabels

from sphinx_evidence.docx.blocks import BlockMixin
from sphinx_evidence.docx.styles import DARK, GROUND
from sphinx_evidence.docx.xml import Element, make
from sphinx_evidence.runtime.grid import Cell, cells

_WIDEST = 36  # letters of a cell that count for the width of its column
_SIDES = ("top", "left", "bottom", "right")


class ComponentMixin(BlockMixin):
    """Visit methods for blocks with a title, a number or a frame of their own."""

    # -- Tables -------------------------------------------------------------------

    def visit_table(self, node: nodes.Element) -> None:
        group = next(child for child in node.children if isinstance(child, nodes.tgroup))
        columns = [child for child in group.children if isinstance(child, nodes.colspec)]
        head, body = (list(cells(group, part)) for part in (nodes.thead, nodes.tbody))
        heads = max((cell.y + cell.rowspan for cell in head), default=0)
        every = [*head, *(cell._replace(y=cell.y + heads) for cell in body)]
        stub = sum(1 for column in columns if column.get("stub"))
        self.anchor(node)
        title = ""
        for one in (child for child in node.children if isinstance(child, nodes.title)):
            title = self.captioned(one, "table", "Caption")
        given = [column["colwidth"] for column in columns]
        weights = given if "colwidths-given" in node["classes"] else _weights(every, len(columns))
        widths = [self.room * weight // sum(weights) for weight in weights]
        table = _table(widths, title, indent=self.indent, heads=heads, stub=stub)
        self.add_table(table)
        taken = {(cell.x, y): cell for cell in every for y in range(cell.y, cell.y + cell.rowspan)}
        for y in range(max((cell.y + cell.rowspan for cell in every), default=0)):
            split = [make("cantSplit")] + [make("tblHeader")] * (y < heads)
            row = make("tr", make("trPr", *split))
            table.append(row)
            x = 0
            while x < len(columns):
                cell = taken.get((x, y))
                row.append(self._cell(cell, y, widths[x:], header=y < heads or x < stub))
                x += cell.colspan if cell else 1

    def _cell(self, cell: Cell | None, y: int, widths: Sequence[int], *, header: bool) -> Element:
        span = cell.colspan if cell else 1
        made = make("tc", make("tcPr", make("tcW", w=sum(widths[:span]), type="dxa")))
        if span > 1:
            made[0].append(make("gridSpan", val=span))
        if cell and cell.rowspan > 1:
            made[0].append(make("vMerge", val="restart" if y == cell.y else "continue"))
        if header:
            made[0].append(make("shd", val="clear", color="auto", fill=GROUND))
        with self.inner(made, "Table Heading" if header else "Table Text"):
            if cell and y == cell.y:
                self.anchor(cell.entry)
                self.children(cell.entry)
        return made

    @contextmanager
    def inner(self, cell: Element, style: str) -> Iterator[None]:
        """Write into a cell."""
        with self.having(story=cell, style=style, indent=0, depth=0, bullet=None, line=None):
            before = len(cell)
            yield
            if len(cell) == before or style == "Body Text":
                self.close_story()

    # -- Boxes --------------------------------------------------------------------

    @contextmanager
    def framed(
        self, title: str, head: Callable[[], object] | None, *, fill: str = GROUND
    ) -> Iterator[None]:
        """Write into a frame: a table of one column, which is called as its title.

        ``head`` writes its first row, which is repeated where the frame is parted. The borders of
        paragraphs would break at every list in it.
        """
        self.bullet = None
        heads = int(head is not None)
        table = _table([self.room], title, indent=self.indent, heads=heads, framed=True)
        self.add_table(table)
        if head:
            with self._row(table, fill, make("cantSplit"), make("tblHeader")):
                head()
        with self._row(table, fill):
            yield

    @contextmanager
    def _row(self, table: Element, fill: str, *how: Element) -> Iterator[None]:
        shade = make("shd", val="clear", color="auto", fill=fill)
        cell = make("tc", make("tcPr", make("tcW", w=self.room, type="dxa"), shade))
        table.append(make("tr", *([make("trPr", *how)] if how else []), cell))
        with self.inner(cell, "Body Text"):
            yield

    def captioned(self, title: nodes.Element, kind: str, style: str) -> str:
        """Write a title with the number of what it is of; give its words."""
        number = self.number(kind, title.parent)
        label = f"{number}{': ' if kind == 'box' else '. '}" if number else ""
        with self.paragraph(style, title):
            self.anchor(title)
            self.write(label, b="1")
            self.children(title)
        return f"{label}{title.astext()}"

    def titled(self, node: nodes.Element, kind: str = "") -> None:
        """Write a node whose first child is its title into a frame."""
        title, *rest = node.children
        if not isinstance(title, nodes.title):
            self.fail(node, f"<{node.tagname}> has no title")
        self.anchor(node)
        with self.framed(title.astext(), lambda: self.captioned(title, kind, "Box Title")):
            self.each(*rest)

    def visit_box(self, node: nodes.Element) -> None:
        self.titled(node, "box")

    def visit_Admonition(self, node: nodes.Element) -> None:  # noqa: N802  # their common class
        label = admonitionlabels.get(node.tagname)
        if not label:
            self.unknown_visit(node)  # the description of a function is of this class, too
        self.anchor(node)
        title = nodes.title("", str(label))
        with self.framed(str(label), lambda: self._heading(node, title)):
            self.children(node)

    def _heading(self, node: nodes.Element, title: nodes.Element) -> None:
        """Write the words of a title that stands nowhere on the page."""
        with self.paragraph("Box Title", node):
            self.children(title)

    def visit_admonition(self, node: nodes.Element) -> None:
        self.titled(node)

    visit_sidebar = visit_admonition

    def visit_topic(self, node: nodes.Element) -> None:
        if "contents" not in node["classes"]:  # a page's own contents are for the screen
            self.titled(node)

    # -- Figures ------------------------------------------------------------------

    def visit_figure(self, node: nodes.Element) -> None:
        self.anchor(node)
        with self.having(style="Picture"):
            self.each(*(one for one in node.children if not isinstance(one, _WORDS)))
        for one in node.children:
            if isinstance(one, nodes.caption):
                self.captioned(one, "figure", "Figure Caption")
            elif isinstance(one, nodes.legend):
                self.children(one)

    def visit_caption(self, node: nodes.Element) -> None:
        self.captioned(node, "code-block", "Caption")

    # -- Grids and cards of sphinx-design -----------------------------------------

    def visit_container(self, node: nodes.Element) -> None:
        self.anchor(node)
        if node.get("design_component") == "card":
            self._card(node)
        else:
            self.children(node)

    def _card(self, node: nodes.Element) -> None:
        """Write a card; the link that covers it on the screen becomes the link of its title."""
        title = _first(node, nodes.container, "sd-card-title")
        cover = _first(node, nodes.reference, "sd-stretched-link")
        for placed in filter(None, (title, cover)):
            placed.parent.remove(placed)
        if cover and title:
            cover.children = []
            cover += title.children
        shown = nodes.title("", "", cover) if cover else title
        head = (lambda: self._heading(node, shown)) if shown else None
        with self.framed(title.astext() if title else "", head, fill="FFFFFF"):
            self.children(node)


_WORDS = (nodes.caption, nodes.legend)


def _table(  # noqa: PLR0913  # each is a property of a table
    widths: Sequence[int], title: str, *, indent: int, heads: int, stub: int = 0,
    framed: bool = False,
) -> Element:  # fmt: skip
    """An empty table; its title is what a screen reader calls it by."""
    edges = [make(side, val="single", sz=8, space=0, color=DARK) for side in _SIDES]
    margins = [make(side, w=140, type="dxa") for side in ("left", "right")]
    properties = [
        *([] if framed else [make("tblStyle", val="TableGrid")]),
        make("tblW", w=sum(widths), type="dxa"), make("tblInd", w=indent, type="dxa"),
        *([make("tblBorders", *edges)] if framed else []),
        make("tblLayout", type="fixed"),
        *([make("tblCellMar", *margins)] if framed else []),
        make("tblLook", val="0000", firstRow=int(heads > 0), firstColumn=int(stub > 0)),
        *([make("tblCaption", val=title)] if title else []),
    ]  # fmt: skip
    columns = [make("gridCol", w=width) for width in widths]
    return make("tbl", make("tblPr", *properties), make("tblGrid", *columns))


def _weights(every: Sequence[Cell], columns: int) -> list[int]:
    """How wide columns are to each other: as what is in them is long."""
    weights = [1] * columns
    for cell in every:
        text = cell.entry.astext()
        longest = max(map(len, text.split()), default=0) + 3
        if cell.colspan == 1:
            weights[cell.x] = max(weights[cell.x], longest, min(len(text), _WIDEST))
    return weights


def _first(node: nodes.Element, kind: type[nodes.Element], name: str) -> nodes.Element | None:
    """Return the first element of a kind below a node that has a class."""
    return next((found for found in node.findall(kind) if name in found["classes"]), None)
