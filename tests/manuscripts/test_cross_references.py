"""What the text points to is found under every common form of caption; the message is true."""

import pytest

from sphinx_evidence.manuscripts.cross_references import crossrefs
from sphinx_evidence.manuscripts.plain_text import read


def told(text: str) -> list[str]:
    document = read(text, "x.md")
    return [finding.wrong for finding in crossrefs(document.text, document)]


@pytest.mark.parametrize(
    "caption",
    [
        "Figure 1. Rain", "Figure 1: Rain", "Figure 1 Rain in May", "**Figure 1** Rain",
        "**Figure 1** rain in May", "*Figure 1.* Rain", "![Figure 1. Rain](rain.png)",
        "Figure 1", "Fig. 1 – Rain", "FIGURE 1 | Rain", "Fig 1a. Rain", "### Figure 1. Rain",
        "> **Figure 1:** Rain", "It rained.\nFigure 1: Rain\nIt dried.", "Insert Figure 1 here",
        "<figcaption>Figure 1. Rain</figcaption>", "[Figure 1 about here]", "Figure 1 “Rain”",
        "Figure\u00a01: Rain",
        "**Figure** : Figure 1: Rain", "*Figure* *1:*. Rain", "**Figure** 1. Rain",
        "Supplementary Figure 1. Rain",
        "Figure 1 (a) Rain and (b) snow", "| **Figure 1.** Rain |",
    ],
)  # fmt: skip
def test_forms_of_captions(caption: str) -> None:
    assert told(f"Rain falls, see Figure 1.\n\n{caption}\n\nEnd.") == []


@pytest.mark.parametrize(
    "words",
    ["Figure 1 shows rain", "**Figure 1** shows rain", "Figure 1, panel A, is wet",
     "As we saw in\nFigure 1. Rain"],
)  # fmt: skip
def test_sentences_are_no_captions(words: str) -> None:
    assert len(told(f"Rain falls, see Figure 1.\n\n{words}\n\nEnd.")) == 1


@pytest.mark.parametrize("label", ["S1", "A.1", "1.2", "IV", "A1"])
def test_labels(label: str) -> None:
    assert told(f"See Table {label}.\n\nTable {label}. Rain") == []
    (wrong,) = told(f"See Table {label}.\n\nTable 77. Rain\n\nTable S9. Snow")
    assert (
        wrong == f"“Table {label}” leads nowhere: no caption of Table {label} is in the document."
    )


def test_several_in_one() -> None:
    captions = "\n\nFigure 1. A\n\nFigure 2. B\n\nFigure 3. C"
    assert told(f"Figures 1 and 2, Figs. 2–3.{captions}") == []
    assert len(told(f"Figures 1 and 4.{captions}")) == 1


def test_a_kind_without_any_caption_is_told_once() -> None:
    text = "See Figure 1 and Figure 2, and Figure 1 again.\n\nTable 1. Rain"
    (wrong,) = told(text)
    assert wrong.startswith("“Figure 1” leads nowhere: no caption of any figure is")
    assert wrong.endswith("one at 3 places.")


def test_a_supplement_may_be_a_file_of_its_own() -> None:
    assert told("See Table S2 and Supplementary Figure S1.\n\nTable 1. Rain") == []


def test_numbers_within_chapters() -> None:
    assert (
        told("See Figure 3-1 and Figures 4-5.\n\nFigure 3-1. A\n\nFigure 4. B\n\nFigure 5. C") == []
    )
