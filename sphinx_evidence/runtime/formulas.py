"""Formulas without a script: MathML, made while the pages are written.

By docutils, which Sphinx needs anyway; a page with MathJax loads its script from another host.
"""

from pathlib import Path

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_evidence.diagnostics.finding import display_path
from sphinx_evidence.runtime.abort import BuildAborted
from sphinx_evidence.runtime.location import NodeLocator


class SetFormulas(SphinxPostTransform):
    """Sets formulas as MathML, which is read aloud and needs no script."""

    default_priority = 100  # after Sphinx has resolved the references to equations (10)

    def run(self, **kwargs: object) -> None:  # noqa: ARG002  # docutils' signature
        """Replace each formula; those of a page that cannot be read stop the build."""
        wrong = []
        for node in [*self.document.findall(nodes.math), *self.document.findall(nodes.math_block)]:
            block = isinstance(node, nodes.math_block)
            try:
                written = tex2mathml(node.astext(), as_block=block)
            except MathError as error:
                page = Path(self.env.doc2path(self.env.docname))
                path, line = NodeLocator(self.env).locate(node, page)
                said = f"the formula {node.astext()!r} cannot be read: {error}"
                wrong.append(f"{display_path(path)}:{line}: {said}")
                continue
            number = [nodes.paragraph("", f"({node['number']})")] if node.get("number") else []
            kind = nodes.container if block else nodes.inline
            holder = kind(ids=node["ids"], classes=["math"])
            holder.extend([nodes.raw("", written, format="html"), *number])
            node.replace_self(holder)
        if wrong:
            raise BuildAborted("\n".join(wrong))
