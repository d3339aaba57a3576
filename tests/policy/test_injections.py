"""What a page from a stranger could do, and is refused, with its place, in every format.

Each case is a page of its own in one project: the gate tells all of them in one run.
"""

import re
from contextlib import nullcontext
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from sphinx_evidence.policy.allowed import COMMENT
from sphinx_evidence.runtime.abort import BuildAborted
from tests.policy.injections import MARKDOWN, PICTURES, READ, SECRET, SVG
from tests.projects import PIXEL, Project

FORMATS = ("html", "pdf", "epub", "citations")
TELL_ALL = "from sphinx_evidence.diagnostics import grouping\ngrouping.MOST = 10_000\n"


def hostile(project: Project) -> Project:
    project.append("conf.py", TELL_ALL)
    project.write("secret.txt", SECRET)
    project.write("secret.png", SECRET)
    project.replace("conf.py", "'myst_parser', ", "'myst_parser', 'sphinx_design', ")
    project.append("conf.py", "myst_url_schemes = {'http': None, 'https': None, 'ms-msdt': None}\n")
    for name, text in PICTURES.items():
        project.write(f"docs/{name}.svg", text)
    (project.root / "docs" / "good.png").write_bytes(PIXEL)
    project.write("docs/page.html", "<p>x")
    return project


def page(number: int) -> str:
    return f"page-{number:03}"


@pytest.mark.parametrize("builder", FORMATS)
def test_each_injection_is_refused(project: Project, builder: str) -> None:
    hostile(project)
    for number, (text, _) in enumerate(MARKDOWN.values()):
        whole = text if text.startswith("-") else f"# Page\n\n{text}\n"
        project.write(f"docs/{page(number)}.md", whole)
    project.append("docs/index.md", "\n```{toctree}\n:glob:\n\n*\n```\n")
    built = project.build(builder)
    assert built.status != 0
    assert SECRET not in built.text
    assert "Traceback" not in built.text
    missed = []
    for number, (name, (_, rule)) in enumerate(MARKDOWN.items()):
        places = rf"docs/(?:{page(number)}\.md|{name_of_picture(name)}):\d+"
        if not re.search(rf"(?m)^{places}.*\[evidence\.policy-{rule}\]", built.text):
            missed.append(name)
    assert missed == [], built.text
    if builder != "citations":
        assert "Nothing was written" in built.text
        for ending in ("html", "pdf", "epub"):
            assert list(built.out.rglob(f"*.{ending}")) == []


def name_of_picture(name: str) -> str:
    text = MARKDOWN[name][0]
    found = re.search(r"\((\w+)\.(?:svg|\*)\)", text)
    return f"{found[1]}\\.svg" if found else "nothing"


SOUND = """\
---
tocdepth: 2
myst:
  html_meta:
    "description lang=en": A page
    "property=og:title": A page
---

# Sound

<!-- a comment -->

Words <!-- another comment -- with dashes --> and words.

[https](https://example.org), <mailto:a@example.org>, [page](index.md).

![A picture](good.png) and {download}`a file <files/table.csv>`.

![A drawing](drawing.svg)

```{literalinclude} part.txt
```

````{eval-rst}
A star\\* that is escaped, and a word\\ s.
````

{numref}`table-a`

```{csv-table} Words
:file: files/table.csv
:name: table-a
```

```{card} A card
:link: https://example.org/

Words
```

שלום, an e-mail sign ✉️, a family \U0001f468\u200d\U0001f469\u200d\U0001f467, Scotland
\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f, a soft\u00adhyphen.
"""
DRAWING = SVG.format(
    '<title>A</title><defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs>'
    '<style>.a { fill: url(#g) }</style><rect class="a" fill="url(#g)"/><use href="#g"/>'
    '<path d="M0 0" fill="url( \'#g\' )" xmlns:i="http://www.inkscape.org/" i:at="C:\\x"/>'
)


def test_a_sound_page_is_built(project: Project) -> None:
    hostile(project)
    project.write("docs/sound.md", SOUND)
    project.write("docs/part.txt", "Some words.")
    project.write("docs/files/table.csv", "a,b")
    project.write("docs/drawing.svg", DRAWING)
    project.append("docs/index.md", "\n```{toctree}\nsound\n```\n")
    built = project.build("html")
    assert (built.status, built.text) == (0, "")
    assert "comment" not in (built.out / "sound.html").read_text("utf-8")


def test_a_project_allows_more(project: Project) -> None:
    project.append(
        "conf.py",
        "evidence_allow = {'directives': ['raw'], 'schemes': ['ftp'], 'files': ['zip'],"
        " 'front_matter': ['licence']}\n",
    )
    project.write("docs/x.zip", "x")
    project.write(
        "docs/index.md",
        "---\nlicence: mine\n---\n# Sample\n\n[x](ftp://example.org)\n\n{download}`x.zip`\n\n"
        "```{raw} latex\n\\newpage\n```\n",
    )
    assert project.build("citations").text == ""


def test_no_page_reads_a_file_outside(project: Project) -> None:
    """Each directive that reads files, allowed or not, by each name that leads out."""
    project.append("conf.py", f"evidence_allow = {{'directives': ['include', 'raw']}}\n{TELL_ALL}")
    secret = project.root / "secret.txt"
    secret.write_text(f"{SECRET}\n", "utf-8")
    (project.root / "docs/link.txt").symlink_to(secret)
    for number, (reader, name) in enumerate(READ.values()):
        text = reader.format(name.format(secret=secret))
        project.write(f"docs/{page(number)}.md", f"# Page\n\n{text}\n")
    # A file in another folder, from which docutils goes on.
    project.write("docs/in/deep/page.md", "# Page\n\n```{eval-rst}\n.. include:: /in.txt\n```\n")
    project.write("docs/in.txt", ".. csv-table::\n   :file: ../secret.txt\n")
    project.append("docs/index.md", "\n```{toctree}\n:glob:\n\n*\nin/deep/*\n```\n")
    built = project.build("html")
    assert built.status == 1
    assert SECRET not in built.text
    places = re.findall(r"(?m)^docs/(\S+):\d+: ERROR: .*\[evidence\.policy-file\]$", built.text)
    expected = {f"{page(number)}.md": name for number, name in enumerate(READ)}
    missed = [name for of, name in expected.items() if not any(of in one for one in places)]
    assert missed == [], built.text
    assert "in.txt" in places
    assert len(places) == len(READ) + 1, built.text


def test_files_of_the_project_are_included(project: Project) -> None:
    """By MyST and by docutils, with what MyST adds; and what docutils brings itself."""
    project.append("conf.py", "evidence_allow = {'directives': ['include']}\n")
    project.write("docs/in/part.txt", "# Part\n\nThe first.\n")
    project.write("docs/part.txt", "Second\n")
    project.write(
        "docs/index.md",
        "# Sample\n\n```{include} in/part.txt\n:heading-offset: 1\n```\n\n"
        "```{include} /part.txt\n:literal:\n```\n\n```{toctree}\nother\n```\n",
    )
    text = "Other\n=====\n\n.. include:: <isonum.txt>\n.. include:: part.txt\n\n|copy| us\n"
    project.write("docs/other.rst", text)
    built = project.build("html")
    assert (built.status, built.text) == (0, "")
    pages = [(built.out / f"{name}.html").read_text("utf-8") for name in ("index", "other")]
    for words in ("<h2>Part", "The first.", "Second"):
        assert words in pages[0]
    for words in ("Second", "© us"):
        assert words in pages[1]


def test_the_policy_without_the_checks(project: Project) -> None:
    project.write(
        "conf.py",
        "extensions = ['myst_parser', 'sphinx_evidence.policy']\n"
        "evidence_rules = {'policy-*': 'error'}\n",
    )
    project.write("docs/index.md", f"# Sample\n\n{MARKDOWN['raw'][0]}\n")
    built = project.build("html")
    assert built.status == 1
    assert "[evidence.policy-directive]" in built.text


@pytest.mark.parametrize(
    ("allow", "message"),
    [
        ("{'directive': []}", 'There is no kind "directive". Did you mean directives'),
        ("{'schemes': 'ftp'}", '"schemes" has no list of names.'),
    ],
)
def test_a_setting_that_cannot_be(project: Project, allow: str, message: str) -> None:
    project.append("conf.py", f"evidence_allow = {allow}\n")
    assert message in project.build("html").text


@pytest.mark.parametrize(("name", "found"), [("x.md", "x.md"), ("x", "x/x.md"), ("x.png", "")])
def test_a_link_out_of_the_folder_is_refused(
    project: Project, name: str, found: str, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.md").write_text(SECRET, "utf-8")
    link = project.root / "docs" / name
    link.symlink_to(outside / "x.md" if "." in name else outside)
    project.append("docs/index.md", "\n![x](x.png)\n" if not found else "")
    built = project.build("html")
    assert built.status == 1
    place = f"docs/{found}:1: ERROR: This page is a link" if found else "docs/index.md:3:"
    assert place in built.text
    assert "[evidence.policy-file]" in built.text


def test_data_that_conf_py_names_is_no_link_out_of_the_project(
    project: Project, tmp_path: Path
) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    for name in ("a.bib", "b.bib", "base.json", "links.json", "work.cff"):
        (outside / name).write_text(SECRET, "utf-8")
    (project.root / "folder").symlink_to(outside)
    for name in ("a.bib", "base.json", "links.json", "work.cff"):
        (project.root / name).symlink_to(outside / name)
    project.write("kept.bib", "")
    (project.root / "inside.bib").symlink_to("kept.bib")
    project.append(
        "conf.py",
        f"bibtex_bibfiles = ['a.bib', 'folder/b.bib', 'inside.bib', '../{outside.name}/b.bib']\n"
        "evidence_baseline = 'base.json'\n"
        "evidence_cite_this = 'work.cff'\n"
        "evidence_links_ledger = 'links.json'\n",
    )
    for builder in ("html", "linkcheck"):
        built = project.build(builder)
        assert built.status == 1
        wrong = "This file is a link to a place outside the project. Put the file itself here."
        told = re.findall(rf"(?m)^(\S+):1: ERROR: {wrong} \[evidence.policy-file\]$", built.text)
        assert told == ["a.bib", "base.json", "folder/b.bib", "links.json", "work.cff"]
        assert SECRET not in built.text
        assert not built.out.exists() or not [*built.out.iterdir()]


def test_a_link_that_no_page_asks_for_is_let_be(project: Project, tmp_path: Path) -> None:
    (project.root / "docs" / "python").symlink_to(tmp_path.parent / "elsewhere")
    assert project.build("html").text == ""


@pytest.mark.parametrize("name", ['"x', "<x>", "::error x", "a&b", "a`b"])
def test_a_page_with_a_name_that_is_none_is_refused(project: Project, name: str) -> None:
    project.write(f"docs/{name}.md", "# Page\n")
    built = project.build("html")
    assert built.status == 1
    assert ":1: ERROR: The name of this page has a character" in built.text
    assert not re.search("(?m)^::", built.text)


def test_front_matter_of_pages_with_another_ending(project: Project) -> None:
    project.append("conf.py", "source_suffix = {'.md': 'markdown', '.text': 'markdown'}\n")
    project.write("docs/page.text", f"{MARKDOWN['commonmark'][0]}\n")
    assert "docs/page.text:2:8: ERROR: Pages may not set" in project.build("html").text


ACTIVE = """
from docutils import nodes
class frame(nodes.Element): pass
def setup(app):
    app.add_node(frame, html=(lambda self, node: self.body.append('<iframe>'), lambda *_: None))
    app.connect('doctree-read', lambda app, tree: tree.append(frame()))
"""


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_page_that_would_be_active_is_not_kept(project: Project, jobs: str) -> None:
    for number in range(12):  # which are shared out
        project.write(f"docs/{number}.md", "# Page\n")
    project.append("docs/index.md", "\n```{toctree}\n:glob:\n\n*\n```\n")
    assert project.build("html").status == 0
    before = (project.root / "build/html/index.html").read_bytes()
    project.write("frames.py", ACTIVE)
    project.append("conf.py", "import sys\nsys.path.insert(0, '.')\nextensions += ['frames']\n")
    built = project.build("html", "-E", "-j", jobs)
    assert built.status != 0
    assert "Traceback" not in built.text
    assert re.search(r"docs/\w+\.md:1: ERROR: The page would hold <iframe>\.", built.text)
    assert (built.out / "index.html").read_bytes() == before


def test_a_chapter_that_would_be_active_is_not_kept(project: Project) -> None:
    project.write("frames.py", ACTIVE)
    project.append(
        "conf.py",
        "import sys\nsys.path.insert(0, '.')\nextensions += ['frames']\n"
        "copyright = author = 'Its authors'\nversion = '1'\n",
    )
    built = project.build("epub")
    assert built.status != 0
    assert "docs/index.md:1: ERROR: The page would hold <iframe>." in built.text
    assert not list(built.out.glob("*.epub"))


def test_two_projects_of_one_process(project: Project) -> None:
    """What one refuses, another may allow."""
    project.write("docs/index.md", f"# Sample\n\n{MARKDOWN['raw latex'][0]}\n")
    with docutils_namespace():
        for allowed, refused in (([], True), (["raw"], False), ([], True)):
            app = Sphinx(
                srcdir=project.root / "docs",
                confdir=project.root,
                outdir=project.root / "out",
                doctreedir=project.root / "trees",
                buildername="text",
                confoverrides={"evidence_allow": {"directives": allowed}},
                status=None,
                warning=None,
                freshenv=True,
            )
            with pytest.raises(BuildAborted) if refused else nullcontext():
                app.build()


def test_many_comments_are_looked_at_once() -> None:
    """Each way to part the spaces between them was tried before."""
    assert COMMENT.fullmatch("<!--a-->   " * 200)
    assert not COMMENT.fullmatch("<!--a-->   " * 200 + "x")


def test_names_in_another_language(project: Project) -> None:
    project.append("conf.py", "language = 'fr'\n")
    project.write("secret.txt", SECRET)
    text = ".. brut:: html\n\n   <script>\n\n.. inclure:: ../secret.txt\n"
    project.write("docs/index.rst", f"Sample\n======\n\n{text}")
    (project.root / "docs/index.md").unlink()
    built = project.build("html")
    assert built.status == 1
    for name in ("brut", "inclure"):
        assert f"Pages may not use the directive {{{name}}}." in built.text
    project.append("conf.py", "evidence_allow = {'directives': ['include']}\n")
    text = project.build("html").text
    assert re.search(r'docs/index\.rst:8\S*: ERROR: "../secret.txt" lies outside', text), text
    assert SECRET not in text
