"""Cross-references, numbered objects and images."""

import pytest

from sphinx_evidence.crossrefs.rules import Image, Numbered, Reference, Targets, check_crossrefs
from sphinx_evidence.diagnostics.finding import Location

TARGETS = Targets(
    pages={"index", "scotland"},
    headings={"scotland": {"aims", "history"}},
    names={"box-one"},
    numbered={"box-one"},
    terms={"peer support"},
)
BOX = Numbered("box", "One", ("box-one",), Location("a.md", 3))
TO_BOX = Reference("number", "box-one", Location("a.md", 1))


def told(*references: Reference) -> list[str]:
    return [f"{f.place} {f}" for f in check_crossrefs(references, [], [], TARGETS)]


@pytest.mark.parametrize(
    ("kind", "target", "page", "said"),
    [
        ("page", "scotlnd", "", 'There is no page "scotlnd". Did you mean "scotland"?'),
        ("heading", "aim", "scotland", "on the page scotland.md. Did you mean"),
        ("number", "box-on", "", 'There is no box, table or figure named "box-on". Did you mean'),
        (
            "term",
            "pear support",
            "",
            'no glossary term "pear support". Did you mean "peer support"',
        ),
        ("name", "scotlnd.md", "", 'no page or name "scotlnd.md". Did you mean "scotland.md"?'),
        ("name", "zzz", "", "Correct the name, or remove the link."),
        ("name", "www.example.org/a", "", 'Did you mean "https://www.example.org/a"?'),
        ("name", "htps://example.org", "", 'Did you mean "https://example.org"?'),
        ("name", "https//example.org/a#b", "", 'Did you mean "https://example.org/a#b"?'),
        ("name", "//example.org/", "", 'Did you mean "https://example.org/"?'),
        ("name", "../scotland.html#aims", "", 'Did you mean "scotland.md#aims"?'),
        ("name", "docs//scotland.md", "", 'Did you mean "scotland.md"?'),
        ("name", "malito:me@example.org", "", 'Did you mean "mailto:me@example.org"?'),
        ("name", "me@example.org", "", 'Did you mean "mailto:me@example.org"?'),
    ],
)
def test_broken_reference_is_told_with_the_nearest(
    kind: str, target: str, page: str, said: str
) -> None:
    (text,) = told(Reference(kind, target, Location("a.md", 5), page))
    assert text.startswith("a.md:5 ")
    assert said in text


@pytest.mark.parametrize(
    ("kind", "target", "page"),
    [
        ("page", "scotland", ""),
        ("heading", "aims", "scotland"),
        ("number", "BOX-one", ""),
        ("term", "Peer support", ""),
        ("name", "scotland.md", ""),
        ("name", "box-one", ""),
    ],
)
def test_sound_reference_is_no_fault(kind: str, target: str, page: str) -> None:
    assert told(Reference(kind, target, Location("a.md", 5), page)) == []


def test_box_without_a_reference_is_told() -> None:
    (finding,) = check_crossrefs([], [BOX], [], TARGETS)
    assert finding.place == "a.md:3"
    assert "{numref}`box-one`" in str(finding)
    assert list(check_crossrefs([TO_BOX], [BOX], [], TARGETS)) == []


def test_table_without_a_name_is_told() -> None:
    (finding,) = check_crossrefs([], [Numbered("table", "T", (), Location("a.md", 4))], [], TARGETS)
    assert "Give it a :name:" in str(finding)


@pytest.mark.parametrize(("alt", "count"), [("", 1), (" \n", 1), ("A chart", 0)])
def test_image_without_words_is_told(alt: str, count: int) -> None:
    assert (
        len(list(check_crossrefs([], [], [Image("x.png", alt, Location("a.md", 6))], TARGETS)))
        == count
    )


def test_image_of_html_says_what_to_type_there_and_a_badge_is_let_pass() -> None:
    place = Location("a.md", 6)
    (told,) = check_crossrefs([], [], [Image("https://a.org/x.png", "", place, html=True)], TARGETS)
    assert 'alt="words" in its <img>' in told.remedy
    badges = ("https://img.shields.io/pypi/v/x", "https://zenodo.org/badge/1.svg")
    assert not list(check_crossrefs([], [], [Image(b, "", place) for b in badges], TARGETS))
    assert list(check_crossrefs([], [], [Image("_static/badge.png", "", place)], TARGETS))


def test_page_is_named_by_its_file_and_with_the_place_on_it() -> None:
    pages = {"notes/one", "two"}
    targets = Targets(pages=pages, files={"notes/one.md": "notes/one.ipynb"})
    for written, meant in (
        ("/notes/one.html#a-part", "/notes/one.ipynb#a-part"), ("./two.html", "two.md"),
    ):  # fmt: skip
        (told,) = check_crossrefs(
            [Reference("name", written, Location("a.md", 1))], [], [], targets
        )
        assert told.remedy == f'Did you mean "{meant}"?'


def test_file_that_is_not_there_is_no_page_of_another_kind() -> None:
    targets = Targets(pages={"notes/one", "data"}, names={"a-data"})
    for target, said in (
        ("/notes/ones.md", 'Did you mean "/notes/one.md"?'),
        ("/data.csv", "Correct its path, which begins at the folder of the page, or with / at"),
    ):
        (told,) = check_crossrefs([Reference("name", target, Location("a.md", 1))], [], [], targets)
        assert told.remedy.startswith(said)
