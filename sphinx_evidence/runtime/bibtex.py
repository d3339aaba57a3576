"""sphinxcontrib-bibtex, for the features that stand on it."""

import os
from pathlib import Path
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.bibliography.reader import Bibliography, read_files
from sphinx_evidence.diagnostics.finding import Finding, display_path
from sphinx_evidence.rulebook.rule import Rule


def bib_paths(config: Config, confdir: Path) -> list[Path]:
    """The .bib files of the project, as sphinxcontrib-bibtex finds them, if it is there."""
    names = getattr(config, "bibtex_bibfiles", None) or []
    # Path.resolve raises in a loop of links.
    return [Path(os.path.realpath(confdir / name)) for name in names]


def leads_out(confdir: Path, name: str) -> bool:
    """Whether a .bib file of the project is a link to a place outside of it.

    What conf.py itself names may lie anywhere; what a file leads to is data of strangers.
    """
    conf = Path(os.path.realpath(confdir))
    top = next(
        (one for one in (conf, *conf.parents) if any((one / mark).exists() for mark in _TOPS)), conf
    )
    named = Path(os.path.normpath(conf / name))
    return named.is_relative_to(top) and not Path(os.path.realpath(named)).is_relative_to(top)


_TOPS = (".git", "pyproject.toml", "setup.py")


def bibliography_of(config: Config, confdir: Path) -> Bibliography:
    """The .bib files of the project, read once."""
    if config not in _bibliographies:
        remedy = "Create it, or correct bibtex_bibfiles in conf.py."
        names = config.bibtex_bibfiles or []
        outside = [name for name in names if leads_out(confdir, name)]
        paths = zip(names, bib_paths(config, confdir), strict=True)
        read = _bibliographies[config] = read_files(
            [path for name, path in paths if name not in outside],
            remedy=remedy, encoding=config.bibtex_encoding,
        )  # fmt: skip
        for name in outside:
            path = display_path(Path(os.path.normpath(confdir / name)))
            wrong = "The file is a link to a place outside the project."
            mend = "Put the file itself here, or its own place in bibtex_bibfiles in conf.py."
            read.findings.append(Finding(path, 1, Rule.BIB_MISSING, wrong, mend))
            read.missing.append(path)
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
