"""What the lock proves: the examples of the rulebook, what is tolerated, and what is told."""

from dataclasses import replace
from pathlib import Path

import pytest

from sphinx_evidence import rulebook
from sphinx_evidence.bibliography.reader import read, read_files
from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.diagnostics.fixes import apply_fixes
from sphinx_evidence.registries import datacite
from sphinx_evidence.registries.record import Answer, Registry, Verdict, Work
from sphinx_evidence.registries.rules import check_works
from sphinx_evidence.rulebook import Explanation
from tests.growth import calls
from tests.registries import world as r

EXAMPLES = [
    one for one in rulebook.explanations().values() if one.part == "references" and one.wrong
]
NOTICE = "10.1192/bjp.notice"
WATCHER = "retraction-watch"
MAIN = "Conceptual framework for personal recovery in mental health"
WHO = "World Health Organization"


def found(text: str, **changes: object) -> list[Finding]:
    bibliography = read(text, "references.bib")
    assert bibliography.findings == []
    return sorted(check_works(bibliography, r.known(bibliography, **changes)))


@pytest.mark.parametrize("rule", EXAMPLES, ids=lambda rule: rule.rule)
def test_examples(rule: Explanation) -> None:
    assert rule.rule in {finding.rule for finding in found(rule.wrong)}
    assert found(rule.right) == []


def text(**fields: str) -> str:
    given = {name: v for name, v in (r.FIELDS | {"doi": r.PAPER} | fields).items() if v}
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in given.items())
    return f"@article{{leamy2011,\n{lines}}}\n"


SAME: dict[str, tuple[dict[str, str], dict[str, object]]] = {
    "case and markup": ({"title": "{Personal} Recovery in Mental Health: a Systematic"},
                        {"title": ["<i>Personal</i> recovery in mental health: A systematic"]}),
    "subtitle apart": ({}, {"title": [MAIN],
                            "subtitle": ["Systematic review"]}),
    "no subtitle": ({}, {"title": [MAIN]}),
    "subtitle of biblatex": ({"title": MAIN, "subtitle": "systematic review"}, {}),
    "translation": ({}, {"title": ["Ein Rahmen der persönlichen Genesung"]}),
    "original title": ({"title": "Ein Rahmen der persönlichen Genesung", "volume": "", "pages": ""},
                       {"original_title": ["Ein Rahmen der persönlichen Genesung"]}),
    "mark of a retraction": ({"acknowledged": "2026-01-02: an example"},
                             {"title": [f"RETRACTED: {r.FIELDS['title']}"]}),
    "ampersand": ({"title": r"Recovery \& mental health: a review"},
                  {"title": ["Recovery and mental health: a review"]}),
    "year online": ({"year": "2010"}, {"published_online": {"date-parts": [[2010, 12, 1]]}}),
    "date": ({"year": "", "date": "2011-12"}, {}),
    "forthcoming": ({"year": "forthcoming"}, {}),
    "no year there": ({}, {"issued": {"date-parts": [[None]]}, "published_print": None,
                           "published_online": None}),
    "initials": ({"author": "Leamy, M. and Bird, V. and Slade, M."}, {}),
    "given names first": ({"author": "Mary Leamy and Victoria Bird and Mike Slade"}, {}),
    "and others": ({"author": "Leamy, Mary and others"}, {}),
    "surname cut": ({"author": "Leamy Jones, Mary and Bird, Victoria and Slade, Mike"}, {}),
    "umlaut": ({"author": "Mueller, Mary and Bird, Victoria and Slade, Mike"},
               {"author": [{"family": "Müller"}, {"family": "Bird"}, {"family": "Slade"}]}),
    "LaTeX": ({"author": r"M{\"u}ller, Mary and Bird, Victoria and Slade, Mike"},
              {"author": [{"family": "Müller"}, {"family": "Bird"}, {"family": "Slade"}]}),
    "affiliation among the authors": ({}, {"author": [
        {"family": "Leamy"}, {"name": "King's College"}, {"family": "Bird"}, {"family": "Slade"}]}),
    "first author alone": ({}, {"author": [{"family": "Leamy"}]}),
    "surname and given name swapped": ({}, {"author": [
        {"family": "Mary", "given": "Leamy"}, {"family": "Bird"}, {"family": "Slade"}]}),
    "group": ({"author": f"{{{{{WHO}}}}}"},
              {"author": [{"name": WHO}]}),
    "initials of a group": ({"author": "{{WHO}}"}, {"author": [{"name": WHO}]}),
    "no authors there": ({}, {"author": []}),
    "journal cut": ({"journal": "Br J Psychiatry"}, {"short_container_title": []}),
    "journal as initials": ({"journal": "BMJ"}, {"container_title": ["British Medical Journal"]}),
    "journal with The": ({"journal": "The British Journal of Psychiatry"}, {}),
    "journal with its own subtitle": ({}, {"container_title": [
        "The British journal of psychiatry : the journal of mental science"]}),
    "acronym of proceedings": ({"journal": "NeurIPS"}, {"container_title": [
        "Advances in Neural Information Processing Systems"]}),
    "acronym with words left out": ({"journal": "NAACL"}, {"container_title": [
        "North American Chapter of the Association for Computational Linguistics"]}),
    "acronym of another acronym": ({"journal": "JACM"}, {"container_title": [
        "Journal of the ACM"], "short_container_title": []}),
    "acronym in brackets": ({"journal": "CVPR"}, {"container_title": [
        "2021 IEEE/CVF Conference on Vision and Patterns (CVPR)"]}),
    "acronym with a year": ({"journal": "ECCV"}, {"container_title": [
        "Lecture Notes in Computer Science", "Computer Vision – ECCV 2020"]}),
    "acronym of a conference": ({"journal": "CHI"}, {"container_title": [
        "Proceedings of the 2021 CHI Conference on Human Factors in Computing Systems"]}),
    "acronym of an event": ({"journal": "WWW"}, {
        "container_title": ["The Web Conference 2021"], "event": {"acronym": "WWW '21"}}),
    "numbers of DBLP": ({"author": "Mary Leamy 0002 and Victoria Bird and Mike Slade"}, {}),
    "volume with zeros": ({"volume": "0199"}, {}),
    "issues joined": ({"number": "3--4"}, {"issue": "3/4"}),
    "supplement": ({"number": "Suppl 1"}, {"issue": "S1"}),
    "pages cut": ({}, {"page": "445-52"}),
    "article number": ({"pages": "", "eid": "e4"}, {"page": None, "article_number": "e4"}),
    "article number as a page": ({"pages": "e4"}, {"page": None, "article_number": "E4"}),
    "pages of a PDF": ({"pages": "1--12"}, {"page": None, "article_number": "e4"}),
    "new version": ({}, {"updated_by": [r.update("new_version", r.PAPER, 2012)]}),
    "acknowledged later than said": ({"acknowledged": "2012-05-01: an example"},
                                     {"updated_by": [r.update("retraction", NOTICE, 2012, 5, 1)]}),
    "the notice itself": ({"title": f"Retraction: {r.FIELDS['title']}"},
                          {"title": [f"Retraction: {r.FIELDS['title']}"],
                           "update_to": [r.update("retraction", "10.1000/p", 2011, 12)]}),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_what_is_tolerated(name: str) -> None:
    fields, changes = SAME[name]
    assert [str(one) for one in found(text(**fields), **changes)] == []


# Changes to the entry, changes to the record, then line, column, rule and words of the finding.
WRONG: dict[str, tuple[dict[str, str], dict[str, object], tuple[int, int, str], str]] = {
    "another work": (
        {"doi": ""} | {"title": "A quite different thing", "author": "Ogawa, Jo", "url":
         f"https://doi.org/{r.PAPER}"}, {}, (9, 10, "reference-work"),
        "is that of another work in Crossref: Leamy, Mary, “Conceptual framework for personal"),
    "another work of the same people": (
        {"title": "A quite different thing", "volume": "12", "pages": "1--4"}, {},
        (9, 10, "reference-work"), "another work in Crossref"),
    "a short title of many": ({"title": "Introduction", "author": "Ogawa, Jo"},
                              {"title": ["Introduction"]}, (9, 10, "reference-work"), "another"),
    "not registered": ({"doi": r.MISTYPED}, {}, (9, 10, "reference-absent"),
                       "Crossref, DataCite and doi.org have no DOI 10.1192/bjp.bp.110.08373 (ask"),
    "retracted": ({}, {"updated_by": [r.update("retraction", NOTICE, 2012, 5, 1)]},
                  (3, 12, "reference-retracted"),
                  "a retraction of 2012-05-01 on this work, https://doi.org/10.1192/bjp.notice."),
    "retracted, as a watcher says": (
        {}, {"updated_by": [r.update("retraction", NOTICE, 2012, 5, 1, source=WATCHER)]},
        (3, 12, "reference-retracted"), ": Crossref, from Retraction Watch, has a retraction of"),
    "retracted, as both say": (
        {}, {"updated_by": [r.update("retraction", NOTICE, 2012, 4, source=WATCHER),
                            r.update("retraction", NOTICE, 2012, 5, 1)]},
        (3, 12, "reference-retracted"), ": Crossref has a retraction of 2012-05-01 on this work"),
    "a retraction that the publisher calls a correction": (
        {}, {"updated_by": [r.update("correction", NOTICE, 2012, 5, 1),
                            r.update("retraction", NOTICE, 2012, 5, 3, source=WATCHER)]},
        (3, 12, "reference-retracted"), "bjp.notice. The publisher calls it a correction."),
    "a correction that a watcher calls a retraction in part": (
        {}, {"updated_by": [r.update("partial_retraction", NOTICE, 2012, 5, 1),
                            r.update("expression_of_concern", NOTICE, 2012, source=WATCHER)]},
        (3, 12, "reference-retracted"), "Retraction Watch calls it an expression of concern."),
    "partly retracted": ({}, {"updated_by": [r.update("partial_retraction", NOTICE, 2012)]},
                         (3, 12, "reference-retracted"), "a partial retraction of 2012"),
    "withdrawn": ({}, {"updated_by": [r.update("withdrawal", NOTICE, 2012)]},
                  (3, 12, "reference-retracted"), "a withdrawal of 2012"),
    "retracted after it was acknowledged": (
        {"acknowledged": "2012-04-30: a correction"},
        {"updated_by": [r.update("retraction", NOTICE, 2012, 5, 1)]},
        (3, 12, "reference-retracted"), "a retraction of 2012-05-01"),
    "of a kind that is not known": ({}, {"updated_by": [r.update("publisher-note", NOTICE, 2012)]},
                                    (3, 12, "reference-concern"), "notice “publisher-note”"),
    "acknowledged on no day": ({"acknowledged": "2012-13-01: why"}, {},
                               (10, 19, "reference-acknowledged"), "has no day or no reason"),
    "other words in the title": ({"title": r.FIELDS["title"].replace("personal", "social")}, {},
                                 (3, 12, "reference-title"), "Crossref has the title “Conceptual"),
    "first author unknown": ({"author": "Ogawa, Jo and Bird, Victoria and Slade, Mike"}, {},
                             (2, 13, "reference-author"), 'does not know "Ogawa, Jo"; its first'),
    "first author elsewhere": ({"author": "Bird, Victoria and Leamy, Mary and Slade, Mike"}, {},
                               (2, 13, "reference-author"), "does not stand first in Crossref"),
    "an author too many": ({"author": f"{r.FIELDS['author']} and Ogawa, Jo"}, {},
                           (2, 13, "reference-authors"), "it lists 4 people, and Crossref 3."),
    "others are none": ({"author": f"{r.FIELDS['author']} and Ogawa, Jo and others"}, {},
                        (2, 13, "reference-authors"), "it lists 4 people, and Crossref 3."),
    "order of authors": ({"author": "Leamy, Mary and Slade, Mike and Bird, Victoria"}, {},
                         (2, 13, "reference-authors"), 'author 2 is "Bird, Victoria" in Crossref'),
    "accents": ({"author": "Leamy, Mary and Munoz, Jo and Slade, Mike"},
                {"author": [{"family": "Leamy"}, {"family": "Muñoz"}, {"family": "Slade"}]},
                (2, 13, "reference-authors"), "with their accents"),
    "year": ({"year": "2009"}, {"published_online": {"date-parts": [[2010]]}},
             (4, 11, "reference-year"), "but Crossref has 2011 in print and 2010 online."),
    "a longer journal": ({"journal": "British Journal of Psychiatry Open"}, {},
                         (5, 14, "reference-journal"), "in “British Journal of Psychiatry”."),
    "a shorter journal": ({"journal": "Nature"}, {"container_title": ["Nature Medicine"]},
                          (5, 14, "reference-journal"), "in “Nature Medicine”."),
    "a conference of the same society": ({"journal": "ICCV"}, {"container_title": [
        "2018 IEEE Conference on Computer Vision and Pattern Recognition"]},
        (5, 14, "reference-journal"), "in “2018 IEEE Conference on Computer"),
    "a longer acronym": ({"journal": "BMJ"}, {"container_title": ["BMJ Open"]},
                         (5, 14, "reference-journal"), "in “BMJ Open”."),
    "another conference": ({"journal": "ICML"}, {"container_title": [
        "International Conference on Learning Representations"]},
        (5, 14, "reference-journal"), "in “International Conference on Learning"),
    "last page": ({"pages": "445--453"}, {}, (8, 12, "reference-pages"), "the pages are 445--452"),
    "another article number": ({"pages": "", "eid": "e5"}, {"page": None, "article_number": "e4"},
                               (9, 10, "reference-pages"), "the pages are e4"),
    "an article as a preprint": (
        {"doi": r.PREPRINT, "volume": "", "number": "", "pages": ""}, {},
        (5, 14, "reference-journal"), "in Crossref it appeared in “bioRxiv”."),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_told_and_where(name: str) -> None:
    fields, changes, (line, column, rule), words = WRONG[name]
    findings = found(text(**fields), **changes)
    told = {(one.line, one.column, str(one.rule)): one.wrong for one in findings}
    assert words in told.get((line, column, rule), ""), told


def test_who_confirms_outranks_who_does_not() -> None:
    bib = text(pmid="22130746", year="2012")
    assert [one.rule for one in found(bib, published_print={"date-parts": [[2012]]})] == []
    (one,) = found(bib)
    assert one.rule == "reference-year"


def test_a_work_that_nobody_was_asked_for_has_no_finding() -> None:
    bibliography = read(text(year="1800"), "references.bib")
    assert list(check_works(bibliography, {})) == []
    others = r.known(read(text().replace("leamy2011", "other"), "x.bib"))
    assert list(check_works(bibliography, others)) == []


def test_what_is_known_of_another_identifier_is_no_word_on_this_one() -> None:
    bibliography = read(text(), "references.bib")
    works = r.known(bibliography, updated_by=[r.update("retraction", NOTICE, 2012)])
    changed = read(text(doi="10.1000/other"), "references.bib")
    assert list(check_works(changed, works)) == []


def mended(bib: str, path: Path, **changes: object) -> str:
    """The file after what is certain was replaced."""
    path.write_text(bib, "utf-8")
    bibliography = read_files([path])
    apply_fixes(check_works(bibliography, r.known(bibliography, **changes)), path.parent)
    return path.read_text("utf-8")


def test_of_one_notice_the_worst_is_told_once() -> None:
    both = [r.update("correction", NOTICE, 2012), r.update("retraction", NOTICE, 2012)]
    other = r.update("correction", "10.1192/bjp.other", 2011, source=WATCHER)
    assert [str(one.rule) for one in found(text(), updated_by=both)] == ["reference-retracted"]
    rules = sorted(str(one.rule) for one in found(text(), updated_by=[*both, other]))
    assert rules == ["reference-corrected", "reference-retracted"]  # of two notices, both


def of_arxiv(bib: str, **changes: object) -> list[Finding]:
    """What is found of an entry of which arXiv alone has been asked."""
    bibliography = read(bib, "references.bib")
    reply = datacite.read(r.preprint("2101.00001", **changes))
    assert reply
    answer = Answer(Verdict.ANSWERED, "2101.00001", r.ASKED, record=reply[0], notices=reply[1])
    works = {key: Work({}, answers={Registry.ARXIV: answer}) for key in bibliography.entries}
    return list(check_works(bibliography, works))


AT_ARXIV = {"doi": "", "eprint": "2101.00001", "archiveprefix": "arXiv"}
PREPRINT = AT_ARXIV | {"journal": "", "volume": "", "number": "", "pages": "", "year": "2021"}


def test_a_work_at_arxiv() -> None:
    assert of_arxiv(text(**PREPRINT)) == []
    assert of_arxiv(text(**PREPRINT | {"year": "2022"})) == []  # of a later version
    (found,) = of_arxiv(text(**PREPRINT | {"year": "2019"}))
    assert (str(found.rule), found.line) == ("reference-year", 4)
    # The years of what it became are not those of the preprint, which bears out no journal either.
    assert of_arxiv(text(**AT_ARXIV, year="2019")) == []
    (found,) = of_arxiv(text(**AT_ARXIV, status="confirmed"))
    assert str(found.rule) == "reference-confirmed"
    assert of_arxiv(text(**PREPRINT, status="confirmed")) == []
    (found,) = of_arxiv(text(**PREPRINT | {"journal": "arXiv", "year": "2019"}))
    assert str(found.rule) == "reference-year"
    (found,) = of_arxiv(text(**PREPRINT), titles=[{"title": "A theory of clouds"}])
    assert (str(found.rule), found.line) == ("reference-work", 5)
    assert "the arXiv number 2101.00001 is that of another work in arXiv: Leamy" in found.wrong
    related = {"relatedIdentifier": "10.1000/a", "relatedIdentifierType": "DOI",
               "relationType": "IsVersionOf"}  # fmt: skip
    (found,) = of_arxiv(text(**PREPRINT), relatedIdentifiers=[related])
    assert "this preprint has appeared, as arXiv says: https://doi.org/10.1000/a." in found.wrong


def test_what_is_certain_is_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "references.bib"
    authors = [{"family": "Leamy"}, {"family": "Muñoz"}, {"family": "Slade"}]
    wrong = text(author="Leamy, Mary and Munoz, Jo and Slade, Mike", pages="445")
    right = text(author="Leamy, Mary and Muñoz, Jo and Slade, Mike")
    assert mended(wrong, path, author=authors) == right
    assert mended(right, path, author=authors) == right
    added = text(doi="", pmid="22130746", status="confirmed")
    assert mended(added, path).splitlines()[8:11] == [
        "  pmid = {22130746},", f"  doi = {{{r.PAPER}}},", "  status = {confirmed},",
    ]  # fmt: skip
    assert mended(added.replace("\n", "\r\n"), path).count(f"  doi = {{{r.PAPER}}},") == 1
    # Where fields share a line, a person adds it.
    one_line = added.replace(",\n", ", ")
    assert mended(one_line, path) == one_line


def test_the_work_of_judging_grows_with_the_works() -> None:
    def judged(count: str) -> None:
        entries = (text().replace("2011,", f"{n},", 1) for n in range(len(count)))
        bibliography = read("".join(entries), "x.bib")
        list(check_works(bibliography, r.known(bibliography)))

    small, large = calls(judged, "x" * 20), calls(judged, "x" * 80)
    assert large <= 1.2 * 4 * small


def test_nothing_is_typed_that_would_be_more_than_a_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "references.bib"
    authors = [{"family": "Leamy"}, {"family": "Muñ},oz"}, {"family": "Slade"}]
    bib = text(author="Leamy, Mary and Munoz, Jo and Slade, Mike")
    assert mended(bib, path, author=authors) == bib
    added = text(doi="", pmid="22130746")
    path.write_text(added, "utf-8")
    bibliography = read_files([path])
    (work,) = r.known(bibliography).values()
    (answer,) = work.answers.values()
    assert answer.record
    hostile = replace(answer.record, doi="10.1000/a},note={x", pmcid="PMC7} ")
    works = {"leamy2011": replace(work, answers={Registry.PUBMED: replace(answer, record=hostile)})}
    assert list(check_works(bibliography, works)) == []
