"""Which entry plain words mean, and the role that is offered."""

import pytest

from sphinx_evidence.citations.plain_text import Marks, PlainCitation, find_plain_citations
from sphinx_evidence.prose.matching import Library, Work, acronyms

LIBRARY = Library.of(
    [
        Work("anthony1993", ("Anthony",), "1993"),
        Work("darwin1859", ("Darwin",), "1859"),
        Work("leamy2011", ("Leamy", "Bird", "Le Boutillier", "Williams", "Slade"), "2011"),
        Work("nice2022", ("National Institute for Health and Care Excellence",), "2022",
             organisation=True),
        Work("obrien2024", ("O'Brien", "Murphy", "Hunt"), "2024"),
        Work("perkins2012", ("Perkins", "Slade"), "2012"),
        Work("slade2009a", ("Slade",), "2009"),
        Work("slade2009b", ("Slade",), "2009"),
        Work("vanweeghel2019", ("van Weeghel", "van Zelst", "Boertien"), "2019"),
        Work("wang2015", ("王",), "2015"),
        Work("who2022", ("World Health Organization",), "2022", organisation=True),
    ],
    {"NICE": "National Institute for Health and Care Excellence"},
)  # fmt: skip

CERTAIN = {
    "As Leamy et al. (2011) say.": "As {cite:t}`leamy2011` say.",
    "Known (Leamy et al., 2011).": "Known {cite:p}`leamy2011`.",
    "Known (Leamy et al., 2011; Anthony, 1993).": "Known {cite:p}`leamy2011,anthony1993`.",
    "Known (see Perkins & Slade, 2012, p. 3).": "Known {cite:p}`{see}perkins2012{p. 3}`.",
    "Known (Slade, 2009a, 2009b).": "Known {cite:p}`slade2009a,slade2009b`.",
    "Known (NICE, 2022).": "Known {cite:p}`nice2022`.",
    "WHO (2022, p. 3) counts.": "{cite:t}`who2022{p. 3}` counts.",
    "Van Weeghel et al. (2019) say.": "{cite:ct}`vanweeghel2019` say.",
    "O’Brien et al 2024 say.": "{cite:alp}`obrien2024` say.",
    "See (Box 2; Anthony, 1993).": "See (Box 2; {cite:alp}`anthony1993`).",
    "Known (Anthony 1993: 3–9).": "Known {cite:p}`anthony1993{pp. 3–9}`.",
    "Known (Anthony, 1993, § 5).": "Known {cite:p}`anthony1993{§ 5}`.",
    "As Perkins und Slade (2012) say.": "As {cite:t}`perkins2012` say.",
    "Known (Darwin. 1859).": "Known {cite:p}`darwin1859`.",
    "Known (leamy et al., 2011).": "Known {cite:p}`leamy2011`.",
    "Known (see perkins & slade, 2012).": "Known {cite:p}`{see}perkins2012`.",
    "Known (Dar\u200bwin, 1859).": "Known {cite:p}`darwin1859`.",
    "Known \uff08Darwin\u3001\uff11\uff18\uff15\uff19\uff09.": "Known {cite:p}`darwin1859`.",
    "Known (王, 2015).": "Known {cite:p}`wang2015`.",
}

UNMATCHED = {
    "As Leemy et al. (2011) say.": r"leamy2011` (the name is spelt Leamy)",
    "As Leamy et al. (2012) say.": r"leamy2011` (its year is 2011)",
    "As Leamy (2011) says.": r"leamy2011` (it has more authors: Leamy et al.)",
    "As Perkins et al. (2012) say.": r"perkins2012` (it has only 2 authors: Perkins and Slade)",
    "As Perkins and Slate (2012) say.": r"perkins2012` (its authors are Perkins and Slade)",
    "Known (Nobody, 2012).": "Add the work to the .bib file",
    "Darwin (1858) wrote it.": r"darwin1859` (its year is 1859)",
    "The trip of Darwin 1858 was long.": r"darwin1859` (its year is 1859)",
    "Known (nobody et al., 2012).": "Add the work to the .bib file",
    "Known (Nosuch. 2012).": "Add the work to the .bib file",
}


def typed(text: str) -> list[PlainCitation]:
    return list(find_plain_citations(text, LIBRARY, markup="myst"))


def applied(text: str) -> str:
    spans = sorted({found.certain for found in typed(text) if found.certain}, reverse=True)
    for start, end, new in spans:
        text = text[:start] + new + text[end:]
    return text


@pytest.mark.parametrize("text", CERTAIN)
def test_certain_replacement(text: str) -> None:
    assert {found.rule for found in typed(text)} == {"citation-plain"}
    assert applied(text) == CERTAIN[text]
    assert typed(CERTAIN[text]) == []


@pytest.mark.parametrize("text", UNMATCHED)
def test_nearest_entry_and_what_differs(text: str) -> None:
    (found,) = typed(text)
    assert found.rule == "citation-unmatched"
    assert UNMATCHED[text] in found.remedy
    assert found.certain is None


def test_possessive_and_ambiguous_citations_are_not_replaced() -> None:
    for text in ("Perkins and Slade's (2012) account", "Slade (2009) says"):
        (found,) = typed(text)
        assert found.rule == "citation-plain"
        assert found.certain is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("In 1993, Anthony argued that it is so.", "1993, Anthony"),
        ("It was so in the 1993 paper by Anthony.", "1993 paper by Anthony"),
        ("As early as 1993, Anthony had shown it.", "1993, Anthony"),
        ("Anthony argued in 1993 that it is so.", "Anthony argued in 1993"),
        ("It was first described in 1993 by Anthony.", "1993 by Anthony"),
        ("In her 1993 paper, Anthony says so.", "1993 paper, Anthony"),
    ],
)
def test_names_apart_from_their_year_have_to_be_turned(text: str, words: str) -> None:
    (found,) = typed(text)
    assert text[found.start : found.end] == words
    assert found.remedy == "Write {cite:t}`anthony1993`, and turn the sentence around it."
    assert found.certain is None


@pytest.mark.parametrize(
    "text",
    [
        "In 1993, Anthony moved to Leeds.",
        "In 1982, Anthony argued with the mayor.",
        "Anthony said in 1993 that he would go.",
        "It was built in 1993 by Anthony.",
        "The 1993 album by Anthony is worn.",
        "In her 1993 campaign, Anthony promised more.",
        "Writing in 1993, she had doubts.",
    ],
)
def test_what_was_done_in_a_year_is_no_citation(text: str) -> None:
    assert typed(text) == []


def test_words_in_a_link_lead_somewhere_by_themselves() -> None:
    assert (
        list(
            find_plain_citations(
                "Nobody et al. (2012)", LIBRARY, markup="myst", marks=Marks(links=[(0, 20)])
            )
        )
        == []
    )


def test_restructuredtext_gets_its_own_role() -> None:
    (found,) = find_plain_citations("As Anthony (1993) says", LIBRARY, markup="rst")
    assert "Write :cite:t:`anthony1993`." in found.remedy


def test_place_with_a_year_is_let_pass() -> None:
    assert typed("The games of Sydney (2000) and (London, 2012).") == []


def test_acronym_that_the_text_introduces() -> None:
    text = "The National Institute for Health and Care Excellence (NICE) says; (NICE, 2022)."
    assert acronyms(text) == {"NICE": "National Institute for Health and Care Excellence"}


@pytest.mark.parametrize(
    "text",
    [
        "In the matter of Anthony (1993) EWCA Civ 12",
        "For Anthony, 1993 was a lesson.",
        "A storm hit Darwin (1974).",
        "A storm hit Darwin 1974.",
        "Near Port Darwin 1860 was a wet year.",
        "The Darwin 1860 census counted all.",
        "A Darwin 1860 record was sold.",
        "It stood on a hill (in darwin, 1859).",
        "Known (revised, 2012).",
        "Known (北京, 2008).",
        "Known (Univ. 2012).",
        "Known (as told by the Council. 2011 was a year of change).",
    ],
)
def test_words_of_an_entry_that_mean_something_else(text: str) -> None:
    assert typed(text) == []


def test_second_year_is_not_lost() -> None:
    for text in ("Known (Anthony, 1993/1998).", "As Anthony ([1993] 1998) says."):
        assert [found.keys for found in typed(text)] == [("anthony1993",)]
        assert applied(text) == text


def test_work_that_stands_in_one_row_with_another_is_told() -> None:
    text = (
        "Like Anthony (1993) and Habermas (1981), all think so (Anthony, 1993; Habermas 1981) now."
    )
    rules = ["citation-plain", "citation-unmatched"] * 2
    assert [found.rule for found in typed(text)] == rules
    marked = text.replace("Anthony (1993)", "\ufffc").replace("Anthony, 1993", "\ufffc")
    roles = [at for at, letter in enumerate(marked) if letter == "\ufffc"]
    told = list(find_plain_citations(marked, LIBRARY, markup="myst", marks=Marks(roles=roles)))
    assert [found.rule for found in told] == ["citation-unmatched"] * 2
    assert not list(find_plain_citations(marked, LIBRARY, markup="myst"))


def test_misspelt_name_offers_the_work_of_as_many_people_first() -> None:
    works = [
        Work("ferreira2018", ("Ferreira",), "2018", full=("Ferreira Ana",)),
        Work("ferreira2018b", ("Ferreira", "Silva"), "2018", full=("Ferreira Bea", "Silva Rui")),
        Work("lee1980", ("Lee", "Kahn"), "1980", full=("Lee A.", "Kahn B.")),
    ]
    library = Library.of(works)
    (found,) = find_plain_citations("It is so (Ferreria & Silva, 2018).", library, markup="myst")
    assert found.remedy.index("`ferreira2018b`") < found.remedy.index("`ferreira2018`")
    (found,) = find_plain_citations("As Lee and Khan (1981) say", library, markup="myst")
    assert "the name is spelt" not in found.remedy


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("In 1996, William Weld wrote that it helps \ufffc.", 0),
        ("In 1996, William Weld wrote that it helps. So say others \ufffc.", 1),
        ("It began in 1993, as shown by Anthony in 1993 \ufffc.", 0),
        ("It was shown by Perkins and Slade in 2012 \ufffc.", 1),  # which leads to another work
        ("Anthony (1993) \ufffc says so.", 0),
        ("It is so (Anthony, 1993) \ufffc.", 0),
        ("Anthony (1993) says so \ufffc.", 1),
        ("Darwin (1859) \ufffc says so.", 1),
    ],
)
def test_citation_at_the_end_of_a_sentence_stands_for_names_and_a_year_in_it(
    text: str, told: int
) -> None:
    at = text.index("\ufffc")
    marks = Marks(roles=[at], given=[(at, "{see}anthony1993{p. 3}")])
    assert len(list(find_plain_citations(text, LIBRARY, markup="myst", marks=marks))) == told


def test_what_bears_a_name_is_no_citation_though_an_entry_fits() -> None:
    library = Library.of(
        [
            Work("marsh1998", ("Marsh",), "1998", full=("Marsh Ann",)),
        ]
    )
    for text in (
        "Flight Marsh 1998 was late.",
        "The asteroid Marsh (1998) passes by.",
        "Hurricanes Marsh (1998) and Hill were retired.",
        "Write to Marsh, 1998 Hill Street.",
        "Harper v Marsh (1998) was appealed.",
    ):
        assert not list(find_plain_citations(text, library, markup="myst"))
    for text in (
        "It is known from Ann Marsh 1998 that.",
        "Nothing in Marsh's 1998 book prepares the reader.",
        "See Marsh, 1998. It says.",
        "Marsh 1998",
    ):
        assert len(list(find_plain_citations(text, library, markup="myst"))) == 1
    species = "The oak Quercus alba Marsh, 1998 is rare."
    titles = [(8, 20)]
    assert not list(
        find_plain_citations(species, library, markup="myst", marks=Marks(titles=titles))
    )


def test_thing_with_a_number_bears_the_name_in_a_bracket_that_no_entry_has() -> None:
    for text in ("Ward B (Nightingale, 2009) has beds.", "The play (Godot, 1953) was read."):
        assert not typed(text)
    assert typed("As in study 2 (Nightingale, 2009), beds count.")
    assert not typed("According to GBD 2017, it is so.")
