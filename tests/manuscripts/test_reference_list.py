"""Lists of references of several styles are found and taken apart, and written as .bib."""

import pytest

from sphinx_evidence.bibliography.reader import read as read_bib
from sphinx_evidence.manuscripts.bib import to_bib
from sphinx_evidence.manuscripts.entry import Listed
from sphinx_evidence.manuscripts.plain_text import read
from sphinx_evidence.manuscripts.reference_list import find_reference_list


def entries(text: str) -> tuple[Listed, ...]:
    listing = find_reference_list(read(text, "x"))
    return listing.entries if listing else ()


def one(text: str) -> Listed:
    (entry,) = entries(f"References\n\n{text}\n")
    return entry


@pytest.mark.parametrize(
    "heading",
    [
        "References", "REFERENCES", "## References", "## 7. References ##", "**References**",
        "7 Reference list", "Bibliography\n============", "Works cited:", "Literature cited",
        "Cited literature", "Notes and references", "References and notes", "Works consulted",
        "Sources", "__Works Cited__", "VII. References", "References and further reading",
    ],
)  # fmt: skip
def test_heading(heading: str) -> None:
    text = f"References\n\nnot this one\n\n{heading}\n\n- Alpha, A. (2001) Clouds. *Skies*, 1, 2.\n"
    assert [entry.names for entry in entries(text)] == [("Alpha",)]


def test_no_heading() -> None:
    assert (
        find_reference_list(read("The references are few.\n\nReferences to clouds\n", "x")) is None
    )


def test_fields_of_an_article() -> None:
    entry = one(
        "1. Alpha, A.B., & van der Beta-Gamma, C. (2001a). Why? Counting clouds in May. "
        "*Journal of Skies*. 7;18(2 Suppl):140–53. https://doi.org/10.9999/a(1).b. "
        "PMID: 9; PMCID: PMC8."
    )
    assert entry.authors == (("Alpha", "A.B."), ("van der Beta-Gamma", "C."))
    assert (entry.year, entry.title) == ("2001a", "Why? Counting clouds in May")
    assert (entry.place.container, entry.place.volume, entry.place.issue) == (
        "Journal of Skies",
        "18",
        "2 Suppl",
    )
    assert (entry.place.pages, entry.pmid, entry.pmcid) == ("140–153", "9", "PMC8")
    assert (entry.doi, entry.url) == ("10.9999/a(1).b", "")


def test_vancouver() -> None:
    entry = one("O'Alpha A, Beta BC, et al. Counting clouds. J Skies. 2001 Jan;4(2):3-9.")
    assert entry.names == ("O'Alpha", "Beta", "others")
    assert (entry.title, entry.year, entry.place.container) == (
        "Counting clouds",
        "2001",
        "J Skies",
    )
    assert (entry.place.volume, entry.place.issue, entry.place.pages) == ("4", "2", "3–9")


def test_page_on_the_web() -> None:
    entry = one(
        "Department of Clouds (n.d.) *Counting*. Retrieved 3 May, 2020 from <https://example.org/a>."
    )
    assert entry.organisation
    assert entry.names == ("Department of Clouds",)
    assert (entry.year, entry.title) == ("n.d.", "Counting")
    assert (entry.url, entry.accessed) == ("https://example.org/a", "3 May, 2020")


@pytest.mark.parametrize(
    ("printed", "names", "organisation"),
    [
        ("WHO", ("WHO",), True),
        ("Small College", ("Small College",), True),
        ("Alpha", ("Alpha",), False),
        ("Alpha and Beta", ("Alpha", "Beta"), False),
        ("Alpha, Anna and Beta, Bob", ("Alpha", "Beta"), False),
        ("Alpha, A., Beta, B., ... Omega, O.", ("Alpha", "Beta", "Omega"), False),
        (
            "Alpha, F.P. Beta, P. Gamma, E. and Delta, M.",
            ("Alpha", "Beta", "Gamma", "Delta"),
            False,
        ),
        ("Le Alpha, C. and Beta-Gamma, B. (Eds.)", ("Le Alpha", "Beta-Gamma"), False),
    ],
)
def test_names(printed: str, names: tuple[str, ...], *, organisation: bool) -> None:
    entry = one(f"{printed} (in press) Clouds. *Skies*.")
    assert (entry.names, entry.organisation, entry.year) == (names, organisation, "in press")
    assert entry.editors == ("Eds" in printed)


def test_entries_run_over_lines_and_headers() -> None:
    text = (
        "Header of it\n\nReferences\nAlpha, A., Beta, B. and\n   Gamma, C. (2001) Counting clouds\n"
        "   by hand. *Skies*, 1, 2.\nBeta, B. (2002) Stars, and\n\n12\n"
        "Header of it\n\nMoons. *Sky*, 3, 4.\n"
        "Gamma, C. (2003) Drops. *Skies*, 5, 6.\n\nThanks to all"
    )
    found = entries(text)
    assert [(e.line, e.end_line, e.year) for e in found] == [
        (4, 6, "2001"), (7, 12, "2002"), (13, 13, "2003")
    ]  # fmt: skip
    assert found[1].title == "Stars, and Moons"


def test_bib_is_read_without_a_finding() -> None:
    listed = entries(
        "References\n\n"
        "- Ålpha, A. and Beta, BC. (2001) Clouds {and} \\ stars. *Skies & Seas*, 1(2), 40-9.\n"
        "- Ålpha, A. (2001) Moons. Smalltown: Window Press.\n"
        "- WHO (n.d.) *Words*. Available at https://example.org/a_b\n"
        "- Delta D., et al. (2004) Drops. *Skies*.\n"
    )
    text = to_bib(listed)
    bibliography = read_bib(text, "references.bib")
    assert bibliography.findings == []
    assert list(bibliography.entries) == ["alpha2001a", "alpha2001b", "delta2004", "whond"]
    first = bibliography.entries["alpha2001a"]
    assert first.get("author") == "Ålpha, A. and Beta, B. C."
    assert (first.get("title"), first.get("pages")) == ("Clouds and stars", "40--49")
    assert bibliography.entries["alpha2001b"].get("publisher") == "Window Press"
    assert bibliography.entries["delta2004"].get("author") == "Delta, D. and others"
    assert bibliography.entries["whond"].get("author") == "{WHO}"


def test_keys_of_many_twins() -> None:
    listed = entries("References\n\n" + "- Alpha, A. (2001) Clouds. *Skies*.\n" * 30)
    keys = list(read_bib(to_bib(listed), "x").entries)
    assert len(keys) == 30
    assert {"alpha2001a", "alpha2001ad"} <= set(keys)


@pytest.mark.parametrize(
    ("printed", "names", "year", "title", "place"),
    [
        ("Alpha, Ann, Bo Beta, and Cy van Gamma. 2001. *Rain*. Smalltown: Window Press.",
         ("Alpha", "Beta", "van Gamma"), "2001", "Rain", ("", "", "Window Press")),
        ("Alpha, A. B., and Bo Beta, eds. 2001. *Rain*. Smalltown: Window, Press.",
         ("Alpha", "Beta"), "2001", "Rain", ("", "", "Window, Press")),
        ("Alpha, Ann. 2001. “Rain.” *Sky* 12 (3): 4–9.",
         ("Alpha",), "2001", "Rain", ("Sky", "12", "")),
        ("Alpha, Ann. “Rain.” *Sky* 12, no. 3 (2001): 4–9.",
         ("Alpha",), "2001", "Rain", ("Sky", "12", "")),
        ("Alpha, Ann, and Bo Beta. “Rain.” *Sky*, vol. 12, no. 3, 2001, pp. 4–9.",
         ("Alpha", "Beta"), "2001", "Rain", ("Sky", "12", "")),
        ("Alpha, Ann. *Rain*. Window, 2001.",
         ("Alpha",), "2001", "Rain", ("", "", "Window")),
        ("Alpha, A., Beta, B., 2001. Rain at night. J. Sky 12 (3), 4–9.",
         ("Alpha", "Beta"), "2001", "Rain at night", ("J. Sky", "12", "")),
        ("Alpha, A. & Beta, B. Rain. *Sky* **12**, 4–9 (2001).",
         ("Alpha", "Beta"), "2001", "Rain", ("Sky", "12", "")),
        ("Cloud Organization. 2001. *Rain*. Smalltown: Window.",
         ("Cloud Organization",), "2001", "Rain", ("", "", "Window")),
        ("Alpha, A. (2001). Rain. *Sky, 12*(3), 4–9.",
         ("Alpha",), "2001", "Rain", ("Sky", "12", "")),
        ("Alpha, A. (2001). Rain. _Sky_, _12_(3), 4--9.",
         ("Alpha",), "2001", "Rain", ("Sky", "12", "")),
        ("Alpha, A. (2001). Rain. <i>Sky</i>, <b>12</b>(3), 4–9.",
         ("Alpha",), "2001", "Rain", ("Sky", "12", "")),
        ("Alpha, A. (2001). *Rain* (2nd ed.). Window Press.",
         ("Alpha",), "2001", "Rain", ("", "", "Window Press")),
        ("Alpha, A. (2001). Rain. In B. Beta (Ed.), *Skies* (pp. 4–9). Window Press.",
         ("Alpha",), "2001", "Rain", ("Skies", "", "Window Press")),
        ("Alpha A. The SKY 2001 statement. BMS. 2004 Mar;12(3):4-9.",
         ("Alpha",), "2004", "The SKY 2001 statement", ("BMS", "12", "")),
        ("Alpha A. Rain? BMS. 2004;12:n7.",
         ("Alpha",), "2004", "Rain?", ("BMS", "12", "")),
    ],
)  # fmt: skip
def test_styles(
    printed: str, names: tuple[str, ...], year: str, title: str, place: tuple[str, str, str]
) -> None:
    entry = one(printed)
    assert (entry.names, entry.year, entry.title) == (names, year, title)
    assert (entry.place.container, entry.place.volume, entry.place.publisher) == place


def test_dash_repeats_the_authors_above() -> None:
    found = entries(
        "References\n\nAlpha, Ann. 2001. *Rain*. London: Press.\n\n———. 2002. *Ice*. London: Press."
        "\n\n---, and Bo Beta. 2003. *Fog*. London: Press.\n\n_____. (2004). *Sun*. Press.\n"
    )
    assert [(entry.names, entry.year) for entry in found] == [
        (("Alpha",), "2001"), (("Alpha",), "2002"), (("Alpha", "Beta"), "2003"),
        (("Alpha", "Beta"), "2004"),
    ]  # fmt: skip
    assert "author = {Alpha, Ann}" in to_bib(found[1:2])


def test_chapter_is_written_as_one() -> None:
    text = "Alpha, A. (2001). Rain. In B. Beta (Ed.), *Skies* (2nd ed., pp. 4–9). Window Press."
    written = to_bib([one(text)])
    for field in ("@incollection", "booktitle = {Skies}", "edition = {2nd}", "pages = {4--9}"):
        assert field in written


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Alpha, A., Beta, B. C., & CLOUD Group, for the", ("Alpha", "Beta", "CLOUD Group")),
        ("Alpha A, Beta BC, on behalf of the Rain Group", ("Alpha", "Beta", "Rain Group")),
        ("Ann B. Alpha and Cy Gamma", ("Alpha", "Gamma")),
        ("A. Alpha, B. van Beta, and C. D. Gamma", ("Alpha", "van Beta", "Gamma")),
        ("Cross-Trial Group of the Sky Consortium.", ("Cross-Trial Group of the Sky Consortium",)),
        ("cloudy project.", ("cloudy project",)),
        ("Alpha, Omar, Cy Beta, and Rain Trust.", ("Alpha", "Beta", "Rain Trust")),
        ("Alpha, R., Kavi, Beta, P.V.", ("Alpha", "Kavi", "Beta")),
        ("Alpha, R., Beta, V.A. da S., and Eta, Z. de C.", ("Alpha", "Beta", "Eta")),
        ("Rain and Sky Change Canada.", ("Rain and Sky Change Canada",)),
        ("RSC", ("RSC",)),
        ("[RSC] Rain and Sky Change Canada.", ("Rain and Sky Change Canada",)),
    ],
)
def test_groups_and_given_names_first(printed: str, names: tuple[str, ...]) -> None:
    assert one(f"{printed} (2001). Rain. *Sky*, 1(2), 3-9.").names == names


def test_numbers_without_stops() -> None:
    found = entries(
        "References\n\n1 Alpha A, Beta B, *et al.* Rain. *J Skies* 2001; **3**: 1--9.\n\n"
        "2 Gamma C. Ice. *J Skies* 2003; **16**: 11.\n   12 Drops.\n"
        "3 Delta D. Fog. Sky 2004;1:2.\n\n4  van Eta E. Rain. Sky 2005;1:3.\n"
    )
    assert [(e.number, e.names[0]) for e in found] == [
        (1, "Alpha"), (2, "Gamma"), (3, "Delta"), (4, "van Eta"),
    ]  # fmt: skip


def test_a_wrapped_title_that_names_a_work() -> None:
    found = entries(
        "References\n\nAlpha, A. (2014). Does counting change the\nsky?: A replication and\n"
        "Analysis of Beta, Gamma, and Delta (2012). Skies,\n45(3), 2-5.\n"
        "Beta, B. (2003). Rain. Press\nGamma, C. (2004). Ice. Press\n"
    )
    assert [(e.names[0], e.year) for e in found] == [
        ("Alpha", "2014"), ("Beta", "2003"), ("Gamma", "2004"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "year"),
    [
        ('Alpha, Ann. "The Rain" [1935]. In: *Skies*. Smalltown: Press, 2000.', "1935/2000"),
        ("Alpha, A. (1996). *Rain*. Press. (Original work published 1983)", "1983/1996"),
        ("Alpha, A. (1996). *Rain*. Press. First published in 1983.", "1983/1996"),
        ("Alpha, A. (1983/1996). *Rain*. Press.", "1983/1996"),
        ("Alpha, A. (1996). *The original 1983 rain*. Press.", "1996"),
    ],
)
def test_the_year_of_the_first_edition(printed: str, year: str) -> None:
    assert one(printed).year == year
    assert f"year = {{{year[-4:]}}}" in to_bib([one(printed)])


WORKS = "\n\n".join(f"{name}, A. (2001) Rain. *Sky*, 1, 2." for name in ("Alpha", "Beta", "Gamma"))


@pytest.mark.parametrize("heading", ["## Literatur", "Referencias bibliográficas", "# Anything"])
def test_a_list_is_known_by_its_works(heading: str) -> None:
    text = f"# A\n\nWords of Alpha (2001).\n\n{heading}\n\n{WORKS}\n\n# Appendix A\n\nWords."
    assert [entry.names[0] for entry in entries(text)] == ["Alpha", "Beta", "Gamma"]


def test_paragraphs_that_begin_with_citations_are_no_list() -> None:
    names = ("Alpha", "Beta", "Gamma")
    text = "# Results\n\n" + "\n\n".join(f"{n} (2001) saw rain. It fell." for n in names)
    assert entries(text) == ()


def test_lists_within_and_behind_the_list() -> None:
    listing = find_reference_list(read(
        f"# Bibliography\n\n## Books\n\n{WORKS}\n\n## Sources\n\nDelta, D. (2002) Ice. Press.\n\n"
        "# Resources\n\nZeta, Z. (2022). *Fog*. Press.\n\n# Afterword\n\nIt rained.\n", "x"
    ))  # fmt: skip
    assert listing
    assert [entry.names[0] for entry in listing.entries] == ["Alpha", "Beta", "Gamma", "Delta"]
    assert [entry.names[0] for other in listing.further for entry in other.entries] == ["Zeta"]


def test_notes_behind_the_works() -> None:
    listing = find_reference_list(
        read(f"References\n\n{WORKS}\n\n[1] See Alpha (2001) on rain.\n\n[2] A note.", "x")
    )
    assert listing
    assert len(listing.entries) == 3


def test_tables_and_figures_behind_the_list_end_it() -> None:
    text = f"References\n\n{WORKS}\n\nTable 1: Rain, as Beta (2001) counted it\n\nNote. Drops."
    listing = find_reference_list(read(text, "x"))
    assert listing
    assert (len(listing.entries), listing.unread) == (3, ())


def test_a_list_without_a_heading_begins_at_its_first_work() -> None:
    text = "The NHS Trust saw (2001) rain for years, and Beta (2003) saw none of it at all."
    listing = find_reference_list(read(f"# Methods\n\n{text}\n\n{WORKS}\n", "x"))
    assert listing
    assert [entry.names[0] for entry in listing.entries] == ["Alpha", "Beta", "Gamma"]
    assert listing.unread == ()


def test_a_space_before_a_stop() -> None:
    text = "References\n\nAlpha, A. (2001) Ice. *Sky*, 1, 2.\n\nKITE, 2015 . *Rain,* Rome: KITE.\n"
    assert [entry.year for entry in entries(text)] == ["2001", "2015"]
