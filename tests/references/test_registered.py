"""What readers see of what registries say, in every format."""

import re
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from sphinx_evidence.references.registered import day_in_words, seen
from sphinx_evidence.registries import lock
from sphinx_evidence.registries.record import (
    Answer,
    Notice,
    NoticeKind,
    Person,
    Record,
    Registry,
    Scheme,
    Verdict,
    Work,
)
from tests.projects import Project
from tests.references.test_reference_list import text

DAY = date(2026, 11, 26)
NAMES = ("Retracted", "Partly", "Withdrawn", "Doubted", "Corrected", "Agreeing", "Absent", "Asked")
KEYS = [name.lower() for name in NAMES]
BIB = "".join(
    f"@article{{{key},\n  author = {{{key.capitalize()}, A.}},\n  title = {{Title of {key}}},\n"
    f"  year = {{2011}},\n  journal = {{The Journal}},\n  doi = {{10.5555/{key}}},\n"
    f"  status = {{{'as printed' if key == 'agreeing' else 'confirmed'}}},\n"
    "  checked = {the page of the journal},\n  note = {A note.},\n"
    f"{'  acknowledged = {2026-11-26: as an example},' if key in KEYS[:5] else ''}\n}}\n"
    for key in KEYS
)
KINDS = {
    "retracted": NoticeKind.RETRACTION, "partly": NoticeKind.PARTIAL_RETRACTION,
    "withdrawn": NoticeKind.WITHDRAWAL, "doubted": NoticeKind.CONCERN,
    "corrected": NoticeKind.CORRECTION,
}  # fmt: skip


def work(key: str, *notices: Notice, verdict: Verdict = Verdict.ANSWERED) -> Work:
    doi = f"10.5555/{key}"
    record = Record(
        title=f"Title of {key}", authors=(Person(key.capitalize(), "A."),), printed=2011,
        container="The Journal", doi=doi,
    )  # fmt: skip
    said = verdict is Verdict.ANSWERED
    answer = Answer(verdict, doi, DAY, "", record if said else None, notices)
    return Work({Scheme.DOI: doi}, "", {Registry.CROSSREF: answer})


def notice(key: str, **changes: str) -> Notice:
    given = {"words": KINDS[key], "date": "2012-05-01", "doi": f"10.5555/notice.{key}"} | changes
    return Notice(KINDS[key], **given)


WORKS = {key: work(key, notice(key)) for key in KINDS} | {
    "partly": work("partly", notice("partly", source="retraction-watch")),
    "agreeing": work("agreeing"),
    "absent": work("absent", verdict=Verdict.ABSENT),
    "asked": work("asked", verdict=Verdict.UNREACHABLE),
}
SAID = (
    "Partly, 2011 [retracted in part], p. 3",
    "Partly (2011) [retracted in part]",
    "Withdrawn, 2011 [withdrawn], p. 3",
    "Doubted (2011) [expression of concern]",
    "[Retracted] Retracted, A. (2011) ‘Title of retracted’, The Journal.",
    "Retracted on 1 May 2012, as Crossref says (asked on 26 November 2026). Read the retraction.",
    "It is cited here all the same: as an example.",
    (
        "Retracted in part on 1 May 2012, as Retraction Watch says in Crossref (asked on 26 "
        "November 2026). Read the partial retraction."
    ),
    "Withdrawn on 1 May 2012, as Crossref says (asked on 26 November 2026). Read the withdrawal.",
    "[Expression of concern] Doubted, A. (2011)",
    "Corrected on 1 May 2012, as Crossref says (asked on 26 November 2026). Read the correction.",
    "Confirmed · Journal article · agrees with Crossref, checked 26 November 2026",
)


def sample(project: Project) -> Project:
    project.write("references.bib", BIB)
    statuses = {"confirmed": "Confirmed", "as printed": "Not confirmed"}
    project.append("conf.py", f"evidence_reference_status = {statuses}\n")
    project.append("conf.py", "evidence_rules = {'reference-absent': 'off'}\n")
    cited = "".join(f"- {{cite:p}}`{key}{{p. 3}}` {{cite:t}}`{key}`\n" for key in KEYS)
    project.write("docs/index.md", f"# Sample\n\n{cited}\n```{{toctree}}\nlist\n```\n")
    project.write("docs/list.md", "# List\n\n```{bibliography}\n```\n")
    lock.write(project.root / "references.lock.json", WORKS)
    return project


def spaced(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def in_paper(path: Path) -> str:
    return spaced(" ".join(page.extract_text() for page in PdfReader(path).pages))


def test_every_copy_says_it(project: Project) -> None:
    sample(project)
    documents = [{"name": "normal"}, {"name": "large", "size": "large"}]
    project.append("conf.py", f"evidence_pdf_documents = {documents}\n")
    book_options = ("-Depub_show_urls=no", "-Dversion=1", "-Dcopyright=A")
    options = {"html": (), "epub": book_options, "pdf": ()}
    built = {name: project.build(name, *given) for name, given in options.items()}
    for one in built.values():
        assert one.status == 0, one.text
    book = project.root / "doctrees/epub/_epub"
    said = {
        "site": pages(built["html"].out, "html"), "book": pages(book, "xhtml"),
        **{name: in_paper(built["pdf"].out / f"{name}.pdf") for name in ("normal", "large")},
    }  # fmt: skip
    for words in said.values():
        letters = re.sub(r"[\s\xad\u200b-]", "", words)  # where lines end
        missing = [one for one in SAID if re.sub(r"[\s-]", "", one) not in letters]
        assert missing == [], words
        assert letters.count("agreeswith") == 1
        assert letters.count("[retracted]") == 2, words
        assert "[corrected]" not in letters
        assert "Notconfirmed" not in letters  # the registry has


def pages(folder: Path, suffix: str) -> str:
    """The words of a copy that is written as pages; what is folded has its title and a colon."""
    read = [(folder / f"{name}.{suffix}").read_text("utf-8") for name in ("index", "list")]
    return spaced(text("".join(read)))


def test_the_mark_is_inside_the_link(project: Project) -> None:
    built = sample(project).build("html")
    assert built.status == 0, built.text
    page = (built.out / "index.html").read_text("utf-8")
    links = [spaced(text(one)) for one in re.findall(r"<a [^>]*internal.*?</a>", page, re.DOTALL)]
    assert "Retracted, 2011 [retracted]" in links
    assert "Retracted (2011) [retracted]" in links
    assert "Doubted, 2011 [expression of concern]" in links
    notices = re.findall(
        r'href="(https://doi[^"]+notice[^"]+)"', (built.out / "list.html").read_text("utf-8")
    )
    assert sorted(notices) == [f"https://doi.org/10.5555/notice.{key}" for key in sorted(KINDS)]


def test_a_lock_that_changes_writes_the_pages_again(project: Project) -> None:
    sample(project)
    path = project.root / "references.lock.json"
    lock.write(path, WORKS | {"retracted": work("retracted")})
    out = project.build("html").out
    assert "[retracted]" not in (out / "index.html").read_text("utf-8")
    lock.write(path, WORKS)
    again = project.build("html")
    assert again.status == 0, again.text
    assert "[retracted]" in (out / "index.html").read_text("utf-8")
    assert "Read the" in (out / "list.html").read_text("utf-8")


def test_what_a_lock_says_is_words(project: Project) -> None:
    """Markup, scripts, addresses and letters that turn others around come from elsewhere, too."""
    sample(project)
    evil = "<script>alert(1)</script>\u202ejavascript:alert(2)"
    told = Notice(NoticeKind.OTHER, evil, "2012-99-99", evil, "javascript:alert(3)", "7<b>")
    lock.write(project.root / "references.lock.json", {"retracted": work("retracted", told)})
    built = project.build("html")
    assert built.status == 0, built.text
    page = (built.out / "list.html").read_text("utf-8")
    assert "</strong> (“&lt;script&gt;alert(1)&lt;/script&gt;javascript:alert(2)”) in 2012" in page
    assert "alert(3)" not in page
    assert "7<b>" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize(
    ("given", "words"),
    [("2012-05-01", "1 May 2012"), ("2012-05", "May 2012"), ("2012", "2012"), ("", ""),
     ("2012-13", "2012"), ("2012-0", "2012"), ("x-1", ""), ("2012-x", ""), ("2012-05-01T0", "")],
)  # fmt: skip
def test_days(given: str, words: str) -> None:
    assert day_in_words(given) == words


def test_letters_that_are_not_seen_are_left_out() -> None:
    assert seen("a\u202eb\x1bc é") == "abc é"
