"""Tables: header cells, row headers, spans, captions."""

from io import BytesIO

import pikepdf
import pytest

from sphinx_evidence.pdf.facts import Facts
from sphinx_evidence.pdf.structure import finished
from tests.pdf.documents import Make, Tag

LIST_TABLE = """# Page

See {numref}`t`.

```{list-table} What was found
:name: t
:header-rows: 1
:stub-columns: 1
:widths: 30 70

* - Name
  - Finding
* - First
  - - one
    - two
* - Second
  - Plain
```
"""
SPANS = """Page
====

+-------+-------+-------+
| Stub  | B     | C     |
+=======+=======+=======+
| tall  | one   | two   |
|       +-------+-------+
|       | three | four  |
+-------+-------+-------+
| wide          | five  |
+---------------+-------+
"""


def cells(tags: list[Tag]) -> list[tuple[str, object]]:
    return [(tag.kind, tag.attributes.get("/Scope")) for tag in tags if tag.kind in {"TH", "TD"}]


def test_list_table(pdf: Make) -> None:
    document = pdf({"page.md": LIST_TABLE})
    assert cells(document.tags) == [
        ("TH", "/Column"), ("TH", "/Column"),
        ("TH", "/Row"), ("TD", None),
        ("TH", "/Row"), ("TD", None),
    ]  # fmt: skip
    assert not any("/Headers" in t.attributes for t in document.tags if t.kind == "TD")
    assert "columns: (30fr, 70fr, )" in document.typst
    assert "See Table 1" in document.text
    assert "Table 1. What was found" in document.text
    assert any(tag.kind == "L" and "TD" in tag.around for tag in document.tags)
    assert "Caption" in document.kinds


def test_table_without_row_headers_keeps_the_names_of_its_column_headers(pdf: Make) -> None:
    document = pdf({"page.md": "# Page\n\n| a | b |\n| - | - |\n| c | d |\n"})
    assert cells(document.tags) == [("TH", "/Column")] * 2 + [("TD", None)] * 2
    assert all("/Headers" in tag.attributes for tag in document.tags if tag.kind == "TD")


def test_spans(pdf: Make) -> None:
    document = pdf({"page.rst": SPANS})
    spans = [
        (tag.attributes.get("/RowSpan", 1), tag.attributes.get("/ColSpan", 1))
        for tag in document.tags if "TBody" in tag.around and tag.kind in {"TH", "TD"}
    ]  # fmt: skip
    assert spans == [(2, 1), (1, 1), (1, 1), (1, 1), (1, 1), (1, 2), (1, 1)]


def test_row_header_that_spans_rows_is_counted_once(pdf: Make) -> None:
    table = "\n".join("   " + line for line in SPANS.splitlines()[3:])
    page = f"Page\n====\n\n.. table:: Spans\n   :name: t\n\n{table}\n\n:numref:`t`\n"
    document = pdf({"page.rst": page})
    # docutils has no stub columns for grid tables: mark them in the finished PDF
    bare = document.path.read_bytes()
    document.path.write_bytes(finished(bare, Facts([1], ["Table 1"], {}, "page")))
    body = [tag for tag in document.tags if "TBody" in tag.around]
    assert [kind for kind, _ in cells(body)] == ["TH", "TD", "TD", "TD", "TD", "TH", "TD"]


def test_tables_that_do_not_match_stop() -> None:
    with pytest.raises(ValueError, match="0 tables, the document 1"):
        finished(empty_pdf(), Facts([1], [], {}, "page"))


def empty_pdf() -> bytes:
    written = BytesIO()
    with pikepdf.new() as document:
        document.Root.StructTreeRoot = pikepdf.Dictionary(K=pikepdf.Array())
        document.save(written)
    return written.getvalue()
