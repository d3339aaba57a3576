"""One tree of everything that a document holds, with its references resolved."""

from collections.abc import Iterator

from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes
from sphinx.builders import Builder

from sphinx_evidence.pdf.documents import Text
from sphinx_evidence.runtime.inlined import resolved, with_pages_below

NOWHERE = ""  # the name of the page that a document of several pages begins with


def assembled(builder: Builder, text: Text) -> nodes.document:
    """Return the tree of a text, without what is for HTML only.

    Its attribute ``docname`` names the page whose own text comes before all others.
    """
    root = builder.config.root_doc
    pages = text.pages or (root,)
    if pages == (root,):
        tree = resolved(builder, root, with_pages_below(builder, root, text.without))
        tree["docname"] = root
        return tree
    files = [_file(name, *with_pages_below(builder, name, text.without).children) for name in pages]
    tree = resolved(builder, pages[0], _around(builder, *files))
    held = {file["docname"] for file in tree.findall(addnodes.start_of_file)}
    placed = {uri for page in text.in_place for uri in _put_in_place(builder, tree, page, held)}
    if text.appendix:
        found = list(_referred_to(builder, tree, held, placed))
        if found:
            title = nodes.title("", text.appendix)
            section = nodes.section("", title, *found, ids=["appendix"])
            appendix = resolved(builder, pages[0], _around(builder, _file(NOWHERE, section)))
            frame, inner = (next(t.findall(nodes.section)) for t in (tree, appendix))
            frame += inner.children[1:]
    return tree


def _file(name: str, *children: nodes.Node) -> addnodes.start_of_file:
    return addnodes.start_of_file("", *children, docname=name)


def _around(builder: Builder, *files: nodes.Node) -> nodes.document:
    """Return a tree that holds pages below an empty first page."""
    settings = builder.env.get_doctree(builder.config.root_doc).settings
    tree = new_document("", settings)
    tree["docname"] = NOWHERE
    tree += nodes.section("", nodes.title(), *files, ids=["document"])
    return tree


def _put_in_place(
    builder: Builder, tree: nodes.document, name: str, held: set[str]
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
        frame = next(resolved(builder, page, found).findall(nodes.section))
        section = reference.parent
        while not isinstance(section, nodes.section):
            section = section.parent
        below = section.first_child_matching_class(nodes.section)
        place = len(section) if below is None else below
        section[place:place] = frame.children[1:]
        yield uri


def _referred_to(
    builder: Builder, tree: nodes.document, held: set[str], placed: set[str]
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


def _elements(builder: Builder, page: str, names: set[str]) -> Iterator[nodes.Node]:
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
