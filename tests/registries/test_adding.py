"""A work by its identifier alone: in the .bib file and in the lock, or in neither."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sphinx_evidence.bibliography.check import check_files
from sphinx_evidence.cli import main
from sphinx_evidence.network.public import is_global
from sphinx_evidence.registries import lock
from sphinx_evidence.registries.record import Registry, Scheme, Verdict
from sphinx_evidence.registries.typed import identifier_of
from tests.links import world as w
from tests.links.world import World
from tests.registries import world as r

DOI = "10.1192/bjp.bp.110.083733"
BASES = ("registries_crossref", "registries_datacite", "registries_open_library")


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Registries on this machine, and a project that asks them."""
    with w.world() as made:
        lines = [f"evidence_{name} = '{made.base}/'\n" for name in BASES]
        lines.append(f"evidence_links_handle = '{made.base}/api/handles/'\n")
        lines.append(f"evidence_links_eutils = '{made.base}/entrez/eutils/'\n")
        (tmp_path / "conf.py").write_text("".join(lines), "utf-8")
        (tmp_path / "references.bib").write_text("% The works.\n", "utf-8")
        monkeypatch.chdir(tmp_path)
        # This machine plays the public web.
        monkeypatch.setattr("sphinx_evidence.network.public.is_global", lambda _: True)
        yield made


def at(world: World, path: str, does: w.Behave) -> None:
    world.pages["*", path] = does


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (DOI, (Scheme.DOI, DOI)),
        (f" https://doi.org/{DOI.upper()} ", (Scheme.DOI, DOI)),
        ("PMID: 22130746", (Scheme.PMID, "22130746")),
        ("https://pubmed.ncbi.nlm.nih.gov/22130746/", (Scheme.PMID, "22130746")),
        ("pmc6735050", (Scheme.PMCID, "PMC6735050")),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC6735050/", (Scheme.PMCID, "PMC6735050")),
        ("ISBN 978-0-306-40615-7", (Scheme.ISBN, "9780306406157")),
        ("0-306-40615-2", (Scheme.ISBN, "9780306406157")),
        ("978-0-306-40615-8", None),  # its last digit is wrong
        ("arXiv:2101.00001v2", (Scheme.ARXIV, "2101.00001")),
        ("https://arxiv.org/abs/math.GT/0309136", (Scheme.ARXIV, "math/0309136")),
        ("10.48550/arXiv.2101.00001", (Scheme.ARXIV, "2101.00001")),
        ("https://arxiv.org/list/math/0309136", None),
        ("Leamy et al. 2011", None),
        ("", None),
        ("$(touch x)", None),
    ],
)
def test_identifiers(typed: str, found: tuple[Scheme, str] | None) -> None:
    assert identifier_of(typed) == found


def test_entry_and_lock_together(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    Path("conf.py").write_text(
        Path("conf.py").read_text("utf-8")
        + 'evidence_reference_status = {"confirmed": "Confirmed"}\n', "utf-8",
    )  # fmt: skip
    at(world, f"/works/{DOI}", r.as_json(r.work(DOI)))
    assert main(["add", DOI]) == 0
    told = capsys.readouterr()
    text = Path("references.bib").read_text("utf-8")
    assert told.err == ""
    assert told.out.startswith("added: leamy2011\n@article{leamy2011,\n")
    assert text.startswith("% The works.\n")
    assert "  author = {Leamy, Mary and Bird, Victoria and Slade, Mike},\n" in text
    assert "  pages = {445--452},\n" in text
    assert "  status = {confirmed},\n  checked = {Crossref, asked on " in text
    (known,) = lock.read(Path("references.lock.json")).values()
    assert known.answers[Registry.CROSSREF].verdict is Verdict.ANSWERED
    assert known.answers[Registry.CROSSREF].when
    found = check_files([Path("references.bib")])[0]
    assert [finding for finding in found if finding.rule.startswith("bib-syntax")] == []
    assert main(["bib", "references.bib"]) == 0  # held against the lock, nothing is wrong
    capsys.readouterr()

    before = text, Path("references.lock.json").read_bytes()
    assert main(["add", f"https://doi.org/{DOI}"]) == 0
    assert capsys.readouterr().out.startswith("not added: Conceptual framework")
    assert (Path("references.bib").read_text("utf-8"), before[1]) == before


def test_a_work_of_pubmed_a_book_and_a_page(world: World) -> None:
    at(world, r.SUMMARIES[1], r.summaries({"22130746": r.summary("22130746")}))
    assert main(["add", "PMID 22130746".replace(" ", ":")]) == 0
    isbn = "9780306406157"
    at(world, "/api/books", r.as_json(r.book(isbn, title="Another work", subtitle="")))
    assert main(["add", isbn]) == 0
    at(world, "/works/10.5555/page", r.as_json(r.work("10.5555/page", title=["A third work"])))
    page = b"<html><head><meta name='citation_doi' content='10.5555/page'></head></html>"
    at(world, "/article", w.status(200, page, Content_Type="text/html"))
    assert main(["add", f"{world.base}/article"]) == 0
    reply = r.preprint("2101.00001", titles=[{"title": "A fourth work"}])
    at(world, "/dois/10.48550/arXiv.2101.00001", r.as_json(reply))
    assert main(["add", "arXiv:2101.00001"]) == 0
    (known,) = [one for one in lock.read(Path("references.lock.json")).values()
                if Scheme.ARXIV in one.identifiers]  # fmt: skip
    assert known.answers[Registry.ARXIV].verdict is Verdict.ANSWERED
    text = Path("references.bib").read_text("utf-8")
    assert "  doi = {10.48550/arxiv.2101.00001},\n" in text
    assert text.count("@article{") == 2
    assert "@book{leamy2011" in text
    assert f"isbn = {{{isbn}}}" in text


HOSTILE = r"} @misc{x, title={\input{/etc/passwd}} % $(touch y) <script>"


@pytest.mark.parametrize(
    ("typed", "does", "status", "said"),
    [
        (DOI, r.NOT_FOUND, 1, "have no such work. Compare it"),
        (DOI, w.status(503, b"", Retry_After="3600"), 3, "nothing was written. Try again later."),
        (DOI, w.status(200, b"{", Content_Type="application/json"), 3, "nothing was written"),
        ("no identifier", None, 1, '"no identifier" is no identifier of a work. Give a DOI'),
        (DOI, r.as_json(r.work(DOI, title=["Retraction: Clouds"])), 1, "is a notice on another"),
    ],
    ids=["absent", "down", "not JSON", "nothing", "notice"],
)  # fmt: skip
def test_neither_is_written(  # noqa: PLR0913, PLR0917  # one world, one case
    typed: str,
    does: w.Behave | None,
    status: int,
    said: str,
    world: World,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if does:
        at(world, f"/works/{DOI}", does)
        at(world, f"/dois/{DOI}", r.NO_DATA)
        at(world, f"/api/handles/{DOI}", r.NO_HANDLE)
    before = Path("references.bib").read_bytes()
    assert main(["add", typed]) == status
    assert said in capsys.readouterr().err
    assert Path("references.bib").read_bytes() == before
    assert not Path("references.lock.json").exists()


def test_the_lock_is_taken_back_where_the_bib_cannot_be_written(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at(world, f"/works/{DOI}", r.as_json(r.work(DOI)))

    def full(path: Path, _data: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr("sphinx_evidence.registries.adding.write_atomically", full)
    assert main(["add", DOI]) == 1
    assert "No space left on device" in capsys.readouterr().err
    assert lock.read(Path("references.lock.json")) == {}


def test_a_broken_bib_is_told_before_anybody_is_asked(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("references.bib").write_text("@misc{a,\n  title = {A,\n}\n", "utf-8")
    assert main(["add", DOI]) == 1
    assert "references.bib:2: " in capsys.readouterr().err
    assert world.asked == []


REPORT = (
    b"<meta name=DC.title content='A report: {x} \\input{y} % &amp; _'>"
    b"<meta name=DC.date content=2021>"
    b"<meta name=DC.publisher content='World Health Organization'><script>location = 'x'</script>"
)


def test_a_page_without_identifier(world: World) -> None:
    with Path("conf.py").open("a", encoding="utf-8") as conf:
        conf.write('evidence_reference_status = {"confirmed": "Confirmed"}\n')
    at(world, "/report", w.status(200, REPORT, Content_Type="text/html"))
    at(world, "/moved", w.to(f"{world.base}/report"))
    assert main(["add", f"{world.base}/moved"]) == 0
    text = Path("references.bib").read_text("utf-8")
    assert "  author = {{World Health Organization}},\n" in text
    assert f"  url = {{{world.base}/moved}},\n" in text
    assert f"  checked = {{{world.base}/moved, asked on " in text
    assert r"\input{" not in text
    found = check_files([Path("references.bib")])[0]
    assert [one for one in found if one.rule == "bib-syntax"] == []
    (work,) = lock.read(Path("references.lock.json")).values()
    assert [said.verdict for said in work.answers.values()] == [Verdict.NOT_ASKED]


REFUSED = {
    "empty": ("{base}/empty", "the page names no identifier of a work, nor its title"),
    "not there": ("{base}/nothing", "404 Not Found. Nothing was written; give the DOI"),
    "in a circle": ("{base}/round", "nothing that can be read. Nothing was written"),
    "too long": ("{base}/long", "Nothing was written"),
    "inside": ("{base}/inside", "http://10.0.0.1/admin is no address of the public web."),
    "redirect to a script": ("{base}/script", "Nothing was written; give the DOI"),
    "this machine": ("http://127.0.0.2/", "http://127.0.0.2/ is no address of the public web."),
    "this machine in IPv6": ("http://[::1]/", "is no address of the public web."),
    "cloud": ("http://169.254.169.254/latest/", "is no address of the public web."),
    "with a password": ("http://me:a@sample.test/", "is no address of the public web."),
    "no port": ("http://sample.test:x/", "is no address of the public web."),
    "a script": ("javascript:alert(1)", "is no identifier of a work. Give a DOI"),
    "a file": ("file:///etc/passwd", "is no identifier of a work. Give a DOI"),
    "more than a value": ("https://a.example/}},x={{", "is no identifier of a work. Give a DOI"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_pages_that_are_not_taken(
    name: str, world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Of this machine, the world alone plays the public web.
    monkeypatch.setattr("sphinx_evidence.network.public.is_global", lambda one: one == "127.0.0.1")
    at(world, "/empty", w.status(200, b"<title>Hello</title>", Content_Type="text/html"))
    at(world, "/round", w.to(f"{world.base}/round"))
    at(world, "/inside", w.to("http://10.0.0.1/admin"))
    at(world, "/script", w.to("javascript:alert(1)"))
    at(world, "/long", w.huge(REPORT))
    before = Path("references.bib").read_bytes()
    address, said = REFUSED[name]
    assert main(["add", address.format(base=world.base)]) != 0
    assert said in capsys.readouterr().err
    assert Path("references.bib").read_bytes() == before
    assert not Path("references.lock.json").exists()


def test_which_numbers_are_public() -> None:
    public = ("93.184.216.34", "2606:4700::1111")
    inside = ("127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1",
              "0.1.2.3", "::1", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1")  # fmt: skip
    assert all(map(is_global, public))
    assert not any(map(is_global, inside))


def test_what_a_registry_says_is_data(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    retracted = [r.update("retraction", "10.5555/notice", 2012, 5, 1)]
    reply = r.work(DOI, title=[HOSTILE], publisher="\ud800", **{"updated-by": retracted})
    at(world, f"/works/{DOI}", r.as_json(reply))
    assert main(["add", DOI]) == 0
    told = capsys.readouterr()
    assert "Crossref has a notice on this work: retraction, 2012-05-01." in told.err
    text = Path("references.bib").read_text("utf-8")
    assert r"\input{" not in text
    found = check_files([Path("references.bib")])[0]
    assert [one for one in found if one.rule == "bib-syntax"] == []
    assert text.count("@") == 2  # of the entry, and as a letter of the title
