"""The offer of copies: format, length and size of each, and a warning for one that is missing."""

from pathlib import Path

import pikepdf
import pytest

from sphinx_evidence.html.downloads import described
from tests.projects import Project


def write_pdf(path: Path, pages: int, filler: int = 0) -> None:
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        pdf.save(path)
    path.write_bytes(path.read_bytes() + b"\n" * filler)


@pytest.mark.parametrize(
    ("name", "pages", "filler", "words"),
    [
        ("a.pdf", 3, 30_000, "PDF, 3\u00a0pages, 31\u00a0KB"),
        ("a.pdf", 1, 2_340_000, "PDF, 1 page, 2.3\u00a0MB"),
        ("a.epub", 0, 180_000, "EPUB, 180\u00a0KB"),
        ("a.epub", 0, 1, "EPUB, 1\u00a0KB"),
    ],
)
def test_described(tmp_path: Path, name: str, pages: int, filler: int, words: str) -> None:
    path = tmp_path / name
    if pages:
        write_pdf(path, pages, filler)
    else:
        path.write_bytes(b"x" * filler)
    assert described(path) == words


OFFER = (
    "evidence_downloads = {'To print': {'The paper': '../copies/a b.pdf'},"
    " 'By < eye': {'Large print': '../copies/l.pdf', 'E-book': '../copies/a.epub'}}\n"
)


def test_copies_are_offered_in_their_order_and_put_beside_the_pages(project: Project) -> None:
    (project.root / "copies").mkdir()
    write_pdf(project.root / "copies" / "a b.pdf", 2)
    write_pdf(project.root / "copies" / "l.pdf", 5)
    project.write("copies/a.epub", "x")
    project.append("conf.py", OFFER)
    project.write("docs/index.md", "# Sample\n\n```{downloads}\n```\n")
    built = project.build("html")
    assert built.status == 0, built.text
    text = (built.out / "index.html").read_text("utf-8")
    rows = (
        '<tr><th scope="row">To print</th>'
        '<td><p><a href="a%20b.pdf" download>The paper</a> (PDF, 2\u00a0pages, 1\u00a0KB)</p>'
        "</td></tr>\n"
        '<tr><th scope="row">By &lt; eye</th>'
        '<td><p><a href="l.pdf" download>Large print</a> (PDF, 5\u00a0pages, 1\u00a0KB)</p>'
        '<p><a href="a.epub" download>E-book</a> (EPUB, 1\u00a0KB)</p></td></tr>\n'
    )
    assert rows in text
    assert {"a b.pdf", "l.pdf", "a.epub"} <= {path.name for path in built.out.iterdir()}
    write_pdf(project.root / "copies" / "l.pdf", 6)  # the page is written anew
    project.build("html")
    assert "Large print</a> (PDF, 6\u00a0pages" in (built.out / "index.html").read_text("utf-8")


def test_missing_copies_are_told_with_what_to_run(project: Project) -> None:
    (project.root / "copies").mkdir()
    write_pdf(project.root / "copies" / "a b.pdf", 1)
    project.append("conf.py", OFFER)
    project.write("docs/index.md", "# Sample\n\n```{downloads}\n```\n")
    built = project.build("html")
    assert built.status == 1
    told = (
        "docs/index.md:3: WARNING: There is no {} yet, so the page does not offer it. "
        "Build it first: -b evidence-{}"
    )
    assert told.format("../copies/l.pdf", "pdf") in built.text
    assert told.format("../copies/a.epub", "epub") in built.text
    text = (built.out / "index.html").read_text("utf-8")
    assert "The paper</a> (" in text
    assert "Large print" not in text
    assert "eye" not in text  # a need that nothing serves


def test_wrong_setting_is_told(project: Project) -> None:
    project.append("conf.py", "evidence_downloads = {'The paper': 'paper.pdf'}\n")
    built = project.build("html")
    assert built.status == 1
    wrong = "evidence_downloads: 'The paper': 'paper.pdf' is not a need with its copies. Write {"
    assert wrong in built.text
