"""Typst: from a source file to a PDF, and from its messages to ours."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

import typst
from sphinx.util import logging

from sphinx_evidence.pdf.documents import PDFDocument
from sphinx_evidence.pdf.walker import PDFError, PDFWarning, Walker

logger = logging.getLogger(__name__)
HERE = Path(__file__).parent
_NO_FONT = re.compile(r'the text `"(.+?)"` could not be displayed')
_PLACE = re.compile(r"┌─ (\S+:\d+):\d+")  # of a diagnostic; the lines it quotes may be long
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")  # as Typst writes what cannot be printed


def typeset(
    source: Path,
    document: PDFDocument,
    text: Walker,
    *,
    fonts: Sequence[Path],
    standards: Sequence[str],
) -> bytes:
    """Return the PDF, the same for the same input if SOURCE_DATE_EPOCH is set.

    ``text`` is what was translated, to be searched for the place of a fault. Raises PDFError.
    """
    inputs = {"size": str(document.size), "sheet": "yes" if document.sheets else ""}
    stamp = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        pdf, warnings = typst.compile_with_warnings(
            source, root=source.parent, font_paths=[HERE / "fonts", *fonts],
            ignore_system_fonts=True, pdf_standards=list(standards),  # type: ignore[arg-type]
            sys_inputs=inputs, timestamp=int(stamp) if stamp else None,
        )  # fmt: skip
    except typst.TypstError as error:
        raise PDFError(_explained(error, text, source.parent)) from error
    for warning in warnings:
        place = _PLACE.search(warning.diagnostic)
        logger.warning(
            "%s", warning.message, location=place and place[1], type="pdf", subtype=PDFWarning.TYPST
        )
    return pdf


def _explained(error: typst.TypstError, text: Walker, folder: Path) -> str:
    """Return what an author can act on: where something stands that cannot be set."""
    broken = {
        uri: why for uri, name in text.builder.images.items() if (why := _fault(folder, name))
    }
    if broken:
        return "\n".join(
            f"{text.place_of_image(uri)}: the image {uri} cannot be set: {why}"
            for uri, why in broken.items()
        )
    if "depth exceeded" in error.message:  # of rules, calls or layout
        place = text.place_of_deepest()
        return f"{place}: this is nested too deep to be set. Take it out of what is around it."
    lost = dict.fromkeys(_NO_FONT.findall(f"{error.message}\n{error.diagnostic}"))
    if not lost:
        return "\n".join([error.message, *error.hints, error.diagnostic])
    return "\n".join(
        f"{text.place_of(letters)}: no font has the letter {_named(letters)}. Write it in another "
        "way, or put a font that has it into a folder of evidence_pdf_font_paths in conf.py."
        for letters in (_ESCAPE.sub(lambda code: chr(int(code[1], 16)), one) for one in lost)
    )


def _fault(folder: Path, name: str) -> str:
    """Return what is wrong with an image; empty if Typst can set it."""
    try:
        picture = f'#image("images/{name}")'.encode()
        typst.compile(picture, root=folder)  # type: ignore[type-var]  # a source in bytes, a path
    except typst.TypstError as error:
        return str(error.message)
    return ""


def _named(letters: str) -> str:
    return f"{letters} ({' '.join(f'U+{ord(letter):04X}' for letter in letters)})"
