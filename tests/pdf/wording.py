"""The words of the pages in the order in which they are read, without asking the PDF writer."""

import re
import warnings
from collections.abc import Iterable, Iterator
from functools import lru_cache

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.util.nodes import traverse_parent

from sphinx_evidence.boxes import box

MARKERS = "•‣–"  # of lists within lists
PAGE = re.compile(r"\s*\(page [0-9ivx]+\)")  # what print adds to a cross-reference


class Wording:
    """The words of some pages as a PDF must give them, in one size."""

    def __init__(
        self, builder: Builder, *, lists_for_tables: bool, brief: bool, held: frozenset[str]
    ) -> None:
        self.builder = builder
        self.held = held  # the pages of the copy
        self.unseen = {"html-only", *(["reference-checked"] if brief else [])}  # classes
        self.lists_for_tables = lists_for_tables  # as large print has them, where they are narrow
        self.page = ""
        self.depth = 0
        self.notes: dict[tuple[str, str], str] = {}  # page and name -> number

    def of_page(self, name: str, *, in_place: bool = False) -> list[str]:
        tree = resolved(self.builder, name, self.held)
        if in_place:
            tree = tree.deepcopy()
            put_in_place(self.builder, tree)
        return self.of(name, tree)

    def of(self, name: str, *found: nodes.Node) -> list[str]:
        self.page = name
        return "".join(self._all(found)).split()

    def _all(self, found: Iterable[nodes.Node]) -> Iterator[str]:
        for node in found:
            yield from self._one(node)

    def _one(self, node: nodes.Node) -> Iterator[str]:  # noqa: C901  # a case for each kind
        if isinstance(node, nodes.Text):
            yield node.astext()
            return
        assert isinstance(node, nodes.Element)
        if self.unseen & set(node["classes"]) or isinstance(node, UNSEEN):
            return
        match node:
            case nodes.bullet_list():
                own = {"references", "record"} & set(node["classes"])
                marker = "" if own else MARKERS[self.depth % len(MARKERS)]
                yield from self._items(node, [marker] * len(node))
            case nodes.enumerated_list():
                start = node.get("start", 1)
                yield from self._items(node, [f"{start + n}." for n in range(len(node))])
            case addnodes.start_of_file():  # what another page holds, put in its place
                outer, self.page = self.page, node["docname"]
                yield from self._all(node.children)
                self.page = outer
            case box():
                yield f"{self._number('box', node)}: "
                yield from self._all(node.children)
            case nodes.figure():
                yield f"{self._number('figure', node)}. "
                yield from self._all(kid for kid in node if not isinstance(kid, nodes.image))
            case nodes.table():
                yield from self._table(node)
            case nodes.footnote_reference():
                yield from self._note(node)
            case nodes.field_name():
                yield from self._all(node.children)
                yield ":"
            case _:
                yield from self._all(node.children)
        if not isinstance(node, nodes.Inline):
            yield " "

    def _note(self, mark: nodes.footnote_reference) -> Iterator[str]:
        """The mark, and at first the note with its number: at the foot, but read here."""
        known = len(self.notes)
        name = self.page, mark["refid"]
        number = self.notes.setdefault(name, str(known + 1))
        yield number
        if len(self.notes) > known:
            (note,) = (
                each
                for each in resolved(self.builder, self.page, self.held).findall(nodes.footnote)
                if mark["refid"] in each["ids"]
            )
            yield number
            yield from "".join(self._all(note.children[1:])).strip()

    def _items(self, node: nodes.Element, markers: list[str]) -> Iterator[str]:
        self.depth += isinstance(node, nodes.bullet_list)
        for item, marker in zip(node.children, markers, strict=True):
            yield f" {marker} "
            yield from self._one(item)
        self.depth -= isinstance(node, nodes.bullet_list)

    def _table(self, node: nodes.table) -> Iterator[str]:
        titles = list(node.findall(nodes.title))
        if titles:
            yield f"{self._number('table', node)}. "
            yield from self._all(titles)
            yield " "
        head, body = (
            [*part.findall(nodes.row)]
            for p in (nodes.thead, nodes.tbody)
            for part in node.findall(p)
        )
        if not self.lists_for_tables:
            yield from self._all([*head, *body])
            return
        for row in body:
            for label, cell in zip(head[0].children, row.children, strict=True):
                yield from self._all([label, cell])

    def _number(self, kind: str, node: nodes.Element) -> str:
        numbers = self.builder.env.toc_fignumbers[self.page][kind]
        (number,) = next(numbers[name] for name in node["ids"] if name in numbers)
        return str(self.builder.config.numfig_format[kind] % number)


@lru_cache(maxsize=64)
def resolved(builder: Builder, name: str, held: frozenset[str] = frozenset()) -> nodes.document:
    """The tree of a page of a copy, with its references: not to be changed."""
    builder.order = held or builder.env.found_docs  # type: ignore[attr-defined]  # as of a book
    with warnings.catch_warnings():
        # MyST-Parser 5 still reads a deprecated attribute of its transform.
        warnings.filterwarnings("ignore", "'myst_parser.*app' is deprecated")
        return builder.env.get_and_resolve_doctree(name, builder, tags=builder.tags)


def put_in_place(builder: Builder, tree: nodes.document) -> None:
    """Put what a page refers to on other pages below the section that does so first."""
    seen: set[str] = {""}
    for reference in [*tree.findall(addnodes.number_reference)]:
        page, _, name = reference["refuri"].partition("#")
        if not page or name in seen:
            continue
        seen.add(name)
        section = next(s for s in traverse_parent(reference) if isinstance(s, nodes.section))
        below = [n for n, kid in enumerate(section) if isinstance(kid, nodes.section)]
        (found,) = (n for n in resolved(builder, page).findall(nodes.Element) if name in n["ids"])
        held = [each.deepcopy() for each in (found, *source_of(found))]
        file = addnodes.start_of_file("", *held, docname=page)
        section.insert(min(below, default=len(section)), file)


def source_of(node: nodes.Element) -> list[nodes.paragraph]:
    """The paragraph right below an element that says where it is from."""
    after = node.next_node(nodes.paragraph, descend=False, siblings=True)
    return [after] if after is not None and "source" in after["classes"] else []


UNSEEN = (
    nodes.comment, nodes.target, nodes.raw, nodes.Invisible, addnodes.index, addnodes.toctree,
    nodes.footnote,  # it is read where it is first referred to
)  # fmt: skip
