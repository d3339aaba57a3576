"""sphinxcontrib-bibtex, for the features that stand on it."""

import os
from pathlib import Path
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.bibliography.reader import Bibliography, read_files


def bib_paths(config: Config, confdir: Path) -> list[Path]:
    """The .bib files of the project, as sphinxcontrib-bibtex finds them, if it is there."""
    names = getattr(config, "bibtex_bibfiles", None) or []
    # Path.resolve raises in a loop of links.
    return [Path(os.path.realpath(confdir / name)) for name in names]


def bibliography_of(config: Config, confdir: Path) -> Bibliography:
    """The .bib files of the project, read once."""
    if config not in _bibliographies:
        remedy = "Create it, or correct bibtex_bibfiles in conf.py."
        _bibliographies[config] = read_files(
            bib_paths(config, confdir), remedy=remedy, encoding=config.bibtex_encoding
        )
    return _bibliographies[config]


_bibliographies: WeakKeyDictionary[Config, Bibliography] = WeakKeyDictionary()


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
