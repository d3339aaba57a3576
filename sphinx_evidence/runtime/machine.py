"""What a build takes from the machine: the time that it is dated with, and room to write."""

import errno
import os
import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError, SphinxParallelError
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.diagnostics.finding import display_path
from sphinx_evidence.runtime.abort import BuildAborted

# No fault of the program: the disk is full, or the place is one that may not be written.
DISK = {
    errno.EACCES, errno.EDQUOT, errno.EEXIST, errno.EFBIG, errno.EIO, errno.EISDIR,
    errno.ENAMETOOLONG, errno.ENOSPC, errno.ENOTDIR, errno.EPERM, errno.EROFS,
}  # fmt: skip


def check_epoch(_app: Sphinx, _config: Config) -> None:
    """Stop at a time that Sphinx would fail at."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is not None and not re.fullmatch(r"[0-9]{1,11}", given):
        raise BuildAborted(
            f'SOURCE_DATE_EPOCH is "{given}", which is no number of seconds. Unset it, or write '
            "digits."
        )


def unwritten(path: object, error: OSError) -> BuildAborted:
    """The end of a build that could not write to ``path``."""
    return BuildAborted(
        f"{display_path(Path(str(path)))}: {error.strerror}. Make room, or see that this place may "
        "be written, and build again."
    )


def disk_error(said: object) -> OSError | None:
    """An error of the disk, or the first that is named in a message, as shutil has it."""
    if isinstance(said, OSError) and said.errno in DISK:
        return said
    found = re.search(r"\[Errno (\d+)\] ([^:]+)(?:: '([^']*)')?", str(said))
    if found and int(found[1]) in DISK:
        return OSError(int(found[1]), found[2], found[3])
    return None


def stop_at_full_disk(app: Sphinx, error: Exception | None) -> None:
    """Say in one line what is no fault of the program."""
    cause = error.orig_exc if isinstance(error, ExtensionError) else error
    # With -j, the words alone have come from another process.
    found = disk_error(cause) if isinstance(cause, OSError | SphinxParallelError) else None
    if found:
        raise unwritten(found.filename or app.outdir, found) from error


def setup(app: Sphinx) -> ExtensionMetadata:
    """Listen before Sphinx reads the time (800), and when all others have tidied up."""
    app.connect("config-inited", check_epoch, priority=50)
    app.connect("build-finished", stop_at_full_disk, priority=1000)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
