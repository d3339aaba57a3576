"""``evidence_pdf_documents`` in conf.py: which PDFs there are, and what each one holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from sphinx_evidence.diagnostics.finding import did_you_mean, nearest


class Size(StrEnum):
    """How large the print is."""

    STANDARD = "standard"
    LARGE = "large"  # 18 point, sans serif


@dataclass(frozen=True)
class Text:
    """What is printed, whatever its size; translated once for all documents that share it."""

    pages: tuple[str, ...] = ()  # each with the pages below it; none: the root page
    without: tuple[str, ...] = ()  # pages left out, each with the pages below it
    appendix: str = ""  # heading for the boxes, tables and figures that other pages hold
    in_place: tuple[str, ...] = ()  # pages at whose first section to name one it stands
    brief_references: bool = False  # without how each was checked
    writing_lines: int = 0  # ruled lines after each item of a list of the class ``questions``


@dataclass(frozen=True)
class PDFDocument:
    """One PDF."""

    name: str  # of the file, without .pdf
    title: str
    subtitle: str
    size: Size
    sheets: int  # of paper, printed on both sides, which must hold it; 0: as many as it takes
    text: Text


# Key -> what to write, in words and as types; every key but the name may be left out.
_KEYS: dict[str, tuple[str, tuple[type, ...]]] = {
    "name": ("a text", (str,)),
    "title": ("a text", (str,)),
    "subtitle": ("a text", (str,)),
    "size": ("a text", (str,)),
    "sheets": ("a number", (int,)),
    "pages": ("a list of names of pages", (list, tuple)),
    "without": ("a list of names of pages", (list, tuple)),
    "appendix": ("a text", (str,)),
    "in_place": ("a list of names of pages", (list, tuple)),
    "brief_references": ("True or False", (bool,)),
    "writing_lines": ("a number", (int,)),
}
_OF_TEXT = {field.name for field in fields(Text)}
_OF_PAGES = ("pages", "without", "in_place")


def read(entries: Sequence[object], title: str) -> list[PDFDocument]:
    """Return the documents; ``title`` is that of those without one.

    Raises ValueError of two texts, what is wrong and what to write instead; it names the entry,
    counted from 1.
    """
    found: list[PDFDocument] = []
    for number, entry in enumerate(entries, 1):
        where = f"entry {number}:"
        document = _document(where, entry, title)
        if document.name in {other.name for other in found}:
            raise ValueError(f'{where} the name "{document.name}" is taken.', "Write another name.")
        found.append(document)
    return found


def _document(where: str, entry: object, title: str) -> PDFDocument:
    if not isinstance(entry, dict):
        wrong = f"{where} {entry!r} is not a dictionary."
        raise ValueError(wrong, 'Write {"name": "…"}.')  # noqa: TRY004  # one kind of error
    given = dict(entry)
    for key, value in given.items():
        if key not in _KEYS:
            raise ValueError(f'{where} there is no key "{key}".', _offer(key, _KEYS))
        words, kind = _KEYS[key]
        texts = value if isinstance(value, list | tuple) else ()
        if type(value) not in kind or not all(isinstance(text, str) for text in texts):
            raise ValueError(f'{where} "{key}" is {value!r}.', f"Write {words}.")
    name = given.pop("name", "")
    if not name or "/" in name or "\\" in name or name.startswith("."):
        raise ValueError(f"{where} the file has no name.", 'Write "name": "…", without .pdf.')
    size = given.pop("size", Size.STANDARD)
    if size not in list(Size):
        raise ValueError(f'{where} there is no size "{size}".', _offer(size, Size))
    text: dict[str, Any] = {
        key: tuple(value) if key in _OF_PAGES else value
        for key, value in given.items()
        if key in _OF_TEXT
    }
    return PDFDocument(
        name=name,
        title=given.get("title", title),
        subtitle=given.get("subtitle", ""),
        size=Size(size),
        sheets=given.get("sheets", 0),
        text=Text(**text),
    )


def check_pages(documents: Iterable[PDFDocument], known: Iterable[str], root: str) -> None:
    """Raise ValueError, as `read` does, for a page that is not there, or cannot be left out."""
    names = set(known)
    for number, document in enumerate(documents, 1):
        for page in (page for key in _OF_PAGES for page in getattr(document.text, key)):
            if page not in names:
                wrong = f'entry {number}: there is no page "{page}".'
                raise ValueError(wrong, _offer(page, names))
        for page in document.text.without:
            if page in (document.text.pages or (root,)):
                wrong = f'entry {number}: "without" leaves out "{page}", with which it begins.'
                raise ValueError(wrong, f'Delete "{page}" from "without".')


def _offer(wrong: str, known: Iterable[str]) -> str:
    """Return what to write instead: the nearest names, else all of them."""
    names = sorted(known)
    near = [f'"{name}"' for name in nearest(wrong, names)]
    return did_you_mean(near, f"Write one of: {', '.join(names)}.")
