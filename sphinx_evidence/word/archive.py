"""Open a .docx from a stranger: within bounds, whole, and without anything that could act.

A .docx is a zip archive of XML parts (ECMA-376, part 2). Each part is unpacked here, and counted
while it is; the library then reads what has passed from memory.
"""

import io
import shlex
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from sphinx_evidence.text.source import check_file

if TYPE_CHECKING:  # the library is an extra
    from docx.document import Document

LARGEST = 256 * 2**20  # bytes, of the file and of all that is in it
PARTS = 10_000
NODES = 4_000_000  # tags and attributes of a part: 200 pages have some 300,000
_CHUNK = 2**16
# What other documents begin with, by what is said of them.
_OTHERS = {
    b"\xd0\xcf\x11\xe0": "of Word before 2007 (.doc), or locked with a password",
    b"{\\rtf": "rich text (.rtf)",
    b"mimetypeapplication/vnd.oasis.opendocument.text": "a document of LibreOffice (.odt)",
}
BEGINNINGS = (b"PK\x03\x04", *_OTHERS)
_ZIP = 30  # bytes of an archive before the name of its first file
_AGAIN = "Open it in Word or LibreOffice, save it as .docx under a new name, and take that."
_CONVERT = "Save it as .docx, or type soffice --headless --convert-to docx"
_SMALLER = "Take its text to a new document in smaller parts."
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # those of the standard


class WordError(ValueError):
    """A file that is not read; the message says why and what to do."""


def open_word(path: Path) -> "Document":
    """The document in a file. Raises WordError, and OSError where there is no such file."""
    check_file(path)
    if path.stat().st_size > LARGEST:
        raise WordError(f"it is larger than {LARGEST // 2**20} MB. {_SMALLER}")
    return opened(path.read_bytes(), path.name)


def opened(data: bytes, file: str = "FILE") -> "Document":
    """The document in the bytes of a .docx, whose file has a name. Raises WordError."""
    try:
        import docx  # noqa: PLC0415  # an extra
        from docx.exceptions import PythonDocxError  # noqa: PLC0415
        from lxml.etree import LxmlError  # noqa: PLC0415
    except ImportError:
        wrong = "reading Word needs the library python-docx"
        raise WordError(f"{wrong}. Type: pip install 'sphinx-evidence[word]'") from None
    for begins, kind in _OTHERS.items():
        if data.startswith(begins, _ZIP if begins.startswith(b"mime") else 0):
            raise WordError(f"it is {kind}. {_CONVERT} {shlex.quote(file)}, and take that.")
    parts = _unpacked(data)
    for name, content in parts.items():
        _check(name, content)
    try:
        document = docx.Document(io.BytesIO(_packed(parts)))
        if document.element.body is None:
            raise WordError(f"there is no text in it. {_AGAIN}")
    except (
        ArithmeticError, AssertionError, AttributeError, LookupError, PythonDocxError,
        LxmlError, TypeError, UnicodeError, ValueError,
    ) as error:  # fmt: skip
        if isinstance(error, WordError):
            raise
        raise WordError(f"it is damaged, or no document of Word. {_AGAIN}") from error
    return document


def _unpacked(data: bytes) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > PARTS:
                raise WordError(f"it is an archive of more than {PARTS:,} files. {_AGAIN}")
            left = LARGEST
            for member in members:
                if _leads_away(member.filename) or member.filename in parts:
                    raise WordError(f"a file in it has the name of another place. {_AGAIN}")
                if member.flag_bits & 1:
                    raise WordError(f"it is locked with a password. {_AGAIN}")
                if member.compress_type not in _METHODS:
                    raise WordError(f"it is packed as no program packs Word files. {_AGAIN}")
                if member.is_dir():
                    continue
                parts[member.filename] = content = _read(archive, member, left)
                left -= len(content)
    except (EOFError, LookupError, OSError, RuntimeError, ValueError, zipfile.BadZipFile,
            zlib.error) as error:  # fmt: skip
        if isinstance(error, WordError):
            raise
        raise WordError(f"it is damaged, or no document of Word. {_AGAIN}") from error
    return parts


def _leads_away(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in PurePosixPath(name).parts


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    """A member, unpacked piece by piece: what its header says of its size may be untrue."""
    content = bytearray()
    with archive.open(member) as file:
        while chunk := file.read(_CHUNK):
            content += chunk
            if len(content) > left:
                wrong = f"what is in it is larger than {LARGEST // 2**20} MB"
                raise WordError(f"{wrong}. {_SMALLER}")
    return bytes(content)


def _check(name: str, content: bytes) -> None:
    if name.lower().endswith("vbaproject.bin"):
        raise WordError(f"there are macros in it. {_AGAIN}")
    if not name.endswith((".xml", ".rels")):
        return
    if b"\0" in content[:4]:
        raise WordError(f"{name} in it is not in UTF-8. {_AGAIN}")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:  # which no part of a .docx has
        raise WordError(f"{name} in it declares entities, which could lead elsewhere. {_AGAIN}")
    if content.count(b"<") + content.count(b"=") > NODES:
        raise WordError(f"there is too much in it to be read at once. {_SMALLER}")


def _packed(parts: dict[str, bytes]) -> bytes:
    """The parts that have passed, as an archive for the library."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return packed.getvalue()
