"""How pages are written: each fault at its place, and none on what only looks like one."""

import pytest

from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.rulebook import Explanation, explanations
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.style.page import read
from sphinx_evidence.style.settings import StyleSettings
from sphinx_evidence.style.writing import check_page, suppressions_of

RULES = [rule for rule in explanations().values() if rule.part == "style"]
WORDING = {"the mentally ill": "people who are ill", "sufferers?": "people who suffer"}


def check(text: str, most: int = 12) -> list[Finding]:
    return check_page(read(text), "a.md", StyleSettings(most, WORDING))


def found(text: str, rule: Rule) -> list[tuple[int, int]]:
    return [(f.line, f.column) for f in check(text, most=800) if f.rule is rule]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule)
def test_examples_of_rules(rule: Explanation) -> None:
    assert rule.rule in {finding.rule for finding in check(rule.wrong.strip())}
    assert rule.rule not in {finding.rule for finding in check(rule.right.strip())}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The sea rose. The moon fell.", (1, 15)),
        ("The sea\nrose. It fell.", (2, 7)),
        ("Who knows? The moon does.", (1, 12)),
        ("It rose in 2011. The moon fell.", (1, 18)),
        ("It rose {cite:p}`a2001`. The moon fell.", (1, 26)),
        ("It rose. {cite:t}`a2001` say so.", (1, 10)),
        ("It rose. *Tides* is a book.", (1, 10)),
        ("It rose. “Tides” is a word.", (1, 10)),
        ("It rose. [Tides](tides.md) tells more.", (1, 10)),
        ("It rose (see Table 1). The moon fell.", (1, 24)),
        ("It rose.[^1] The moon fell.", (1, 14)),
        ("It rose. `a` fell. {cite:p}`a2001`", (1, 10)),
        ("(It rose.) It rose, tides etc. The moon fell.", (1, 32)),
        ("- It rose. The moon fell.", (1, 12)),
        ("1. One\n   - It rose. The moon fell.", (2, 15)),
        ("> It rose. The moon fell.", (1, 12)),
        ("Term\n: It rose. The moon fell.", (2, 12)),
        ("[^1]: It rose. The moon fell.", (1, 16)),
        ("```{note}\n:name: it\n\nIt rose. The moon fell.\n```", (4, 10)),
        ("```{note}\n---\nname: it\n---\nIt rose. The moon fell.\n```", (5, 10)),
        (":::{box} Tides\nIt rose. The moon fell.\n:::", (2, 10)),
        ("::::{grid}\n:::{card}\nIt rose. The moon fell.\n:::\n::::", (3, 10)),
        ("- One:\n\n  ```{note}\n  It rose. The moon fell.\n  ```", (4, 12)),
        ("---\ntitle: It\n---\n\nIt rose. The moon fell.", (5, 10)),
        ("It rose.\r\nIt rose. The moon fell.", (2, 10)),
        ("Ärzte sagten es. Österreich folgte.", (1, 18)),
    ],
)
def test_a_second_sentence_on_a_line(text: str, place: tuple[int, int]) -> None:
    assert found(text, Rule.STYLE_SENTENCE) == [place]


@pytest.mark.parametrize(
    "text",
    [
        "The sea rose.\nThe moon fell.",
        "See e.g. Tides, i.e. The Book, cf. Smith, and Leamy et al. Their work is long.",
        "J. R. Smith and St. Andrews, Dr. Who, the U.S. Army, vol. 3, p. 4, No. 5, Prof. Smith.",
        "In Sept. 2012, at 9 a.m. Paris time, and vs. Smith.",
        "It rose … The moon fell, and so on ... The end.",
        "See https://example.org/A.B?C. and www.example.org/It.Is now.",
        "The files a.b.md. and `It is. The code`, and {ref}`It rose. The moon <tides>`.",
        "``It `rose`. The moon`` is code.",
        "As *What works? A review* and _Is it so? A reply_ say.",
        "As [What works? A review](https://example.org/what.Works) says.",
        "**Summary.** The sea rose.",
        "They said “It rose. The moon fell.” and ‘It’s high. The moon’s low.’ to us.",
        'They said "It rose. The moon fell." to us.',
        "They asked (why? The moon) and went.",
        "Version 2.0 is 3.5 kg; well.being is 20 %.",
        "“What is hope?” Smith asks.",
        "It rose. {cite:p}`a2001`",
        "It rose. (As they say.)",
        "It rose. [^1]\nThe moon fell.",
        "# What works? A review\n",
        "What works? A review\n====================\n",
        "| It rose. The moon fell. | Two |\n| --- | --- |\n| It rose. The moon fell. | Two |",
        "```\nIt rose. The moon fell.\n```",
        "```{code-block} text\nIt rose. The moon fell.\n```",
        "```{figure} a.svg\n:alt: It rose. The moon fell.\n```",
        "```{toctree}\nIt rose. The moon fell <a>\n```",
        "    It rose. The moon fell.",
        "% It rose. The moon fell.",
        "+++ It rose. The moon fell.",
        "(It. Rose)=",
        "<!-- It rose. The moon fell. -->",
        "<div>It rose. The moon fell.</div>",
        "[tides]: https://example.org 'It rose. The moon fell.'",
        "![It rose](a.png 'It rose. The moon fell.')",
        "---\ntitle: It rose. The moon fell.\n---",
        "{#it .rose}\n# Tides",
    ],
)
def test_one_sentence_a_line(text: str) -> None:
    assert found(text, Rule.STYLE_SENTENCE) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("# Tides\n\n{.summary}\nOne.\nTwo.\nThree.\n", []),
        ("% a remark\n\n# Tides\n\n{.summary}\nOne, e.g. It, by J. Smith.\n", []),
        ("---\na: b\n---\n\n(tides)=\n# Tides\n\n{.first .summary}\nOne. Two. Three.\n", []),
        ("# Tides\n\n{.summary}\nOne.\nTwo.\nThree. Four.\nFive.\n", [(6, 8)]),
        ("# Tides\n\nOne.\n", [(1, 3)]),
        ("# Tides\n", [(1, 3)]),
        ("", [(1, 1)]),
        ("# Tides\n\nOne.\n\n{.summary}\nTwo.\n", [(1, 3)]),
        ("# Tides\n\n## {.summary}\n\nOne.\n", [(1, 3)]),
    ],
)
def test_summary(text: str, places: list[tuple[int, int]]) -> None:
    assert found(text, Rule.STYLE_SUMMARY) == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("# A\n\nOne.\n\nRead [on](b.md).\n\n", []),
        ("# A\n\n- Read [on](b.md#part)\n", []),
        ("# A\n\nRead {doc}`b`.\n\n% a remark\n", []),
        ("# A\n\nRead [on [1]](b.md).\n", []),
        ("# A\n\nRead [on](https://example.org).\n", [(3, 1)]),
        ("# A\n\n![Tides](tides.png)\n", [(3, 1)]),
        ("# A\n\nRead [on](b.md).\nThe end.\n", [(4, 1)]),
        ("# A\n\nRead [on](b.md).\n\n```{note}\nThe end.\n```\n", [(5, 1)]),
        ("# A\n\n- one\n- two\n", [(3, 1)]),
        ("", [(1, 1)]),
    ],
)
def test_onward(text: str, places: list[tuple[int, int]]) -> None:
    assert found(text, Rule.STYLE_ONWARD) == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Sufferers rest.", [(1, 1)]),
        ("So\nthe mentally\nill rest.", [(2, 1)]),
        ("> a\n\nA *sufferer* rests.", [(3, 4)]),
        ("## Sufferers\n", [(1, 4)]),
        ("| a | sufferer |\n| - | - |\n| b | sufferer |", [(1, 7), (3, 7)]),
        (
            "```{note} A sufferer\n:alt: One sufferer\n\nOne sufferer\n```",
            [(1, 13), (2, 11), (4, 5)],
        ),
        ("The [sufferers](a.md) rest.", [(1, 6)]),
        ("“One” sufferer, “two” sufferers", [(1, 7), (1, 23)]),
        ("An unclosed “quotation\n\nA sufferer", [(3, 3)]),
        ('“The sufferers”, ‘its sufferer’s’ and "the mentally\nill" are quoted.', []),
        ("> The sufferers are quoted.", []),
        ("`sufferer` and {cite:p}`sufferers2001` and [one](sufferers.md)", []),
        ("https://example.org/sufferers and sufferers.svg and insufferers", []),
        ("% sufferers\n\n<!-- sufferers -->\n\n```\nsufferers\n```", []),
        ("```{figure} sufferers.svg\n:name: sufferers\n```", []),
    ],
)
def test_wording(text: str, places: list[tuple[int, int]]) -> None:
    assert found(text, Rule.STYLE_WORDING) == places


def test_messages_say_what_to_type() -> None:
    text = "# Tides\n\n{.summary}\nOne. The mentally ill rest by the wide wide wide sea."
    said = "\n".join(f"{finding.place} {finding}" for finding in check(text, most=11))
    assert (
        said
        == """\
a.md:1:3 The page has 12 words; evidence_page_words allows 11. \
Shorten it, or move a part of it to a page of its own.
a.md:4:1 The last line of the page leads to no other page. \
End it with a link to the page to read next, such as [its title](its-name.md).
a.md:4:6 A second sentence begins on this line. Begin a new line before “The mentally ill”.
a.md:4:6 “The mentally ill” is not how this project puts it. Write people who are ill."""
    )


def test_a_remark_in_an_example_is_none() -> None:
    remark = "% evidence-ignore: style-onward -- a list"
    text = f"{remark}\n\n````\n{remark}\n````\n\n```{{note}}\n{remark}\nIt.\n```\n"
    assert [each.line for each in suppressions_of(read(text), "a.md")] == [1, 8]


@pytest.mark.parametrize("sign", ["“", "‘", "`", "[", "(", "*", "_", "<", "a.", "> ", "- ", '"'])
def test_hostile_text_is_read_in_time(sign: str) -> None:
    check(f"# A\n\n{sign * 3000}")
