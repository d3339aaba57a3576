# ruff: noqa: D102  # a visit method is named for what it sets
"""What is set apart: boxes, admonitions, topics, figures, cards."""

from typing import NoReturn

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import admonitionlabels

from sphinx_evidence.pdf.inline import InlineMixin
from sphinx_evidence.pdf.markup import Code, call, content, embed, prose


class ComponentMixin(InlineMixin):
    """Visit methods for blocks with a title, a number or a frame of their own."""

    def group(self, *children: nodes.Node) -> tuple[int, Code]:
        """Return the level of a group's title, if it were a heading, and what is below it."""
        level = max(self.level, 1)
        outer, self.level = self.level, level + 1
        body = content(self.markup(*children))
        self.level = outer
        return level, body

    def titled(self, node: nodes.Element) -> tuple[Code, int, Code]:
        """Return the title, its level, and the rest of a node whose first child is its title."""
        title, *rest = node.children
        if not isinstance(title, nodes.title):
            self.fail(node, f"<{node.tagname}> has no title")
        # A link leads to the title, not below it.
        return content(self.anchor(node), self.inside(title)), *self.group(*rest)

    def visit_box(self, node: nodes.Element) -> NoReturn:
        within = not isinstance(
            node.parent, nodes.section | nodes.document | addnodes.start_of_file
        )
        number = self.number("box", node)
        self.show(call("numbered-box", *self.titled(node), number=number, within=within))

    def visit_Admonition(self, node: nodes.Element) -> NoReturn:  # noqa: N802  # their common class
        label = admonitionlabels.get(node.tagname)
        if not label:
            self.unknown_visit(node)  # the description of a function is of this class, too
        title = content(self.anchor(node), prose(str(label)))
        self.show(call("callout", title, *self.group(*node.children), kind=node.tagname))

    def visit_admonition(self, node: nodes.Element) -> NoReturn:
        self.show(call("callout", *self.titled(node), kind="note"))

    def visit_versionmodified(self, node: nodes.Element) -> NoReturn:
        self.write(self.inside(node))

    def visit_topic(self, node: nodes.Element) -> NoReturn:
        if "contents" in node["classes"]:
            self.write("")  # a page's own list of contents is for the screen
        self.show(call("callout", *self.titled(node), kind="topic"))

    def visit_sidebar(self, node: nodes.Element) -> NoReturn:
        self.visit_topic(node)

    # -- Figures ------------------------------------------------------------------

    def visit_figure(self, node: nodes.Element) -> NoReturn:
        caption, legend, picture = self.anchor(node), "", ""
        for child in filter(lambda child: isinstance(child, nodes.Element), node.children):
            if isinstance(child, nodes.caption):
                caption += self.inside(child)
            elif isinstance(child, nodes.legend):
                legend += self.inside(child)
            else:
                picture += self.markup(child)
        self.show(
            call(
                "picture", content(picture), number=self.number("figure", node),
                caption=content(caption), legend=content(legend),
            )
        )  # fmt: skip

    def visit_caption(self, node: nodes.Element) -> NoReturn:
        number = self.number("code-block", node.parent)
        number = prose(f"{number}. ") if number else ""
        self.show(call("rubric", content(number, self.inside(node))))

    # -- Grids and cards of sphinx-design -----------------------------------------

    def visit_container(self, node: nodes.Element) -> NoReturn:
        match node.get("design_component"):
            case "grid-row":
                cells = (content(self.markup(cell)) for cell in node.children)
                self.write(self.anchor(node) + embed(call("card-row", *cells)))
            case "card":
                self._card(node)
            case "card-header" | "card-footer":
                self.show(call("card-margin", self.body(node)))
            case _:
                self.write(self.inside(node))

    def _card(self, node: nodes.Element) -> NoReturn:
        """Write a card; the link that covers it on the screen becomes the link of its title."""
        title = _first(node, nodes.container, "sd-card-title")
        cover = _first(node, nodes.reference, "sd-stretched-link")
        shown = self.body(title) if title else None
        if cover:
            shown = content(embed(self.linked(cover, shown or self.body(cover))))
        for placed in filter(None, (title, cover)):
            placed.parent.remove(placed)
        level, body = self.group(*node.children)
        self.write(self.anchor(node) + embed(call("card", shown, level, body)))


def _first(node: nodes.Element, kind: type[nodes.Element], name: str) -> nodes.Element | None:
    """Return the first element of a kind below a node that has a class."""
    return next((found for found in node.findall(kind) if name in found["classes"]), None)
