"""What is installed does not change during a run: it is looked up once, not ten times a build.

To be imported before Sphinx and pybtex, which take the function by its name.
"""

from functools import cache
from importlib import metadata

metadata.entry_points = cache(metadata.entry_points)  # type: ignore[assignment]
