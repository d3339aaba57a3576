"""Works without an identifier: looked for once, and offered one only where all agrees."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from sphinx_evidence.bibliography.reader import Bibliography, read, read_files
from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.diagnostics.fixes import apply_fixes
from sphinx_evidence.network.settings import Ask
from sphinx_evidence.registries import lock
from sphinx_evidence.registries.record import Registry, Verdict, Work
from sphinx_evidence.registries.rules import check_works
from sphinx_evidence.registries.run import Run
from sphinx_evidence.registries.works import Outcome
from tests.links import world as w
from tests.links.world import DAY, Behave, World
from tests.registries import world as r

SEARCH = ("crossref.test", "/works")
BOOKS = ("library.test", "/search.json")
CROSSREF, LIBRARY = Registry.CROSSREF, Registry.OPEN_LIBRARY
DOI, OTHER = "10.1000/a", "10.1000/b"
TITLE = r.FIELDS["title"]
MAIN = TITLE.partition(":")[0]
ISBN = "9780306406157"
OF_BOOK = {"journal": "", "volume": "", "number": "", "pages": "", "publisher": "Press"}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with w.played() as made:
        yield made


def text(kind: str = "article", **fields: str) -> str:
    given = {name: value for name, value in (r.FIELDS | fields).items() if value}
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in given.items())
    return f"@{kind}{{leamy2011,\n{lines}}}\n"


def works(*items: Mapping[str, object]) -> Behave:
    """What Crossref finds: each item as changes to a work that is the one."""
    found = [r.work(str(one.get("DOI", DOI)), **one)["message"] for one in items]
    message = {"facets": {}, "total-results": len(found), "items": found, "items-per-page": 5}
    return r.as_json({"status": "ok", "message-type": "work-list", "message": message})


def books(*editions: Mapping[str, object]) -> Behave:
    """What Open Library finds: a book for each edition."""
    sound: dict[str, object] = {
        "title": MAIN, "subtitle": "systematic review", "publish_date": ["March 2011"],
        "publisher": ["Press"], "isbn": ["0306406152", ISBN],
    }  # fmt: skip
    docs = [
        {"title": MAIN, "author_name": ["Mary Leamy"], "editions": {"docs": [sound | dict(one)]}}
        for one in editions
    ]
    return r.as_json({"numFound": len(docs), "start": 0, "docs": docs})


def asked(
    world: World, bibliography: Bibliography, known: Mapping[str, Work], how: Ask = Ask.DUE
) -> Outcome:
    run = Run(list(bibliography.entries.values()), known, lambda _: None)
    return run.ask(how, r.settings(world), world.clock)


def offered(world: World, bib: str, *places: tuple[r.Place, Behave]) -> list[Finding]:
    r.plays(world, places)
    bibliography = read(bib, "references.bib")
    return list(check_works(bibliography, asked(world, bibliography, {}).works))


def test_what_is_offered(world: World) -> None:
    (found,) = offered(world, text(), (SEARCH, works({})))
    assert (found.line, str(found.rule), found.edit) == (3, "reference-identifier", None)
    assert found.wrong == (
        'The entry "leamy2011": an identifier could be added, as Crossref has: Leamy, Mary, '
        f"“{TITLE}”, 2011, British Journal of Psychiatry, volume 199, pages 445-452."
    )
    assert found.remedy == ("Compare that with the work. If it is the same, add doi = {10.1000/a},")


RETRACTED = {"updated-by": [r.update("retraction", "10.1000/n", 2012)]}
# What Crossref finds for the article, and whether an identifier is offered.
CANDIDATES: dict[str, tuple[tuple[Mapping[str, object], ...], bool]] = {
    "nothing": ((), False),
    "the work": (({},), True),
    "the work among others": (({"DOI": OTHER, "title": ["Hope"]}, {}), True),
    "the work twice under one DOI": (({}, {}), True),
    "two works that would do": (({}, {"DOI": OTHER}), False),
    "case and markup": (({"title": [f"<b>{TITLE.upper()}</b>"]},), True),
    "the work without its subtitle": (({"title": [MAIN]},), True),
    "a retracted work": ((RETRACTED,), True),
    "a near title": (({"title": [TITLE.replace("personal", "clinical")]},), False),
    "one word more": (({"title": [f"{TITLE} of reviews"]},), False),
    "another subtitle": (({"title": [f"{MAIN}: study protocol"]},), False),
    "another author": (({"author": [{"family": "Ogawa", "given": "Jo"}]},), False),
    "another author of the name": (({"author": [
        {"family": "Leamy", "given": "Paul"}, {"family": "Bird"}, {"family": "Slade"}]},), False),
    "the authors in another order": (({"author": [
        {"family": "Bird"}, {"family": "Leamy"}, {"family": "Slade"}]},), False),
    "no authors": (({"author": []},), False),
    "another year": (({"published-print": {"date-parts": [[2012]]}, "published-online": None,
                       "issued": {"date-parts": [[2012]]}},), False),
    "no year": (({"published-print": None, "published-online": None, "issued": None},), False),
    "another journal": (({"container-title": ["The Lancet"], "short-container-title": []},), False),
    "no journal": (({"container-title": [], "short-container-title": []},), False),
    "accents and the last page": (({"page": "445-452", "author": [
        {"family": "Léamy"}, {"family": "Bird"}, {"family": "Slade"}]},), True),
    "another volume": (({"volume": "198"},), False),
    "other pages": (({"page": "1-8"},), False),
    "no title": (({"title": []},), False),
    "the retraction": (({"title": [f"Retraction: {TITLE}"]},), False),
    "a notice under the title": (
        ({"update-to": [r.update("retraction", OTHER, 2011, 12)]},), False),
    "an erratum": (({"title": [f"Erratum to: {TITLE}"]},), False),
    "a correction": (({"update-to": [r.update("correction", OTHER, 2011, 12)]},), False),
    "the preprint": (({"type": "posted-content", "container-title": [], "volume": None,
                       "short-container-title": [], "issue": None, "page": None,
                       "institution": [{"name": "PsyArXiv"}]},), False),
    "a book of the title": (({"type": "monograph"},), False),
    "a report of a reviewer": (
        ({"type": "peer-review", "title": [f"Review of “{TITLE}”"]},), False),
    "items of another type": (({"DOI": 7}, {"title": {"a": 1}, "author": "x"}), False),
}  # fmt: skip


@pytest.mark.parametrize("name", CANDIDATES)
def test_which_candidate_is_offered(name: str, world: World) -> None:
    items, right = CANDIDATES[name]
    found = offered(world, text(), (SEARCH, works(*items)))
    assert [str(one.rule) for one in found] == ["reference-identifier"] * right
    assert all("retraction on it" in one.wrong for one in found) or "retracted" not in name


def test_what_judges_nothing(world: World) -> None:
    found = offered(world, text(status="confirmed"), (SEARCH, works(RETRACTED)))
    rules = {str(one.rule) for one in found}
    assert rules == {"reference-identifier", "reference-confirmed"}  # nor does it prove a status


@pytest.mark.parametrize(
    ("kind", "fields", "item", "right"),
    [
        ("book", OF_BOOK, {"type": "monograph", "container-title": [], "page": None}, True),
        ("book", OF_BOOK, {"type": "journal-article"}, False),  # a review under its title
        ("misc", OF_BOOK, {"type": "report"}, True),
        ("incollection", OF_BOOK | {"booktitle": "A book"},
         {"type": "book-chapter", "container-title": ["A book"]}, True),
        ("incollection", OF_BOOK | {"booktitle": "A book"},
         {"type": "book-chapter", "container-title": ["Other essays"]}, False),
        ("report", OF_BOOK, {"type": "journal-article"}, False),
    ],
)  # fmt: skip
def test_what_a_work_is(
    kind: str, fields: dict[str, str], item: dict[str, object], world: World, *, right: bool
) -> None:
    places = ((SEARCH, works(item)), (BOOKS, books()))
    assert len(offered(world, text(kind, **fields), *places)) == right


@pytest.mark.parametrize(
    ("editions", "right"),
    [
        (({},), True),
        (({"isbn": ["0306406152"]},), True),
        (({"isbn": []},), False),
        (({"isbn": ["9780306406158"]},), False),  # its last digit is wrong
        (({"publish_date": ["2009"]},), False),
        (({"title": "Conceptual frameworks"},), False),
        (({}, {"isbn": ["9783161484100"]}), False),
        (({"title": [None], "publish_date": {}},), False),
    ],
)
def test_books(editions: tuple[dict[str, object], ...], world: World, *, right: bool) -> None:
    places = ((BOOKS, books(*editions)), (SEARCH, works()))
    found = offered(world, text("book", **OF_BOOK), *places)
    assert [one.remedy.rpartition("add ")[2] for one in found] == [f"isbn = {{{ISBN}}},"] * right
    paths = [path for _, host, path in world.asked if host == "library.test"]
    (query,) = parse_qs(urlsplit(paths[-1]).query)["q"]
    assert query.startswith("title:(conceptual framework for personal recovery in mental health")
    assert query.endswith(") author:(leamy) publish_year:2011")


UNREAD = "Crossref: an answer that cannot be read"
SILENT: dict[str, tuple[Behave, str]] = {
    "503": (w.status(503), "Crossref: 503 Service Unavailable"),
    "404": (w.status(404, b"Resource not found."), UNREAD),  # which is no word on a work
    "400": (w.status(400, b'{"status":"failed"}'), "Crossref: 400 Bad Request"),
    "429": (w.status(429, Retry_After="86400"), "Crossref: 429 Too Many Requests, to be asked aga"),
    "a portal": (w.status(200, b"<h1>Welcome</h1>"), UNREAD),
    "empty": (w.status(200, b""), UNREAD),
    "no list": (r.as_json({"message": {"items": None}}), UNREAD),
    "one work": (r.as_json(r.work(DOI)), UNREAD),
    "no answer": (w.hang, "Crossref: no answer in time"),
}


@pytest.mark.parametrize("name", SILENT)
def test_silence_is_not_remembered_as_an_answer(name: str, world: World) -> None:
    does, reason = SILENT[name]
    r.plays(world, [(SEARCH, does)])
    bibliography = read(text(), "references.bib")
    known = asked(world, bibliography, {}).works
    answer = known["leamy2011"].answers[CROSSREF]
    assert (answer.verdict, answer.reason[: len(reason)]) == (Verdict.UNREACHABLE, reason)
    r.plays(world, [(SEARCH, works({}))])
    again = asked(world, bibliography, known, Ask.NEW)
    assert again.asked == 1
    assert again.works["leamy2011"].answers[CROSSREF].record


def test_a_work_is_looked_for_once(world: World, tmp_path: Path) -> None:
    r.plays(world, [(SEARCH, works())])
    world.asked.clear()
    bibliography = read(text() + text().replace("leamy2011", "twin2011"), "references.bib")
    known = asked(world, bibliography, {}).works
    paths = [path for _, host, path in world.asked if host == "crossref.test"]
    assert [parse_qs(urlsplit(path).query) for path in paths if "robots" not in path] == [{
        "query.bibliographic": [f"Leamy 2011 {TITLE}"], "rows": ["5"],
        "mailto": ["people@sample.test"],
    }]  # fmt: skip
    lock.write(tmp_path / "x.json", known)
    known = lock.read(tmp_path / "x.json")
    world.clock.time += 400 * DAY
    for how in (Ask.DUE, Ask.NEW):
        assert asked(world, bibliography, known, how).asked == 0
    assert asked(world, bibliography, known, Ask.ALL).asked == 1
    changed = read(text(year="2012"), "references.bib")
    assert asked(world, changed, known).asked == 1
    # With an identifier, what was found counts no longer.
    world.pages[r.work_at(DOI)] = r.as_json(r.work(DOI))
    assert list(asked(world, read(text(doi=DOI), "x.bib"), known).works["leamy2011"].answers) == [
        CROSSREF
    ]


def test_the_words_steer_no_search(world: World) -> None:
    r.plays(world, [(BOOKS, books()), (SEARCH, works())])
    bib = text("book", **OF_BOOK | {"title": "NOT (a) OR b: year[* TO *]&limit=1000#x"})
    world.asked.clear()
    asked(world, read(bib, "references.bib"), {})
    (query,) = [urlsplit(path).query for _, host, path in world.asked if host == "library.test"]
    assert parse_qs(query)["q"] == [
        "title:(not a or b year to limit 1000 x) author:(leamy) publish_year:2011"
    ]
    assert parse_qs(query)["limit"] == ["5"]


def test_nothing_of_it_is_typed(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "references.bib"
    path.write_text(text(), "utf-8")
    bibliography = read_files([path])
    r.plays(world, [(SEARCH, works({}))])
    known = asked(world, bibliography, {}).works
    assert list(check_works(bibliography, known))
    apply_fixes(check_works(bibliography, known), tmp_path)
    assert path.read_text("utf-8") == text()
    # Nor is it offered any longer where the entry says something else by now.
    assert list(check_works(read(text(volume="198"), "x.bib"), known)) == []
    r.plays(world, [(SEARCH, works({"DOI": "10.1000/a},note={x"}))])
    known = asked(world, bibliography, {}).works
    assert list(check_works(bibliography, known)) == []
