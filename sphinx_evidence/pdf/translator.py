# ruff: noqa: D102  # a visit method is named for what it sets
"""The doctree as Typst: documents, sections, and the parts made elsewhere."""

from collections.abc import Mapping
from typing import NoReturn

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.locale import _

from sphinx_evidence.pdf.blocks import BlockMixin
from sphinx_evidence.pdf.components import ComponentMixin
from sphinx_evidence.pdf.documents import Size
from sphinx_evidence.pdf.facts import Facts
from sphinx_evidence.pdf.markup import BREAK, call, content, embed, prose
from sphinx_evidence.pdf.tables import TableMixin
from sphinx_evidence.pdf.walker import Part


def _is_mark(node: nodes.Node) -> bool:
    """Whether Typst could not repeat a node, in the contents and at the head of pages."""
    return isinstance(node, nodes.reference | nodes.footnote_reference)


class TypstTranslator(BlockMixin, ComponentMixin, TableMixin):
    """Translates the whole inlined document.

    Afterwards ``preface`` holds the text of the root page itself, ``chapters`` the pages.
    """

    def __init__(self, document: nodes.document, builder: Builder) -> None:
        """Prepare; `openers` may then be filled: pages that begin a part, with its caption."""
        super().__init__(document, builder)
        self.openers: Mapping[str, str] = {}
        self.chapters: list[Part] = []
        self.preface = self.part
        self.headings: dict[str, str] = {}  # anchor -> text

    def facts(self, size: Size) -> Facts:
        """Return what Typst cannot tag by itself, for a PDF of one size."""
        parts = [self.preface, *self.chapters]
        tables = [table for part in parts for table in part.tables]
        return Facts(
            stubs=[t.stub for t in tables if not (size is Size.LARGE and t.squeezed)],
            links=[words for part in parts for words in part.links],
            headings=self.headings,
            page=_("page"),
        )

    def visit_document(self, node: nodes.document) -> NoReturn:
        self.preface.markup = self.markup(*node.children)
        self.check_links()
        raise nodes.SkipNode

    def visit_start_of_file(self, node: addnodes.start_of_file) -> NoReturn:
        self.docnames.append(node["docname"])
        outer = self.part
        if outer is self.preface:
            self.part = Part()
            self.chapters.append(self.part)
        written = self.markup(*node.children)
        self.docnames.pop()
        if self.part is outer:
            self.write(written)  # a page below another page
        self.part.markup = written
        self.part = outer
        self.write("")

    def visit_section(self, node: nodes.Element) -> NoReturn:
        self.level += 1
        written = self.markup(*node.children)
        self.level -= 1
        self.write(written)

    def visit_title(self, node: nodes.Element) -> NoReturn:
        section = node.parent
        if self.level == 1 and isinstance(section, nodes.section):
            self.write(self.anchor(section))  # the title itself stands on the cover
        self.check_title(node)
        level = self.level - 1
        if level == 1 and node.next_node(_is_mark) is not None:
            self.fail(node, "the title of a page holds a link or a footnote; put it into the text")
        part = self.openers.get(self.docnames[-1]) if level == 1 else None
        name = self.anchor_name(section)
        number = self.section_number(section)
        self.headings[f"{name}"] = number + node.astext()
        title = content(prose(number), self.inside(node))
        heading = call("section", level, name, title, part=part)
        self.write("\n" + embed(heading) + "\n")

    def visit_raw(self, node: nodes.Element) -> NoReturn:
        """Refuse HTML that shows something: left out, its words would be lost without a word."""
        formats, text = node["format"].split(), node.astext()
        if "typst" in formats:
            self.write(text)
        self.write(BREAK if "html" in formats and self.breaks_line(node) else "")

    def visit_Invisible(self, _node: nodes.Element) -> NoReturn:  # noqa: N802  # comments and the like
        self.write("")

    def visit_toctree(self, _node: nodes.Element) -> NoReturn:
        self.write("")  # those left are empty: their pages have been put in their place

    def visit_meta(self, _node: nodes.Element) -> NoReturn:
        self.write("")  # for search engines
