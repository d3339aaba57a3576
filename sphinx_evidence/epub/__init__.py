"""The document as an EPUB 3 book: the builder ``evidence-epub``.

Sphinx's builder copies the site's scripts, styles and sitemap into the book, says nothing of
accessibility, and writes other bytes at each run. Its settings (``epub_title`` and the like) hold.
Importing the package is cheap: ``book``, ``contents`` and ``cover`` work without Sphinx.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder and what it does to pages."""
    from sphinx_evidence.epub.builder import EPUBBuilder  # noqa: PLC0415  # see above
    from sphinx_evidence.epub.settings import EPUBSettings  # noqa: PLC0415
    from sphinx_evidence.epub.transforms import TRANSFORMS  # noqa: PLC0415
    from sphinx_evidence.policy.settings import PolicySettings  # noqa: PLC0415
    from sphinx_evidence.runtime.builders import add_builder  # noqa: PLC0415
    from sphinx_evidence.runtime.config import register  # noqa: PLC0415

    def add_transforms(app: Sphinx) -> None:
        for transform in TRANSFORMS if isinstance(app.builder, EPUBBuilder) else ():
            app.add_post_transform(transform)

    app.setup_extension("sphinx_evidence.runtime.outdated")
    register(app, PolicySettings)
    register(app, EPUBSettings)
    add_builder(app, EPUBBuilder, "epub")
    app.connect("builder-inited", add_transforms)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
