"""Which citations become roles: those that exactly one entry fits, and no others."""

import pytest

from sphinx_evidence.importing.citing import apart, roles
from sphinx_evidence.manuscripts.plain_text import read
from sphinx_evidence.manuscripts.reference_list import find_reference_list

LIST = """

References

Alpha, A. (2001) Clouds. *Skies*, 1(2), 3-9.

Beta, B. and Delta, D. (2004a) Stars. *Skies*, 4(2), 5-8.

Gamma, G., Eta, E. and Zeta, Z. (2006) Rain. *Skies*, 6(2), 7-9.
"""
KEYS = ("alpha2001", "beta2004", "gamma2006")
NUMBERED = """

References

1. Alpha A. Clouds. J Skies. 2001;1(2):3-9.
2. Beta B. Stars. J Skies. 2004;4(2):5-8.
"""


def cited(text: str, listed: str = LIST) -> list[tuple[str, str]]:
    document = read(text + listed, "paper.md")
    listing = find_reference_list(document)
    assert listing
    keys = KEYS[: len(listing.entries)]
    return [
        (document.text[role.start : role.end], role.text)
        for role in apart((), roles(document, listing, keys))
    ]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Alpha (2001)", "{cite:t}`alpha2001`"),
        ("Alpha (2001, p. 5)", "{cite:t}`alpha2001{p. 5}`"),
        ("(Alpha, 2001)", "{cite:p}`alpha2001`"),
        ("(see Alpha, 2001; Gamma et al., 2006)", "{cite:p}`{see}alpha2001,gamma2006`"),
        ("(Beta and Delta, 2004a, pp. 4-5)", "{cite:p}`beta2004{pp. 4-5}`"),
    ],
)
def test_certain(text: str, role: str) -> None:
    assert cited(f"So {text} says.") == [(text, role)]


@pytest.mark.parametrize(
    "text",
    [
        "So (Alpha, 2002) says.", "So (Alpha, 2001; Kappa, 2001) says.", "Alpha's (2001) view.",
        "The Alpha report (2001).",
        "So (Alpha, 2001, and they were right) says.", "# Alpha (2001)\n\nText.",
        "So (Alpha, 2001, in the 3rd of {his} books) says.",
    ],
)  # fmt: skip
def test_not_certain(text: str) -> None:
    assert cited(text) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [("[1]", "{cite:p}`alpha2001`"), ("[1, 2]", "{cite:p}`alpha2001,beta2004`"),
     ("^1–2^", "{cite:p}`alpha2001,beta2004`")],
)  # fmt: skip
def test_numbers(text: str, role: str) -> None:
    assert cited(f"Clouds are counted {text}.", NUMBERED) == [(text, role)]


def test_a_number_that_the_list_does_not_have() -> None:
    assert cited("Clouds are counted [1, 7].", NUMBERED) == []
