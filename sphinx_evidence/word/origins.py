"""Where the paragraphs of a copy in Word come from: kept in the .docx, so that it finds home.

Each paragraph stands in a bookmark, which stays with it while it is edited; a part of the archive
has for each bookmark the file, the line and the words as they were written.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from lxml import etree

from sphinx_evidence.word.archive import WordError

if TYPE_CHECKING:
    from docx.document import Document

NAMESPACE = "urn:sphinx-evidence:origins"
_N = f"{{{NAMESPACE}}}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
# Word does not show a bookmark that begins with an underscore.
_BOOKMARK = re.compile(r"_origin(\d{1,6})")
_DAMAGED = "what it keeps of the places of its words is damaged. Take the file as it was sent back"


@dataclass(frozen=True)
class Origin:
    """The place of a paragraph, and its words when it was written."""

    path: str
    line: int
    words: str


@dataclass
class Origins:
    """The places of all paragraphs, in their order; ``files`` are digests, by path."""

    places: list[Origin] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)

    def add(self, origin: Origin) -> str:
        """Note one more; the name of its bookmark."""
        self.places.append(origin)
        return f"_origin{len(self.places) - 1}"

    def to_xml(self) -> bytes:
        """The part that keeps them."""
        root = etree.Element(f"{_N}origins", nsmap={None: NAMESPACE})
        numbers = {path: str(at) for at, path in enumerate(self.files)}
        for path, digest in self.files.items():
            etree.SubElement(root, f"{_N}file", path=path, digest=digest)
        for one in self.places:
            place = etree.SubElement(root, f"{_N}p", file=numbers[one.path], line=str(one.line))
            place.text = one.words
        written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
        return written


def digest_of(content: bytes) -> str:
    """What a file comes to, to tell whether it is as it was."""
    return blake2b(content, digest_size=8).hexdigest()


def number_of(bookmark: str) -> int | None:
    """Which origin a bookmark is of; none where it is of something else."""
    found = _BOOKMARK.fullmatch(bookmark)
    return int(found[1]) if found else None


def origins_of(document: "Document") -> Origins | None:
    """What a document keeps; none where it is no copy of a project. Raises WordError."""
    for one in document.part.rels.values():
        if not one.is_external and one.reltype.endswith("/customXml"):
            blob = one.target_part.blob
            if NAMESPACE.encode() in blob:
                return _read(blob)
    return None


def refuse_copy(document: "Document") -> None:
    """Raise WordError for a copy of a project, which is no manuscript."""
    if origins_of(document) is not None:
        wrong = (
            "it is a copy of pages, and checks are for the pages. What reviewers have left in it"
        )
        raise WordError(f"{wrong} is listed by: sphinx-evidence review")


def _read(blob: bytes) -> Origins:
    try:
        root = etree.fromstring(blob, _PARSER)
        files = [(one.get("path"), one.get("digest")) for one in root.iter(f"{_N}file")]
        return Origins(_places(root.iter(f"{_N}p"), [path for path, _ in files]), dict(files))
    except (etree.LxmlError, IndexError, TypeError, ValueError) as error:
        raise WordError(f"{_DAMAGED}.") from error


def _places(found: Any, paths: Sequence[str]) -> list[Origin]:  # noqa: ANN401  # lxml has no types
    return [Origin(paths[int(one.get("file"))], int(one.get("line")), one.text or "")
            for one in found]  # fmt: skip
