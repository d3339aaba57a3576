"""The anchors of a page, looked for as its text arrives."""

import codecs
import re
from collections.abc import Iterable
from html.parser import HTMLParser


class Anchors(HTMLParser):
    """Takes what it finds from ``missing``; empty, nothing more needs to be read."""

    def __init__(self, wanted: Iterable[str]) -> None:
        """Look for ``wanted``; GitHub puts user-content- before the names of headings."""
        super().__init__()
        self.missing = set(wanted)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note each id, and each name of an anchor as HTML 4 had it."""
        for name, value in attrs:
            if value and (name == "id" or (name == "name" and tag == "a")):
                self.missing -= {value, value.removeprefix("user-content-")}
                if value.startswith("user-content-"):
                    continue
                self.missing.discard(f"user-content-{value}")


def decoder(name: str | None, start: bytes) -> codecs.IncrementalDecoder:
    """The decoder of a page, by its header or else its first bytes; a letter may be cut in two."""
    found = re.search(rb"<meta[^>]+charset=[\"']?([\w-]+)", start[:1024], re.IGNORECASE)
    said = name or (found[1].decode("ascii", "replace") if found else "utf-8")
    try:
        b" ".decode(said, "replace")  # which refuses what is no encoding of text, such as base64
        return codecs.getincrementaldecoder(said)("replace")
    except (LookupError, ValueError):
        return codecs.getincrementaldecoder("utf-8")("replace")
