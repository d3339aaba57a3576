"""Digests of files, and of what an environment or a configuration holds, whatever its order."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from hashlib import blake2b
from pathlib import Path
from types import FunctionType, MethodType, ModuleType

from docutils import nodes

from sphinx_evidence.text.source import check_file


def digest_of_files(paths: Iterable[Path]) -> str:
    """A digest of what files are called and hold; of one that cannot be read, that it cannot."""
    found = blake2b(digest_size=16)
    for path in sorted(paths):
        try:
            check_file(path)  # of a pipe, a reader would wait for a writer
            held = blake2b(path.read_bytes()).digest()
        except OSError as error:
            held = type(error).__name__.encode()
        found.update(path.name.encode() + b"\0" + held)
    return found.hexdigest()


def below(folder: Path) -> list[Path]:
    """The files in a folder and its folders, without what Python keeps beside its modules."""
    return [
        path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    ]


def digest(value: object) -> str:
    """A digest of what a value holds: the same for two that differ in nothing but order."""
    return blake2b(_written(value, ()).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _written(value: object, around: tuple[int, ...]) -> str:
    """A value as text; of one that stands in itself, that it does."""
    if value is None or isinstance(value, str | int | float | bytes | Path):
        return f"{type(value).__name__} {value!r}"
    if isinstance(value, nodes.Node):
        return value.pformat()
    if isinstance(value, FunctionType | MethodType | ModuleType | type):
        return getattr(value, "__qualname__", value.__name__)
    return "…" if id(value) in around else _held(value, (*around, id(value)))


def _held(value: object, around: tuple[int, ...]) -> str:
    """What stands in a value, as text."""
    if isinstance(value, Mapping):
        pairs = ((_written(key, around), _written(held, around)) for key, held in value.items())
        return f"{{{', '.join(sorted(f'{key}: {held}' for key, held in pairs))}}}"
    if isinstance(value, AbstractSet):
        return f"{{{', '.join(sorted(_written(one, around) for one in value))}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_written(one, around) for one in value)}]"
    try:
        parts = value.__reduce_ex__(2)[1:3]  # what it would be pickled as
    except TypeError:
        parts = ()
    return f"{type(value).__qualname__} {_written(parts, around)}"
