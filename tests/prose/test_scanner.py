"""Every form of an author-year citation is found, and what only looks like one is not."""

import pytest

from sphinx_evidence.prose.citation import Mention
from sphinx_evidence.prose.scanner import scan

SURE = {
    "As Leamy et al. (2011) say.": ["Leamy et al. (2011)"],
    "Known (Slade, 2009a; NICE, 2022).": ["Slade, 2009a", "NICE, 2022"],
    "Bifarin and Jones's (2018) account": ["Bifarin and Jones's (2018)"],
    "Bifarin and Jones’s (2018) account": ["Bifarin and Jones’s (2018)"],
    "By Erondu & McGraw, 2021, and others": ["Erondu & McGraw, 2021"],
    "So van Weeghel (2019) argues": ["van Weeghel (2019)"],
    "For WHO (2022, p. 3) it is": ["WHO (2022, p. 3)"],
    "O'Brien et al 2024": ["O'Brien et al 2024"],
    "(see Slade, 2009a, 2009b; cited in Repper & Perkins, 2003, p. 5)": [
        "Slade, 2009a, 2009b",
        "Repper & Perkins, 2003",
    ],
    "The World Health Organization [WHO] (2022) reports": [
        "World Health Organization [WHO] (2022)"
    ],
    "(World Health Organization [WHO], 2022)": ["World Health Organization [WHO], 2022"],
    "Slade and colleagues (2009) say": ["Slade and colleagues (2009)"],
    "Slade and her co-workers (2009) say": ["Slade and her co-workers (2009)"],
    "J. Slade (2009a)": ["J. Slade (2009a)"],
    "(Smith, Jones, and Brown, 2010)": ["Smith, Jones, and Brown, 2010"],
    "(Slade, in press)": ["Slade, in press"],
    "(Slade, forthcoming)": ["Slade, forthcoming"],
    "Slade (n.d.) said": ["Slade (n.d.)"],
    "However, Slade (2009) says": ["Slade (2009)"],
    "(Slade 2009: 45)": ["Slade 2009"],
    "(Slade, 2009, pp. 3–4)": ["Slade, 2009"],
    "Slade\u00a0et\u00a0al.\n(2011)": ["Slade\u00a0et\u00a0al.\n(2011)"],
    "[see Slade, 2009]": ["Slade, 2009"],
    "(e.g. Smith-Merry and Sturdy, 2013)": ["Smith-Merry and Sturdy, 2013"],
    "Øverland et al. (2010)": ["Øverland et al. (2010)"],
    "Freud (1900/1953) argued": ["Freud (1900/1953)"],
    "a review by Penas (2019)": ["Penas (2019)"],
    "according to Sayce (1999)": ["Sayce (1999)"],
    "(Department of Health, 2001)": ["Department of Health, 2001"],
    "(National Institute for Health and Care Excellence, 2022)": [
        "National Institute for Health and Care Excellence, 2022"
    ],
    "Leamy, Bird and Slade (2011)": ["Leamy, Bird and Slade (2011)"],
    "As Slade, M. (2009) says": ["Slade, M. (2009)"],
    "(Slade, M., & Leamy, M., 2009)": ["Slade, M., & Leamy, M., 2009"],
    "(Slade [1999] 2009, p. 3)": ["Slade [1999] 2009"],
    "(Slade, to appear)": ["Slade, to appear"],
    "Slade and Leamy (eds., 2009)": ["Slade and Leamy (eds., 2009)"],
    "(Slade, 2009a; Habermas 1981)": ["Slade, 2009a", "Habermas 1981"],
    "(see Slade et al. 2009, p. 3; but also Habermas and Rawls 1981)": [
        "Slade et al. 2009",
        "Habermas and Rawls 1981",
    ],
    "Slade et al. (2009) and against Habermas (1981)": ["Slade et al. (2009)", "Habermas (1981)"],
    "a view that Slade (2009) shares": ["Slade (2009)"],
    "and Gödel (1931) proved that it is so": ["Gödel (1931)"],
    "a report by the Department of Health (2001)": ["Department of Health (2001)"],
    "Rates fell (Snow, 1855).": ["Snow, 1855"],
}

NONE = [
    "The Olympics in Sydney (2000) were",
    "the Olympics (London, 2012)",
    "Freud (1856–1939) lived",
    "the 1990s (1990–1999)",
    "(J. Smith, personal communication, 4 May 2010)",
    "(Smith, personal communication, 2010)",
    "the lion, Panthera leo (Linnaeus, 1758), is",
    "Homo sapiens Linnaeus, 1758",
    "Thelma and Louise (1991) is a film",
    "Alien (1979) frightened people",
    "Windows 2000 and Office (2019)",
    "ISO 9001:2015",
    "the Mental Health Act 1983",
    "the Mental Capacity Act (2005)",
    "(Care Act, 2014)",
    "Figure 2 (2011 data)",
    "(Figure 3, 2011)",
    "in May 2011",
    "(March, 2011)",
    "England, 2001 to 2010",
    "In 2011 people met.",
    "It cost £2,011 in total.",
    "https://example.org/Smith-2010/Leamy_2011",
    "Version 3.2011 of Sphinx",
    "“As Leamy et al. (2011) say,” she read aloud.",
    "Since January, 2010",
    "It is *Rashomon* (dir. Kurosawa, 1950).",
    "In the matter of Smith (1999) EWCA Civ 12",
    "Mabo (1992) 175 CLR 1",
    "For Marx, 1848 was a lesson.",
    "The oak, Quercus robur alba (Linnaeus, 1753), is",
    "They went home (Slade, submitted to pressure)",
    "Sturm und Drang (1776) was",
]


def sure(text: str) -> list[Mention]:
    return [mention for mention in scan(text) if mention.sure]


@pytest.mark.parametrize("text", SURE)
def test_form_is_found(text: str) -> None:
    assert [text[found.start : found.end] for found in sure(text)] == SURE[text]


@pytest.mark.parametrize("text", NONE)
def test_look_alike_is_not_found(text: str) -> None:
    assert sure(text) == []


def test_title_in_italics_is_no_citation() -> None:
    text = "Psycho (1960) describes"
    assert sure(text) != []
    assert [found for found in scan(text, titles=[(0, 6)]) if found.sure] == []


def test_words_round_a_citation() -> None:
    (found,) = scan("(see also Slade, 2009, chap. 2)")
    assert (found.works[0].pre, found.works[0].post) == ("see also", "chap. 2")
    assert found.whole
    assert found.form == "parenthetical"
