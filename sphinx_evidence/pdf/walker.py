"""What every part of the translator stands on: output, anchors and links in Typst."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, NoReturn

from docutils import nodes
from sphinx.builders import Builder
from sphinx.locale import _
from sphinx.util.nodes import traverse_parent

from sphinx_evidence.pdf.markup import Code, call, content, embed, language
from sphinx_evidence.runtime.abort import BuildAborted
from sphinx_evidence.runtime.walker import TreeWalker


class PDFWarning(StrEnum):
    """Subtypes of the warnings of type ``pdf``, beside that of links."""

    TYPST = "typst"  # Typst warned while it set the pages


class Table(NamedTuple):
    """What is noted of a table."""

    stub: int  # columns of row headers
    squeezed: bool  # too narrow columns in large print, which sets it as a list


@dataclass
class Part:
    """The markup of one page with the pages below it, and what Typst cannot tag in it."""

    markup: str = ""
    links: list[str] = field(default_factory=list)  # the words of each, in reading order
    tables: list[Table] = field(default_factory=list)  # in reading order


class PDFError(BuildAborted):
    """What cannot be set as it is: the message names the place."""


class Walker(TreeWalker):
    """Walks the tree, writing one Typst expression for each node.

    A visit method renders its children with `body` or `inside` and ends with `show` or `write`,
    so that there are no depart methods.
    """

    copy = "PDF"
    kind = "pdf"

    def __init__(self, document: nodes.document, builder: Builder) -> None:
        """Have written nothing yet."""
        super().__init__(document, builder)
        self.out: list[str] = []
        self.level = 0  # of the section, and of the boxes in it
        self.part = Part()

    # -- Output -------------------------------------------------------------------

    def markup(self, *children: nodes.Node) -> str:
        """Return the markup of nodes."""
        outer, self.out = self.out, []
        for child in children:
            before = len(self.out)
            child.walkabout(self)
            self.out[before:] = [_in_its_language(child, "".join(self.out[before:]))]
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

    def anchor(self, node: nodes.Element) -> str:
        """Return markup that links can lead to; nothing if the element has no id."""
        name = self.anchor_name(node)
        return embed(call("anchor", name)) if name else ""

    def link(self, uri: str, body: Code, node: nodes.Element) -> Code:
        """Return a link within the PDF, or to the site if the PDF does not hold the target."""
        name, there = self.leads_within(uri, node)
        if name is None:
            return self.external(there, body, node) if there else body
        self.part.links.append(node.astext())
        # In print, a reader turns to a page; a citation or a term is found by its letter.
        page = {"page": _("page")} if _is_cross_reference(node) else {}
        return call("goto", name, body, **page)

    def external(self, uri: str, body: Code, node: nodes.Element) -> Code:
        """Return a link to an address."""
        self.part.links.append(node.astext())
        return call("link", uri, body)

    # -- Errors -------------------------------------------------------------------

    def place_of(self, letters: str) -> str:
        """Return file:line of the first text that holds some letters; else they are conf.py's."""
        texts = self.document.findall(nodes.Text)
        return next((self.place(text) for text in texts if letters in text), "conf.py:1")

    def place_of_deepest(self) -> str:
        """Return file:line of what stands in the most other things."""
        every = self.document.findall(nodes.Element)
        return self.place(max(every, key=lambda node: sum(1 for _ in traverse_parent(node))))

    def place_of_image(self, uri: str) -> str:
        """Return file:line of the first use of an image."""
        return next(
            self.place(image) for image in self.document.findall(nodes.image) if image["uri"] == uri
        )


def _in_its_language(node: nodes.Node, written: str) -> str:
    """Return markup, marked as another language by a class ``language-fr``, as docutils has it."""
    classes = node["classes"] if isinstance(node, nodes.Element) else ()
    tag = next((name for name in classes if name.startswith("language-")), "")
    if not tag:
        return written
    lang, region = language(tag.removeprefix("language-"))
    return embed(call("text", content(written), lang=lang, region=region))


_CROSS_REFERENCES = {"std-doc", "std-numref", "std-ref"}


def _is_cross_reference(node: nodes.Element) -> bool:
    """Whether a link leads to a box, table, figure, section or page, from running text."""
    named = {name for inner in node.findall(nodes.inline) for name in inner["classes"]}
    return bool(named & _CROSS_REFERENCES)
