"""What readers see beside a link that is gone: on the site, in the PDF and in the EPUB."""

import json
import re
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from tests.projects import Project

GONE = {
    "verdict": "gone",
    "reason": "404 Not Found",
    "failures": 2,
    "first_failure": "2026-03-01",
    "last_failure": "2026-03-05",
    "archived": "https://web.archive.org/web/20210512/https://site.example/gone",
    "archived_on": "2021-05-12",
}
LINKS = {
    "https://site.example/gone": GONE,
    "https://site.example/once": GONE | {"failures": 1, "last_failure": "2026-03-01"},
    "https://site.example/back": {"verdict": "ok", "last_ok": "2026-03-05"},
    "https://site.example/uncopied": {k: v for k, v in GONE.items() if "archived" not in k},
}
BIB = """\
@misc{site2012,
  author = {{Site}},
  title = {A page},
  year = {2012},
  url = {https://site.example/gone},
}
"""
PAGE = """\
# Sample

It [is gone](https://site.example/gone#part), [missing once](https://site.example/once),
[back](https://site.example/back) or [without a copy](https://site.example/uncopied).

As {cite:t}`site2012` says.

```{bibliography}
```
"""
COPY = "archived copy, 12 May 2021"


@pytest.fixture
def read(project: Project) -> Project:
    project.append("conf.py", "language = 'en-GB'\nauthor = 'A'\nversion = '1'\n")
    project.write("references.bib", BIB)
    project.write("docs/index.md", PAGE)
    project.write("links.lock.json", json.dumps({"version": 1, "links": LINKS}))
    return project


def text_of(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", markup).split())


def test_html(read: Project) -> None:
    (read.root / "links.lock.json").rename(read.root / "later")
    assert read.build("html").status == 0
    page = read.root / "build/html/index.html"
    assert "archived" not in page.read_text("utf-8")
    # A copy that is noted later reaches a page that has not changed.
    (read.root / "later").rename(read.root / "links.lock.json")
    built = read.build("html")
    assert built.status == 0, built.text
    markup = page.read_text("utf-8").partition("<!-- previews -->")[0]
    body = text_of(markup)
    assert f"It is gone ({COPY}), missing once, back or without a copy." in body
    assert body.count(COPY) == 2
    assert f"https://site.example/gone ({COPY})" in body
    assert markup.count(f'href="{GONE["archived"]}"') == 2
    assert 'href="https://site.example/gone#part"' in markup  # never replaced


def test_pdf(read: Project) -> None:
    built = read.build("pdf")
    assert built.status == 0, built.text
    reader = PdfReader(next(built.out.glob("*.pdf")))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert f"It is gone ({COPY}), missing once, back or without a copy." in text
    assert text.count(COPY) == 2
    targets = [
        annotation.get_object()["/A"]["/URI"]
        for page in reader.pages
        for annotation in page.get("/Annots", [])
        if "/URI" in annotation.get_object().get("/A", {})
    ]
    assert targets.count(GONE["archived"]) >= 2
    assert "https://site.example/gone#part" in targets


def test_epub_and_words_of_a_project(read: Project) -> None:
    read.append(
        "conf.py",
        "language = 'de'\nevidence_links_words = 'Archivkopie vom {date}'\ncopyright = 'A'\n",
    )
    built = read.build("epub")
    assert built.status == 0, built.text
    with ZipFile(next(built.out.glob("*.epub"))) as book:
        name = next(name for name in book.namelist() if name.endswith("index.xhtml"))
        body = text_of(book.read(name).decode())
    assert "It is gone" in body
    assert "(Archivkopie vom 12. Mai 2021" in body
