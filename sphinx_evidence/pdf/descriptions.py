"""What links say: words and place, where Typst writes "Section, page 3" or a bare address.

ISO 14289-1 (PDF/UA-1), 7.18.5: a link has /Contents, which is read aloud.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

import pikepdf
from pikepdf import Array, Dictionary, String


class Places:
    """Where links lead, in words: ``page 12``, ``doi.org``."""

    def __init__(self, document: pikepdf.Pdf, page: str) -> None:
        """Note the labels of the pages, after the word for a page."""
        self.pages: dict[Any, str] = {p.objgen: f"{page} {p.label}" for p in document.pages}
        has_names = "/Names" in document.Root
        self.named = pikepdf.NameTree(document.Root.Names.Dests) if has_names else {}

    def of(self, annotation: pikepdf.Object) -> str:
        """Return where a link annotation leads."""
        if "/A" in annotation:
            address = urlsplit(str(annotation.A.get("/URI", "")))
            return address.hostname or ("tel" if address.scheme == "tel" else "")
        target = annotation.Dest
        place = target if isinstance(target, Array) else self.named[str(target)]
        return self.pages[place[0].objgen]


def describe(link: Dictionary, words: str, places: Places) -> None:
    """Let a link say its words and where it leads."""
    words = " ".join(words.split())
    for annotation in annotations(link):
        place = places.of(annotation)
        if words and place and place not in words:
            annotation.Contents = String(f"{words}, {place}")
        elif words:
            annotation.Contents = String(words)


def describe_marks(marks: Sequence[Dictionary]) -> None:
    """Say "Footnote 1" at the note as well as in the text: Typst leaves the bare number there."""
    found = [annotation for mark in marks for annotation in annotations(mark)]
    texts = [str(annotation.Contents) for annotation in found]
    named = {words.split()[-1]: words for words in texts if " " in words}
    for annotation, words in zip(found, texts, strict=True):
        annotation.Contents = String(named.get(words, words))


def annotations(link: Dictionary) -> Iterator[pikepdf.Object]:
    """Yield the annotations of a link: one for each line that it stands on."""
    found = link.K
    for kid in found if isinstance(found, Array) else [found]:
        if isinstance(kid, Dictionary) and "/Obj" in kid:
            yield kid.Obj
