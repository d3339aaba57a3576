"""What a page leaves behind, and what is made of the rest, when it goes into a book."""

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_evidence.runtime.formulas import SetFormulas


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


TRANSFORMS = (LeaveOutSiteOnly, OpenUp, SetFormulas)
