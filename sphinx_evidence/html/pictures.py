"""Pictures of the site say how large they are, so that nothing moves when they are loaded."""

from pathlib import Path

import imagesize
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.runtime.site import SITES

_SIZES = {"height", "scale", "width"}  # as an author may give them


class PictureSizes(SphinxPostTransform):
    """Gives width and height to a picture for which the author gives none."""

    builders = tuple(SITES)
    default_priority = 400  # after Sphinx has found the files of the pictures

    def run(self, **kwargs: object) -> None:  # noqa: ARG002  # docutils' signature
        """Measure the files; of one that cannot be measured, nothing is said."""
        for image in self.document.findall(nodes.image):
            path = Path(self.env.srcdir, image["uri"])
            if not _SIZES & image.attributes.keys() and path.is_file():
                width, height = imagesize.get(path)
                if width > 0 < height:
                    image["width"], image["height"] = f"{width:.0f}", f"{height:.0f}"
                    image["classes"].append("no-scaled-link")  # Sphinx's, for what is not smaller


def setup(app: Sphinx) -> ExtensionMetadata:
    """Measure the pictures of each page that is written."""
    app.add_post_transform(PictureSizes)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
