"""Surnames of author fields, as authors of .bib files write them."""

import pytest

from sphinx_evidence.bibliography.surnames import decoded, surnames


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
