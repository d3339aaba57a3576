"""Asks Sphinx, with all its extensions, whether a cross-reference leads somewhere.

Only they know every target: a handler of missing references, a domain or a transform of an
extension may have it.
"""

from collections.abc import Set as AbstractSet

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransformer
from sphinx.transforms.post_transforms import ReferencesResolver
from sphinx.util.docutils import new_document
from sphinx.util.logging import suppress_logging

# What is said of a reference that several targets fit: it leads to one of them.
_SEVERAL = {("intersphinx", "external"), ("myst", "xref_ambiguous"), ("ref", "any")}


def unread_inventories(env: BuildEnvironment) -> set[str]:
    """The projects that intersphinx was to know, but whose lists of names could not be had."""
    read = getattr(env, "intersphinx_named_inventory", {})
    return set(getattr(env.config, "intersphinx_mapping", ())) - set(read)


def unresolved(env: BuildEnvironment, docname: str, numbers: AbstractSet[int]) -> set[int]:
    """Which of the cross-references of a page with these numbers Sphinx has a word against."""
    every = enumerate(env.get_doctree(docname).findall(addnodes.pending_xref))
    xrefs = {number: xref.deepcopy() for number, xref in every if number in numbers}
    # They alone: transforms note what else they meet, such as a list of references.
    page = new_document(str(env.doc2path(docname)))
    page.settings.env = env
    page += [nodes.paragraph("", "", xref) for xref in xrefs.values()]
    transformer = SphinxTransformer(page)
    transformer.set_environment(env)
    transformer.add_transforms([
        one for one in env._registry.get_post_transforms()  # noqa: SLF001  # as Sphinx itself does
        if (one.default_priority or 0) <= ReferencesResolver.default_priority
    ])  # fmt: skip
    before, env.current_document.docname = env.current_document.docname, docname
    try:
        with suppress_logging() as said:
            transformer.apply_transforms()
    finally:
        env.current_document.docname = before
    said_of = {
        id(getattr(record, "location", None))
        for record in said.buffer
        if (getattr(record, "type", ""), getattr(record, "subtype", "")) not in _SEVERAL
    }
    return {number for number, xref in xrefs.items() if id(xref) in said_of}
