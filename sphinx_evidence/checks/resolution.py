"""Asks Sphinx, with all its extensions, whether a cross-reference leads somewhere.

Only they know every target: a handler of missing references, a domain or a transform of an
extension may have it.
"""

from collections.abc import Sequence

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransformer
from sphinx.transforms.post_transforms import ReferencesResolver
from sphinx.util.logging import suppress_logging

# What is said of a reference that several targets fit: it leads to one of them.
_SEVERAL = {("intersphinx", "external"), ("myst", "xref_ambiguous"), ("ref", "any")}


def unresolved(
    env: BuildEnvironment,
    doctree: nodes.document,
    docname: str,
    asked: Sequence[addnodes.pending_xref],
) -> set[int]:
    """The ids of those nodes that Sphinx has a word against, or for which it has no number."""
    # They alone: transforms note what else they meet, such as a list of references.
    page = doctree.copy()
    copies = [xref.deepcopy() for xref in asked]
    page += [nodes.paragraph("", "", copy) for copy in copies]
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
    wrong = {
        id(getattr(record, "location", None))
        for record in said.buffer
        if (getattr(record, "type", ""), getattr(record, "subtype", "")) not in _SEVERAL
    }
    return {
        id(xref)
        for xref, copy in zip(asked, copies, strict=True)
        if id(copy) in wrong
        or (xref.get("reftype") == "numref" and _lacks_number(env, xref["reftarget"]))
    }


def _lacks_number(env: BuildEnvironment, target: str) -> bool:
    """Whether a name is that of a section without a number: “Section ” is then all that is printed.

    Sphinx has no word against it.
    """
    std = env.domains.standard_domain
    docname, anchor, *_ = {**std.anonlabels, **std.labels}.get(target, ("", ""))
    section = env.get_doctree(docname).ids.get(anchor) if docname else None
    if not isinstance(section, nodes.section):
        return False
    numbers = env.toc_secnumbers.get(docname, {})
    return not numbers.get(f"#{section['ids'][0]}", numbers.get(""))
