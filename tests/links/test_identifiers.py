"""DOI, PMID and PMCID are recognised in every form, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_evidence.network.identifiers import Identifier, Kind, address_of, doi, identify

FORMS = {
    "https://doi.org/10.1000/182": "10.1000/182",
    "http://dx.doi.org/10.1000/182": "10.1000/182",
    "HTTPS://DOI.ORG/10.1000/ABC": "10.1000/abc",
    "https://www.doi.org/10.1000/182/": "10.1000/182/",
    "doi:10.1000/182": "10.1000/182",
    "https://doi.org/doi:10.1000/182": "10.1000/182",
    "https://doi.org/10.1016/S0140-6736(05)66550-4": "10.1016/s0140-6736(05)66550-4",
    "https://doi.org/10.1000/a,b;c": "10.1000/a,b;c",
    "https://doi.org/10.1002/(SICI)1<1::AID-X>3.0.CO;2-K": "10.1002/(sici)1<1::aid-x>3.0.co;2-k",
    "https://doi.org/10.1002%2F1%3C1%3E2": "10.1002/1<1>2",
    "https://doi.org/10.1000/a%23b%3Fc": "10.1000/a#b?c",
    "https://doi.org/10.1000/182?nosfx=y#top": "10.1000/182",
    "https://doi.org/10.1000.10/182": "10.1000.10/182",
    "http://doi.org/10/ABCD": "10/abcd",
    "doi:10/abcd": "10/abcd",
    "https://onlinelibrary.example/doi/abs/10.1002/xyz.1": "10.1002/xyz.1",
    "https://link.example/article/10.1007/s00127-023-02452-w": "10.1007/s00127-023-02452-w",
}
NUMBERS = {
    "https://pubmed.ncbi.nlm.nih.gov/31508108/": "31508108",
    "http://www.ncbi.nlm.nih.gov/pubmed/31508108": "31508108",
    "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC6735050/": "PMC6735050",
    "https://pmc.ncbi.nlm.nih.gov/articles/pmc6735050/pdf/main.pdf": "PMC6735050",
}
NONE = (
    "https://doi.org/",
    "https://doi.org/the-identifier/resources/handbook/",
    "https://www.doi.org/10.x/abc",
    "https://doi.org/10/abcd/page",
    "https://journals.example/doi/suppl/10.1177/123/suppl_file/main.pdf",
    "https://pubmed.ncbi.nlm.nih.gov/?term=recovery",
    "https://www.ncbi.nlm.nih.gov/books/NBK25499/",
    "https://notdoi.org/10.1000/182",
    "https://doi.org.example/10.1000/182",
    "mailto:10.1000/182@example.org",
    "http://[doi.org/10.1000/182",
    "docs/page.md",
    "",
)


@pytest.mark.parametrize(("uri", "value"), [*FORMS.items(), *NUMBERS.items()])
def test_form(uri: str, value: str) -> None:
    found = identify(uri)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("uri", NONE)
def test_no_identifier(uri: str) -> None:
    assert identify(uri) is None


def test_forms_of_one_doi_are_kept_under_one_address() -> None:
    forms = ("http://dx.doi.org/10.1000/ABC", "doi:10.1000/abc", "https://doi.org/10.1000%2Fabc#x")
    assert {address_of(form) for form in forms} == {("https://doi.org/10.1000/abc", "")}
    assert Identifier(Kind.PMCID, "PMC1").address == "https://pmc.ncbi.nlm.nih.gov/articles/PMC1/"


@given(st.text(st.characters(min_codepoint=33, max_codepoint=0x2FFF), min_size=1))
def test_the_address_of_a_doi_leads_back_to_it(suffix: str) -> None:
    made = doi(f"10.1000/{suffix}")
    found = identify(made.address)
    if not any(char.isspace() for char in suffix):
        assert found == made


def test_anchors() -> None:
    assert address_of("https://example.org/a#b%20c") == ("https://example.org/a", "b c")
    assert address_of("https://example.org/a#:~:text=x") == ("https://example.org/a", "")
    assert address_of("https://example.org/a#b:~:text=x") == ("https://example.org/a", "b")
    assert address_of("https://example.org/a#/b") == ("https://example.org/a", "")
    assert address_of("https://example.org/a#TOP") == ("https://example.org/a", "")
    assert address_of("https://journals.example/doi/10.1177/1#sec2") == (
        "https://journals.example/doi/10.1177/1",
        "",
    )
