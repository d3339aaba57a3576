"""How references sort, are told apart and are printed."""

import pytest
from pybtex.backends.plaintext import Backend
from pybtex.database import parse_string

from sphinx_evidence.references.harvard import HarvardStyle, short_names


def printed(bib: str) -> list[str]:
    """The reference list as plain text."""
    entries = parse_string(bib, "bibtex").entries.values()
    style = HarvardStyle()
    ordered = style.sort(entries)
    labels = style.format_labels(ordered)
    pairs = zip(labels, ordered, strict=True)
    return [style.format_entry(label, e).text.render(Backend()) for label, e in pairs]


def entry(key: str, author: str, year: str = "2001", **fields: str) -> str:
    more = "".join(f"{name} = {{{value}}}, " for name, value in fields.items())
    return (
        f"@misc{{{key}, author = {{{author}}}, title = {{T {key}}}, year = {{{year}}}, {more}}}\n"
    )


def test_journal_article_in_full() -> None:
    (text,) = printed(
        """@article{x, author = {Leamy, Mary and {Le Boutillier}, Clair and Slade, Mike Jan},
        title = {A title: with {WHO} in it}, year = {2011}, journal = {A Journal}, volume = {199},
        number = {6}, pages = {445--452}, doi = {10.1/x}, pmid = {12}, pmcid = {PMC3}}"""
    )
    assert text == (
        "Leamy, M., Le Boutillier, C. and Slade, M.J. (2011) ‘A title: with WHO in it’, A Journal, "
        "199(6), pp. 445–452. https://doi.org/10.1/x PMID 12, PMCID PMC3."
    )


def test_report_editors_and_address() -> None:
    (text,) = printed(
        """@book{x, editor = {Thornicroft, G. and Ruggeri, M.}, title = {Care}, year = {2013},
        publisher = {Wiley}, address = {Chichester}, isbn = {978}, url = {https://x.test/a}}"""
    )
    assert text == (
        "Thornicroft, G. and Ruggeri, M. (eds) (2013) Care. Chichester: Wiley. "
        "Available at: https://x.test/a ISBN 978."
    )


def test_names_of_fields_that_biblatex_and_theses_use() -> None:
    assert printed(
        """@article{x, author = {Li, W.}, title = {A}, date = {2011-03-01/2012-04-01},
        journaltitle = {On {WHO} \\& us}, volume = {2}}
        @book{y, author = {Mo, W.}, title = {B}, date = {2013-05}, location = {Bonn},
        publisher = {P}}
        @phdthesis{z, author = {No, W.}, title = {C}, year = {2014}, school = {A University}}"""
    ) == [
        "Li, W. (2011–2012) ‘A’, On WHO & us, 2.",
        "Mo, W. (2013) B. Bonn: P.",
        "No, W. (2014) C. A University.",
    ]


def test_work_without_author_or_year_is_listed_by_title() -> None:
    bib = "@misc{x, title = {Care Programme Approach}}"
    assert printed(bib) == ["Care Programme Approach (n.d.)."]
    assert short_names(parse_string(bib, "bibtex").entries["x"]) == "Care Programme Approach"


def test_particles_apostrophes_accents_and_organisations_sort_as_letters() -> None:
    bib = (
        entry("1", "{World Health Organization}")
        + entry("2", "van Weeghel, Jaap")
        + entry("3", "O'Brien, Ann")
        + entry("4", "Öberg, B.")
        + entry("5", "{La Fond}, J. Q.")
        + entry("6", "Smith-Merry, J.")
        + entry("7", "Obama, B.")
    )
    assert [text.split(" (")[0] for text in printed(bib)] == [
        "La Fond, J.Q.",
        "Obama, B.",
        "Öberg, B.",
        "O'Brien, A.",
        "Smith-Merry, J.",
        "van Weeghel, J.",
        "World Health Organization",
    ]


def test_same_names_and_year_are_told_apart_by_letters() -> None:
    bib = entry("b", "{PA}", "2024") + entry("a", "{PA}", "2024") + entry("c", "{PA}", "2023")
    assert [text[:10] for text in printed(bib)] == ["PA (2023) ", "PA (2024a)", "PA (2024b)"]


def test_letters_go_by_what_a_citation_shows() -> None:
    # Both are cited as "A et al., 2001", though the authors differ.
    bib = entry("1", "A, B. and C, D. and E, F.") + entry("2", "A, B. and G, H. and I, J.")
    assert ["(2001a)" in printed(bib)[0], "(2001b)" in printed(bib)[1]] == [True, True]


@pytest.mark.parametrize(
    ("author", "shown"),
    [
        ("Anthony, W. A.", "Anthony"),
        ("Erondu, C. and McGraw, C.", "Erondu and McGraw"),
        ("Lorien, L. and Blunden, S. and Madsen, W.", "Lorien et al."),
        ("van Weeghel, Jaap and van Zelst, C.", "van Weeghel and van Zelst"),
        ("{Mental Health Foundation}", "Mental Health Foundation"),
        ("O'Brien, Ann", "O'Brien"),
    ],
)
def test_names_in_a_citation(author: str, shown: str) -> None:
    work = parse_string(entry("x", author), "bibtex").entries["x"]
    assert short_names(work) == shown


def test_question_mark_ends_the_sentence() -> None:
    assert printed("@misc{x, author = {A, B}, title = {Why?}, year = {2001}}") == [
        "A, B. (2001) Why?"
    ]


def test_who_edited_an_authors_work_and_its_version() -> None:
    bib = entry("x", "A, B.", editor="{the team} and van Weeghel, Jaap", version="1.0")
    assert printed(bib) == ["A, B. (2001) T x. Edited by the team and J. van Weeghel. Version 1.0."]


def test_the_same_is_formatted_once_for_the_list_and_its_tooltips() -> None:
    entries = parse_string(entry("a", "Hill, A.") + entry("b", "Lamb, B."), "bibtex").entries
    style = HarvardStyle()
    first = style.format_entry("Hill, 2001", entries["a"])
    assert style.format_entry("Hill, 2001", entries["a"]) is first
    other = style.format_entry("Hill, 2001a", entries["a"])
    assert (other.label, "(2001a)" in str(other.text)) == ("Hill, 2001a", True)
    assert "Lamb" in str(style.format_entry("Hill, 2001a", entries["b"]).text)
