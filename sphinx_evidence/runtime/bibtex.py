"""sphinxcontrib-bibtex, for the features that stand on it."""

import os
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata


def bib_paths(config: Config, confdir: Path) -> list[Path]:
    """The .bib files of the project, as sphinxcontrib-bibtex finds them, if it is there."""
    names = getattr(config, "bibtex_bibfiles", None) or []
    # Path.resolve raises in a loop of links.
    return [Path(os.path.realpath(confdir / name)) for name in names]


def allow_none(app: Sphinx, config: Config) -> None:
    """Let a project have no .bib file, or one without a list; sphinxcontrib-bibtex would stop."""
    del app
    given = config.bibtex_bibfiles or []
    config.bibtex_bibfiles = [given] if isinstance(given, str) else given


def setup(app: Sphinx) -> ExtensionMetadata:
    """Load sphinxcontrib-bibtex."""
    app.setup_extension("sphinxcontrib.bibtex")
    app.connect("config-inited", allow_none)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
