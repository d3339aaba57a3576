"""Write a file so that it is either the old one or the new one, whatever happens."""

import os
from pathlib import Path


def write_atomically(path: Path, data: bytes) -> None:
    """Replace the file at ``path``; where that fails, it and its folder are as before."""
    beside = path.with_name(f".{path.name}.new")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())  # the name must not reach the disk before the text
        if path.exists():
            beside.chmod(path.stat().st_mode)
        os.replace(beside, path)  # noqa: PTH105  # the atomic call
    finally:
        beside.unlink(missing_ok=True)
