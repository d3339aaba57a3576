"""A project of four times the pages, works and references takes no more than four times the work.

The lines that each function runs are counted, as they are the same on every machine. So a look at
all of a thing for each of another is told by the name of the function, long before it is slow.
"""

import json
from pathlib import Path

import pytest

from tests.projects import Project
from tests.scale import work

pytestmark = pytest.mark.slow  # counts each line of a build

CONF = """
import json, os, sys
from collections import Counter

html_theme = "basic"
numfig = True
evidence_mentions = evidence_previews = evidence_search = True
evidence_reference_status = {"confirmed": "Confirmed"}
evidence_rules = {"citation-plain": "warning", "crossref-unreferenced": "warning"}
_counts = Counter()

def _line(frame, event, _about):
    _counts[frame.f_code] += event == "line"
    return _line

def _call(frame, _event, _about):
    path = frame.f_code.co_filename
    return _line if "sphinx_evidence" in path or "bibtex" in path else None

def _tell(app, _error):
    sys.settrace(None)
    lines = Counter()
    for code, count in _counts.items():
        lines[f"{os.path.basename(code.co_filename)}:{code.co_qualname}"] += count
    with open("lines.json", "w") as file:
        json.dump(lines, file)

def setup(app):
    app.connect("builder-inited", lambda app: sys.settrace(_call), priority=1)
    app.connect("build-finished", _tell, priority=999)
"""
# As sphinxcontrib-bibtex has it, which goes through all works for each citation.
UNINDEXED = """
    from sphinx_evidence.references.domain import BibtexDomain, IndexedBibtexDomain
    IndexedBibtexDomain.resolve_xref = BibtexDomain.resolve_xref
"""
PAGE = """
({name})=
# {title}

```{{table}} A table
:name: table-{name}

| a | b |
| - | - |
| c | {{term}}`{term}` |
```

See {{numref}}`table-{other}`, {{ref}}`{other}`, [](<{other}.md>), [more](<{other}.md#more>).
{cited}

## More

% evidence-ignore: citation-plain -- it is an example
{plain} The words of a page that says something of its own.[^1]

[^1]: A note that cites {cite}.
"""
SMALL, TIMES = 5, 4
FEW = 150  # lines: what is run once in a build, whatever its size
# It goes through all citations for each page that is read: 0.1 s of a build with 7,500 of them.
LEFT = {"domain.py:BibtexDomain.clear_doc.<locals>.<listcomp>"}


def lines_of(project: Project, pages: int, conf: str = "") -> dict[str, int]:
    """How many lines each function runs to build a site."""
    root = Project(project.root / f"{pages}{bool(conf)}")
    root.write("conf.py", (project.root / "conf.py").read_text("utf-8") + CONF + conf)
    works = [work(number) for number in range(4 * pages)]
    root.write("references.bib", "\n".join(sorted(
        f"@book{{{key},\n  author = {{{first}, A. and {second}, B.}},\n  title = {{Of {first}}},\n"
        f"  year = {{{year}}},\n  publisher = {{P}},\n  status = {{confirmed}},\n}}\n"
        for key, first, second, year in works
    )))  # fmt: skip
    names = [f"page{page}" for page in range(pages)]
    for page, name in enumerate(names):
        around = [works[number % len(works)] for number in range(4 * page, 4 * page + 8)]
        root.write(f"docs/{name}.md", PAGE.format(
            name=name, title=name.title(), other=names[page - 1], term=f"term{page}",
            cited=" ".join(f"So say {{cite:p}}`{one[0]}`." for one in around),
            cite=f"{{cite:t}}`{around[0][0]}`",
            plain="{1} and {2} ({3}) say so.".format(*around[0]),
        ))  # fmt: skip
    terms = "\n".join(f"term{page}\n  A word.\n" for page in range(pages))
    root.write("docs/index.md", "\n".join((
        "# Index\n", "```{toctree}", *names, "```\n", f"````{{glossary}}\n{terms}\n````\n",
        "```{bibliography}", "```\n",
    )))  # fmt: skip
    built = root.build("html", "-E")
    assert built.status == 0, built.text
    counts: dict[str, int] = json.loads(Path(root.root, "lines.json").read_bytes())
    return counts


def grown(small: dict[str, int], large: dict[str, int]) -> dict[str, str]:
    """The functions that run more lines than the size of the project explains."""
    return {
        name: f"{small.get(name, 0)} lines, then {count}"
        for name, count in large.items()
        if count > max(FEW, 1.25 * TIMES * small.get(name, 0))
    }


def test_each_function_grows_with_the_project(project: Project) -> None:
    assert grown(lines_of(project, SMALL), lines_of(project, TIMES * SMALL)).keys() == LEFT


def test_a_look_at_all_works_for_each_citation_is_told(project: Project) -> None:
    small, large = (lines_of(project, size, UNINDEXED) for size in (SMALL, TIMES * SMALL))
    assert "domain.py:BibtexDomain.resolve_xref.<locals>._citations.<locals>.<genexpr>" in grown(
        small, large
    )
