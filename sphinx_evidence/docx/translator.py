# ruff: noqa: D102  # a visit method is named for what it sets
"""The doctree as a document of Word: its first page, headings, contents."""

from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.locale import _

from sphinx_evidence.docx.components import ComponentMixin
from sphinx_evidence.docx.package import Package
from sphinx_evidence.docx.styles import DEEPEST
from sphinx_evidence.docx.walker import bookmark
from sphinx_evidence.docx.xml import make, run, words


class WordTranslator(ComponentMixin):
    """Translates the whole inlined document into a package."""

    def __init__(
        self, document: nodes.document, builder: Builder, package: Package,
        front: list[tuple[str, str]], works: dict[str, tuple[Path, int]],
    ) -> None:  # fmt: skip
        """Prepare; ``front`` is what stands below the title: styles, and words."""
        super().__init__(document, builder, package)
        self.front, self.works = front, works
        self.level = 0  # of the section
        self.begun = 0  # how much stands before the first page
        self.pages: list[tuple[str, str]] = []  # anchor and words of each heading of level 1

    def visit_document(self, node: nodes.document) -> None:
        self.children(node)
        if self.waiting:
            with self.paragraph("Between"):
                pass
        self.close_story()
        self.check_links()
        self._write_contents()
        self.drop_unused()

    def visit_start_of_file(self, node: addnodes.start_of_file) -> None:
        if not self.begun:
            self.begun = len(self.story)
        self.docnames.append(node["docname"])
        self.children(node)
        self.docnames.pop()

    def visit_section(self, node: nodes.Element) -> None:
        self.anchor(node)
        with self.having(level=self.level + 1):
            self.children(node)

    def visit_title(self, node: nodes.Element) -> None:
        self.check_title(node)
        level = self.level - 1
        number = self.section_number(node.parent)
        style = f"Heading {min(level, DEEPEST)}" if level else "Title"
        with self.paragraph(style, node):
            self.anchor(node)
            self.write(number)
            self.children(node)
        if level == 1:
            name = f"{self.anchor_name(node.parent)}"
            self.wanted.setdefault(name, self.place(node))
            self.pages.append((name, number + node.astext()))
        elif not level:
            for style, text in self.front:
                with self.paragraph(style):
                    self.write(text)

    def _write_contents(self) -> None:
        """Put the list of contents before the first page: a field that Word can make anew."""
        if not self.pages:
            return
        with self.having(story=make("body")):
            self.begin("TOC Heading").append(run(words(str(_("Contents")))))
            for name, text in self.pages:
                link = make("hyperlink", run(words(text)), anchor=bookmark(name), history=1)
                self.begin("toc 1").append(link)
            first, last = self.story[1], self.story[-1]
            code = words(r' TOC \o "1-1" \n \h ', "instrText")
            for place, part in enumerate(("begin", code, "separate"), 1):
                sign = make("fldChar", fldCharType=part) if isinstance(part, str) else part
                first.insert(place, run(sign))
            last.append(run(make("fldChar", fldCharType="end")))
            contents = list(self.story)
        self.story[self.begun : self.begun] = contents

    def visit_raw(self, node: nodes.Element) -> None:
        """Refuse HTML that shows something: left out, its words would be lost without a word."""
        breaks = "html" in node["format"].split() and self.breaks_line(node)
        if breaks and self.line is not None:
            self.line.append(run(make("br")))

    def visit_Invisible(self, _node: nodes.Element) -> None:  # noqa: N802  # comments and the like
        """Leave out what readers never see."""

    def visit_toctree(self, _node: nodes.Element) -> None:
        """Leave those that are left: their pages have been put in their place."""

    def visit_meta(self, _node: nodes.Element) -> None:
        """Leave out what is for search engines."""
