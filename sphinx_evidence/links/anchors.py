"""The anchors of a page, looked for as its text arrives.

Pure: imports neither Sphinx nor docutils.
"""

from collections.abc import Iterable
from html.parser import HTMLParser


class Anchors(HTMLParser):
    """Takes what it finds from ``missing``; empty, nothing more needs to be read."""

    def __init__(self, wanted: Iterable[str]) -> None:
        """Look for ``wanted``; GitHub puts user-content- before the names of headings."""
        super().__init__()
        self.missing = set(wanted)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note each id, and each name as HTML 4 had it."""
        del tag
        for name, value in attrs:
            if name in {"id", "name"} and value:
                self.missing -= {value, value.removeprefix("user-content-")}
                if value.startswith("user-content-"):
                    continue
                self.missing.discard(f"user-content-{value}")
