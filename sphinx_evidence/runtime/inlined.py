"""One tree of a page with the pages below it, for copies that are one file."""

from collections.abc import Iterable

from docutils import nodes
from sphinx.builders import Builder
from sphinx.util.nodes import inline_all_toctrees


def with_pages_below(builder: Builder, name: str, without: Iterable[str]) -> nodes.document:
    """Return the tree of a page with those below it, but for some, each with those below it."""
    doctree = builder.env.get_doctree(name)
    # What has been met is not met again.
    return inline_all_toctrees(builder, set(), name, doctree, str, [name, *without])


def resolved(builder: Builder, name: str, tree: nodes.document) -> nodes.document:
    """Return a tree with its references resolved, and without what is for HTML only."""
    for node in [*tree.findall(_is_html_only)]:
        node.parent.remove(node)
    builder.env.resolve_references(tree, name, builder)
    return tree


def _is_html_only(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Element) and "html-only" in node.get("classes", ())
