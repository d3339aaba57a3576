"""A small project, edited at random between two builds, beside builds of it from nothing.

A few sequences are a test; ``nox -s bench -- edits`` plays hundreds.
"""

import os
import shutil
import tempfile
from itertools import zip_longest
from pathlib import Path

from hypothesis import Phase, settings, strategies
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from tests.projects import PIXEL, WORKS, Built, Project

CONF = """\
project = 'Sample'
author = 'Sample'
extensions = ['myst_parser', 'sphinx_evidence']
html_theme = 'basic'
html_static_path = ['static']
templates_path = ['templates']
numfig = True
numfig_secnum_depth = 0
nitpicky = True
bibtex_bibfiles = ['references.bib']
bibtex_default_style = bibtex_reference_style = 'harvard'
evidence_short_names = evidence_mentions = evidence_previews = evidence_search = True
evidence_content_security_policy = "default-src 'self'"
evidence_rules = {'citation-unused': 'off'}
html_copy_source = False
"""
BUILDERS = ("html", "html", "html", "citations", "epub", "pdf")
PAGES = ("a", "b", "c", "d/a", "d/e")
# What a page may hold: most of it is sound beside the first page.
SOUND = (
    "Words.\n",
    "More words, which are others.\n",
    "## Part\n\nWords.\n",
    "(two)=\n## Two\n\nWords.\n",
    "(three)=\n## Three\n\nWords.\n",
    "See {ref}`one`.\n",
    "See [](#one).\n",
    "See [the page](/index.md) and {doc}`/index`.\n",
    "See {numref}`box`.\n",
    "```{box} Another\n\nWords.\n```\n",
    "A {term}`Term`.\n",
    "{cite:p}`leamy2011`.\n",
    "{cite:t}`anthony1993` say.\n",
    "{footcite}`leamy2011`.\n\n```{footbibliography}\n```\n",
    "```{include} /parts/words.txt\n```\n",
    "![Words](/one/p.png)\n",
    "![Words](/two/p.png)\n",
    "{download}`file </parts/words.txt>`\n",
    "{py:func}`f`.\n",
    "```{py:function} h()\nWords.\n```\n",
)
# And what Sphinx warns of, or the gate stops, or only stands where a page has its target.
FAULTY = (
    "(one)=\n## The other\n\nWords.\n",
    "See {ref}`two`.\n",
    "See [](#three).\n",
    "See [the page](/a.md).\n",
    "See {doc}`/b`.\n",
    "```{box} Title\n:name: box\n\nWords.\n```\n",
    "```{glossary}\nTerm\n  Meaning.\n```\n",
    "{cite:p}`bird2020`.\n",
    "```{py:function} f()\nWords.\n```\n",
    "{py:func}`g`.\n",
    "{unknown}`role`\n",
    "Unclosed {cite:p}`leamy2011 here.\n",
    "```{math}\n:label: sum\n\na + b\n```\n",
    "```{code-block} nosuchlanguage\nx\n```\n",
    # What the checks of other pages go by: short forms that a page introduces, numbers of boxes.
    "The Centre for Examples (CE) says so.\n",
    "That is what others say, too (CE, 2020).\n",
    "See Box 1 and (see Box 2).\n",
    "Leamy et al. (2011) say so.\n",
)
PIECES = (*SOUND, *SOUND, *SOUND, *FAULTY)
INDEX = """\
# Sample

```{{toctree}}
{}
```

(one)=
## One

{{cite:p}}`leamy2011,anthony1993`

```{{box}} Title
:name: box

Words.
```

```{{glossary}}
Term
  Meaning.
```

```{{py:function}} f()
Words.
```

```{{bibliography}}
```
"""
TITLES = ("Page", "Title", "Another")
HOOK = """
def more(app, name, source):
    source[0] += '\\nX\\n'

def setup(app):
    app.connect('source-read', more)
"""
SETTINGS = (
    "",
    "html_title = 'Other'\n",
    "numfig_format = {'box': 'Kasten %s'}\n",
    "evidence_mentions = False\n",
    "suppress_warnings = ['ref', 'misc']\n",
    "evidence_rules = {'citation-unused': 'off', 'crossref-name': 'warning'}\n",
    "evidence_rules = {'crossref-name': 'off', 'crossref-page': 'off', 'page-lost': 'off'}\n",
    "html_baseurl = 'https://example.org/'\n",
    HOOK,
)
WORK = "\n@misc{bird2020,\n  author = {Bird, V.},\n  title = {Words},\n  year = {2020},\n}\n"
BIBS = (
    WORKS,
    WORKS + WORK,
    WORKS.replace("A vision", "Another vision"),
    WORKS.replace("1993", "2011"),
    WORKS + WORK.replace("Bird, V.", "{Centre for Examples}"),
)
TEXTS = ("One line.\n", "Another line, {ref}`one`, as Leamy et al. (2011) say.\n", "")
FILES = {
    "static/x.css": ("p {}", "b {}", ""),
    "static/y.js": ("0;", ""),
    "templates/layout.html": ('{% extends "!layout.html" %}{% block footer %}X{% endblock %}', ""),
    "docs/parts/words.txt": TEXTS,
    "docs/one/p.png": (PIXEL, PIXEL + b"1", b""),
    "docs/two/p.png": (PIXEL, PIXEL + b"2", b""),
}
pages = strategies.sampled_from(PAGES)
pieces = strategies.lists(strategies.sampled_from(PIECES), max_size=4, unique=True)
titles = strategies.sampled_from(TITLES)


class Edits(RuleBasedStateMachine):
    """Whatever was done, a build comes to what a build from nothing comes to."""

    def __init__(self) -> None:
        super().__init__()
        self.project = Project(Path(tempfile.mkdtemp(prefix="edits-")))
        self.builder = "html"
        self.built = True
        self.runs = 0

    @initialize(
        builder=strategies.sampled_from(BUILDERS),
        first=strategies.lists(strategies.tuples(pages, titles, pieces), max_size=3),
    )
    def begin(self, builder: str, first: list[tuple[str, str, list[str]]]) -> None:
        self.builder = builder
        self.put("conf.py", CONF)
        self.put("references.bib", WORKS)
        for name, (content, *_) in FILES.items():
            self.put(name, content)
        self.contents(named=False)
        for page, title, held in first:
            self.page(page, title, held, old=False)
        self.build()

    def put(self, name: str, content: str | bytes) -> None:
        path = self.project.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        else:
            path.unlink(missing_ok=True)
        self.built = False

    @rule(page=pages, title=titles, held=pieces, old=strategies.booleans())
    def page(self, page: str, title: str, held: list[str], *, old: bool) -> None:
        name = f"docs/{page}.md"
        self.put(name, "\n".join([f"# {title}\n", *held]))
        if old:  # as a file that is put back with its date
            os.utime(self.project.root / name, (1_000_000_000, 1_000_000_000))

    @rule(page=pages, piece=strategies.sampled_from(PIECES))
    def more(self, page: str, piece: str) -> None:
        path = self.project.root / f"docs/{page}.md"
        if path.exists():
            self.put(f"docs/{page}.md", f"{path.read_text('utf-8')}\n{piece}")

    @rule(page=pages)
    def delete(self, page: str) -> None:
        self.put(f"docs/{page}.md", "")

    @rule(page=pages, to=pages)
    def move(self, page: str, to: str) -> None:
        path, other = (self.project.root / f"docs/{name}.md" for name in (page, to))
        if path.exists():
            other.parent.mkdir(exist_ok=True)
            path.replace(other)
            self.built = False

    @rule(named=strategies.booleans())
    def contents(self, *, named: bool) -> None:
        entries = "\n".join(PAGES[:3]) if named else ":glob:\n\n**"
        self.put("docs/index.md", INDEX.format(entries))

    @rule(name=strategies.sampled_from(list(FILES)), number=strategies.integers(0, 2))
    def file(self, name: str, number: int) -> None:
        self.put(name, FILES[name][number % len(FILES[name])])

    @rule(bib=strategies.sampled_from(BIBS))
    def works(self, bib: str) -> None:
        self.put("references.bib", bib)

    @rule(setting=strategies.sampled_from(SETTINGS))
    def conf(self, setting: str) -> None:
        self.put("conf.py", CONF + setting)

    @rule()
    def build(self) -> None:
        self.built = True
        self.runs += 1
        builder, *options = self.builder.split()
        warm = self.project.build(builder, *options, name="warm")
        shutil.rmtree(self.project.root / "build/clean", ignore_errors=True)
        shutil.rmtree(self.project.root / "doctrees/clean", ignore_errors=True)
        clean = self.project.build(builder, name="clean")
        assert told(warm) == told(clean), f"warm:\n{warm.text}\nclean:\n{clean.text}"
        if clean.status == 0 or "Nothing was written" not in clean.text:
            left, right = files(warm.out), files(clean.out)
            other = [name for name in {**left, **right} if left.get(name) != right.get(name)]
            assert not other, f"{other}, such as {first_difference(left, right, other[0])}"

    def teardown(self) -> None:
        try:
            if not self.built:
                self.build()
        finally:
            shutil.rmtree(self.project.root)


def told(built: Built) -> tuple[int, list[str]]:
    """How a build has ended, and what it told, in an order of its own."""
    return built.status, sorted(built.text.replace("clean", "warm").splitlines())


def files(folder: Path) -> dict[str, bytes]:
    """What a builder has written."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*") if path.is_file() and path.name != ".buildinfo"
    }  # fmt: skip


def first_difference(left: dict[str, bytes], right: dict[str, bytes], name: str) -> str:
    """Where a file of two builds is not the same."""
    lines = [folder.get(name, b"").splitlines() for folder in (left, right)]
    differing = (f"{one!r} and {two!r}" for one, two in zip_longest(*lines) if one != two)
    return f"{name}: {next(differing)}"


def play(sequences: int) -> None:
    """Play so many sequences of edits."""
    # A sequence that fails is not made shorter: each try is a build or two.
    how = settings(
        deadline=None, max_examples=sequences, stateful_step_count=8, phases=[Phase.generate]
    )
    run_state_machine_as_test(Edits, settings=how)
