# ruff: noqa: D102  # a visit method is named for what it sets
"""What stands within a line: emphasis, code, links, footnote marks, images."""

from typing import NoReturn

from docutils import nodes

from sphinx_evidence.pdf.markup import Code, call, content, embed, length, prose
from sphinx_evidence.pdf.walker import Walker


class InlineMixin(Walker):
    """Visit methods for inline nodes."""

    def visit_Text(self, node: nodes.Text) -> NoReturn:  # noqa: N802  # docutils' name
        self.write(prose(node.astext()))

    def visit_emphasis(self, node: nodes.Element) -> NoReturn:
        self.show(call("emph", self.body(node)))

    def visit_strong(self, node: nodes.Element) -> NoReturn:
        self.show(call("strong", self.body(node)))

    visit_title_reference = visit_manpage = visit_emphasis

    def visit_subscript(self, node: nodes.Element) -> NoReturn:
        self.show(call("sub", self.body(node)))

    def visit_superscript(self, node: nodes.Element) -> NoReturn:
        self.show(call("super", self.body(node)))

    def visit_literal(self, node: nodes.Element) -> NoReturn:
        self.show(call("code", self.body(node)))

    def visit_inline(self, node: nodes.Element) -> NoReturn:
        self.write(self.inside(node))

    def visit_target(self, node: nodes.Element) -> NoReturn:
        self.write(self.inside(node))

    def visit_abbreviation(self, node: nodes.Element) -> NoReturn:
        meaning = node.get("explanation")
        self.write(self.inside(node) + (prose(f" ({meaning})") if meaning else ""))

    def visit_PassthroughTextElement(self, node: nodes.Element) -> NoReturn:  # noqa: N802  # sphinx-design's name
        self.write(self.inside(node))

    # -- Links --------------------------------------------------------------------

    def linked(self, node: nodes.Element, body: Code) -> Code:
        """Return a body with the link of a reference node."""
        uri, within = self.target(node)
        return self.link(uri, body, node) if within else self.external(uri, body, node)

    def visit_reference(self, node: nodes.Element) -> NoReturn:
        self.show(self.linked(node, self.body(node)))

    # -- Footnotes ----------------------------------------------------------------

    def visit_footnote_reference(self, node: nodes.Element) -> NoReturn:
        name = self.targets[f"{self.docnames[-1]}#{node['refid']}"]
        mark = self.anchor(node)
        if name in self.placed:
            self.write(mark + embed(call("footnote-again", name)))
        self.placed.add(name)
        # Without its label, which Typst writes.
        parts = [part for part in self.footnotes[name] if not isinstance(part, nodes.label)]
        note = content(self.run_in(*parts))
        self.write(mark + embed(call("footnote-here", name, note)))

    def visit_footnote(self, node: nodes.footnote) -> NoReturn:
        if not node["backrefs"]:
            self.fail(node, "nothing refers to the footnote, so it has no place to be printed")
        self.write("")  # it is written where it is first referred to

    # -- Images -------------------------------------------------------------------

    def visit_image(self, node: nodes.Element) -> NoReturn:
        name, alt = self.picture(node)
        holder = node.parent.parent if isinstance(node.parent, nodes.reference) else node.parent
        around = holder.get("width") if isinstance(holder, nodes.figure) else None
        given = node.get("width") or around
        try:
            width = length(given) if given and given != "image" else Code("auto")
        except ValueError:
            self.fail(node, f"the image has a width that the PDF cannot have: {given}")
        image = call("image", f"/images/{name}", width=width, alt=alt)
        if isinstance(node.parent, nodes.TextElement):
            image = call("box", image)  # otherwise an image is a block and would end the line
        self.write(self.anchor(node) + embed(image))
