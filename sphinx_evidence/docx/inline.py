# ruff: noqa: D102  # a visit method is named for what it sets
"""What stands within a line: emphasis, code, links, footnote marks, images."""

import re

from docutils import nodes
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from sphinx_evidence.docx.styles import emu
from sphinx_evidence.docx.walker import Walker, bookmark
from sphinx_evidence.docx.xml import make, run, words

# No link of another kind leaves the file: neither to files, nor to what a program would run.
_OUTSIDE = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)


class InlineMixin(Walker):
    """Visit methods for inline nodes."""

    def visit_Text(self, node: nodes.Text) -> None:  # noqa: N802  # docutils' name
        if self.line is not None:
            self.write(node.astext())
        elif node.astext().strip():
            with self.paragraph(self.style, node):
                self.write(node.astext())

    def visit_emphasis(self, node: nodes.Element) -> None:
        self.flow(node, i="1")

    visit_title_reference = visit_manpage = visit_emphasis

    def visit_strong(self, node: nodes.Element) -> None:
        self.flow(node, b="1")

    def visit_subscript(self, node: nodes.Element) -> None:
        self.flow(node, vertAlign="subscript")

    def visit_superscript(self, node: nodes.Element) -> None:
        self.flow(node, vertAlign="superscript")

    def visit_literal(self, node: nodes.Element) -> None:
        self.flow(node, rStyle=self.package.style_id("Code Words"))

    def visit_inline(self, node: nodes.Element) -> None:
        self.flow(node)

    visit_target = visit_PassthroughTextElement = visit_inline  # noqa: N815  # sphinx-design's name

    def visit_abbreviation(self, node: nodes.Element) -> None:
        self.flow(node)
        if meaning := node.get("explanation"):
            self.write(f" ({meaning})")

    # -- Links --------------------------------------------------------------------

    def visit_reference(self, node: nodes.Element) -> None:
        if self.line is None:
            with self.paragraph(self.style, node):
                self.visit_reference(node)
            return
        uri, within = self.target(node)
        name, there = self.leads_within(uri, node) if within else (None, uri)
        link = make("hyperlink", history="1")
        if name:
            link.set(qn("w:anchor"), bookmark(name))
        elif _OUTSIDE.match(there):
            key = self.part.relate_to(there, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link.set(qn("r:id"), key)
        else:
            self.flow(node)
            return
        self.anchor(node)
        self.line.append(link)
        look = self.look | {"rStyle": self.package.style_id("Hyperlink")}
        with self.having(line=link, look=look):
            self.children(node)

    # -- Footnotes ----------------------------------------------------------------

    def visit_footnote_reference(self, node: nodes.Element) -> None:
        name = self.targets[f"{self.docnames[-1]}#{node['refid']}"]
        style = self.package.style_id("footnote reference")
        self.anchor(node)
        if self.line is None:
            return
        notes = self.package.notes
        if name in notes:  # Word has one mark for each note; the next ones lead to the first
            link = make("hyperlink", run(words(f"{notes[name]}"), rStyle=style))
            link.set(qn("w:anchor"), bookmark(name))
            self.wanted.setdefault(name, self.place(node))
            self.line.append(link)
            return
        self.waiting.append(name)
        self.place_anchors()
        self.placed.add(name)
        number = notes[name] = len(notes) + 1
        self.line.append(run(make("footnoteReference", id=number), rStyle=style))
        part, story = self.package.footnote(number)
        state = {"story": story, "part": part, "line": None, "look": {}, "indent": 0}
        with self.having(**state, bullet=None, style="footnote text", depth=0):
            # Without its label, which Word writes.
            self.each(*(one for one in self.footnotes[name] if not isinstance(one, nodes.label)))
            self.close_story()
        story[0].insert(1, run(make("footnoteRef"), rStyle=style))
        story[0].insert(2, run(words(" ")))

    def visit_footnote(self, node: nodes.footnote) -> None:
        if not node["backrefs"]:
            self.fail(node, "nothing refers to the footnote, so it has no place to be printed")
        # It is written where it is first referred to.

    # -- Images -------------------------------------------------------------------

    def visit_image(self, node: nodes.Element) -> None:
        if self.line is None:
            with self.paragraph("Picture", node):
                self.visit_image(node)
            return
        name, alt = self.picture(node)
        if self.part is not self.package.document.part:
            self.fail(node, "a footnote of the Word copy cannot hold an image")
        holder = node.parent.parent if isinstance(node.parent, nodes.reference) else node.parent
        around = holder.get("width") if isinstance(holder, nodes.figure) else None
        given = node.get("width") or around or ""
        try:
            room = self.room * 635
            wanted = emu("" if given == "image" else given, room)
            inline = self.package.image(name, wanted, room)
        except ValueError as error:
            self.fail(node, f"the image {node['uri']} cannot be set: {error}")
        inline.docPr.set("descr", alt)
        self.anchor(node)
        self.line.append(run(make("drawing", inline)))
