"""What does not change during a run is looked up once, not ten times a build.

To be imported before Sphinx and pybtex, which take functions by their names.
"""

import logging
import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from importlib import metadata

from docutils import frontend
from jinja2 import DictLoader, FileSystemBytecodeCache, Template, sandbox

# What a test writes need not outlive a power cut, and a disk takes long for each file.
os.fsync = lambda fd: None  # noqa: ARG005  # named as it is in Python

INSTALLED = metadata.entry_points()
metadata.entry_points = INSTALLED.select

# For those who debug Sphinx: hundreds of records a build, which nobody sees.
logging.disable(logging.DEBUG)


class Environment(sandbox.SandboxedEnvironment):
    """Keeps the templates of themes compiled, which takes half of a small HTML build."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, bytecode_cache=FileSystemBytecodeCache(), **options)

    def from_string(self, source: str) -> Template:  # type: ignore[override]  # Sphinx has no more
        """Keep also those that are files of styles and scripts, which Sphinx gives as text."""
        name = sha256(f"{self.variable_start_string}{source}".encode()).hexdigest()
        return DictLoader({name: source}).load(self, name, self.make_globals(None))


PARSERS: dict[tuple[object, ...], frontend.OptionParser] = {}


def option_parser(
    components: Iterable[object] = (), defaults: Mapping[str, object] | None = None, **options: bool
) -> frontend.OptionParser:
    """Keep the parsers of options, of which each page makes two to know the defaults."""
    kinds = [one if isinstance(one, type) else type(one) for one in components]
    key = (*kinds, repr(defaults), *options.items(), os.getcwd())  # noqa: PTH109  # asked often
    if key not in PARSERS:
        PARSERS[key] = OptionParser(kinds, defaults, **options)
    return PARSERS[key]


OptionParser = frontend.OptionParser
frontend.OptionParser = option_parser  # type: ignore[assignment,misc]
sandbox.SandboxedEnvironment = Environment  # type: ignore[misc]
