"""Every construct of a page arrives in the PDF."""

import pytest

from tests.pdf.documents import Make

HOSTILE = r"""# Title with # $ @ ] [ " \ *

Quotes "here" and 'there', C:\\path\\new, #let x = 1, $ 5 $,
@label, \<label\>, ]) [, `#raw("]")`, ~a~, //x, /\* y \*/, 🙂 done.

```text
#import "x" ] $ \n
    indented
```
"""


def test_hostile_text_arrives_unharmed(pdf: Make) -> None:
    document = pdf({"page.md": HOSTILE}, smartquotes=False)
    text = document.text
    assert 'Title with # $ @ ] [ " \\ *' in text
    for words in (
        "Quotes \"here\" and 'there'", r"C:\path\new", "#let x = 1", "$ 5 $", "@label", "<label>",
        "]) [", '#raw("]")', "~a~", "//x", "/* y */", "🙂 done.", r'#import "x" ] $ \n',
    ):  # fmt: skip
        assert words in text
    assert document.warnings == ""


@pytest.mark.parametrize(
    ("page", "words", "kinds"),
    [
        ("{.summary}\nIn short.\n", ["In short."], ["P"]),
        ("*one* **two** ~~three~~".replace("~~", ""), ["one two three"], ["Em", "Strong"]),
        ("{sub}`low` {sup}`high` {title-reference}`Book`", ["low high Book"], ["Span", "Em"]),
        ("{abbr}`WHO (World Health Organization)`", ["WHO (World Health Organization)"], []),
        ("- one\n- two\n\n  more\n  - nested", ["one", "more", "nested"], ["L", "LI", "LBody"]),
        ("3. three\n4. four", ["3. three 4. four"], ["L"]),
        ("Term\n: Meaning\n\n  More of it", ["Term", "Meaning", "More of it"], ["L", "Lbl"]),
        (":Field: value\n:Other: more", ["Field: value", "Other: more"], ["L"]),
        ('{attribution="A source"}\n> Quoted.\n', ["Quoted.", "— A source"], ["BlockQuote"]),
        ("> Quoted.\n", ["Quoted."], ["BlockQuote"]),
        ("```{note}\nTake note.\n```", ["Note Take note."], ["P"]),
        ("```{admonition} Mind this\nText.\n```", ["Mind this Text."], ["P"]),
        ("```{topic} Aside\nText.\n```", ["Aside Text."], ["P"]),
        ("```{rubric} A rubric\n```\n", ["A rubric"], ["P"]),
        ("Above\n\n---\n\nBelow", ["Above Below"], []),
        ("% a comment\n\nShown", ["Shown"], []),
        ("```{raw} typst\n#upper[shown]\n```\n\n```{raw} latex\nhidden\n```", ["SHOWN"], []),
        ("{cite}`x`".replace("{cite}`x`", "`code`"), ["code"], []),
        ("```{container} any\nInside.\n```", ["Inside."], ["P"]),
        ("```{compound}\nInside.\n```", ["Inside."], ["P"]),
        ("```{code-block} python\n:caption: Listing\nx = 1\n```", ["Listing", "x = 1"], ["Code"]),
        ("```{only} html\nNo\n```\n```{only} pdf\nYes\n```", ["Yes"], []),
        ("```{card} Title\n:footer: Foot\nBody\n```", ["Title Body", "Foot"], []),
        ("```{contents}\n:local:\n```\n\n## Sub", ["Sub"], ["H2"]),
    ],
)
def test_construct(pdf: Make, page: str, words: list[str], kinds: list[str]) -> None:
    extensions = ["attrs_block", "deflist", "colon_fence", "fieldlist"]
    document = pdf({"page.md": f"# Page\n\n{page}\n"}, myst_enable_extensions=extensions)
    for expected in words:
        assert expected in document.text
    assert set(kinds) <= set(document.kinds)
    assert "hidden" not in document.text
    assert document.warnings == ""


def test_restructuredtext_constructs(pdf: Make) -> None:
    page = (
        "Page\n====\n\n| First line\n| Second line\n|   Inner line\n\n"
        "a) lower\n#) next\n\n(i) roman\n\n"
        "term : kind\n  Definition.\n\n"
        ".. sidebar:: Beside\n\n   Text.\n\n"
        "A |sub|.\n\n.. |sub| replace:: substitution\n\n"
        ".. [Cit] The work cited.\n\nSee [Cit]_.\n\n"
        ".. figure:: picture.svg\n   :alt: A square\n"
        "   :width: 50%\n\n   The caption.\n\n   The legend.\n"
    )
    document = pdf({"page.rst": page})
    for words in (
        "First line Second line Inner line", "a) lower b) next", "(i) roman", "term (kind)",
        "Beside Text.", "A substitution.", "The work cited.", "Fig. 1. The caption.", "The legend.",
    ):  # fmt: skip
        assert words in document.text
    assert "width: 50%" in document.typst
    assert document.warnings == ""


def test_box_is_numbered_and_linked(pdf: Make) -> None:
    page = "# Page\n\n{numref}`b` says it.\n\n```{box} Hope\n:name: b\nWords.\n```\n"
    document = pdf({"page.md": page})
    assert "Box 1 says it. Box 1: Hope Words." in document.text
    assert document.warnings == ""


def test_box_without_numbers(pdf: Make) -> None:
    document = pdf({"page.md": "# Page\n\n```{box} Hope\nWords.\n```\n"}, numfig=False)
    assert "Hope Words." in document.text


def test_images_carry_their_alternative_text(pdf: Make) -> None:
    page = (
        "# Page\n\n![A square](picture.svg) in a line.\n\n"
        "```{figure} picture.svg\n:alt: Another\n```\n"
    )
    document = pdf({"page.md": page})
    assert [tag.alt for tag in document.tags if tag.kind == "Figure"] == ["A square", "Another"]


def test_linked_image_in_a_figure(pdf: Make) -> None:
    page = (
        "# Page\n\n```{figure} picture.svg\n:alt: A square\n"
        ":target: https://example.org/\n:width: 30px\n```\n"
    )
    document = pdf({"page.md": page})
    assert "https://example.org/" in document.links
    assert "22.5pt" in document.typst


# -- Links ------------------------------------------------------------------------


def test_links_within_and_between_pages(pdf: Make) -> None:
    pages = {
        "one.md": "(here)=\n# One\n\n[two](two.md) "
        "[inner](two.md#inner-part) [own](#later) {ref}`here`\n\n"
        "## Later\n\nWords, and [the web](https://example.org/a?b=1&c=%20).\n",
        "two.md": "# Two\n\n## Inner part\n\n{ref}`here` [](one.md)\n",
    }
    document = pdf(pages)
    assert document.warnings == ""
    for target in ("two#two", "two#inner-part", "one#later", "one#here"):
        assert f'#goto("{target}"' in document.typst
    assert "https://example.org/a?b=1&c=%20" in document.links
    assert "https" not in document.text  # the address is not printed


def test_same_id_on_two_pages_is_told_apart(pdf: Make) -> None:
    pages = dict.fromkeys(("a.md", "b.md"), "# Page\n\n## Same\n\n[go](#same)[^1]\n\n[^1]: Note.\n")
    document = pdf(pages)
    assert '#goto("a#same"' in document.typst
    assert '#goto("b#same"' in document.typst


def test_glossary_terms_are_link_targets(pdf: Make) -> None:
    pages = {
        "a.md": "# A\n\nWhat {term}`hope` means.\n",
        "b.md": "# B\n\n```{glossary}\nhope\nhopes\n"
        "  Looking forward.\n\nfear\n  Looking back.\n```\n",
    }
    document = pdf(pages)
    assert '#goto("b#term-hope"' in document.typst
    assert "hope hopes Looking forward. fear Looking back." in document.text
    assert document.warnings == ""


def test_footnote_is_set_once_and_referred_to_twice(pdf: Make) -> None:
    page = (
        "# Page\n\nOne[^a] and again[^a] and two[^b].\n\n"
        "[^a]: The *note*.\n[^b]: Other.\n\n    More.\n"
    )
    document = pdf({"page.md": page})
    assert document.text.count("The note.") == 1
    assert document.kinds.count("Note") == 2
    assert "More." in document.text


def test_grid_cards_link_by_their_titles(pdf: Make) -> None:
    page = (
        "# Page\n\n::::{grid} 2\n:::{grid-item-card} Read\n"
        ":link: other\n:link-type: doc\nOne\n:::\n"
        ":::{grid-item-card}\n:link: https://example.org/\n:link-alt: Outside\nTwo\n:::\n::::\n"
    )
    document = pdf({"page.md": page, "other.md": "# Other\n"})
    assert '#goto("other#other"' in document.typst
    assert "https://example.org/" in document.links
    for words in ("Read", "One", "Outside", "Two"):
        assert words in document.text


def test_reference_list(pdf: Make) -> None:
    page = (
        "# Page\n\n{.references}\n- First work.\n\n"
        "  {.reference-status}\n  Confirmed.\n\n  {.reference-checked}\n  Seen.\n- Second work.\n"
    )
    document = pdf({"page.md": page})
    assert "#references(" in document.typst
    assert "#reference-notes(" in document.typst
    assert "First work. Confirmed. Seen. Second work." in document.text
    assert document.kinds.count("LI") == 2
    brief = pdf({"page.md": page}, evidence_pdf_documents=[{"name": "a", "brief_references": True}])
    assert "First work. Confirmed. Second work." in brief.text
