"""Shared fixtures: a tiny project, the real one, and copies of it that a test may break."""

import tests.installed  # noqa: F401  # before what it makes faster

# isort: split

import gc
import shutil
from asyncio.events import _get_running_loop, _set_running_loop
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings
from sphinx.application import Sphinx
from sphinx.locale import translators
from sphinx.util.docutils import docutils_namespace

from tests.projects import Project
from tests.real import NOT_RUN, PDFS, SharedBuildError, build_once, clone

# The same examples on every machine and at any speed: a red run is somebody's fault.
settings.register_profile("suite", deadline=None, derandomize=True, database=None)
settings.load_profile("suite")

SHARED_BUILD_FAILED = pytest.StashKey[bool]()

gc.disable()  # of what is imported and collected until `pytest_collection_finish`, all stays


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
        "evidence_short_names = True\n"
        "evidence_rules = {'citation-heading': 'error', 'citation-unused': 'error', "
        "'crossref-unreferenced': 'error', 'heading-twice': 'error', "
        "'image-alt': 'error', "
        "'policy-*': 'error', 'raw-html': 'error'}\n",
    )
    made.write("references.bib", "")
    made.write("docs/index.md", "# Sample\n")
    return made


@pytest.fixture(scope="session")
def pristine(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str, request: pytest.FixtureRequest
) -> Project:
    """The real project, built once for all workers: not to be changed."""
    base = tmp_path_factory.getbasetemp()
    try:
        return build_once((base if worker_id == "master" else base.parent) / "real")
    except SharedBuildError as error:
        told = str(error)
    request.session.stash[SHARED_BUILD_FAILED] = True
    if told == NOT_RUN:
        pytest.skip(NOT_RUN)
    pytest.fail(told, pytrace=False)


def pytest_collection_finish() -> None:
    """Let garbage be looked for in what comes from now on alone."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(tryfirst=True)  # before xdist, which reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the slow tests by what they ask for, and put tests in order.

    The slow ones come first, so that none ends the run; of those the first begins the shared
    build, and what does without it keeps the other workers busy meanwhile.
    """
    for item in items:
        asked = set(item.fixturenames) if isinstance(item, pytest.Function) else set()
        if asked & {"pristine", "browser"}:
            item.add_marker(pytest.mark.slow)
        if "app" in asked:  # which takes a worker as long as a build
            item.add_marker(pytest.mark.xdist_group("app"))
        given = item.callspec.params.values() if hasattr(item, "callspec") else ()
        for name in set(PDFS).intersection(value for value in given if isinstance(value, str)):
            item.add_marker(pytest.mark.xdist_group(name))  # one worker reads it, once
    items.sort(key=lambda item: (item.get_closest_marker("slow") is None, needs_build(item)))
    first = next((place for place, item in enumerate(items) if needs_build(item)), 0)
    items[:0] = [items.pop(first)] if items else []


def needs_build(item: pytest.Item) -> bool:
    """Whether a test asks for the build that all share."""
    return isinstance(item, pytest.Function) and "pristine" in item.fixturenames


@contextmanager
def without_loop_of_the_browser(item: pytest.Item) -> Iterator[None]:
    """Let a test ask as a program does: Playwright leaves its loop running between two tests."""
    if isinstance(item, pytest.Function) and "browser" in item.fixturenames:
        yield
        return
    loop = _get_running_loop()
    _set_running_loop(None)
    try:
        yield
    finally:
        _set_running_loop(loop)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    """Tell the failure of the shared build once, and not for each test that needs it."""
    if needs_build(item) and item.session.stash.get(SHARED_BUILD_FAILED, False):
        pytest.skip(NOT_RUN)
    with without_loop_of_the_browser(item):  # also while fixtures of a whole module are made
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Run a test without the browser's loop, unless it uses the browser."""
    with without_loop_of_the_browser(item):
        return (yield)


@pytest.fixture(scope="session")
def app(pristine: Project) -> Iterator[Sphinx]:
    """The real project as it has been read."""
    copy = clone(pristine)  # Sphinx writes into what it has read
    # What an extension registers with docutils is taken back: other tests build, too.
    with docutils_namespace():
        made = Sphinx(
            srcdir=copy.root / "docs",
            confdir=copy.root,
            outdir=copy.root / "build" / "citations",
            doctreedir=copy.root / "doctrees" / "citations",
            buildername="citations",
            status=None,
        )
        made.build()
    yield made
    shutil.rmtree(copy.root)


@pytest.fixture
def real(pristine: Project) -> Iterator[Project]:
    """The real project as it was built, to be broken."""
    copy = clone(pristine)
    yield copy
    shutil.rmtree(copy.root)
