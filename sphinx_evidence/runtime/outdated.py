"""Which pages are read again, so that a build comes to what a build of everything comes to.

Sphinx goes by the dates of files. Here, a page is read again when it, or a file that it names,
holds something else than when it was read, or when Sphinx has warned of it; and every page, when
there is one more or one less, or what all of them rest on is another.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

import docutils
import sphinx
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.runtime import written
from sphinx_evidence.runtime.bibtex import bib_paths
from sphinx_evidence.runtime.digests import digest_of_files
from sphinx_evidence.runtime.warned import ALL, warned


@dataclass
class _Read:
    """What a reading of the pages has come from; it is saved with what was read."""

    ground: str = ""
    files: dict[str, str] = field(default_factory=dict)  # of a page: what it and its files held
    warned: set[str] = field(default_factory=set)
    now: dict[str, str] = field(default_factory=dict)  # of the pages that are read in this build


def _of(env: BuildEnvironment) -> _Read:
    state: _Read = vars(env).setdefault("evidence_read", _Read())
    return state


def _ground(app: Sphinx) -> str:
    """What the reading of every page rests on."""
    versions = sorted((name, one.version) for name, one in app.extensions.items())
    folder = Path(app.confdir)
    files = digest_of_files([folder / "conf.py", *bib_paths(app.config, folder)])
    return f"{sphinx.__version__} {docutils.__version__} {versions} {files}"


def _named(env: BuildEnvironment, page: str) -> list[Path]:
    return [Path(path) for path in env.dependencies.get(page, ())]


def pages_to_read(
    app: Sphinx,
    env: BuildEnvironment,
    added: AbstractSet[str],
    changed: AbstractSet[str],
    removed: AbstractSet[str],
) -> list[str]:
    """The pages that Sphinx would leave as they were read."""
    del changed
    before = _of(env)
    again = before.warned | written.last(app).warned
    if added or removed or ALL in before.warned or before.ground != _ground(app):
        return sorted(env.found_docs)
    return sorted(
        page for page in env.found_docs
        if page in again or before.files.get(page) != _digest(env, page, env.doc2path(page))
    )  # fmt: skip


def _digest(env: BuildEnvironment, page: str, path: Path) -> str:
    return f"{digest_of_files([path])} {digest_of_files(_named(env, page))}"


def begin(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Look at each page before it is read, so that an edit meanwhile is none that was read."""
    state = _of(env)
    state.ground = _ground(app)
    state.now = {page: digest_of_files([env.doc2path(page)]) for page in docnames}
    warned(app).is_reading = True


def end(app: Sphinx, env: BuildEnvironment) -> None:
    """Look at what the pages have named, and keep of which there were warnings."""
    state, heard = _of(env), warned(app)
    heard.is_reading = False
    state.warned = (state.warned - state.now.keys() - {ALL}) & env.found_docs | heard.read
    for page, own in state.now.items():
        state.files[page] = f"{own} {digest_of_files(_named(env, page))}"
    state.files = {page: state.files[page] for page in env.found_docs & state.files.keys()}
    state.now = {}
    name_pictures(env)


def name_pictures(env: BuildEnvironment) -> None:
    """Name pictures that are called the same in an order that is not that of reading."""
    named = type(env.images)()
    for path, (pages, _) in sorted(env.images.items()):
        for page in pages:
            named.add_file(page, path)
    env.images = named


def setup(app: Sphinx) -> ExtensionMetadata:
    """Come last before the pages are read, and first after."""
    for part in ("warned", "written"):
        app.setup_extension(f"sphinx_evidence.runtime.{part}")
    app.connect("env-get-outdated", pages_to_read)
    app.connect("env-before-read-docs", begin, priority=900)
    app.connect("env-updated", end, priority=10)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
