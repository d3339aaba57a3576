"""Surnames of author fields, as authors of .bib files write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.bibtex.utils import split_name_list

from sphinx_evidence.bibliography import surnames as module
from sphinx_evidence.bibliography.surnames import decoded, people_in, surnames

PIECES = st.sampled_from([
    "van", "Berg", "A.", ",", ", ", " ", " and ", " AND ", "{", "}", "\\", "~", "Jr.", "\u00a0",
])  # fmt: skip
LISTS = st.lists(PIECES, max_size=12).map("".join)


@given(LISTS)
def test_simple_names_are_read_as_pybtex_reads_them(value: str) -> None:
    quickly = surnames(value)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "is_simple", lambda _: False)
        assert surnames(value) == quickly


@given(LISTS.filter(lambda value: value.count("{") == value.count("}")))
def test_lists_are_parted_as_pybtex_parts_them(value: str) -> None:
    assert people_in(value) == split_name_list(value) or not value


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("", ()),
        ("Slade, M. and others", ("Slade", "others")),
        ("Mary Ann Leamy and J. Bird", ("Leamy", "Bird")),
        (r"M{\"u}ller, A. and Mart{\'{\i}}n, B.", ("Müller", "Martín")),
        ("van der Berg, C. and Vincent van Gogh", ("van der Berg", "van Gogh")),
        ("Smith, Jones, Brown, Bird", ("Smith, Jones, Brown, Bird",)),
    ],
)
def test_surnames(value: str, names: tuple[str, ...]) -> None:
    assert surnames(value) == (names, False)


def test_an_organisation_stands_in_braces() -> None:
    assert surnames("{World Health Organization}") == (("World Health Organization",), True)


def test_letters_that_cannot_be_read_stay_as_they_are() -> None:
    assert decoded(r"{\'e") == r"{\'e"
    assert decoded("\\") == "\\"
