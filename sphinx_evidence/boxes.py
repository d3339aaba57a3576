"""Numbered boxes, referred to like figures and tables: ``{box}`` and ``{numref}``."""

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata, OptionSpec
from sphinx.writers.html5 import HTML5Translator


class box(nodes.General, nodes.Element):  # noqa: N801  # docutils names a node as its tag
    """A box: a ``title``, then the body; numbered under the figure type ``box``."""


class BoxDirective(SphinxDirective):
    """``{box} Title`` with a ``:name:`` to refer to it by."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[OptionSpec] = {
        "class": directives.class_option,
        "name": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """Parse title and body; an empty box is an author's slip, so it is an error."""
        self.assert_has_content()
        node = box(classes=self.options.get("class", []))
        self.set_source_info(node)
        title = nodes.title(self.arguments[0], "", *self.parse_inline(self.arguments[0])[0])
        title.source, title.line = node.source, node.line
        node += title
        node += self.parse_content_to_nodes(allow_section_headings=False)
        self.add_name(node)
        return [node]


def box_title(node: nodes.Node) -> str:
    """The title that ``{numref}`` may quote as ``{name}``."""
    title = node.next_node(nodes.title)
    return title.astext() if title else ""


def visit_box(self: HTML5Translator, node: box) -> None:
    """Open a region that is named by its title, so that a screen reader can tell the box.

    It is no section: checkers want a heading in one, and the title is none of any level.
    """
    # docutils would make the title a heading of unknown level; it is written here instead.
    title = node.pop(0)
    heading = nodes.paragraph(classes=["box-title"])
    if node["ids"]:
        heading["ids"] = [f"{node['ids'][0]}-title"]
    named: dict[str, Any] = {"role": "region", "aria-labelledby": " ".join(heading["ids"])}
    self.body.append(self.starttag(node, "div", CLASS="box", **(named if node["ids"] else {})))
    self.body.append(self.starttag(heading, "p", ""))
    self.add_fignumber(node)
    for child in title.children:
        child.walkabout(self)
    self.body.append("</p>\n")


def depart_box(self: HTML5Translator, node: box) -> None:  # noqa: ARG001  # Sphinx's signature
    """Close the region."""
    self.body.append("</div>\n")


class PlainBox(SphinxPostTransform):
    """Where a builder knows no boxes, a box is an admonition."""

    formats = ("latex", "man", "texinfo", "text")
    default_priority = 400  # after Sphinx has resolved the references to boxes (10)

    def run(self, **kwargs: object) -> None:  # noqa: ARG002  # docutils' signature
        """Replace every box."""
        for node in list(self.document.findall(box)):
            node.replace_self(nodes.admonition("", *node.children, ids=node["ids"]))


def name_boxes(_app: Sphinx, config: Config) -> None:
    """Say how boxes are counted, where conf.py does not."""
    config.numfig_format = {"box": "Box %s"} | config.numfig_format


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive and its enumerable node."""
    app.add_directive("box", BoxDirective)
    app.add_enumerable_node(box, "box", box_title, html=(visit_box, depart_box))
    app.add_post_transform(PlainBox)
    app.connect("config-inited", name_boxes)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
