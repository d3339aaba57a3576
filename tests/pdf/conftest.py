"""The fixtures that build a tiny document, and that read the real ones."""

import functools
import shutil
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from tests.pdf.documents import Make, make
from tests.projects import Project
from tests.real import PDFS, clone


@pytest.fixture
def pdf(tmp_path: Path) -> Make:
    """Build pages, each given as ``{"name.md": text}``, in a folder of this test's own."""
    return functools.partial(make, tmp_path)


@pytest.fixture(scope="module", params=PDFS)
def real_pdf(request: pytest.FixtureRequest, pristine: Project) -> Iterator[pikepdf.Pdf]:
    """Each PDF of the real project in turn."""
    with pikepdf.open(pristine.root / "build" / "pdf" / f"{request.param}.pdf") as document:
        yield document


@pytest.fixture(scope="session")
def pages(pristine: Project) -> Iterator[Sphinx]:
    """The real pages as they were read for the PDFs."""
    copy = clone(pristine)
    with docutils_namespace():
        app = Sphinx(
            srcdir=copy.root / "docs",
            confdir=copy.root,
            outdir=copy.root / "build" / "unwritten",
            doctreedir=copy.root / "doctrees" / "pdf",
            buildername="pdf",
            status=None,
        )
        # As a build does: the second step gives boxes, tables and figures their numbers.
        app.env.check_dependents(app, set(app.builder.read()))
    yield app
    shutil.rmtree(copy.root)
