"""Text that is hard to set goes through unharmed, in both sizes."""

import pikepdf
import pytest

from sphinx_evidence.pdf.documents import Size
from sphinx_evidence.runtime.abort import BuildAborted
from tests.pdf.accessibility import faults
from tests.pdf.documents import Document, Make
from tests.pdf.placing import pieces
from tests.pdf.reading import read

LONG = "Donau" * 80
ROWS = 300
TABLE = "| Number | Word |\n| --- | --- |\n" + "".join(f"| {n} | row{n} |\n" for n in range(ROWS))


def build(pdf: Make, page: str, size: Size) -> Document:
    return pdf(
        {"page.md": page},
        smartquotes=False,
        evidence_pdf_documents=[{"name": "a", "size": str(size)}],
    )


@pytest.fixture(params=list(Size))
def size(request: pytest.FixtureRequest) -> Size:
    return Size(request.param)


@pytest.mark.parametrize(
    "words",
    [
        "\"double\" 'single' ‘curly’ “curly” back\\\\slash",
        "\\# \\$ \\@ \\] \\[ #let x = 1 $5$ @label ](x) // /* */ \\<y>",
        "🙂 👍🏽 ❤️ ☎",
        "שלום עולם שלום, then مرحبا بالعالم and back",
        "soft\u00adhyphen zero\u200bwidth non\u200djoiner no\u00a0break \u2060word",
        "ﬁ ﬂ é e\u0301 Ž ș ł ħ Ω Ж",
    ],
)
def test_letters_arrive(pdf: Make, words: str, size: Size) -> None:
    document = build(pdf, f"# Page\n\nStart {words} end.\n", size)
    assert document.warnings == ""
    with pikepdf.open(document.path) as found:
        assert faults(found) == []
        text = read(found).text
    shown = words.replace("\\\\", "\0").replace("\\", "").replace("\0", "\\")
    assert f"Start {' '.join(shown.split())} end." in text


def test_long_word_stays_on_the_page(pdf: Make, size: Size) -> None:
    table = f"| a | b |\n| - | - |\n| {LONG} | c |\n"
    page = f"# Page\n\n{LONG}\n\n- {LONG}\n\n{table}\n```\n{LONG}\n```\n"
    document = build(pdf, page, size)
    with pikepdf.open(document.path) as found:
        assert read(found).text.count(LONG) == 4
        drawn = pieces(found)
    assert all(piece.left > 20 and piece.right < 575 for piece in drawn)
    assert all(piece.bottom < 820 for piece in drawn)


@pytest.mark.slow
def test_long_table_repeats_its_head(pdf: Make, size: Size) -> None:
    document = build(pdf, f"# Page\n\n{TABLE}", size)
    with pikepdf.open(document.path) as found:
        assert faults(found) == []
        tree = read(found)
        (table,) = tree.named("/Table")
        assert len(table.named("/TR")) == 1 + ROWS
        assert [cell.text for cell in table.named("/TD")] == [
            text for n in range(ROWS) for text in (str(n), f"row{n}")
        ]
        drawn = pieces(found)
    # The head is content once, and decoration on each page after the first.
    pages = {piece.page for piece in drawn if piece.number is not None}
    bold = {piece.page for piece in drawn if piece.number is None and "old" in piece.font}
    assert len(bold & pages) >= len(pages) - 4  # but for the cover, the contents and the first


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (
            "Line one.\n\nA \U00012000 here, \U00012001 there.\n",
            r"page\.md:5: no font has .*\(U\+12000\)",
        ),
        ("A \U00012000.\n\nThen \U00012001.\n", r"page\.md:5: no font has .*\(U\+12001\)"),
        ("- one\n- \U00012000\n", r"page\.md:4: no font has the letter \U00012000"),
    ],
)
def test_letter_of_no_font_is_named_with_its_place(pdf: Make, page: str, message: str) -> None:
    with pytest.raises(BuildAborted, match=message):
        pdf({"page.md": f"# Page\n\n{page}"})
