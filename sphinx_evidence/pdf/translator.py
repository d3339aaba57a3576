# ruff: noqa: D102  # a visit method is named for what it sets
"""The doctree as Typst: documents, sections, and the parts made elsewhere."""

from collections.abc import Mapping
from typing import NoReturn

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder

from sphinx_evidence.pdf.blocks import BlockMixin
from sphinx_evidence.pdf.components import ComponentMixin
from sphinx_evidence.pdf.markup import call, embed
from sphinx_evidence.pdf.tables import TableMixin


class TypstTranslator(BlockMixin, ComponentMixin, TableMixin):
    """Translates the whole inlined document.

    Afterwards ``preface`` holds the text of the root page itself, ``chapters`` the markup of the
    pages, and ``stubs`` the number of row-header columns of each table, in reading order.
    """

    def __init__(self, document: nodes.document, builder: Builder) -> None:
        """Prepare; `parts` may then be filled: the caption of a group, by its first page."""
        super().__init__(document, builder)
        self.parts: Mapping[str, str] = {}
        self.chapters: list[str] = []
        self.preface = ""
        self.level = 0

    def visit_document(self, node: nodes.document) -> NoReturn:
        self.preface = self.markup(*node.children)
        self.check_links()
        raise nodes.SkipNode

    def visit_start_of_file(self, node: addnodes.start_of_file) -> NoReturn:
        self.docnames.append(node["docname"])
        written = self.markup(*node.children)
        self.docnames.pop()
        if len(self.docnames) > 1:
            self.write(written)  # a page below another page
        self.chapters.append(written)
        self.write("")

    def visit_section(self, node: nodes.Element) -> NoReturn:
        self.level += 1
        written = self.markup(*node.children)
        self.level -= 1
        self.write(written)

    def visit_title(self, node: nodes.Element) -> NoReturn:
        section = node.parent
        if not isinstance(section, nodes.section):
            self.fail(node, f"no rule for the title of <{section.tagname}>")
        if self.level == 1:
            self.write(self.anchor(section))  # the title itself stands on the cover
        level = self.level - 1
        part = self.parts.get(self.docnames[-1]) if level == 1 else None
        heading = call("section", level, self.anchor_name(section), self.body(node), part=part)
        self.write("\n" + embed(heading) + "\n")

    def visit_raw(self, node: nodes.Element) -> NoReturn:
        self.write(node.astext() if "typst" in node["format"].split() else "")

    def visit_Invisible(self, _node: nodes.Element) -> NoReturn:  # noqa: N802  # comments and the like
        self.write("")

    def visit_toctree(self, _node: nodes.Element) -> NoReturn:
        self.write("")  # those left are empty: their pages have been put in their place
