"""What each word is for that the rules on entries know."""

import pytest

from sphinx_evidence.bibliography.entry_types import check_types
from sphinx_evidence.bibliography.fields import check_fields
from sphinx_evidence.bibliography.known import (
    GIVEN_NAMES,
    PRINTED,
    SURNAMES,
    TYPES,
    UNPRINTED,
    misspelt,
)
from sphinx_evidence.bibliography.names import check_name
from sphinx_evidence.bibliography.reader import read
from sphinx_evidence.rulebook.rule import Rule

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
    "notes of the reader": "notes",
    "publishers": "authorid published",
}

GIVEN = """
Alison Amanda Angela Barbara Catherine Christine Ciaran Claire Deborah Diane Elizabeth
Emily Emma Fiona Helen Jennifer Jessica Julia Julie Karen Katherine Laura Linda
Louise Margaret Melissa Michelle Nicola Nicole Patricia Rachel Rebecca Samantha
Sandra Sarah Stephanie Susan Teresa Victoria
"""
SURNAME = "Davies Evans Hughes Johnson Jones Roberts Robinson Smith Thompson Williams"
# The wrong way round, as an author field has them.
TURNED = [
    *(f"{name}, Ogawa" for name in GIVEN.split()),
    *(f"Jo, {name}" for name in SURNAME.split()),
]


@pytest.mark.parametrize("kind", sorted(" ".join(KINDS.values()).split()))
def test_type_is_no_slip(kind: str) -> None:
    assert list(check_types(read(f"@{kind}{{a, title={{One}}}}\n", "x.bib"))) == []


@pytest.mark.parametrize("field", sorted(" ".join(FIELDS.values()).split()))
def test_field_that_is_not_printed_is_no_slip_of_one_that_is(field: str) -> None:
    assert misspelt(field, PRINTED)
    assert list(check_fields(read(f"@misc{{a, title={{One}}, {field}={{x}}}}\n", "x.bib"))) == []


@pytest.mark.parametrize(
    "field", ["isbn2", "url2", "doi_old", "eisbn", "xtitle", "l-title", "fjournal", "mrnumber"]
)
def test_field_of_ones_own_is_no_slip_of_one_that_is_printed(field: str) -> None:
    assert misspelt(field, PRINTED) or "-" in field or "_" in field
    assert list(check_fields(read(f"@misc{{a, title={{One}}, {field}={{x}}}}\n", "x.bib"))) == []


@pytest.mark.parametrize("person", TURNED)
def test_name_the_wrong_way_round_is_found_and_the_right_way_is_not(person: str) -> None:
    first, _, second = person.partition(", ")
    (found,) = check_name(person)
    assert found[0] is Rule.BIB_GIVEN_NAME
    assert found[2] == f"If so, write {second}, {first}"
    assert list(check_name(f"{second}, {first}")) == []


def test_nothing_is_known_that_has_no_use() -> None:
    assert set(" ".join(KINDS.values()).split()) == TYPES
    assert set(" ".join(FIELDS.values()).split()) == UNPRINTED
    assert set(GIVEN.casefold().split()) == GIVEN_NAMES
    assert set(SURNAME.casefold().split()) == SURNAMES
