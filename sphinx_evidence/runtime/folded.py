"""What a site folds away below a reference: paragraphs that begin with their title, in bold.

Every other builder prints them as they are, because paper cannot unfold, nor can many e-readers.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from sphinx_evidence.runtime.site import SITES

FOLDS = "folds"  # the class of such a paragraph


class folded(nodes.General, nodes.Element):  # noqa: N801  # docutils names a node as its tag
    """A ``title``, which is seen, and the paragraph behind it."""


class Fold(SphinxPostTransform):
    """Fold what is to be folded."""

    builders = tuple(SITES)
    default_priority = 7  # after the list of references has been made

    def run(self, **kwargs: object) -> None:  # noqa: ARG002  # docutils' signature
        """Replace each such paragraph."""
        for paragraph in list(self.document.findall(nodes.paragraph)):
            if FOLDS in paragraph["classes"]:
                title, colon, *rest = paragraph.children
                words = nodes.Text(colon.astext().removeprefix(": "))
                body = nodes.paragraph("", "", words, *rest)
                paragraph["classes"].remove(FOLDS)  # the others go over
                paragraph.replace_self(folded("", body, title=title.astext()))


def visit_folded(self: HTML5Translator, node: folded) -> None:
    """Open the details; the colon is that of the other formats, and need not be shown."""
    self.body.append(self.starttag(node, "details"))
    title = self.encode(node["title"])
    self.body.append(f"<summary>{title}<b hidden>:</b></summary>\n")


def depart_folded(self: HTML5Translator, _node: folded) -> None:
    """Close them."""
    self.body.append("</details>\n")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register node and transform."""
    app.add_node(folded, html=(visit_folded, depart_folded))
    app.add_post_transform(Fold)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
