"""What a screen reader is told: headings, lists, tables, boxes, pictures, notes, the language."""

import pytest
from docx.oxml.ns import qn

from sphinx_evidence.docx.xml import text_of
from tests.docx.documents import Make

PAGE = """\
# Page

## Part

### Below

Text with a [link](https://example.org/a), [here](#part) and a note[^n].

[^n]: Words of the *note*, see [there](https://example.org/n).

1. one
   - inner
2. two

   more

c. other

```{box} The title
:name: box-a

Words.

- item
```

```{list-table} A table
:header-rows: 1
:stub-columns: 1
:name: table-a

* - Head
  - Second
* - Side
  - Cell
```

```{figure} picture.svg
:alt: A black square
:name: figure-a

A caption.
```

> Quoted.
"""


def test_styles_say_what_a_paragraph_is(written: Make) -> None:
    found = written({"page.md": PAGE}).paragraphs
    assert ("Title", "Sample") in found
    assert [one for one in found if one[0].startswith("Heading")] == [
        ("Heading 1", "Page"), ("Heading 2", "Part"), ("Heading 3", "Below"),
    ]  # fmt: skip
    assert {
        ("List Number", "one"), ("List Bullet", "inner"), ("List Continue", "more"),
        ("Box Title", "Box 1: The title"), ("Body Text", "Words."),
        ("Caption", "Table 1. A table"), ("Table Heading", "Head"), ("Table Heading", "Side"),
        ("Table Text", "Cell"), ("Figure Caption", "Fig. 1. A caption."), ("Quote", "Quoted."),
    } < {*found}  # fmt: skip


def test_headings_have_their_level_in_the_outline(written: Make) -> None:
    styles = written({"page.md": PAGE}).word.styles
    for level in range(1, 10):
        outline = styles[f"Heading {level}"].element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        assert outline.get(qn("w:val")) == str(level - 1)


def test_lists_are_numbered_by_word(written: Make) -> None:
    copy = written({"page.md": "# Page\n\n3. three\n4. four\n\ntext\n\n1. one\n\n- a\n  - b\n"})
    kinds = {}
    root = copy.word.part.numbering_part.element
    for kind in root.iter(qn("w:abstractNum")):
        level = kind.find(qn("w:lvl"))
        told = [level.find(qn(f"w:{one}")).get(qn("w:val")) for one in ("start", "numFmt")]
        kinds[kind.get(qn("w:abstractNumId"))] = told
    found = []
    for one in copy.body.iter(qn("w:numPr")):
        level, number = (part.get(qn("w:val")) for part in one)
        words = text_of(one.getparent().getparent())
        found.append((words, kinds[number], level, number))
    assert [one[:3] for one in found] == [
        ("three", ["3", "decimal"], "0"), ("four", ["3", "decimal"], "0"),
        ("one", ["1", "decimal"], "0"), ("a", ["1", "bullet"], "0"), ("b", ["1", "bullet"], "1"),
    ]  # fmt: skip
    assert found[0][3] == found[1][3] != found[2][3]  # each begins anew


def test_header_rows_are_repeated_and_told(written: Make) -> None:
    copy = written({"page.md": PAGE})
    box, table = copy.word.tables
    boxes, tables = copy.body.iter(qn("w:tbl"))
    heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") for row in tables.iter(qn("w:tr"))]
    assert [head is not None for head in heads] == [True, False]
    (look,) = tables.iter(qn("w:tblLook"))
    assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")
    names = [next(one.iter(qn("w:tblCaption"))).get(qn("w:val")) for one in (boxes, tables)]
    assert names == ["The title", "Table 1. A table"]
    assert [cell.text for row in table.rows for cell in row.cells] == [
        "Head", "Second", "Side", "Cell",
    ]  # fmt: skip
    assert [row.cells[0].text for row in box.rows] == ["Box 1: The title", "Words.\nitem"]
    first, second = boxes.iter(qn("w:tr"))
    assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert second.find(qn("w:trPr")) is None  # it may be parted


def test_cells_cover_columns_and_rows(written: Make) -> None:
    page = (
        "# Page\n\n```{eval-rst}\n+---+---+\n| A     |\n+===+===+\n"
        "| b | c |\n|   +---+\n|   | d |\n+---+---+\n```\n"
    )
    (table,) = written({"page.md": page}).word.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["A", "A"], ["b", "c"], ["b", "d"],
    ]  # fmt: skip


def test_pictures_have_their_words(written: Make) -> None:
    copy = written({"page.md": PAGE})
    (drawn,) = copy.body.iter(qn("wp:docPr"))
    assert drawn.get("descr") == "A black square"
    assert copy.parts["word/media/image1.png"].startswith(b"\x89PNG")


def test_a_picture_is_no_wider_than_its_room(written: Make) -> None:
    page = "# Page\n\n```{image} picture.svg\n:alt: A\n:width: 4000px\n```\n"
    (extent,) = written({"page.md": page}).body.iter(qn("wp:extent"))
    assert int(extent.get("cx")) == pytest.approx(5760000, rel=0.001)  # 16 cm


@pytest.mark.parametrize(
    ("size", "width", "height"),
    [
        ('width="90" height="45"', 90, 45),
        ('viewBox="0 0 90 45"', 90, 45),
        ('width="9000000" height="9000000"', 605, 605),
        ('width="10" height="90000"', 0, 831),
    ],
)
def test_a_drawing_is_as_large_as_it_is_shown(
    written: Make, size: str, width: int, height: int
) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><rect width="9" height="9"/></svg>'
    copy = written({
        "drawn.svg": svg, "page.md": "# Page\n\n![A](drawn.svg)\n",
        "index.md": "# Sample\n\n```{toctree}\npage\n```\n",
    })  # fmt: skip
    (extent,) = copy.body.iter(qn("wp:extent"))
    shown = (int(extent.get(side)) / 9525 for side in ("cx", "cy"))  # in pixels of a screen
    assert [*shown] == pytest.approx([width, height], abs=1, rel=0.01)
    assert len(copy.parts["word/media/image1.png"]) < 100_000


def test_notes_are_those_of_word(written: Make) -> None:
    copy = written({"page.md": PAGE})
    assert len([*copy.body.iter(qn("w:footnoteReference"))]) == 1
    notes = copy.parts["word/footnotes.xml"].decode()
    assert "Words of the " in notes
    assert "https://example.org/n" in copy.parts["word/_rels/footnotes.xml.rels"].decode()


def test_links_lead_to_bookmarks_that_are_there(written: Make) -> None:
    copy = written({"page.md": f"{PAGE}\n{{numref}}`box-a`, {{numref}}`table-a`, [up](index.md)\n"})
    names = [one.get(qn("w:name")) for one in copy.body.iter(qn("w:bookmarkStart"))]
    assert len(names) == len({*names})
    wanted = {one.get(qn("w:anchor")) for one in copy.body.iter(qn("w:hyperlink"))} - {None}
    assert len(wanted) == 5  # one of them from the contents
    assert wanted < {*names}
    ids = [one.get(qn("w:id")) for one in copy.body.iter(qn("w:bookmarkStart"))]
    assert ids == [*dict.fromkeys(ids)]
    assert sorted(ids) == sorted(one.get(qn("w:id")) for one in copy.body.iter(qn("w:bookmarkEnd")))
    assert all(len(name) <= 40 for name in names)  # Word has no room for more


def test_the_document_says_what_it_is(written: Make) -> None:
    copy = written(
        {"page.md": PAGE}, release="1.2", html_baseurl="https://example.org/", copyright="Ada",
        evidence_docx_name="paper", evidence_docx_subtitle="Below it",
        evidence_docx_notice="Please comment.",
    )  # fmt: skip
    assert copy.path.name == "paper.docx"
    about = copy.word.core_properties
    assert (about.title, about.author, about.language) == ("Sample", "Ada", "en-GB")
    defaults = copy.word.styles.element.find(qn("w:docDefaults"))
    (language,) = defaults.iter(qn("w:lang"))
    assert language.get(qn("w:val")) == "en-GB"
    found = copy.paragraphs
    front = found[: found.index(("TOC Heading", "Contents"))]
    assert [style for style, _ in front] == ["Title", "Subtitle", *["Imprint"] * 4, "Notice"]
    assert {"Below it", "Ada", "© Ada", "https://example.org/", "Please comment."} < {
        words for _, words in front
    }
    (edition,) = (words for _, words in front if words.startswith("Version 1.2"))
    foot = copy.word.sections[0].footer.paragraphs[0]
    assert edition in foot.text
    fields = [one.get(qn("w:instr")).strip() for one in foot._p.iter(qn("w:fldSimple"))]  # noqa: SLF001
    assert fields == ["PAGE", "NUMPAGES"]


def test_changes_are_tracked_when_it_is_opened(written: Make) -> None:
    settings = written({"page.md": PAGE}).word.settings.element
    assert settings.find(qn("w:trackRevisions")) is not None
    (mode,) = settings.iter(qn("w:compatSetting"))
    assert mode.get(qn("w:val")) == "15"  # otherwise Word says that it is an old document


def test_contents_are_a_field_with_links(written: Make) -> None:
    copy = written({"one.md": "# One\n", "two.md": "# Two\n"})
    assert [words for style, words in copy.paragraphs if style == "toc 1"] == ["One", "Two"]
    (code,) = copy.body.iter(qn("w:instrText"))
    assert code.text.split()[0] == "TOC"


def test_other_languages_are_marked(written: Make) -> None:
    copy = written({"page.md": "# Page\n\nA [mot juste]{.language-fr}.\n"})
    (language,) = copy.body.iter(qn("w:lang"))
    run = language.getparent().getparent()
    assert (language.get(qn("w:val")), run.find(qn("w:t")).text) == ("fr", "mot juste")


def test_a_note_that_is_referred_to_twice(written: Make) -> None:
    copy = written({"page.md": "# Page\n\nOne[^a], again[^a], other[^b].\n\n[^a]: A\n\n[^b]: B\n"})
    assert len([*copy.body.iter(qn("w:footnoteReference"))]) == 2
    assert "One, again1, other." in copy.words
