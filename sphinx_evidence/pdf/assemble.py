"""One tree of everything that a document holds, with its references resolved."""

from collections.abc import Iterator

from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes
from sphinx.util.nodes import inline_all_toctrees

from sphinx_evidence.pdf.documents import Text
from sphinx_evidence.runtime.builders import PartialBuilder

NOWHERE = ""  # the name of the page that a document of several pages begins with


def assembled(builder: PartialBuilder, text: Text) -> nodes.document:
    """Return the tree of a text, without what is for HTML only.

    Its attribute ``docname`` names the page whose own text comes before all others.
    """
    root = builder.config.root_doc
    pages = text.pages or (root,)
    if pages == (root,):
        tree = _resolved(builder, root, _with_pages_below(builder, root, text))
        tree["docname"] = root
        return tree
    files = [_file(name, *_with_pages_below(builder, name, text).children) for name in pages]
    tree = _resolved(builder, pages[0], _around(builder, *files))
    held = {file["docname"] for file in tree.findall(addnodes.start_of_file)}
    placed = {uri for page in text.in_place for uri in _put_in_place(builder, tree, page, held)}
    if text.appendix:
        found = list(_referred_to(builder, tree, held, placed))
        if found:
            title = nodes.title("", text.appendix)
            section = nodes.section("", title, *found, ids=["appendix"])
            appendix = _resolved(builder, pages[0], _around(builder, _file(NOWHERE, section)))
            frame, inner = (next(t.findall(nodes.section)) for t in (tree, appendix))
            frame += inner.children[1:]
    return tree


def _with_pages_below(builder: PartialBuilder, name: str, text: Text) -> nodes.document:
    doctree = builder.env.get_doctree(name)
    tree = inline_all_toctrees(builder, set(), name, doctree, str, [name])
    for file in [*tree.findall(addnodes.start_of_file)]:
        if file["docname"] in text.without:
            file.parent.remove(file)
    return tree


def _file(name: str, *children: nodes.Node) -> addnodes.start_of_file:
    return addnodes.start_of_file("", *children, docname=name)


def _around(builder: PartialBuilder, *files: nodes.Node) -> nodes.document:
    """Return a tree that holds pages below an empty first page."""
    settings = builder.env.get_doctree(builder.config.root_doc).settings
    tree = new_document("", settings)
    tree["docname"] = NOWHERE
    tree += nodes.section("", nodes.title(), *files, ids=["document"])
    return tree


def _resolved(builder: PartialBuilder, name: str, tree: nodes.document) -> nodes.document:
    for node in [*tree.findall(_is_html_only)]:
        node.parent.remove(node)
    builder.held = {name, *(file["docname"] for file in tree.findall(addnodes.start_of_file))}
    builder.env.resolve_references(tree, name, builder)
    return tree


def _is_html_only(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Element) and "html-only" in node.get("classes", ())


def _put_in_place(
    builder: PartialBuilder, tree: nodes.document, name: str, held: set[str]
) -> Iterator[str]:
    """Put what a page refers to at the end of the section that does so; yield the addresses.

    There it parts no question from what is said before it.
    """
    files = (file for file in tree.findall(addnodes.start_of_file) if file["docname"] == name)
    placed: set[str] = set()
    for reference in [*next(files, nodes.container()).findall(addnodes.number_reference)]:
        uri = reference.get("refuri", "")
        page, _, target = uri.partition("#")
        if not page or page in held or uri in placed:
            continue
        placed.add(uri)
        found = _around(builder, *_elements(builder, page, {target}))
        frame = next(_resolved(builder, page, found).findall(nodes.section))
        section = reference.parent
        while not isinstance(section, nodes.section):
            section = section.parent
        below = section.first_child_matching_class(nodes.section)
        place = len(section) if below is None else below
        section[place:place] = frame.children[1:]
        yield uri


def _referred_to(
    builder: PartialBuilder, tree: nodes.document, held: set[str], placed: set[str]
) -> Iterator[nodes.Node]:
    """Yield the numbered elements of other pages that the text refers to, in their order there."""
    wanted: dict[str, set[str]] = {}
    for reference in tree.findall(addnodes.number_reference):
        uri = reference.get("refuri", "")
        page, _, name = uri.partition("#")
        if page and page not in held and uri not in placed:
            wanted.setdefault(page, set()).add(name)
    for page in filter(wanted.__contains__, builder.env.collect_relations()):
        yield from _elements(builder, page, wanted[page])


def _elements(builder: PartialBuilder, page: str, names: set[str]) -> Iterator[nodes.Node]:
    """Yield the elements of a page that have one of these names, each as a file of its own."""
    doctree = builder.env.get_doctree(page)
    for node in doctree.findall(nodes.Element):
        if names & set(node.get("ids", ())):
            parts = [node.deepcopy(), *_sources(node)]
            yield _file(page, *parts, *_footnotes(doctree, parts))


def _sources(node: nodes.Element) -> Iterator[nodes.Node]:
    """Yield the paragraph of the class ``source`` below an element: what its licence asks for."""
    following = node.next_node(descend=False, siblings=True)
    if isinstance(following, nodes.paragraph) and "source" in following["classes"]:
        yield following.deepcopy()


def _footnotes(page: nodes.document, parts: list[nodes.Node]) -> Iterator[nodes.Node]:
    """Yield the footnotes of a page that some of its parts refer to."""
    marks = (mark for part in parts for mark in part.findall(nodes.footnote_reference))
    wanted = {mark.get("refid") for mark in marks}
    for note in page.findall(nodes.footnote):
        if wanted & set(note["ids"]):
            yield note.deepcopy()
