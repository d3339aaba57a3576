"""What pages hold, and what is told of them."""

import pytest

from sphinx_evidence.epub.contents import NotXHTMLError, Page, accessibility, page

NAMESPACE = 'xmlns="http://www.w3.org/1999/xhtml"'


def read(body: str) -> Page:
    return page("a.xhtml", "A", f"<html {NAMESPACE}><body>{body}</body></html>")


def told(body: str, *types: str) -> dict[str, str]:
    return dict(accessibility([read(body)], types))


def test_svg_gets_its_namespace_once() -> None:
    found = read('<svg width="1"><path/></svg> <svg xmlns="http://www.w3.org/2000/svg"/>')
    assert found.text.count('xmlns="http://www.w3.org/2000/svg"') == 2
    assert found.properties == {"svg"}


def test_properties() -> None:
    assert read("<p/>").properties == frozenset()
    assert read('<script src="a.js"/>').properties == {"scripted"}


def test_not_xhtml_is_told_with_the_words_around_it() -> None:
    with pytest.raises(NotXHTMLError, match=r"undefined entity, near 'A&nbsp;B"):
        read("\nA&nbsp;B")


def test_picture_without_words_is_not_called_described() -> None:
    found = told('<img src="a.png"/>', "image/png")
    assert found["accessModeSufficient"] == "textual,visual"
    assert "description in words" not in found["accessibilitySummary"]
    assert told('<img src="a.png" alt=""/>')["accessModeSufficient"] == "textual"


@pytest.mark.parametrize(
    ("body", "types", "hazard"),
    [
        ("<p/>", ["image/svg+xml"], "none"),
        ("<p/>", ["image/gif"], "unknown"),
        ("<video/>", [], "unknown"),
        ("<svg><animate/></svg>", [], "unknown"),
    ],
)
def test_hazard_is_none_only_where_nothing_can_move(
    body: str, types: list[str], hazard: str
) -> None:
    assert told(body, *types)["accessibilityHazard"] == hazard
