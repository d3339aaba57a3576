"""What every part of the translator stands on: stories, paragraphs, bookmarks, look."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any

from docutils import nodes
from docx.oxml.ns import qn
from sphinx.builders import Builder

from sphinx_evidence.docx.package import Package
from sphinx_evidence.docx.styles import STEP, WIDTH, Numbering
from sphinx_evidence.docx.xml import Element, make, prose, run, text_of, words
from sphinx_evidence.runtime.location import NodeLocator
from sphinx_evidence.runtime.walker import TreeWalker

# Set by a class.
_STYLES = {
    "summary": "Summary", "source": "Source", "how-sure": "How Sure", "mentions": "Note",
    "reference-notice": "Reference Note", "reference-status": "Reference Note",
    "reference-checked": "Reference Note", "reference-backlinks": "Reference Note",
}  # fmt: skip
_LANGUAGE = re.compile(r"language-([A-Za-z]{2,3}(?:-[A-Za-z\d]{2,8})*)")


def bookmark(anchor: str) -> str:
    """The name of the bookmark of an anchor: Word has room for forty letters."""
    return f"_{blake2b(anchor.encode(), digest_size=8).hexdigest()}"


class Walker(TreeWalker):
    """Walks the tree, writing blocks into ``story`` and runs into ``line``.

    A visit method writes its children itself, so that there are no depart methods.
    """

    copy = "Word copy"
    kind = "docx"

    def __init__(self, document: nodes.document, builder: Builder, package: Package) -> None:
        """Have written nothing yet."""
        super().__init__(document, builder)
        self.package = package
        self.numbering = Numbering(package.document)
        self.locator = NodeLocator(builder.env)
        self.story: Element = package.body  # the body, a cell or a note
        self.part: Any = package.document.part  # which has the relations of the story
        self.line: Element | None = None  # the paragraph that is open, or a link in it
        self.look: dict[str, str] = {}
        self.style = "Body Text"  # of a plain paragraph
        self.source: tuple[Path, int] | None = None  # of a reference, which no page holds
        self.indent = 0  # of what is within a list or below a term
        self.bullet: tuple[str, Element] | None = None  # style and list of the next paragraph
        self.waiting: list[str] = []  # anchors of what begins with the next paragraph
        self.marks: dict[str, list[Element]] = {}  # the bookmarks of anchors
        self.count = 0  # of bookmarks

    @contextmanager
    def having(self, **state: object) -> Iterator[None]:
        """Let attributes be others for a while."""
        outer = {name: getattr(self, name) for name in state}
        vars(self).update(state)
        yield
        vars(self).update(outer)

    def children(self, node: nodes.Element) -> None:
        """Write what is inside an element."""
        self.each(*node.children)

    def each(self, *given: nodes.Node) -> None:
        """Write nodes, and mark what is in another language, as docutils has it."""
        for node in given:
            names = node["classes"] if isinstance(node, nodes.Element) else []
            tags = [found[1] for name in names if (found := _LANGUAGE.fullmatch(name))]
            with self.having(look=self.look | ({"lang": tags[0]} if tags else {})):
                self.dispatch_visit(node)

    # -- Paragraphs ---------------------------------------------------------------

    def styled(self, node: nodes.Element, otherwise: str) -> str:
        """The name of the style of a paragraph, by its classes."""
        return next((_STYLES[name] for name in node["classes"] if name in _STYLES), otherwise)

    @contextmanager
    def paragraph(self, style: str, node: nodes.Node | None = None) -> Iterator[None]:
        """Open a paragraph, and note where it comes from; without a node, from conf.py."""
        made = self.begin(style)
        at = len(made)
        with self.having(line=made):
            self.place_anchors()
            yield
        path, line = self.origin(node)
        name = self.package.note(path, line, text_of(made))
        begin, end = self.new_bookmark(name)
        made.insert(at, begin)
        made.append(end)

    def begin(self, style: str) -> Element:
        """Append an empty paragraph to the story."""
        own, listed = self.bullet or ("", None)
        properties = [make("pStyle", val=self.package.style_id(own or style))]
        if listed is not None:
            properties.append(listed)
        if len(self.story) and self.story[-1].tag == qn("w:tbl"):
            properties.append(make("spacing", before=200))
        if self.indent:
            hanging = {"hanging": STEP} if self.bullet else {}
            properties.append(make("ind", left=self.indent, **hanging))
        self.bullet = None
        made = make("p", make("pPr", *properties))
        self.story.append(made)
        return made

    def add_table(self, table: Element) -> None:
        """Append a table; Word would make one of two that follow each other."""
        if len(self.story) and self.story[-1].tag == qn("w:tbl"):
            self.begin("Between")
        self.story.append(table)

    def close_story(self) -> None:
        """End a story with a paragraph, as Word wants it."""
        if not len(self.story) or self.story[-1].tag != qn("w:p"):
            with self.having(bullet=None, indent=0):
                self.begin("Between")

    @property
    def room(self) -> int:
        """The width that is left for what is written, in twentieths of a point."""
        return WIDTH // 635 - self.indent

    def flow(self, node: nodes.Element, **look: str) -> None:
        """Write the children of an inline element; what stands on its own, as a paragraph."""
        if self.line is None:
            if not node.children:
                self.anchor(node)
                return
            with self.paragraph(self.style, node):
                self.flow(node, **look)
            return
        self.anchor(node)
        with self.having(look=self.look | look):
            self.children(node)

    def write(self, text: str, **look: str) -> None:
        """Write words into the paragraph that is open."""
        if self.line is not None:
            self.line.append(run(words(prose(text)), **(self.look | look)))

    # -- Bookmarks ----------------------------------------------------------------

    def new_bookmark(self, name: str) -> tuple[Element, Element]:
        """The beginning and the end of a bookmark."""
        self.count += 1
        begin = make("bookmarkStart", id=self.count, name=name)
        return begin, make("bookmarkEnd", id=self.count)

    def anchor(self, node: nodes.Element) -> None:
        """Let links lead to an element, or to the next paragraph where none is open."""
        if name := self.anchor_name(node):
            self.waiting.append(name)
        self.place_anchors()

    def place_anchors(self) -> None:
        """Write the bookmarks that wait for a paragraph."""
        if self.line is not None:
            for name in self.waiting:
                self.marks[name] = [*self.new_bookmark(bookmark(name))]
                self.line.extend(self.marks[name])
            self.waiting = []

    def drop_unused(self) -> None:
        """Take away the bookmarks that no link leads to: Word keeps thousands badly."""
        for name in self.marks.keys() - self.wanted.keys():
            for mark in self.marks[name]:
                mark.getparent().remove(mark)

    def origin(self, node: nodes.Node | None) -> tuple[Path, int]:
        """The file and the line that a paragraph comes from."""
        if node is None:
            return Path(self.builder.confdir, "conf.py"), 1
        if self.source:
            return self.source
        element = node if isinstance(node, nodes.Element) else node.parent
        page = Path(self.builder.env.doc2path(self.docnames[-1]))
        return self.locator.locate(element, page)
