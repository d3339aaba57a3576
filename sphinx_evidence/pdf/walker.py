"""What every part of the translator stands on: output, anchors, links, errors with a place."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, NoReturn, TypeGuard

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.docutils import SphinxTranslator
from sphinx.util.nodes import traverse_parent

from sphinx_evidence.diagnostics.finding import display_path
from sphinx_evidence.pdf.markup import Code, call, content, embed, language
from sphinx_evidence.runtime import site
from sphinx_evidence.runtime.abort import BuildAborted

logger = logging.getLogger(__name__)


def is_element(node: nodes.Node) -> TypeGuard[nodes.Element]:
    """Whether a node is an element, and not a comment, which readers never see."""
    return isinstance(node, nodes.Element) and not isinstance(node, nodes.Invisible)


class PDFWarning(StrEnum):
    """Subtypes of the warnings of type ``pdf``, to be named in ``suppress_warnings``."""

    LINK = "link"  # a link leads to something that is not in the PDF
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
        self.docnames: list[str] = [document["docname"]]
        self.targets: dict[str, str] = {}  # every "docname#id" -> the anchor that is written
        self.footnotes: dict[str, nodes.footnote] = {}
        self.level = 0  # of the section, and of the boxes in it
        self.part = Part()
        self.placed: set[str] = set()
        self.wanted: dict[str, str] = {}  # anchor -> the place that links to it
        self._note_page(document, document["docname"])
        self._note_targets(document, document["docname"])

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
        """Return a link within the PDF, or to the site if the PDF does not hold the target.

        Where the site has no address (``html_baseurl``), only the text, with a warning.
        """
        name = self.targets.get(uri)
        if name is not None:
            self.wanted.setdefault(name, self.place(node))
            self.part.links.append(node.astext())
            # In print, a reader turns to a page; a citation or a term is found by its letter.
            page = {"page": _("page")} if _is_cross_reference(node) else {}
            return call("goto", name, body, **page)
        docname, _hash, place = uri.partition("#")
        if there := site.address(self.config, docname, place):
            return self.external(there, body, node)
        logger.warning(
            "The link leads to %s, which is not in the PDF. Only its text is printed.",
            uri, location=self.place(node), type="pdf", subtype=PDFWarning.LINK,
        )  # fmt: skip
        return body

    def external(self, uri: str, body: Code, node: nodes.Element) -> Code:
        """Return a link to an address."""
        self.part.links.append(node.astext())
        return call("link", uri, body)

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

    def section_number(self, section: nodes.Element) -> str:
        """Return ``2.1. `` where a toctree is ``numbered``, else nothing."""
        numbers = self.builder.env.toc_secnumbers.get(self.docnames[-1], {})
        name = section["ids"][0]
        # That of a page stands under an empty name.
        found = numbers.get(f"#{name}") or (numbers.get("") if _is_page(section) else None)
        return ".".join(map(str, found)) + self.config.html_secnumber_suffix if found else ""

    # -- Errors -------------------------------------------------------------------

    def place(self, node: nodes.Node) -> str:
        """Return file:line of a node, or of the nearest node around it that knows its line."""
        known: nodes.Node | None = node
        while known is not None and not (known.source and known.line):
            known = known.parent
        if known is None:
            return display_path(self.builder.env.doc2path(self.docnames[-1]))
        return f"{display_path(Path(str(known.source)))}:{known.line}"

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

    def fail(self, node: nodes.Node, message: str) -> NoReturn:
        """Stop the build, naming the place."""
        raise PDFError(f"{self.place(node)}: {message}")

    def unknown_visit(self, node: nodes.Node) -> NoReturn:
        """Stop: leaving the node out would drop text without a word."""
        self.fail(node, f"the PDF builder has no rule for <{type(node).__name__}>")


def _is_page(section: nodes.Element) -> bool:
    """Whether a section is a whole page, not a part of one."""
    return not isinstance(section.parent, nodes.section)


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
