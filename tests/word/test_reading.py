"""A Word document is read as a person sees it."""

import base64
import json

import pytest

from sphinx_evidence.word.archive import opened
from sphinx_evidence.word.blocks import Kind, Paragraph
from sphinx_evidence.word.reading import read_word
from tests.word.making import (
    OFFICE,
    RELATIONS,
    complex_field,
    docx,
    item,
    numbering,
    paragraph,
    picture,
    run,
    table,
    text_box,
)

ALPHA = {
    "type": "article-journal",
    "title": "Clouds",
    "author": [{"family": "Alpha", "given": "A."}],
    "issued": {"date-parts": [[2001]]},
}


def read(
    *body: str, parts: dict[str, str] | None = None, links: dict[str, str] | None = None
) -> list[Paragraph]:
    return [*read_word(opened(docx(*body, parts=parts, links=links))).paragraphs]


def test_headings_by_their_style_in_any_language_and_what_is_based_on_them() -> None:
    found = read(
        paragraph("Skies", style="TitleA"),
        paragraph("Clouds", style="berschrift1"),
        paragraph("Rain", style="Own"),
        paragraph("Hail", properties='<w:outlineLvl w:val="2"/>'),
        "Text.",
        paragraph("Figure 1", style="Beschriftung"),
    )
    assert [(one.kind, one.level) for one in found] == [
        (Kind.TITLE, 0), (Kind.HEADING, 1), (Kind.HEADING, 2), (Kind.HEADING, 3), (Kind.TEXT, 0),
        (Kind.CAPTION, 0),
    ]  # fmt: skip
    assert [one.number for one in found] == [1, 2, 3, 4, 5, 6]


def test_lists_have_the_numbers_that_word_prints() -> None:
    parts = {"numbering": numbering(("decimal", "[%1]"), ("bullet", ""), ("lowerRoman", "%1)"))}
    found = read(
        item("a"), item("b"), item("b1", level=1), item("c"), item("d", number=2),
        item("e", number=3), *(item("f", number=3) for _ in range(3)),
        paragraph("g", style="Liste"), item("h", number=9),
        parts=parts,
    )  # fmt: skip
    labels = ["[1]", "[2]", "[1]", "[3]", "•", "i)", "ii)", "iii)", "iv)", "[4]", ""]
    assert [one.label for one in found] == labels
    assert {one.kind for one in found[:-1]} == {Kind.ITEM}
    assert found[2].level == 1


def test_the_look_of_words() -> None:
    found = read(paragraph(run("a", look="b"), run("b", look="i"), run("2", look="raised")))[0]
    assert [(s.text, s.bold, s.italic, s.raised) for s in found.spans] == [
        ("a", True, False, False), ("b", False, True, False), ("2", False, False, True),
    ]  # fmt: skip


def test_boxes_in_every_form() -> None:
    frame = "<w:pBdr>" + "".join(
        f'<w:{side} w:val="single"/>' for side in ("top", "left", "bottom", "right")
    )
    frame += "</w:pBdr>"
    found = read(
        table(("one cell",)),
        paragraph("framed", properties=frame),
        paragraph("as well", properties=frame),
        "Text.",
        paragraph("before", text_box(paragraph("in a text box"))),
    )
    assert [(one.text, one.box) for one in found] == [
        ("one cell", 1), ("framed", 2), ("as well", 2), ("Text.", 0), ("before", 0),
        ("in a text box", 3),
    ]  # fmt: skip


def test_tables_have_rows_columns_and_heads() -> None:
    found = read(table(("a", "b"), ("c", paragraph("d") + paragraph("e")), header=True))
    places = [(one.cell.row, one.cell.column, one.cell.header) for one in found if one.cell]
    assert places == [(0, 0, True), (0, 1, True), (1, 0, False), (1, 1, False), (1, 1, False)]


def test_notes_are_read_where_they_are_called() -> None:
    call = '<w:r><w:{0}Reference w:id="{1}"/></w:r>'
    note = '<w:{0} w:id="{1}"><w:p><w:r><w:{0}Ref/><w:t>{2}</w:t></w:r></w:p></w:{0}>'
    parts = {
        "footnotes": note.format("footnote", 5, "first") + note.format("footnote", 9, "nowhere"),
        "endnotes": note.format("endnote", 5, "second"),
    }
    found = read(
        paragraph("a", call.format("footnote", 5), "b", call.format("endnote", 5)), parts=parts
    )
    assert [(one.text, one.note) for one in found] == [("ab", ""), ("first", "1"), ("second", "2")]
    assert [span.note for span in found[0].spans] == ["", "1", "", "2"]


def test_links_and_cross_references() -> None:
    found = read(
        paragraph(
            f'<w:hyperlink r:id="link1">{run("a")}</w:hyperlink>',
            f'<w:hyperlink w:anchor="_Ref1">{run("b")}</w:hyperlink>',
            f"<w:hyperlink>{run('c')}</w:hyperlink>",
            complex_field(' HYPERLINK "https://example.org/2" ', "d"),
            complex_field(" REF _Ref1 \\h ", "Table 1"),
            '<w:fldSimple w:instr=" REF _Ref2 ">' + run("e") + "</w:fldSimple>",
            '<w:bookmarkStart w:id="0" w:name="_Ref1"/>',
        ),
        links={"link1": "https://example.org/1"},
    )[0]
    assert [(span.text, span.link) for span in found.spans] == [
        ("a", "https://example.org/1"), ("b", "#_Ref1"), ("c", "#"),
        ("d", "https://example.org/2"), ("Table 1", "#_Ref1"), ("e", "#_Ref2"),
    ]  # fmt: skip
    assert found.bookmarks == ["_Ref1"]


def test_links_in_notes_are_those_of_the_notes() -> None:
    note = '<w:footnote w:id="5"><w:p><w:hyperlink r:id="link1">{}</w:hyperlink></w:p></w:footnote>'
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="link1" Type="{RELATIONS}/hyperlink" TargetMode="External" '
        'Target="https://example.org/note"/></Relationships>'
    )
    data = docx(
        paragraph(
            f'<w:hyperlink r:id="link1">{run("a")}</w:hyperlink>',
            '<w:r><w:footnoteReference w:id="5"/></w:r>',
        ),
        parts={"footnotes": note.format(run("b"))},
        links={"link1": "https://example.org/text"},
        files={"word/_rels/footnotes.xml.rels": relations.encode()},
    )
    text, said = read_word(opened(data)).paragraphs
    assert text.spans[0].link == "https://example.org/text"
    assert said.spans[0].link == "https://example.org/note"


def test_a_work_in_the_style_of_a_heading_is_no_heading() -> None:
    names = ("Beta", "Gamma")
    works = [f"{name}, A. (2001) Rain falls on the fields at night. Sky, 1, 2." for name in names]
    found = read(*(paragraph(one, style="berschrift2") for one in ("References", *works)))
    assert [one.kind for one in found] == [Kind.HEADING, Kind.TEXT, Kind.TEXT]


ENDNOTE = (
    '<EndNote><Cite><record><ref-type name="Journal Article">17</ref-type><contributors><authors>'
    "<author><style>Alpha, A.</style></author><author>Small Club,</author></authors></contributors>"
    "<titles><title>Clouds</title><secondary-title>Skies</secondary-title></titles>"
    "<volume>1</volume><dates><year>2001</year></dates></record></Cite></EndNote>"
)
SOURCES = (
    f'<b:Sources xmlns:b="{OFFICE}/bibliography"><b:Source><b:Tag>Alp01</b:Tag>'
    "<b:SourceType>JournalArticle</b:SourceType><b:Title>Clouds</b:Title><b:Year>2001</b:Year>"
    "<b:Author><b:Author><b:NameList><b:Person><b:Last>Alpha</b:Last><b:First>A.</b:First>"
    "</b:Person></b:NameList></b:Author></b:Author><b:JournalName>Skies</b:JournalName>"
    "</b:Source></b:Sources>"
)
MENDELEY = base64.b64encode(json.dumps({"citationItems": [{"itemData": ALPHA}]}).encode()).decode()
FIELDS = {
    "Zotero": complex_field(
        f" ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps({'citationItems': [{'itemData': ALPHA}]})} ",
        "(Alpha, 2001)",
    ),
    "Mendeley": complex_field(
        f"ADDIN CSL_CITATION {json.dumps({'citationItems': [{'itemData': ALPHA}]})}",
        "(Alpha, 2001)",
    ),
    "Mendeley in a control": (
        f'<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_CITATION_v3_{MENDELEY}"/></w:sdtPr>'
        f"<w:sdtContent>{run('(Alpha, 2001)')}</w:sdtContent></w:sdt>"
    ),
    "EndNote": complex_field(f"ADDIN EN.CITE {ENDNOTE}", "(Alpha, 2001)"),
    "EndNote with data": complex_field(
        " ADDIN EN.CITE ",
        "(Alpha, 2001)",
        data=base64.b64encode(ENDNOTE.encode()).decode(),
    ),
}


@pytest.mark.parametrize("name", FIELDS)
def test_fields_of_reference_managers_give_the_work(name: str) -> None:
    found = read(paragraph("See ", FIELDS[name], " here."))[0]
    assert found.text == "See (Alpha, 2001) here."
    cited = found.spans[1].citation
    assert cited
    assert cited.manager == name.split(maxsplit=1)[0]
    work = cited.items[0]
    assert (work["type"], work["title"]) == ("article-journal", "Clouds")
    assert work["author"][0] == {"family": "Alpha", "given": "A."}
    assert work["issued"] == {"date-parts": [[2001]]}
    assert found.spans[0].citation is found.spans[2].citation is None


def test_the_citations_of_word_itself() -> None:
    files = {"customXml/item1.xml": SOURCES.encode()}
    field = complex_field(" CITATION Alp01 \\l 1033 \\m Bet02 ", "(Alpha, 2001)")
    found = read_word(opened(docx(paragraph(field), files=files)))
    cited = found.paragraphs[0].spans[0].citation
    assert cited
    assert cited.keys == ("Alp01", "Bet02")
    assert found.sources["Alp01"] == {
        "type": "article-journal", "author": [{"family": "Alpha", "given": "A."}],
        "title": "Clouds", "container-title": "Skies", "issued": {"date-parts": [[2001]]},
    }  # fmt: skip


@pytest.mark.parametrize(
    "code",
    [
        "ADDIN ZOTERO_ITEM CSL_CITATION {", "ADDIN CSL_CITATION [[[[", "ADDIN EN.CITE <EndNote>",
        'ADDIN ZOTERO_ITEM CSL_CITATION {"citationItems": 7}',
        'ADDIN ZOTERO_ITEM CSL_CITATION {"citationItems": [7, {"itemData": 7}]}',
        "ADDIN EN.CITE <EndNote><!DOCTYPE a></EndNote>",
        "ADDIN ZOTERO_ITEM CSL_CITATION " + "[" * 100_000,
    ],
)  # fmt: skip
def test_a_damaged_field_cites_nothing(code: str) -> None:
    cited = read(paragraph(complex_field(code, "(Alpha, 2001)")))[0].spans[0].citation
    assert cited
    assert cited.items == ()


def test_contents_are_left_out_and_lists_of_references_are_told() -> None:
    found = read(
        paragraph(complex_field(' TOC \\o "1-3" ', "Clouds 1")),
        paragraph("Rain 2", style="Verzeichnis1"),
        paragraph(complex_field(" ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY ", "Alpha")),
    )
    assert [(one.text, one.spans[0].listed) for one in found] == [("Alpha", True)]


def test_open_changes_comments_and_hidden_words_are_told() -> None:
    parts = {
        "comments": '<w:comment w:id="3" w:author="Beta">' + paragraph("Sure?") + "</w:comment>"
    }
    found = read(
        paragraph(
            "a ",
            f'<w:ins w:id="1" w:author="Beta">{run("new ")}</w:ins>',
            '<w:del w:id="2" w:author="Beta"><w:r><w:delText>old</w:delText></w:r></w:del>',
            run("unseen", look="vanish"),
            '<w:commentRangeStart w:id="3"/>',
            "b",
            '<w:r><w:commentReference w:id="3"/></w:r>',
        ),
        parts=parts,
    )[0]
    assert found.text == "a new b"
    assert [(one.what, one.author, one.words) for one in found.open] == [
        ("inserted", "Beta", "new"), ("deleted", "Beta", "old"), ("hidden", "", "unseen"),
        ("Sure?", "Beta", ""),
    ]  # fmt: skip


def test_pages_where_word_has_said_them() -> None:
    mark = "<w:r><w:lastRenderedPageBreak/></w:r>"
    found = read("a", paragraph(mark, "b"), paragraph("c", mark, "d"), "e")
    assert [(one.page, one.last_page) for one in found] == [(1, 1), (2, 2), (2, 3), (3, 3)]
    assert read("a")[0].page == 0


def test_pictures_with_their_words() -> None:
    found = read(
        paragraph(picture("Grey clouds")),
        paragraph(picture(how="link", key="image1")),
        links={"image1": "file:///C:/clouds.png"},
    )
    pictures = [span.picture for one in found for span in one.spans]
    assert [(p.part, p.address, p.alt) for p in pictures if p] == [
        ("/word/media/image1.png", "", "Grey clouds"), ("", "file:///C:/clouds.png", ""),
    ]  # fmt: skip


def test_signs_and_breaks() -> None:
    signs = '<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:noBreakHyphen/><w:sym w:char="F0B7"/>'
    signs += '<w:br w:type="page"/><w:softHyphen/><w:sym w:char="zz"/></w:r>'
    formula = "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"
    assert read(paragraph(signs, formula))[0].text == "a b\n-••x=1"


def test_a_field_that_does_not_end_hides_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert [one.text for one in read(paragraph("a", begin), "b")] == ["a", "b"]


def test_short_paragraphs_in_bold_are_headings() -> None:
    bold = [paragraph(run(words, look="b")) for words in
            ("Clouds", "Counted by hand.", "Table 1: Clouds", "Why? (2)")]  # fmt: skip
    head = paragraph(run("Skies", look="b"))
    found = read(
        *bold[:3], paragraph("Rain", style="berschrift1"), bold[3], table(("x", head)), head, head
    )
    assert [one.level for one in found] == [1, 0, 0, 1, 2, 0, 0, 0, 0]
