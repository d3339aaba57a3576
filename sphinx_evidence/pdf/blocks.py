# ruff: noqa: D102  # a visit method is named for what it sets
"""What stands on its own: paragraphs, lists, quotations, code, rules."""

from typing import NoReturn

from docutils import nodes

from sphinx_evidence.pdf.markup import BREAK, Code, call, content, embed, prose
from sphinx_evidence.pdf.walker import Walker
from sphinx_evidence.runtime.walker import is_element

# Set by a class.
_PARAGRAPH_STYLES = ("summary", "source", "how-sure", "mentions")
# What is said of a reference, which is set as one paragraph to save paper.
_REFERENCE_NOTES = {
    "reference-notice", "reference-status", "reference-checked", "reference-backlinks"
}  # fmt: skip
_LONG_ENTRY = 800  # letters: less than half a page of large print
_NUMBERINGS = {
    "arabic": "1", "loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I",
}  # fmt: skip


class BlockMixin(Walker):
    """Visit methods for block nodes."""

    writing_lines = 0  # below each item of a list of the class ``questions``
    brief_references = False  # whether how they were checked is left to other copies

    def visit_paragraph(self, node: nodes.Element) -> NoReturn:
        style = next((name for name in _PARAGRAPH_STYLES if name in node["classes"]), "par")
        if style == "par" and node.next_node(nodes.footnote_reference):
            style = "noted"
        self.show(call(style, self.body(node)))

    def visit_rubric(self, node: nodes.Element) -> NoReturn:
        self.show(call("rubric", self.body(node)))

    def visit_transition(self, node: nodes.Element) -> NoReturn:
        if "footnotes" in node["classes"]:
            self.write("")  # MyST's rule above the footnotes, which stand at the foot of pages here
        self.show(call("transition"))

    def visit_literal_block(self, node: nodes.Element) -> NoReturn:
        self.write(self.anchor(node) + embed(call("code-block", node.astext())))

    visit_doctest_block = visit_literal_block

    def visit_compound(self, node: nodes.Element) -> NoReturn:
        self.write(self.inside(node))

    def visit_block_quote(self, node: nodes.Element) -> NoReturn:
        sources = [child for child in node.children if isinstance(child, nodes.attribution)]
        words = [child for child in node.children if child not in sources]
        source = content(*(self.inside(child) for child in sources)) if sources else None
        body = content(self.anchor(node), self.markup(*words))
        self.show(call("quotation", body, source=source))

    def visit_line_block(self, node: nodes.Element) -> NoReturn:
        self.show(call("line-block", self.body(node)))

    def visit_line(self, node: nodes.Element) -> NoReturn:
        self.show(call("par", self.body(node)))

    def visit_centered(self, node: nodes.Element) -> NoReturn:
        self.show(call("centred", self.body(node)))

    def visit_production(self, node: nodes.Element) -> NoReturn:
        self.show(call("par", self.body(node)))

    def visit_tabular_col_spec(self, _node: nodes.Element) -> NoReturn:
        self.write("")  # for LaTeX only

    # -- Lists --------------------------------------------------------------------

    def visit_bullet_list(self, node: nodes.Element) -> NoReturn:
        items = list(filter(is_element, node.children))
        # The lists that the extension makes have a look of their own.
        own = next((name for name in ("references", "record") if name in node["classes"]), None)
        if own:
            listing = call(own, *map(self._entry, items))
        else:
            listing = call("list", *map(self.body, items), tight=_is_tight(node))
        self.write(self.anchor(node) + embed(listing))

    def _entry(self, item: nodes.Element) -> Code:
        """Return an entry, on one page unless it is long; to let Typst measure each is slow."""
        children = list(filter(is_element, item.children))
        notes = [child for child in children if _REFERENCE_NOTES & {*child["classes"]}]
        body = self.anchor(item) + self.markup(*(c for c in children if c not in notes))
        if self.brief_references:
            notes = [note for note in notes if "reference-checked" not in note["classes"]]
        if notes:
            body += embed(call("reference-notes", *map(self.body, notes)))
        breakable = len(item.astext()) > _LONG_ENTRY
        return content(embed(call("entry", content(body), breakable=breakable)))

    def visit_enumerated_list(self, node: nodes.Element) -> NoReturn:
        number = _NUMBERINGS[node.get("enumtype", "arabic")]
        lines = self.writing_lines if "questions" in node["classes"] else 0
        listing = call(
            "enum", *(self._item(item, lines) for item in filter(is_element, node.children)),
            numbering=f"{node.get('prefix', '')}{number}{node.get('suffix', '.')}",
            start=node.get("start", 1), tight=_is_tight(node) and not lines,
        )  # fmt: skip
        self.write(self.anchor(node) + embed(listing))

    def _item(self, item: nodes.Element, lines: int) -> Code:
        """Return an item, with ruled lines below it for an answer."""
        if not lines:
            return self.body(item)
        return content(embed(call("question", self.body(item), lines)))

    def visit_definition_list(self, node: nodes.Element) -> NoReturn:
        items = map(self._definition, filter(is_element, node.children))
        self.write(self.anchor(node) + embed(call("definitions", *items)))

    def _definition(self, item: nodes.Element) -> Code:
        """Return one item: one term, or several of the same meaning, and the definition."""
        terms: list[str] = []
        definition = ""
        for child in filter(is_element, item.children):
            if isinstance(child, nodes.term):
                terms.append(self.inside(child))
            elif isinstance(child, nodes.classifier):
                terms[-1] += prose(" (") + self.inside(child) + prose(")")
            else:
                inner = self.markup if definition else self.run_in  # only the first goes on from it
                words, last = child.children[:1], child.children[-1] if child.children else None
                definition += self.anchor(child)
                paired = len(child) == 2  # noqa: PLR2004  # one paragraph, which is kept as such
                if paired and isinstance(last, nodes.paragraph) and "mentions" in last["classes"]:
                    definition += inner(*words) + BREAK
                    definition += embed(call("mentioned", content(self.inside(last))))
                else:
                    definition += inner(*child.children)
        term = BREAK.join(terms)
        return call("terms.item", content(self.anchor(item), term), content(definition))

    def visit_glossary(self, node: nodes.Element) -> NoReturn:
        self.write(self.inside(node))

    visit_acks = visit_hlist = visit_hlistcol = visit_productionlist = visit_glossary

    def visit_field_list(self, node: nodes.Element) -> NoReturn:
        pairs = (tuple(filter(is_element, field.children)) for field in node.children)
        fields = (
            # The colon is part of the name: a separator of Typst's is not read aloud.
            call(
                "terms.item",
                content(self.inside(name), prose(":")),
                content(self.run_in(*text.children)),
            )
            for name, text in pairs
        )
        self.write(self.anchor(node) + embed(call("fields", *fields)))

    def visit_citation(self, node: nodes.Element) -> NoReturn:
        label, *rest = node.children
        shown = prose(f"[{label.astext()}] ")  # as the text writes it where it cites the work
        self.show(call("references", content(self.anchor(node), shown, self.run_in(*rest))))


def _is_tight(listing: nodes.Element) -> bool:
    """Whether no item holds more than a paragraph and a list below it."""
    inner = nodes.bullet_list | nodes.enumerated_list
    return all(
        isinstance(child, inner if place else nodes.paragraph)
        for item in filter(is_element, listing.children)
        for place, child in enumerate(item.children)
    )
