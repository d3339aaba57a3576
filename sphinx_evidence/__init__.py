"""Checks and formats for documents that stand on evidence, as a Sphinx extension.

Importing the package is cheap: the pure parts and the pre-commit hooks run without Sphinx.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"


FEATURES = (
    "boxes", "checks", "declarations", "docx", "epub", "helplines", "how_sure", "html", "links",
    "mentions", "page_tree", "pdf", "policy", "record", "references",
)  # fmt: skip


@cache  # the code of a process that runs stays what it is
def digest() -> int:
    """What the code and its words come to, the same wherever and whenever it was installed."""
    import hashlib  # noqa: PLC0415  # slow to load, and the commands do without

    here = Path(__file__).parent
    found = hashlib.blake2b(digest_size=6)
    for path in sorted((*here.rglob("*.py"), *here.rglob("*.toml"))):
        found.update(path.relative_to(here).as_posix().encode() + path.read_bytes())
    return int.from_bytes(found.digest())


def setup(app: Sphinx) -> ExtensionMetadata:
    """Load every feature."""
    for part in ("logs", "machine", "outdated"):
        app.setup_extension(f"sphinx_evidence.runtime.{part}")
    for feature in FEATURES:
        app.setup_extension(f"sphinx_evidence.{feature}")
    return {
        "version": __version__,
        # What an earlier state of this code has read is read anew, also in a live preview.
        "env_version": digest(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
