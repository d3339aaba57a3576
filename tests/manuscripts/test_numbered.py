"""Citations by number are checked in both directions; other numbers are none."""

import pytest

from sphinx_evidence.manuscripts.audit import audit
from sphinx_evidence.manuscripts.plain_text import read

WORKS = (
    "1. Alpha A, Beta B. Counting clouds. J Skies. 2001;1(2):3-9.",
    "2. Page MJ, et al. The SKY 2020 statement. J Skies. 2021;372:n71.",
    "3. World Cloud Organization. Cloud plan. Smalltown: WCO; 2013.",
    "4. Never CI. Cited. J Skies. 2015;350:h1.",
)
LIST = "\n\n# Reference list\n\n" + "\n".join(WORKS) + "\n"


def found(body: str, listing: str = LIST) -> list[tuple[str, str]]:
    findings = audit(read(body + listing, "x.md"))
    return [(f.rule.removeprefix("manuscript-"), f.words) for f in findings]


@pytest.mark.parametrize(
    "body",
    [
        "Clouds [1] move [2,3] on [4].", "Clouds [1–4].", "Clouds[1-3], [4].", "Clouds [1]–[4].",
        "Clouds [1; 2; 3, p. 5; 4].", "Clouds^1^ move.^2–4^", "Clouds<sup>1,2</sup>.<sup>3,4</sup>",
        "Clouds (1), moons (2,3), rain (4), hail (1), ice (2).^1^",
        "Clouds¹ move.²⁻⁴", r"Clouds \[1\] and \[2-4\].", "Clouds (1), moons (2,3), rain (4).",
        "Clouds [[1]](#a), [2](#b), [3](#c); see ref. 4.", "See references 1, 2 and 3, and [4].",
    ],
)  # fmt: skip
def test_forms_that_cite_all(body: str) -> None:
    assert found(body) == []


@pytest.mark.parametrize(
    "words",
    [
        "95% CI [12, 15]", "in the interval [6, 9]", "in [2019]", "x[7]", "10^12^ m^9^", "m²",
        "[text][9]", "[^9]", "`a [9]`", "(step 9)", "[0, 1]", "n = [7, 9]",
    ],
)  # fmt: skip
def test_other_numbers(words: str) -> None:
    assert found(f"Clouds [1–4] {words}.") == []


def test_missing_and_uncited() -> None:
    assert found("Clouds [1] and [2,3], but [3–6].") == [("number", "[3–6]")]
    assert found("Clouds [1] and [2,3].") == [("uncited", WORKS[3][3:])]


def test_number_twice() -> None:
    listing = LIST.replace("4. Never", "3. Never")
    assert ("number", WORKS[3][3:]) in found("Clouds [1–3].", listing)


def test_markdown_that_counts_for_itself() -> None:
    listing = "\n\nReferences\n\n" + "\n".join(f"1. {work[3:]}" for work in WORKS)
    assert found("Clouds [1–4].", listing) == []


def test_list_that_lost_its_numbers() -> None:
    listing = "\n\nReferences\n\n" + "\n\n".join(work[3:] for work in (WORKS[0], *WORKS[:2]))
    assert found("Clouds [1–3].", listing)[0] == ("number", "")


def test_order_of_first_citations() -> None:
    more = "\n".join(f"{n}. {name} A. Rain. J Skies. 2001;{n}:3-9." for n, name in
                     ((5, "Delta"), (6, "Gamma"), (7, "Zeta")))  # fmt: skip
    body = "Clouds [1], [2], [6], [3], [4], [5], [7]."
    assert [rule for rule, _ in found(body, f"{LIST}{more}\n")] == ["order"]
    assert found("Clouds [1–7].", f"{LIST}{more}\n") == []


def test_thousands_of_numbers() -> None:
    count = 1200
    works = "\n".join(f"{n}. Alpha A. Rain. J Skies. 2001;{n}:3-9." for n in range(1, count + 1))
    assert found(f"Clouds [1–{count}].", f"\n\nReferences\n\n{works}\n") == []
    assert found(f"Clouds [1–{count + 1}].", f"\n\nReferences\n\n{works}\n") == [
        ("number", f"[1–{count + 1}]")
    ]
