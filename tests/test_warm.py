"""A second build does only what changed, and comes to the same: what it writes, tells and returns.

`tests.edits` plays edits at random; here each kind stands by itself, with what proves it.
"""

import os
from pathlib import Path

import pytest

from tests.projects import PIXEL, WORKS, Project

PAGES = ("one", "two", "three")
INDEX = "# Sample\n\n```{toctree}\none\ntwo\nthree\n```\n"
# What Sphinx says when a page is read, when it is written, and of the whole: told once each.
WARNED = {
    "read": ("docs/one.md", "```{py:function} f\n```\n" * 2, "duplicate object description of f"),
    "read in another file": (
        "docs/one.md", "```{include} /part.txt\n```\n", "duplicate object description of g",
    ),
    "written": ("docs/one.md", "```{code-block} nosuch\nx\n```\n", "'nosuch' is not known"),
    "of the whole": ("docs/four.md", "# Four\n", "isn't included in any toctree"),
}  # fmt: skip


@pytest.fixture
def several(project: Project) -> Project:
    """A project of several pages."""
    project.append("conf.py", "html_theme = 'basic'\nauthor = copyright = 'Sample'\n")
    project.append("conf.py", "version = release = '1'\nexclude_patterns = ['part.txt']\n")
    project.append("conf.py", "evidence_allow = {'directives': ['include']}\n")
    for name in PAGES:
        project.write(f"docs/{name}.md", f"# Page {name}\n\nWords.\n")
    project.write("docs/part.txt", "```{py:function} g\n```\n" * 2)
    project.write("docs/index.md", INDEX)
    return project


def dates(folder: Path, pattern: str = "*.html") -> dict[str, int]:
    return {path.stem: path.stat().st_mtime_ns for path in folder.glob(pattern)}


def rewritten(project: Project, builder: str = "html", pattern: str = "*.html") -> set[str]:
    """The files that one more build writes."""
    before = dates(project.root / "build" / builder, pattern)
    built = project.build(builder)
    assert built.status == 0, built.text
    after = dates(built.out, pattern)
    return {name for name, date in after.items() if before.get(name) != date}


@pytest.mark.parametrize("options", [[], ["-j2"]], ids=str)
@pytest.mark.parametrize("kind", WARNED)
def test_what_was_warned_of_is_told_again(kind: str, options: list[str], several: Project) -> None:
    name, text, said = WARNED[kind]
    for number in range(9):  # enough for two processes
        several.write(f"docs/more{number}.md", "---\norphan: true\n---\n\n# More\n")
    page = several.root / name
    several.write(name, f"{page.read_text('utf-8') if page.exists() else ''}\n{text}")
    builds = [several.build("html", *options) for _ in range(3)]
    assert [(built.status, built.text.count(said)) for built in builds] == [(1, 1)] * 3, builds
    several.write("docs/two.md", "# Page two\n\nOther words.\n")
    assert several.build("html", *options).text.count(said) == 1


def test_only_the_page_that_was_edited_is_written(several: Project) -> None:
    assert several.build("html").status == 0
    assert rewritten(several) & {"index", *PAGES} == set()
    several.append("docs/two.md", "\nMore.\n")
    assert rewritten(several) & {"index", *PAGES} == {"two"}
    several.replace("docs/two.md", "# Page", "# Other page")  # which the others show
    assert rewritten(several) >= {"index", *PAGES}


# Tells of each page that is looked through.
LOOKING = """
from sphinx_evidence.checks.facts import FactFinder
from sphinx_evidence.checks.prose import ProseChecker

def _telling(name):
    kind = FactFinder if name == "of" else ProseChecker
    look = getattr(kind, name)
    setattr(kind, name, lambda self, *of: print("looks", name, of[-1]) or look(self, *of))

_telling("of")
_telling("check")
"""


def looked_through(project: Project) -> set[str]:
    """What one more build looks through, and how: all facts, or the prose alone."""
    built = project.build("html")
    assert built.status == 0, built.text
    lines = (line.split() for line in built.text.splitlines() if line.startswith("looks "))
    return {f"{how} {Path(page).stem}" for _, how, page in lines}


def test_only_the_page_that_was_edited_is_looked_through(several: Project) -> None:
    several.append("conf.py", LOOKING)
    every = {"index", *PAGES}
    prose = {f"check {page}" for page in every}
    assert looked_through(several) == {f"of {page}" for page in every} | prose
    several.append("docs/two.md", "\nMore.\n")
    assert looked_through(several) == {"of two", "check two"}
    several.append("docs/two.md", "\nThe National Institute of Examples (NIE) says so.\n")
    assert looked_through(several) == {"of two", *prose}  # a short form, by which others may cite


def test_what_is_put_back_with_an_old_date_is_read(several: Project) -> None:
    assert several.build("html").status == 0
    several.append("docs/two.md", "\nMore.\n")
    os.utime(several.root / "docs/two.md", (1, 1))
    assert "two" in rewritten(several)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("conf.py", "html_show_sphinx = False\n"),
        ("static/own.css", "p {}"),
        ("templates/layout.html", '{% extends "!layout.html" %}'),
    ],
)
def test_what_every_page_rests_on_writes_them_all(name: str, text: str, several: Project) -> None:
    several.append("conf.py", "html_static_path = ['static']\ntemplates_path = ['templates']\n")
    several.write("static/own.css", "")
    several.write("templates/own.html", "")
    assert several.build("html").status == 0
    path = several.root / name
    several.write(name, f"{path.read_text('utf-8') if path.exists() else ''}{text}")
    assert rewritten(several) >= {"index", *PAGES}


def test_what_is_no_longer_made_goes_and_what_others_put_there_stays(several: Project) -> None:
    several.write("docs/p.png", "")
    (several.root / "docs/p.png").write_bytes(PIXEL)
    several.append("docs/three.md", "\n![Words](p.png)\n")
    built = several.build("html")
    assert (built.out / "_images/p.png").exists()
    (built.out / "CNAME").write_text("example.org", "utf-8")
    (several.root / "docs/three.md").unlink()
    several.replace("docs/index.md", "\nthree", "")
    assert several.build("html").status == 0
    assert not (built.out / "three.html").exists()
    assert not (built.out / "_images").exists()
    assert (built.out / "CNAME").read_text("utf-8") == "example.org"


def test_pictures_of_one_name_are_told_apart_as_in_a_build_from_nothing(several: Project) -> None:
    for number, folder in enumerate(("a", "b")):
        several.write(f"docs/{folder}/p.png", "")
        (several.root / f"docs/{folder}/p.png").write_bytes(PIXEL + bytes([number]))
    several.append("docs/two.md", "\n![Words](b/p.png)\n")
    assert several.build("html").status == 0
    several.append("docs/one.md", "\n![Words](a/p.png)\n")
    made = [several.build("html"), several.build("html", name="clean")]
    for page in ("one", "two"):
        once, again = ((built.out / f"{page}.html").read_text("utf-8") for built in made)
        assert once == again


@pytest.fixture
def printed(several: Project) -> Project:
    """The project with two PDFs, of which one holds one page alone."""
    several.write("references.bib", WORKS)
    several.append("docs/one.md", "\n{cite:p}`leamy2011,anthony1993`\n\n```{bibliography}\n```\n")
    several.append(
        "conf.py",
        "evidence_pdf_documents = [{'name': 'all'}, {'name': 'page', 'pages': ['three']}]\n",
    )
    return several


def test_a_pdf_is_made_anew_when_it_comes_out_differently(printed: Project) -> None:
    assert printed.build("pdf").status == 0
    assert rewritten(printed, "pdf", "*.pdf") == set()
    printed.append("docs/two.md", "\nMore.\n")
    assert rewritten(printed, "pdf", "*.pdf") == {"all"}
    (printed.root / "build/pdf/page.pdf").write_bytes(b"")
    assert rewritten(printed, "pdf", "*.pdf") == {"page"}
    kept = (printed.root / "build/pdf/page.pdf").read_bytes()
    forced = printed.build("pdf", "-E")
    assert (forced.out / "page.pdf").read_bytes() == kept


def test_a_book_is_made_anew_when_it_comes_out_differently(printed: Project) -> None:
    assert printed.build("epub").status == 0
    assert rewritten(printed, "epub", "*.epub") == set()
    printed.append("docs/two.md", "\nMore.\n")
    assert rewritten(printed, "epub", "*.epub") == {"Sample"}
    (printed.root / "build/epub/Sample.epub").write_bytes(b"")
    assert rewritten(printed, "epub", "*.epub") == {"Sample"}
