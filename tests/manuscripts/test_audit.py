"""A document's citations against its own list, both ways; hostile text is read."""

import tomllib
from pathlib import Path

import pytest

from sphinx_evidence import rulebook
from sphinx_evidence.manuscripts.audit import audit
from sphinx_evidence.manuscripts.plain_text import read

HERE = Path(__file__).parent
PAPER = (HERE / "paper.md").read_text("utf-8")
RULES = [rule for rule in rulebook.explanations().values() if rule.part == "manuscripts"]


def found(text: str) -> list[tuple[int, str, str]]:
    return [(f.line, f.rule, f.words) for f in audit(read(text, "paper.md"))]


def test_paper_has_the_expected_findings_and_no_others() -> None:
    expected = tomllib.loads((HERE / "expected.toml").read_text("utf-8"))["finding"]
    assert found(PAPER) == [(e["line"], e["rule"], e["words"]) for e in expected]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_and_byte_order_mark_change_nothing(end: str) -> None:
    assert found("\ufeff" + PAPER.replace("\n", end)) == found(PAPER)


def test_column_is_that_of_the_words() -> None:
    lines = PAPER.splitlines()
    for finding in audit(read(PAPER, "paper.md")):
        first = finding.words.split()[0]
        assert lines[finding.line - 1][finding.column - 1 :].lstrip("*").startswith(first)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule)
def test_examples_of_rules(rule: rulebook.Explanation) -> None:
    assert {name for _, name, _ in found(rule.wrong)} == {rule.rule}
    assert found(rule.right) == []


LIST = (
    "\n\nReferences\n\nAlpha, A. (2001) Clouds. *Skies*, 1(2), 3-9.\n\nWHO (2020) Stars. *Sky*.\n"
)


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        ("Alpha (2001) and the World Health Organization (2020) agree.", []),
        ("The World Health Organization (2021) agrees with Alpha (2001).", ["year"]),
        ("Alpha (2001) is alone.", ["uncited"]),
        ("The WHO report (2020) agrees with Alpha's later work (2001).", []),
        ("See Table 2 of Alpha (2001) and WHO (2020, Table 3).", []),
        ("It is available at any time (Alpha, 2001; WHO, 2020).", []),
        ("[Click here](https://example.org) (Alpha, 2001; WHO, 2020).", []),
        ("The Olympics in Sydney (2000) (Alpha, 2001; WHO, 2020).", []),
        ("The Kite Flying Network (2012) and Alpha (2001), WHO (2020).", ["unlisted"]),
        ("Gamma and Delta (2012) and Alpha (2001), WHO (2020).", ["unlisted"]),
        ("Showalter (1985) is elsewhere (Alpha, 2001; WHO, 2020).", ["unlisted"]),
        ("*Inception* (2010) is a film (Alpha, 2001; WHO, 2020).", []),
        ("The Blitz (1940) is over (Alpha, 2001; WHO, 2020).", []),
        ("Stars move (Alpha 2001; WHO 2020; Gamma 1985).", ["unlisted"]),
        ("In Paris (1793) (Alpha 2001; WHO 2020).", []),
        ("As `Gamma (1985)` shows (Alpha, 2001; WHO, 2020).", []),
        ("See Appendix A (Alpha, 2001; WHO, 2020), and Appendix B.", ["crossref"]),
        ("See Appendix A (Alpha, 2001; WHO, 2020).\n\n## Appendix A Clouds\n\nRain.", []),
        ("See the appendix a friend made (Alpha, 2001; WHO, 2020).", []),
        ("(Gamma and Alpha, 2001) (Alpha, 2001; WHO, 2020).", ["unlisted"]),
        ("Fires (over 1,000 Acres, 2015) (Alpha, 2001; WHO, 2020).", []),
        ("The Kite Panel Studies (2014, 2018) count (Alpha, 2001; WHO, 2020).", []),
        ("Stars (KITE 2019) (Alpha 2001; WHO 2020).", []),
        ("A Kite Network (2012) was founded (Alpha, 2001; WHO, 2020).", []),
        ("R (R Kite Team, 2012) and (Alpha, 2001; WHO, 2020).", ["unlisted"]),
        ("R (R Kite Team, 2012) and (Alpha 2001; WHO 2020).", []),
        ("A day (United Nations, 2014) (Alpha, 2001; WHO, 2020).", ["unlisted"]),
        ("In (New Zealand, 2014) (Summer Rain, 2011) (Alpha, 2001; WHO, 2020).", []),
        ("Gamma *et al*., 2007 and (Alpha, 2001; WHO, 2020).", ["unlisted"]),
        ("(Alpha *et al*., 2001; WHO, 2020).", ["name"]),
        ("(Gamma et al ., 2007; Alpha, 2001; WHO, 2020).", ["unlisted"]),
        ("(Gamma et al.2007; Alpha, 2001; WHO, 2020).", ["unlisted"]),
        ("Gamma, Delta & Eta,, 2007 (Alpha,, 2001; WHO, 2020).", ["unlisted"]),
        ("Alpha Jr. (2001) and (Alpha III, 2001; WHO, 2020).", []),
        ("(Gamma and Alpha Jr., 2001; Alpha, 2001; WHO, 2020).", ["unlisted"]),
        ("Write to P.O. Box 4 (Alpha, 2001; WHO, 2020), or see Box 4.", ["crossref"]),
        ("In the figures I made (Alpha, 2001; WHO, 2020).", []),
        ("See figure 1 or Table I (Alpha, 2001; WHO, 2020).", ["crossref", "crossref"]),
        ("(WTO 2020; WHO 2020; Alpha 2001).", []),
        ("Kite (www.kite.example, 2021) (Alpha, 2001; WHO, 2020).", ["unlisted"]),
        ("Alpha (https://example.org/a, 2001) and (WHO, 2020).", []),
        ("(Alpha., 2001) and (WHO, 2020).", []),
        ("(Gamma & Alpha., 2001), (Alpha, 2001; WHO, 2020).", ["unlisted"]),
        ("Ann Mary Alpha (2001) and WHO (2020).", []),
        ("See Supplementary Table 3 (Alpha, 2001; WHO, 2020).", []),
        ("See Supplementary Table 3 and Table 4 (Alpha, 2001; WHO, 2020).", ["crossref"]),
    ],
)
def test_forms(body: str, rules: list[str]) -> None:
    names = [name.removeprefix("manuscript-") for _, name, _ in found(body + LIST)]
    assert names == rules


def test_text_after_the_list_is_read() -> None:
    text = "# A\n\n(Alpha, 2001; WHO, 2020)" + LIST.replace("References", "# References")
    assert found(text + "\n# Appendix\n\nBeta et al. (2004) say so.\n") == [
        (13, "manuscript-unlisted", "Beta et al. (2004)")
    ]


def test_list_without_works() -> None:
    assert found("Words.\n\nReferences\n\n") == [(3, "manuscript-no-list", "")]
    assert found("") == [(1, "manuscript-no-list", "")]


@pytest.mark.parametrize(
    "piece",
    [
        "a", " ", "(", "[", "*", "_", "(Alpha, 2001) ", "A. ", "Alpha, A., ", "<", "[x](", "\0",
        "n. d", "2001 ", "Alpha and ", "Table 1 ", "10.1234/", "- ", "1(2), ", "https://", "#",
        "van ", "'s ", "available at ", ". . ", "Alpha ", "[1] ",
        "———. 2001. ", "Alpha, Ann. 2001. T. ", "Appendix A ",
    ],
)  # fmt: skip
@pytest.mark.parametrize("unit", ["", "\n"])
def test_hostile_text_is_read(piece: str, unit: str) -> None:
    size = 6_000
    many = (piece + unit) * (size // len(piece + unit))
    text = f"{many}\n\nReferences\n\n{many}\n\nAlpha, A. (2001) {many}\n"
    last = text.count("\n") + 1
    assert all(0 < finding.line <= last for finding in audit(read(text, "x")))


def test_heading_is_no_name() -> None:
    words = [words for _, _, words in found(f"# Clouds\nGamma and Delta (2012) see.{LIST}")]
    assert words[0] == "Gamma and Delta (2012)"


def test_work_that_is_cited_with_a_wrong_name_beside_the_work_of_the_second_author() -> None:
    works = (
        "Alpha, A. and Beta, B. (2001) Rain. *Sky*, 1, 2.\n\nBeta, B. (2001) Ice. *Sky*, 1, 3.\n"
    )
    text = f"(Alphar and Beta, 2001; Beta, 2001)\n\nReferences\n\n{works}"
    assert found(text) == [(1, "manuscript-name", "Alphar and Beta, 2001")]


def test_text_that_cites_in_another_way_is_told_once() -> None:
    works = "\n\n".join(f"{n}, A. (2001) Rain. *Sky*, 1, 2." for n in
                        ("Alpha", "Beta", "Delta", "Gamma", "Zeta"))  # fmt: skip
    assert found(f"Alpha 12; Beta 14.\n\nReferences\n\n{works}\n") == [
        (3, "manuscript-uncited", "")
    ]


def test_paragraph_of_the_list_that_is_no_work() -> None:
    text = "(Alpha, 2001; WHO, 2020)" + LIST + "\nthe leaflet of 1999 on stars\n\nPage 3\n"
    assert found(text) == [(9, "manuscript-unread", "the leaflet of 1999 on stars")]


@pytest.mark.parametrize("cited", ["1935/2000", "1935", "2000"])
def test_a_work_is_cited_with_either_year(cited: str) -> None:
    work = "Alpha, A. (2000). *Rain*. Press. (Original work published 1935)"
    assert found(f"It rains (Alpha, {cited}).\n\nReferences\n\n{work}\n") == []


def test_works_of_another_list_need_no_citation_and_are_no_citations() -> None:
    more = "\n## Resources\n\nZeta, Z. (2022). *Fog*. Press.\n\nEta, E. (2023). *Ice*. Press.\n"
    assert found(f"(Alpha, 2001; WHO, 2020; Zeta, 2022){LIST}{more}") == []


@pytest.mark.parametrize(
    "end", ["", "\n\n## References\n", "\n\n# References\n\n::: {#refs}\n:::\n"]
)
def test_a_paper_that_cites_by_keys_is_told_what_to_run(end: str) -> None:
    (finding,) = audit(read(f"# A\n\nClouds move [@alpha2001, p. 3; @beta2002].{end}", "x.md"))
    assert finding.rule == "manuscript-no-list"
    assert "such as @alpha2001," in finding.wrong
    assert "pandoc --citeproc" in finding.remedy


def test_an_address_of_mail_is_no_key() -> None:
    (finding,) = audit(read("Write to ann@sky2001.example.org.", "x.md"))
    assert "keys" not in finding.wrong


LISTED = "Alpha, A. (2001) Clouds. *Skies*, 1(2), 3-9.\n\n"


@pytest.mark.parametrize(
    ("cited", "listed"),
    [
        ("(“Rain falls on a dry sky”, 2011)", "“Rain falls on a dry sky.” 2011. *Sky*."),
        (
            "“Rain falls on a dry sky” (2011)",
            "Rain falls on a dry “sky.” (2011, May). Sky, 2(1), 8.",
        ),
        ("(KITE, 2017)", "[KITE] Department of Rain (2017) Counts. Smalltown: Press."),
        (
            "(Beta, Gamma and Kite Trust 2015)",
            "Beta, Omar, Cy Gamma, and Kite Trust. 2015. *Rain*.",
        ),
        ("(Beta et al., 2015)", "Beta, R., Das, S., Kavi, Delta, P.V., 2015. Rain. Sky 3, 1–9."),
        ("(Beta and Rui, 2015)", "Beta, R., Rui, V.A. da S., 2015. Rain. Sky 3, 1–9."),
        ("(Kite Council, 2018)", "Kite Council, 2018. A plan, COM (2018). Kite Council, Rome."),
        ("(Sky.UK, 2015)", "Sky.UK. 2015. “Rain.” https://example.org/rain."),
        ("Sky.UK (2015b)", "Sky.UK. 2015b. “Rain.” https://example.org/rain."),
        ("(D O'Beta and Eta, 2015)", "D O'Beta, K. and Eta, R. (2015) Rain. London: Sage."),
        ("Bo Ann Beta and Eunju Ko (2010)", "Beta, B.A. and Ko, E. (2010) Rain. London: Sage."),
        ("(Sky and Sea Change Canada, 2017)", "Sky and Sea Change Canada (2017). Rain. Press."),
    ],
)
def test_works_that_are_listed_in_a_form_of_their_own(cited: str, listed: str) -> None:
    assert found(f"(Alpha, 2001) and {cited}.\n\n## References\n\n{LISTED}{listed}\n") == []


def test_an_acronym_is_no_misspelling_of_another() -> None:
    listed = "KITE-FS. (2022). *A plan*. Press."
    text = f"(Alpha, 2001) (KITE–SE, 2023).\n\n## References\n\n{LISTED}{listed}\n"
    assert {words for _, _, words in found(text)} == {"KITE–SE, 2023", listed}


def test_an_address_in_a_paragraph_of_its_own_belongs_to_the_work_above_it() -> None:
    listed = "Beta, B. (2017) Rain.\n\nhttps://example.org/rain-in-2017\n"
    assert found(f"(Alpha, 2001; Beta, 2017)\n\n## References\n\n{LISTED}{listed}") == []


@pytest.mark.parametrize(
    "listed",
    [
        ("Beta MR, Eta Q (2007) Rain.", "Beta R, Delta W (1979) Rain."),
        ("de Vargas, A. (2018) Rain.", "Dehgan, B. (2009) Rain."),
        ("Dehgan, B. (2009) Rain.", "de Vargas, A. (2018) Rain."),
    ],
)
def test_lists_may_count_initials_and_spaces_or_not(listed: tuple[str, str]) -> None:
    works = ["Alpha, A. (2001) Ice.", *listed, "Eta, E. (2002) Ice.", "Zeta, Z. (2003) Ice."]
    text = "Words.\n\n## References\n\n" + "\n\n".join(works)
    assert "manuscript-order" not in {rule for _, rule, _ in found(text)}


PAIR = "## References\n\nBeta, B. and Gamma, C. (2005) Fog. *Sky*, 1, 2.\n\n" + LISTED


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Beta and Gamma, for example, argue that it rains.", ["Beta and Gamma"]),
        ("It rains (Beta and Gamma, 2005). But Beta and Gamma say more.", ["Beta and Gamma"]),
        ("Beta and Gamma (2005) say so. But Beta and Gamma say more.", []),
        ("In 2005, rain fell on Beta and Gamma, two towns.", []),
        ("Beta and Gamma argue, in a paper of 2005, that it rains.", []),
        ("Beta and Gamma argue that it rains.\n\nBeta and Gamma say more.", []),  # a habit
        ("Beta and Gammar argue that it rains.", []),
    ],
)
def test_a_year_that_is_left_out_once(text: str, words: list[str]) -> None:
    dated = "Alpha (2001) says so. " * 12
    listed = f"{dated}\n\n{text}\n\n(Beta and Gamma, 2005).\n\n{PAIR}"
    assert [said for _, rule, said in found(listed) if rule == "manuscript-year"] == words
