"""What a page leaves behind, and what is made of the rest, when it goes into a book."""

from pathlib import Path

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_evidence.diagnostics.finding import display_path
from sphinx_evidence.epub.faults import EPUBError
from sphinx_evidence.runtime.location import NodeLocator


class LeaveOutSiteOnly(SphinxPostTransform):
    """Takes out what has the class ``html-only``: ways through the site, offers of copies."""

    default_priority = 1  # before anything is made of it

    def run(self, **kwargs: object) -> None:  # noqa: ARG002  # docutils' signature
        """Remove each such element."""
        for node in [*self.document.findall(nodes.Element)]:
            if "html-only" in node.get("classes", ()):
                node.parent.remove(node)


class OpenUp(SphinxPostTransform):
    """Shows what a site folds away: many reading systems cannot unfold, and have no buttons.

    Dropdowns and tabs of sphinx-design become plain containers, as they are for its other formats.
    """

    default_priority = 100  # before sphinx-design makes details (199) and buttons (200) of them

    def run(self, **kwargs: object) -> None:  # noqa: ARG002  # docutils' signature
        """Take away the mark by which sphinx-design knows them."""
        for node in self.document.findall(nodes.container):
            if node.get("design_component") in {"dropdown", "tab-set", "tab-item", "tab-content"}:
                node["classes"].append(node["design_component"])
                del node["design_component"]


class SetFormulas(SphinxPostTransform):
    """Sets formulas as MathML, which is read aloud and needs no script."""

    default_priority = 100  # after Sphinx has resolved the references to equations (10)

    def run(self, **kwargs: object) -> None:  # noqa: ARG002  # docutils' signature
        """Replace each formula; one that cannot be read stops the build."""
        for node in [*self.document.findall(nodes.math), *self.document.findall(nodes.math_block)]:
            block = isinstance(node, nodes.math_block)
            try:
                written = tex2mathml(node.astext(), as_block=block)
            except MathError as error:
                page = Path(self.env.doc2path(self.env.docname))
                path, line = NodeLocator(self.env).locate(node, page)
                said = f"the formula {node.astext()!r} cannot be read: {error}"
                raise EPUBError(f"{display_path(path)}:{line}: {said}") from error
            number = [nodes.paragraph("", f"({node['number']})")] if node.get("number") else []
            kind = nodes.container if block else nodes.inline
            holder = kind(ids=node["ids"], classes=["math"])
            holder.extend([nodes.raw("", written, format="html"), *number])
            node.replace_self(holder)


TRANSFORMS = (LeaveOutSiteOnly, OpenUp, SetFormulas)
