"""The site is written whole: into a folder beside it, which takes its place at the very end.

So a build that is stopped, by a fault or by a kill, leaves the site as it was; one that only warns
is not stopped. A folder that cannot be exchanged, as the root of a volume, is written in place.
"""

import atexit
import ctypes
import logging
import os
import shutil
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.runtime import machine
from sphinx_evidence.runtime.site import SITES
from sphinx_evidence.runtime.written import run_of

_LOGGER = "sphinx.sphinx.builders.html"
_ASIDE = ".buildinfo.bak"  # where Sphinx leaves what it has put aside
_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux


def begin(app: Sphinx, builder: Builder) -> None:
    """Let the builder write into a copy: what it leaves as it is stays in the new site."""
    if builder.name in SITES:
        unwritten = _Unwritten()
        for handler in logging.getLogger("sphinx").handlers:
            handler.filters.insert(0, unwritten)  # before what makes text of the error
        # After all who add files.
        app.connect("build-finished", partial(finish, unwritten), priority=999)
    site = Path(app.outdir)
    if builder.name not in SITES or os.path.ismount(site) or not os.access(site.parent, os.W_OK):
        return
    new = _beside(site, "new")
    for left in (new, _beside(site, "old")):  # by a build that was killed
        shutil.rmtree(left, ignore_errors=True)
    atexit.register(shutil.rmtree, new, ignore_errors=True)
    try:
        # With its dates, by which Sphinx knows what is old.
        shutil.copytree(site, new, symlinks=True)
    except OSError as error:
        shutil.rmtree(new, ignore_errors=True)
        raise machine.unwritten(new, machine.disk_error(error) or error) from error
    run = run_of(builder)
    if run.is_whole:
        _clear(new, [*run.last.files, _ASIDE])
    _before[builder] = _dates(new, Path(app.doctreedir))
    _turn(app, site, new)


_before: WeakKeyDictionary[Builder, dict[str, str]] = WeakKeyDictionary()


def _dates(site: Path, doctrees: Path) -> dict[str, str]:
    """The files of a site with the dates of their last change."""
    files = (path for path in site.rglob("*") if path.is_file())
    return {
        path.relative_to(site).as_posix(): str(path.stat().st_mtime_ns) for path in files
        if not path.is_relative_to(doctrees)
    }  # fmt: skip


def _clear(site: Path, files: Iterable[str]) -> None:
    """Delete what the last run has written; what others have put there stays."""
    for name in files:
        path = site / name
        path.unlink(missing_ok=True)
        while (path := path.parent) != site and path.is_dir() and not any(path.iterdir()):
            path.rmdir()


class _Unwritten(logging.Filter):
    """Hears of the first file that could not be written: Sphinx warns, and goes on without it."""

    error: OSError | None = None

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the log keeps the message."""
        # With -j, the words alone have come from another process.
        error = next(filter(None, map(machine.disk_error, record.args or (record.msg,))), None)
        if record.name != _LOGGER or error is None:
            return True
        self.error = self.error or error
        return False


def finish(unwritten: _Unwritten, app: Sphinx, error: Exception | None) -> None:
    """Put the new site in the place of the old one, if it was written to its end."""
    _tidy(app, whole=not (error or unwritten.error))
    if unwritten.error:
        raise machine.unwritten(unwritten.error.filename or app.outdir, unwritten.error)


def _tidy(app: Sphinx, *, whole: bool) -> None:
    new = Path(app.outdir)
    site = new.with_name(new.name.removeprefix(".").removesuffix(".new"))
    if new != _beside(site, "new"):
        return
    _turn(app, new, site)
    if whole:
        run, before = run_of(app.builder), _before[app.builder]
        run.now.files = {
            name: date for name, date in _dates(new, Path(app.doctreedir)).items()
            if name in run.last.files or before.get(name) != date
        }  # fmt: skip
        _exchange(new, site)
    shutil.rmtree(new)


def _beside(site: Path, kind: str) -> Path:
    return site.with_name(f".{site.name}.{kind}")


def _turn(app: Sphinx, old: Path, new: Path) -> None:
    """Let application and builder, and the folders that the builder knows, lie in another one."""
    app.outdir = app.builder.outdir = new
    for name, path in vars(app.builder).items():
        if isinstance(path, Path) and path.is_relative_to(old):
            setattr(app.builder, name, type(path)(new / path.relative_to(old)))


def _exchange(new: Path, site: Path) -> None:
    """Exchange two folders in one step where the system can; elsewhere in three, close together."""
    try:
        exchange = ctypes.CDLL(None).renameat2
    except (AttributeError, TypeError):
        failed = True
    else:
        failed = exchange(_HERE, os.fsencode(new), _HERE, os.fsencode(site), _EXCHANGE) != 0
    if failed:
        old = _beside(site, "old")
        site.rename(old)
        new.rename(site)
        old.rename(new)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Begin when the first page is about to be written."""
    app.setup_extension("sphinx_evidence.runtime.outdated")
    app.connect("write-started", begin)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
