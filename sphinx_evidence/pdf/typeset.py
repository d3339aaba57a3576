"""Typst: from a source file to a PDF, and from its messages to ours."""

import os
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from sphinx.util import logging

from sphinx_evidence.pdf.documents import PDFDocument
from sphinx_evidence.pdf.layout import Layout, Refused, laid_out
from sphinx_evidence.pdf.walker import PDFError, PDFWarning, Walker

logger = logging.getLogger(__name__)
HERE = Path(__file__).parent
# By how much the space between lines may change, in thousandths, so that no last page is nearly
# empty; the likeliest first, as each costs a whole run: closer before wider, which takes less
# paper, and much before little, by which the end of a document often stays where it is.
_SPREADS = (0, -45, 45, -15, 15)
_LEAST = 108  # millimetres from the top of the sheet: a third of what text may fill
_SHORT = 4  # pages, in which so little cannot fill a page
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

    Where its last page, or that of a part to be handed out, is less than a third full, the lines
    are set a little closer or wider; where that does not help, they are left as they are.

    ``text`` is what was translated, to be searched for the place of a fault. Raises PDFError.
    """
    inputs = {"size": str(document.size), "sheet": "yes" if document.sheets else ""}
    stamp = os.environ.get("SOURCE_DATE_EPOCH")
    made: list[Layout] = []
    try:
        for spread in _SPREADS:
            layout = laid_out(
                source,
                {**inputs, "spread": str(spread)},
                fonts=[HERE / "fonts", *fonts],
                standards=standards,
                timestamp=int(stamp) if stamp else None,
            )
            made.append(layout)
            if not any(_nearly_empty(layout.places)):
                made = [layout]
                break
            if layout.places[-1][1] < _SHORT or (made[1:] and layout.pdf == made[0].pdf):
                break  # nothing can be done, or a template of the project has its own spaces
    except Refused as refusal:
        raise PDFError(_explained(refusal, text, source.parent)) from refusal
    for message, diagnostic in made[0].warnings:
        place = _PLACE.search(diagnostic)
        logger.warning(
            "%s", message, location=place and place[1], type="pdf", subtype=PDFWarning.TYPST
        )
    return made[0].pdf


def _nearly_empty(places: Sequence[tuple[str, int, float]]) -> Iterator[int]:
    """Yield the pages that end too soon, of kinds of places, their pages and how far down they are.

    A part ends there, or a box after which a figure had no room.
    """
    for (kind, page, down), (following, onward, _) in pairwise([*places, ("", 0, 0.0)]):
        moved = kind == "box" and following == "figure" and onward > page
        if down < _LEAST and (kind == "end" or moved):
            yield page


def _explained(refusal: Refused, text: Walker, folder: Path) -> str:
    """Return what an author can act on: where something stands that cannot be set."""
    broken = {
        uri: why for uri, name in text.builder.images.items() if (why := _fault(folder, name))
    }
    if broken:
        return "\n".join(
            f"{text.place_of_image(uri)}: the image {uri} cannot be set: {why}"
            for uri, why in broken.items()
        )
    if "depth exceeded" in refusal.message:  # of rules, calls or layout
        place = text.place_of_deepest()
        return f"{place}: this is nested too deep to be set. Take it out of what is around it."
    lost = dict.fromkeys(_NO_FONT.findall(f"{refusal.message}\n{refusal.diagnostic}"))
    if not lost:
        return "\n".join([refusal.message, *refusal.hints, refusal.diagnostic])
    return "\n".join(
        f"{text.place_of(letters)}: no font has the letter {_named(letters)}. Write it in another "
        "way, or put a font that has it into a folder of evidence_pdf_font_paths in conf.py."
        for letters in (_ESCAPE.sub(lambda code: chr(int(code[1], 16)), one) for one in lost)
    )


def _fault(folder: Path, name: str) -> str:
    """Return what is wrong with an image; empty if Typst can set it."""
    import typst  # noqa: PLC0415  # takes memory, and few builds come here

    try:
        picture = f'#image("images/{name}")'.encode()
        typst.compile(picture, root=folder)  # type: ignore[type-var]  # a source in bytes, a path
    except typst.TypstError as error:
        return str(error.message)
    return ""


def _named(letters: str) -> str:
    return f"{letters} ({' '.join(f'U+{ord(letter):04X}' for letter in letters)})"
