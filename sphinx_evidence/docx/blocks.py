# ruff: noqa: D102  # a visit method is named for what it sets
"""What stands on its own: paragraphs, lists, quotations, code, rules."""

from collections.abc import Mapping
from pathlib import Path

from docutils import nodes

from sphinx_evidence.docx.inline import InlineMixin
from sphinx_evidence.docx.styles import DEEPEST, STEP
from sphinx_evidence.docx.xml import make, run, words
from sphinx_evidence.runtime.walker import is_element

_NUMBERINGS = {
    "arabic": "decimal", "loweralpha": "lowerLetter", "upperalpha": "upperLetter",
    "lowerroman": "lowerRoman", "upperroman": "upperRoman",
}  # fmt: skip


class BlockMixin(InlineMixin):
    """Visit methods for block nodes."""

    works: Mapping[str, tuple[Path, int]]  # where each is written, by the name of its reference
    depth = 0  # of the list

    def visit_paragraph(self, node: nodes.Element) -> None:
        with self.paragraph(self.styled(node, self.style), node):
            self.anchor(node)
            self.children(node)

    visit_centered = visit_production = visit_paragraph

    def visit_rubric(self, node: nodes.Element) -> None:
        with self.paragraph("Rubric", node):
            self.anchor(node)
            self.children(node)

    def visit_transition(self, node: nodes.Element) -> None:
        if "footnotes" not in node["classes"]:  # MyST's rule above the footnotes
            line = make("bottom", val="single", sz=6, space=1, color="808080")
            self.begin("Between")[0].append(make("pBdr", line))

    def visit_literal_block(self, node: nodes.Element) -> None:
        with self.paragraph("Code", node):
            self.anchor(node)
            for number, line in enumerate(node.astext().expandtabs().splitlines()):
                parts = [make("br")] if number else []
                self.line.append(run(*parts, words(line)))  # type: ignore[union-attr]

    visit_doctest_block = visit_literal_block

    def visit_compound(self, node: nodes.Element) -> None:
        self.anchor(node)
        self.children(node)

    visit_glossary = visit_acks = visit_hlist = visit_hlistcol = visit_compound
    visit_productionlist = visit_versionmodified = visit_compound

    def visit_block_quote(self, node: nodes.Element) -> None:
        self.anchor(node)
        with self.having(style="Quote"):
            self.children(node)

    def visit_attribution(self, node: nodes.Element) -> None:
        with self.paragraph("Quote", node):
            self.write("— ")
            self.children(node)

    def visit_line_block(self, node: nodes.Element) -> None:
        self.anchor(node)
        with self.having(indent=self.indent + STEP * isinstance(node.parent, nodes.line_block)):
            self.children(node)

    visit_line = visit_paragraph

    def visit_tabular_col_spec(self, _node: nodes.Element) -> None:
        """Leave out what is for LaTeX only."""

    # -- Lists --------------------------------------------------------------------

    def visit_bullet_list(self, node: nodes.Element) -> None:
        self.anchor(node)
        if "references" in node["classes"]:
            for item in filter(is_element, node.children):
                self.anchor(item)
                with self.having(style="Bibliography", source=self.work(item)):
                    self.children(item)
            return
        self._listing(node, "List Bullet", self.numbering.bullets())

    def work(self, item: nodes.Element) -> tuple[Path, int] | None:
        """Where the work of a reference is written; of others, the page is."""
        return next((self.works[name] for name in item["ids"] if name in self.works), None)

    def visit_enumerated_list(self, node: nodes.Element) -> None:
        self.anchor(node)
        around = node.get("prefix", ""), node.get("suffix", ".")
        form = _NUMBERINGS[node.get("enumtype", "arabic")]
        number = self.numbering.numbers(form, around, node.get("start", 1))
        self._listing(node, "List Number", number)

    def _listing(self, node: nodes.Element, style: str, number: int) -> None:
        level = min(self.depth, DEEPEST - 1)
        state = {"depth": self.depth + 1, "indent": self.indent + STEP, "style": "List Continue"}
        with self.having(**state):
            for item in filter(is_element, node.children):
                listed = make("numPr", make("ilvl", val=level), make("numId", val=number))
                self.bullet = style, listed
                self.anchor(item)
                inner = [*filter(is_element, item.children)]
                if not inner or not isinstance(inner[0], nodes.paragraph):
                    with self.paragraph(style, item):
                        pass  # the bullet stands alone
                self.each(*inner)

    def visit_definition_list(self, node: nodes.Element) -> None:
        self.anchor(node)
        for item in filter(is_element, node.children):
            self.anchor(item)
            self.children(item)

    def visit_term(self, node: nodes.Element) -> None:
        with self.paragraph("Term", node):
            self.anchor(node)
            self.children(node)
            following = node.next_node(descend=False, siblings=True)
            while isinstance(following, nodes.classifier):
                self.write(f" ({following.astext()})")
                following = following.next_node(descend=False, siblings=True)

    def visit_classifier(self, _node: nodes.Element) -> None:
        """Leave it out: it stands behind its term."""

    def visit_definition(self, node: nodes.Element) -> None:
        self.anchor(node)
        with self.having(indent=self.indent + STEP, style="Definition"):
            self.children(node)

    def visit_field_list(self, node: nodes.Element) -> None:
        self.anchor(node)
        for one in filter(is_element, node.children):
            name, text = filter(is_element, one.children)
            self._run_in(f"{name.astext()}: ", self.style, text, *text.children)

    def visit_citation(self, node: nodes.Element) -> None:
        label, *rest = node.children
        self.anchor(node)
        # As the text writes it where it cites the work.
        self._run_in(f"[{label.astext()}] ", "Bibliography", node, *rest)

    def _run_in(self, label: str, style: str, holder: nodes.Element, *rest: nodes.Node) -> None:
        """Write a label, from which a first paragraph goes on."""
        with self.paragraph(style, holder):
            self.write(label, b="1")
            first = rest[:1] if rest and isinstance(rest[0], nodes.paragraph) else ()
            for one in first:
                self.children(one)  # type: ignore[arg-type]  # a paragraph
        self.each(*rest[len(first) :])
