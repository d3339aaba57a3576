"""What every walk over a whole document stands on: anchors, links, numbers, errors with a place."""

import re
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeGuard

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.util import logging
from sphinx.util.docutils import SphinxTranslator

from sphinx_evidence.diagnostics.finding import display_path
from sphinx_evidence.runtime import site
from sphinx_evidence.runtime.abort import BuildAborted

logger = logging.getLogger(__name__)
_BREAK = re.compile(r"\s*<br\s*/?>\s*")
# What only dresses the text around it; not what says more than the words do: where a link leads,
# what is struck out, raised, lowered or quoted.
_MARKUP = re.compile(
    r"<!--.*?-->|</?(b|bdi|bdo|cite|code|dfn|div|em|i|kbd|mark|p|samp|section|small|span|strong|u|"
    r"var|wbr)\b[^>]*>",
    re.DOTALL | re.IGNORECASE,
)


class LinkWarning(StrEnum):
    """The subtype of a warning of a builder, to be named in ``suppress_warnings``."""

    LINK = "link"  # a link leads to something that the copy does not hold


def is_element(node: nodes.Node) -> TypeGuard[nodes.Element]:
    """Whether a node is an element, and not a comment, which readers never see."""
    return isinstance(node, nodes.Element) and not isinstance(node, nodes.Invisible)


class TreeWalker(SphinxTranslator):
    """Knows a tree of all pages: where its links lead, what its numbers are.

    A node type without a method stops the build, because text must never be dropped.
    """

    copy = ""  # what is made, as messages call it
    kind = ""  # the type of its warnings

    def __init__(self, document: nodes.document, builder: Builder) -> None:
        """Note every anchor of the document, which may be linked before it is met."""
        super().__init__(document, builder)
        self.docnames: list[str] = [document["docname"]]
        self.targets: dict[str, str] = {}  # every "docname#id" -> the anchor that is written
        self.footnotes: dict[str, nodes.footnote] = {}
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

    # -- Anchors and links --------------------------------------------------------

    def anchor_name(self, node: nodes.Element) -> str | None:
        """Return the one anchor for all ids of an element, and count it as written."""
        if not node["ids"]:
            return None
        name = f"{self.docnames[-1]}#{node['ids'][0]}"
        self.placed.add(name)
        return name

    def target(self, node: nodes.Element) -> tuple[str, bool]:
        """Return where a reference node leads, and whether that is in the project."""
        uri = f"#{node['refid']}" if "refid" in node else node.get("refuri", "")
        if not uri:
            self.fail(node, "the link has no target")
        if "refid" not in node and not node.get("internal"):
            return uri, False
        if uri.startswith("#"):
            uri = self.docnames[-1] + uri
        return uri if "#" in uri else f"{uri}#", True

    def leads_within(self, uri: str, node: nodes.Element) -> tuple[str | None, str]:
        """Return the anchor of a place in the project, or its address on the site.

        Where the site has no address (``html_baseurl``), there is neither, but a warning.
        """
        name = self.targets.get(uri)
        if name is not None:
            self.wanted.setdefault(name, self.place(node))
            return name, ""
        docname, _hash, place = uri.partition("#")
        there = site.address(self.config, docname, place)
        if not there:
            logger.warning(
                "The link leads to %s, which is not in the %s. Only its text is printed.",
                uri, self.copy, location=self.place(node), type=self.kind, subtype=LinkWarning.LINK,
            )  # fmt: skip
        return None, there

    def check_links(self) -> None:
        """Raise BuildAborted for a link whose target was noted but not written."""
        for name, place in self.wanted.items():
            if name not in self.placed:
                raise BuildAborted(f"{place}: the link leads to {name}, which was not written")

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

    # -- What cannot be written ---------------------------------------------------

    def check_title(self, node: nodes.Element) -> None:
        """Stop at a title of something that has none here, and at one without words."""
        if not isinstance(node.parent, nodes.section):
            self.fail(node, f"no rule for the title of <{node.parent.tagname}>")
        if not any(text.strip() for text in node.findall(nodes.Text)):
            self.fail(node, "the heading has no words")

    def breaks_line(self, node: nodes.Element) -> bool:
        """Whether raw HTML ends a line. HTML that shows something stops the build."""
        text = node.astext()
        if _BREAK.fullmatch(text):
            return True
        if _MARKUP.sub("", text).strip():
            self.fail(node, f"the {self.copy} builder cannot set raw HTML: {text.strip():.60}")
        return False

    def picture(self, node: nodes.Element) -> tuple[str, str]:
        """Return the name that the builder has given to an image, and its words."""
        uri = node["uri"]
        name = self.builder.images.get(uri)
        if name is None:
            self.fail(node, f"the image {uri} cannot be read, or is not an SVG, PNG or JPEG file")
        alt = node.get("alt", "").strip()
        if not alt:
            self.fail(node, f"the image {uri} has no alternative text (alt)")
        return name, alt

    def visit_sd_icon(self, node: nodes.Element) -> NoReturn:
        """Stop: what an icon shows is not said."""
        self.fail(node, f"the {self.copy} builder cannot set an icon; say in words what it shows")

    visit_fontawesome = visit_sd_icon

    def visit_download_reference(self, node: nodes.Element) -> NoReturn:
        """Stop: the file would not be there."""
        target = node.get("reftarget", node.astext())
        self.fail(node, f"the {self.copy} cannot hold {target}, which is offered to be downloaded")

    def visit_pending_xref(self, node: addnodes.pending_xref) -> NoReturn:
        """Stop: it leads nowhere."""
        self.fail(node, f"the reference to {node.get('reftarget')!r} was never resolved")

    # -- Errors -------------------------------------------------------------------

    def place(self, node: nodes.Node) -> str:
        """Return file:line of a node, or of the nearest node around it that knows its line."""
        known: nodes.Node | None = node
        while known is not None and not (known.source and known.line):
            known = known.parent
        if known is None:
            return display_path(self.builder.env.doc2path(self.docnames[-1]))
        return f"{display_path(Path(str(known.source)))}:{known.line}"

    def fail(self, node: nodes.Node, message: str) -> NoReturn:
        """Stop the build, naming the place."""
        raise BuildAborted(f"{self.place(node)}: {message}")

    def unknown_visit(self, node: nodes.Node) -> NoReturn:
        """Stop: leaving the node out would drop text without a word."""
        self.fail(node, f"the {self.copy} builder has no rule for <{type(node).__name__}>")


def _is_page(section: nodes.Element) -> bool:
    """Whether a section is a whole page, not a part of one."""
    return not isinstance(section.parent, nodes.section)
