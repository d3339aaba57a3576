"""Makes the zero of large print: that of Atkinson Hyperlegible Next, without its slash.

``python -m tests.pdf.open_zero`` writes the two fonts anew, from those beside them.
"""

from io import BytesIO
from pathlib import Path

from fontTools.misc.arrayTools import calcBounds
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates

FONTS = Path(__file__).parents[2] / "sphinx_evidence" / "pdf" / "fonts"
NAME = "Atkinson Hyperlegible Next"
FACES = {"400Regular": "Regular", "700Bold": "Bold"}
KEPT = (0, 13, 14)  # names by their numbers: the copyright, the licence and where it is


def made(face: str) -> bytes:
    """Return the font with nothing but its open zero, under a name of its own."""
    font = TTFont(FONTS / f"AtkinsonHyperlegibleNext_{face}.ttf", recalcTimestamp=False)
    options = Options(hinting=False, layout_features=[], name_IDs=[*KEPT], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(text="0")
    subsetter.subset(font)
    zero = font["glyf"]["zero"]
    outside = zero.endPtsOfContours[0] + 1
    outer, halves = zero.coordinates[:outside], zero.coordinates[outside:]
    # The slash parts what is inside into halves: in their place, the outline made as small.
    (left, low, right, high), (x, y, x_end, y_end) = map(calcBounds, (halves, outer))
    across, up = (right - left) / (x_end - x), (high - low) / (y_end - y)
    inner = [(round(left + (px - x) * across), round(low + (py - y) * up)) for px, py in outer]
    zero.coordinates = GlyphCoordinates([*outer, *reversed(inner)])
    zero.flags = zero.flags[:outside] + bytearray(flag & 1 for flag in zero.flags[:outside][::-1])
    zero.numberOfContours, zero.endPtsOfContours = 2, [outside - 1, 2 * outside - 1]
    style = FACES[face]
    family = f"{NAME} Open Zero"
    names = {1: family, 2: style, 3: f"{family} {style}: only the zero, without its slash",
             4: f"{family} {style}", 6: f"{family.replace(' ', '')}-{style}"}  # fmt: skip
    for number, words in names.items():
        font["name"].setName(words, number, 3, 1, 0x409)
    written = BytesIO()
    font.save(written)
    return written.getvalue()


def path(face: str) -> Path:
    """Return where a face of the font lies."""
    return FONTS / f"AtkinsonHyperlegibleNextOpenZero_{face}.ttf"


if __name__ == "__main__":
    for face in FACES:
        path(face).write_bytes(made(face))
