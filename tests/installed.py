"""What is installed does not change during a run: it is looked up once, not ten times a build.

To be imported before Sphinx and pybtex, which take the function by its name.
"""

from importlib import metadata

from jinja2 import FileSystemBytecodeCache, sandbox

INSTALLED = metadata.entry_points()
metadata.entry_points = INSTALLED.select


class Environment(sandbox.SandboxedEnvironment):
    """Keeps the templates of themes compiled, which takes half of a small HTML build."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, bytecode_cache=FileSystemBytecodeCache(), **options)


sandbox.SandboxedEnvironment = Environment  # type: ignore[misc]
