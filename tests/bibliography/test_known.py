"""What each word is for that the rules on entries know."""

import pytest

from sphinx_evidence.bibliography.entry_types import check_types
from sphinx_evidence.bibliography.fields import check_fields
from sphinx_evidence.bibliography.known import PRINTED, TYPES, UNPRINTED, misspelt
from sphinx_evidence.bibliography.reader import read

# Who writes these types; nobody's slip may be among them.
KINDS = {
    "BibTeX": "article book booklet conference inbook incollection inproceedings manual "
    "mastersthesis misc phdthesis proceedings techreport unpublished",
    "biblatex": "artwork audio bibnote bookinbook collection commentary customa customb customc "
    "customd custome customf dataset electronic image inreference jurisdiction legal legislation "
    "letter movie music mvbook mvcollection mvproceedings mvreference online patent performance "
    "periodical reference report review set software standard suppbook suppcollection "
    "suppperiodical thesis video www xdata",
    "ACM": "artifactdataset artifactsoftware",
    "reference managers": "preprint talk webpage",
}
FIELDS = {
    "biblatex": "editora editorb editorc isan ismn isrn issn sorttitle volumes",
    "MathSciNet": "fjournal mrnumber",
    "Zotero, for zbMATH": "zmnumber",
    "notes of the reader": "notes",
    "publishers": "authorid eisbn published url2",
}


@pytest.mark.parametrize("kind", sorted(" ".join(KINDS.values()).split()))
def test_type_is_no_slip(kind: str) -> None:
    assert list(check_types(read(f"@{kind}{{a, title={{One}}}}\n", "x.bib"))) == []


@pytest.mark.parametrize("field", sorted(" ".join(FIELDS.values()).split()))
def test_field_that_is_not_printed_is_no_slip_of_one_that_is(field: str) -> None:
    assert misspelt(field, PRINTED)
    assert list(check_fields(read(f"@misc{{a, title={{One}}, {field}={{x}}}}\n", "x.bib"))) == []


def test_nothing_is_known_that_has_no_use() -> None:
    assert set(" ".join(KINDS.values()).split()) == TYPES
    assert set(" ".join(FIELDS.values()).split()) == UNPRINTED
