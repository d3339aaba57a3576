"""Write a file so that it is either the old one or the new one, whatever happens."""

import os
from pathlib import Path


def write_atomically(path: Path, data: bytes) -> None:
    """Replace the file at ``path``; where that fails, it and its folder are as before.

    Raises OSError, which names ``path``.
    """
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.unlink(missing_ok=True)  # a link that somebody put there leads elsewhere
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())  # the name must not reach the disk before the text
        if path.exists():
            beside.chmod(path.stat().st_mode)
        os.replace(beside, path)  # noqa: PTH105  # the atomic call
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        beside.unlink(missing_ok=True)


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet; where that fails, there is none. Raises OSError."""
    with path.open("xb") as file:
        try:
            file.write(data)
            file.flush()
        except OSError:
            path.unlink()
            raise
