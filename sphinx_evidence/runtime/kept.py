"""What was found out about a page, kept with what was read of it until it is read again.

A check of a page goes by its tree, by the files that were read for it, and by what is the same for
all pages. So what it came to is saved with the environment, and made again when the page was read
again, or when one of the latter is another.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.runtime.digests import digest

T = TypeVar("T")
# By what it is: what it rests on beside the pages, and what was found out about each page.
_Kept = dict[str, tuple[str, dict[str, T]]]
_grounds: WeakKeyDictionary[Config, str] = WeakKeyDictionary()


def kept(env: BuildEnvironment, what: str, page: str, make: Callable[[], T], *, of: str = "") -> T:
    """What ``make`` finds out about a page; ``of`` is what it rests on beside pages and conf.py."""
    every: _Kept[T] = vars(env).setdefault("evidence_kept", {})
    of = f"{of} {ground(env)}"
    before, pages = every.get(what, ("", {}))
    if before != of:
        pages = {}
        every[what] = of, pages
    if page not in pages:
        pages[page] = make()
    return pages[page]


def ground(env: BuildEnvironment) -> str:
    """A digest of what the findings on every page rest on, beside pages and .bib files."""
    if env.config not in _grounds:
        # Files are named as they are seen from the folder in which the build was started.
        held = {one.name: one.value for one in env.config}
        _grounds[env.config] = digest([held, Path.cwd()])
    return _grounds[env.config]


def forget(_app: Sphinx, env: BuildEnvironment, page: str) -> None:
    """Forget a page that is read again, or gone."""
    every: _Kept[object] = vars(env).get("evidence_kept", {})
    for _, pages in every.values():
        pages.pop(page, None)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Listen to which pages are read again; what others have read is never found out by them."""
    app.connect("env-purge-doc", forget)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
