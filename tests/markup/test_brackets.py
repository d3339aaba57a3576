"""Citations in double brackets, and bold type that was not read as such."""

import pytest

from sphinx_evidence.markup.brackets import Cited, find_brackets
from sphinx_evidence.markup.emphasis import find_emphasis


def remedies(text: str, *, bracketed: bool = True, markup: str = "myst") -> list[str]:
    cited = [
        Cited(at, f"key{number}", bracketed)
        for number, at in enumerate(at for at, letter in enumerate(text) if letter == "\ufffc")
    ]
    return [slip.remedy for slip in find_brackets(text, cited, ("(", ")"), markup)]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("So (\ufffc).", "{cite:p}`key0`"),
        ("So ( \ufffc ).", "{cite:p}`key0`"),
        ("So (\ufffc; \ufffc).", "{cite:p}`key0,key1`"),
        ("So (\ufffc and \ufffc).", "{cite:p}`key0,key1`"),
        ("So (see \ufffc).", "{cite:p}`{see}key0`"),
        ("So (\ufffc, p. 3).", "{cite:p}`key0{p. 3}`"),
        ("So (the review of \ufffc).", "(the review of {cite:alp}`key0`)"),
        ("So (\ufffc, who says it).", "({cite:alp}`key0`, who says it)"),
        ("So (a (b) \ufffc).", "(a (b) {cite:alp}`key0`)"),
    ],
)
def test_double_brackets(text: str, right: str) -> None:
    assert remedies(text) == [f"Write {right}"]


@pytest.mark.parametrize("text", ["So \ufffc.", "So (a) \ufffc (b).", "(A \ufffc b.)", "(\ufffc"])
def test_single_brackets(text: str) -> None:
    assert remedies(text) == []


def test_role_without_brackets_may_stand_in_some() -> None:
    assert remedies("So (\ufffc).", bracketed=False) == []
    assert remedies("So (\ufffc).", markup="rst") == ["Write :cite:p:`key0`"]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("so ** bold** type", "**bold**"),
        ("so **bold ** type", "**bold**"),
        ("**Note: bold type", "**Note:**"),
    ],
)
def test_bold(text: str, right: str) -> None:
    (slip,) = find_emphasis(text)
    assert right in slip.remedy


@pytest.mark.parametrize(
    "text", ["2 ** 3 and x ** y", "2**3 and x**y", "takes **kwargs", "** p < .01", "f(*args, **kw)"]
)
def test_stars_that_mean_no_bold(text: str) -> None:
    assert list(find_emphasis(text)) == []
