"""Shared fixtures: a tiny project, and one copy of the real pages that a test may break."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.locale import translators
from sphinx.util.docutils import docutils_namespace

from tests.projects import ROOT, Project, copy_project, source_files


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """Let no build in this process leave its language to the next one, as Sphinx does."""
    yield
    translators.clear()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty project with the extension switched on."""
    made = Project(tmp_path)
    made.write(
        "conf.py",
        "project = 'Sample'\n"
        "extensions = ['myst_parser', 'sphinx_evidence']\n"
        "numfig = True\n"
        "numfig_secnum_depth = 0\n"
        "numfig_format = {'box': 'Box %s'}\n"
        "bibtex_bibfiles = ['references.bib']\n"
        "bibtex_default_style = 'harvard'\n"
        "bibtex_reference_style = 'harvard'\n"
        "myst_heading_anchors = 3\n"
        "evidence_rules = {'crossref-unreferenced': 'error', 'image-alt': 'error', "
        "'raw-html': 'error'}\n",
    )
    made.write("references.bib", "")
    made.write("docs/index.md", "# Sample\n")
    return made


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The real project, copied once and built once by every builder."""
    made = Project(tmp_path_factory.mktemp("pristine"))
    copy_project(ROOT, made.root)
    for builder in ("pdf", "epub", "html", "citations"):
        built = made.build(builder)
        assert built.status == 0, built.text
    return made


@pytest.fixture(scope="session")
def app(pristine: Project) -> Sphinx:
    """The real project as it has been read."""
    # What an extension registers with docutils is taken back: other tests build, too.
    with docutils_namespace():
        made = Sphinx(
            srcdir=pristine.root / "docs",
            confdir=pristine.root,
            outdir=pristine.root / "build" / "citations",
            doctreedir=pristine.root / "doctrees" / "app",  # the others are built by tests
            buildername="citations",
            status=None,
        )
        made.build()
    return made


@pytest.fixture
def real(pristine: Project) -> Iterator[Project]:
    """The real project, to be broken: its files are put back afterwards.

    Broken in place and not in a copy, because what Sphinx has read holds full paths: in
    another folder it would read every page again.
    """
    before = {path: path.read_bytes() for path in source_files(pristine.root)}
    yield pristine
    for path in set(source_files(pristine.root)) - before.keys():
        path.unlink()
    for path, text in before.items():
        if not path.is_file() or path.read_bytes() != text:
            path.write_bytes(text)
