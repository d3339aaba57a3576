"""What pages say of their work, and what a page from strangers does not get done."""

import json

import pytest

from sphinx_evidence.registries.page import Page, read
from sphinx_evidence.registries.record import Person, Scheme
from tests.growth import calls

HERE = "https://journal.example/a"
DOI = (Scheme.DOI, "10.5555/a")


def meta(**given: str | list[str]) -> str:
    return "".join(
        f'<meta name="{name.replace("__", ".")}" content="{value}">'
        for name, values in given.items()
        for value in ([values] if isinstance(values, str) else values)
    )


def script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def linked(*objects: object) -> str:
    return "".join(script(json.dumps(one)) for one in objects)


def seen(html: str) -> Page:
    return read(f"<!doctype html><html><head>{html}</head></html>".encode(), HERE)


ARTICLE = {"@context": "https://schema.org", "@type": "ScholarlyArticle"}
OWN = ARTICLE | {"@id": "10.5555/a"}
IDENTIFIERS: dict[str, tuple[str, tuple[Scheme, str] | None]] = {
    "Highwire": (meta(citation_doi="10.5555/A"), DOI),
    "Highwire in capitals": ('<META NAME="Citation_DOI" CONTENT="doi:10.5555/a">', DOI),
    "PMID of Highwire": (meta(citation_pmid="7"), (Scheme.PMID, "7")),
    "arXiv of Highwire": (meta(citation_arxiv_id="2101.00001"), (Scheme.ARXIV, "2101.00001")),
    "Dublin Core": (meta(DC__Identifier="https://doi.org/10.5555/a"), DOI),
    "PRISM": (meta(prism__doi="10.5555/a"), DOI),
    "schema.org": (linked(ARTICLE | {"identifier": "https://doi.org/10.5555/a"}), DOI),
    "by its own name": (linked(ARTICLE | {"@id": "https://doi.org/10.5555/a"}), DOI),
    "the same as": (linked(ARTICLE | {"sameAs": ["https://a.example", "10.5555/a"]}), DOI),
    "property": (linked(ARTICLE | {"identifier": [
        {"@type": "PropertyValue", "propertyID": "pii", "value": "S1"},
        {"@type": "PropertyValue", "propertyID": "DOI", "value": "10.5555/a"}]}), DOI),
    "property of PubMed": (linked(ARTICLE | {"identifier": {
        "@type": "PropertyValue", "propertyID": "PMID", "value": 7}}), (Scheme.PMID, "7")),
    "graph": (linked({"@graph": [{"@type": "WebSite", "name": "X"}, OWN]}), DOI),
    "list": (linked([{"@type": "Organization"}, OWN]), DOI),
    "main entity": (linked({"@type": "WebPage", "mainEntity": OWN}), DOI),
    "several types": (linked({"@type": ["Thing", "http://schema.org/Report"], "@id": "10.5555/a"}),
                      DOI),
    "a book": (linked({"@type": "Book", "isbn": "978-0-306-40615-7"}),
               (Scheme.ISBN, "9780306406157")),
    "one of several is this page's": (linked(
        ARTICLE | {"@id": "10.5555/b"}, ARTICLE | {"url": HERE, "sameAs": "10.5555/a"}), DOI),
    "a list of works": (linked(OWN, ARTICLE | {"@id": "10.5555/b"}), None),
    "the ISBN of a chapter": (meta(citation_isbn="9780306406157", citation_inbook_title="B"), None),
    "the ISBN of a journal": (linked(ARTICLE | {"identifier": "9780306406157"}), None),
    "digits": (meta(dc__identifier="12345"), None),
    "what it is about": (linked({"@type": "Person", "@id": "10.5555/a"}), None),
    "what it cites": (linked(ARTICLE | {"citation": {"@id": "10.5555/b"}}), None),
    "not JSON": (script('{"@id": '), None),
    "nested": (script("[" * 100_000), None),
    "nested whole": (script("[" * 900 + "]" * 900), None),
    "a deep graph": (linked({"@graph": {"@graph": {"@graph": {"@graph": OWN}}}}), None),
    "a number without end": (script("9" * 9999), None),
    "other types": (linked(ARTICLE | {"identifier": [None, 7.5, True, [], {"value": {}}]}), None),
    "keys twice": (script(
        '{"@type": "Book", "@type": "ScholarlyArticle", "@id": "x", "@id": "10.5555/a"}'), DOI),
    "a script": ("<script>citation_doi = '10.5555/a'</script>", None),
    "an address that runs": (linked(ARTICLE | {"url": "javascript:a()", "@id": "data:,x"}), None),
    "nothing": ("", None),
}  # fmt: skip


@pytest.mark.parametrize("name", IDENTIFIERS)
def test_identifiers(name: str) -> None:
    html, found = IDENTIFIERS[name]
    assert seen(html).identifier == found


WHO = "World Health Organization"


def test_a_report_by_each_kind_of_metadata() -> None:
    schema = linked({
        "@type": "Report", "headline": {"@value": "A report", "@language": "en"},
        "author": {"@type": "Organization", "name": WHO}, "datePublished": "2021-05-01",
        "publisher": {"name": WHO}, "isPartOf": {"@type": "Periodical", "name": "Series"},
    })  # fmt: skip
    highwire = meta(citation_title="A report", citation_author=["Leamy, Mary", "Mike Slade"],
                    citation_publication_date="2021/05/01",
                    citation_technical_report_institution=WHO)  # fmt: skip
    dublin = meta(DC__title="A report", DCTERMS__creator=WHO, DCTERMS__issued="2021-05",
                  DC__publisher=WHO, DC__type="Report")  # fmt: skip
    by_who = (Person(group=WHO),)
    people = (Person("Leamy", "Mary"), Person("Slade", "Mike"))
    for html, authors in ((schema, by_who), (highwire, people), (dublin, by_who)):
        page = seen(html)
        assert page.is_whole
        assert page.record.type.casefold() == "report"
        assert (page.record.title, page.record.other_years) == ("A report", (2021,))
        assert (page.record.authors, page.record.publisher) == (authors, WHO)
    # What one lacks, the next one has.
    both = seen(meta(citation_title="Another title") + schema).record
    assert (both.title, both.other_years, both.container) == ("Another title", (2021,), "Series")
    assert not seen(meta(citation_title="A report")).is_whole


def test_an_article_in_an_issue() -> None:
    issue = {"@type": "PublicationIssue", "issueNumber": 6, "isPartOf": {
        "@type": ["PublicationVolume"], "volumeNumber": "199", "isPartOf": {
            "@type": "Periodical", "name": "The Journal"}}}  # fmt: skip
    record = seen(linked(ARTICLE | {
        "name": "A <i>title</i>", "isPartOf": issue, "pageStart": 445, "pageEnd": "452",
        "author": ["Mary Leamy", {"@type": "Person", "familyName": "Slade", "givenName": "Mike"}],
    })).record  # fmt: skip
    assert (record.title, record.container, record.volume) == ("A title", "The Journal", "199")
    assert (record.issue, record.pages) == ("6", "445-452")
    assert record.authors == (Person("Leamy", "Mary"), Person("Slade", "Mike"))


def test_what_a_page_says_is_bounded() -> None:
    many = [{"@type": "Person", "name": f"Name {n}"} for n in range(5000)]
    record = seen(linked(ARTICLE | {"name": "x" * 50_000, "author": many})).record
    assert (len(record.authors), len(record.title)) == (200, 4000)
    assert len(seen(meta(citation_author=["Mary Leamy"] * 5000)).record.authors) == 200

    def work(count: str) -> None:
        seen(linked([ARTICLE] * len(count)) + meta(citation_author="A B") * len(count))

    assert calls(work, "x" * 4000) <= 1.2 * 4 * calls(work, "x" * 1000)
