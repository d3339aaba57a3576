"""Formulas of the site as MathML, where conf.py sets ``html_math_renderer`` to ``"mathml"``."""

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.runtime.formulas import SetFormulas

NAME = "mathml"


def add_renderer(app: Sphinx, config: Config) -> None:
    """Be known only where asked for: of two renderers, Sphinx takes the one that is not its own."""
    if config.html_math_renderer == NAME:
        app.add_html_math_renderer(NAME, (_no_formula_is_left, None), (_no_formula_is_left, None))


def _no_formula_is_left(*_: object) -> None:
    raise AssertionError("A formula came behind the transform that sets them all.")


def add_transform(app: Sphinx) -> None:
    """Set the formulas of every builder that asks for this renderer."""
    if getattr(app.builder, "math_renderer_name", "") == NAME:
        app.add_post_transform(SetFormulas)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Offer the renderer."""
    app.connect("config-inited", add_renderer)
    app.connect("builder-inited", add_transform)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
