"""Four times the document takes no more than about four times the work."""

import pytest

from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.word.archive import opened
from sphinx_evidence.word.comments import commented
from sphinx_evidence.word.document import as_document
from sphinx_evidence.word.findings import word_findings
from sphinx_evidence.word.reading import read_word
from tests.growth import calls
from tests.word.making import complex_field, docx, item, numbering, paragraph, run, table, text_box

pytestmark = pytest.mark.slow  # counts each call of millions

BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
PIECES = {
    "paragraphs": paragraph("a ", run("b", look="i"), " c"),
    "runs": run("a", look="b") + run("b"),
    "fields": complex_field("REF _a", "b"),
    "fields that do not end": BEGIN + SEPARATE + run("a"),
    "text boxes": text_box(paragraph("a")),
    "notes": '<w:r><w:footnoteReference w:id="2"/></w:r>',
    "items": item("a"),
    "tables": table(("a", "b"), ("c", "d")),
    "changes": f'<w:ins w:id="1" w:author="B">{run("a")}</w:ins>',
}


def work(data: bytes) -> int:
    def read(_text: str) -> None:
        document = opened(data)
        manuscript = read_word(document)
        as_document(manuscript, "x")
        findings = list(word_findings(manuscript, "x"))
        findings += [
            Finding("x", one.number, Rule.MANUSCRIPT_YEAR, "W.", "R.", 1, "a")
            for one in manuscript.paragraphs[:20]
        ]
        commented(document, manuscript, findings[:20])

    return calls(read, "")


@pytest.mark.parametrize("name", PIECES)
def test_work_grows_with_the_document(name: str) -> None:
    piece = PIECES[name]
    parts = {
        "numbering": numbering(("decimal", "%1.")),
        "footnotes": f'<w:footnote w:id="2">{paragraph("a")}</w:footnote>',
    }
    whole = piece.startswith(("<w:p>", "<w:tbl>"))
    small, large = (
        work(docx(*[piece] * n if whole else [paragraph(*[piece] * n)], parts=parts))
        for n in (150, 600)
    )
    assert large <= 1.3 * 4 * small
