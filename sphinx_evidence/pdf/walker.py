"""What every part of the translator stands on: output, anchors, links, errors with a place."""

from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeGuard

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.util import logging
from sphinx.util.docutils import SphinxTranslator

from sphinx_evidence.findings import shown
from sphinx_evidence.pdf.markup import Code, call, content, embed
from sphinx_evidence.stopping import BuildStopped

logger = logging.getLogger(__name__)


def is_element(node: nodes.Node) -> TypeGuard[nodes.Element]:
    """Whether a node is an element, and not a comment, which readers never see."""
    return isinstance(node, nodes.Element) and not isinstance(node, nodes.Invisible)


class PDFWarning(StrEnum):
    """Subtypes of the warnings of type ``pdf``, to be named in ``suppress_warnings``."""

    LINK = "link"  # a link leads to something that is not in the PDF
    TYPST = "typst"  # Typst warned while it set the pages


class PDFError(BuildStopped):
    """What cannot be set as it is: the message names the place."""


class Walker(SphinxTranslator):
    """Walks the tree, writing one Typst expression for each node.

    A visit method renders its children with `body` or `inside` and ends with `show` or `write`,
    so that there are no depart methods. A node type without a method stops the build, because
    text must never be dropped.
    """

    def __init__(self, document: nodes.document, builder: Builder) -> None:
        """Note every anchor of the document, which may be linked before it is met."""
        super().__init__(document, builder)
        self.out: list[str] = []
        self.docnames = [builder.config.root_doc]
        self.targets: dict[str, str] = {}  # every "docname#id" -> the anchor that is written
        self.footnotes: dict[str, nodes.footnote] = {}
        self.placed: set[str] = set()
        self.wanted: dict[str, str] = {}  # anchor -> the place that links to it
        self._note_page(document, builder.config.root_doc)
        self._note_targets(document, builder.config.root_doc)

    def _note_page(self, page: nodes.Element, docname: str) -> None:
        """Let a link to a whole page lead to its first section."""
        section = page.next_node(nodes.section)
        if section is not None:
            self.targets[f"{docname}#"] = f"{docname}#{section['ids'][0]}"

    def _note_targets(self, node: nodes.Element, docname: str) -> None:
        """Map every id, qualified by its document, to the first id of its element."""
        for child in node.children:
            if not isinstance(child, nodes.Element):
                continue  # text
            inner = docname
            if isinstance(child, addnodes.start_of_file):
                inner = child["docname"]
                self._note_page(child, inner)
            for name in child["ids"]:
                self.targets[f"{inner}#{name}"] = f"{inner}#{child['ids'][0]}"
            if isinstance(child, nodes.footnote):
                self.footnotes[f"{inner}#{child['ids'][0]}"] = child
            self._note_targets(child, inner)

    # -- Output -------------------------------------------------------------------

    def markup(self, *children: nodes.Node) -> str:
        """Return the markup of nodes."""
        outer, self.out = self.out, []
        for child in children:
            child.walkabout(self)
        written, self.out = self.out, outer
        return "".join(written)

    def inside(self, node: nodes.Element) -> str:
        """Return the markup of an element's anchor and children."""
        return self.anchor(node) + self.markup(*node.children)

    def body(self, node: nodes.Element) -> Code:
        """Return what is inside an element as a content block."""
        return content(self.inside(node))

    def run_in(self, *children: nodes.Node) -> str:
        """Return the markup of nodes, of which a first paragraph goes on from what precedes it.

        Typst then keeps a term and its definition together, as it does with lines of a paragraph.
        """
        if children and isinstance(children[0], nodes.paragraph):
            return self.inside(children[0]) + self.markup(*children[1:])
        return self.markup(*children)

    def write(self, markup: str) -> NoReturn:
        """Write markup for the node being visited, whose children are done with."""
        self.out.append(markup)
        raise nodes.SkipNode

    def show(self, expression: Code) -> NoReturn:
        """Write an expression for the node being visited, whose children are done with."""
        self.write(embed(expression))

    # -- Anchors and links --------------------------------------------------------

    def anchor_name(self, node: nodes.Element) -> str | None:
        """Return the one anchor for all ids of an element, and count it as written."""
        if not node["ids"]:
            return None
        name = f"{self.docnames[-1]}#{node['ids'][0]}"
        self.placed.add(name)
        return name

    def anchor(self, node: nodes.Element) -> str:
        """Return markup that links can lead to; nothing if the element has no id."""
        name = self.anchor_name(node)
        return embed(call("anchor", name)) if name else ""

    def link(self, uri: str, body: Code, node: nodes.Element) -> Code:
        """Return a link within the PDF; only its text, with a warning, if the target is absent."""
        name = self.targets.get(uri)
        if name is None:
            logger.warning(
                "The link leads to %s, which is not in the PDF. Only its text is printed.",
                uri, location=self.place(node), type="pdf", subtype=PDFWarning.LINK,
            )  # fmt: skip
            return body
        self.wanted.setdefault(name, self.place(node))
        return call("goto", name, body)

    def check_links(self) -> None:
        """Raise PDFError for a link whose target was noted but not written."""
        for name, place in self.wanted.items():
            if name not in self.placed:
                raise PDFError(f"{place}: the link leads to {name}, which was not written")

    # -- Numbers ------------------------------------------------------------------

    def number(self, kind: str, node: nodes.Element) -> str:
        """Return ``Box 1``, ``Table 2`` and the like; empty if the node bears no number."""
        numbers = self.builder.env.toc_fignumbers.get(self.docnames[-1], {}).get(kind, {})
        found = next((numbers[name] for name in node["ids"] if name in numbers), None)
        if not found or not self.config.numfig:
            return ""
        written: str = self.config.numfig_format[kind]
        return written % ".".join(map(str, found))

    # -- Errors -------------------------------------------------------------------

    def place(self, node: nodes.Node) -> str:
        """Return file:line of a node, or of the nearest node around it that knows its line."""
        known: nodes.Node | None = node
        while known is not None and not (known.source and known.line):
            known = known.parent
        if known is None:
            return shown(self.builder.env.doc2path(self.docnames[-1]))
        return f"{shown(Path(str(known.source)))}:{known.line}"

    def fail(self, node: nodes.Node, message: str) -> NoReturn:
        """Stop the build, naming the place."""
        raise PDFError(f"{self.place(node)}: {message}")

    def unknown_visit(self, node: nodes.Node) -> NoReturn:
        """Stop: leaving the node out would drop text without a word."""
        self.fail(node, f"the PDF builder has no rule for <{type(node).__name__}>")
