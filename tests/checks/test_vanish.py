"""Ways to vanish: what writers type and no reader gets, without a word from Sphinx.

Of each page in ``vanish.toml`` a plain build was seen to lose something.
"""

import json
import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from tests.projects import PIXEL, WORKS, Project

pytestmark = pytest.mark.xdist_group("vanish")  # one worker makes what they share

CASES = {
    case["name"]: case
    for case in tomllib.loads((Path(__file__).parent / "vanish.toml").read_text("utf-8"))["case"]
}
CONF = """\
extensions = ["myst_parser", "sphinx_design", "sphinx_evidence"]
bibtex_bibfiles = ["references.bib"]
evidence_rules = {
    "image-alt": "error", "page-orphan": "error", "policy-*": "error", "raw-html": "error",
}
evidence_short_names = True
myst_enable_extensions = [
    "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist",
    "substitution", "tasklist",
]
myst_heading_anchors = 3
numfig = True
suppress_warnings = ["design"]
"""
INDEX = "# All\n\nWords {{cite:p}}`leamy2011`.\n\n```{{toctree}}\n{}\n```\n"

# What is not told, and why. The first build with the checks told 40 of the first 63.
NOT_TOLD = {
    "a comment, or a definition that leads somewhere": (
        "bold-note-rst", "evalrst-comment", "html-comment-span", "percent-card", "percent-start",
        "plus-json", "refdef-unused-url", "rst-comment-swallows-quote", "rst-dots-list",
        "rst-ellipsis",
    ),
    "a setting, and no text": (
        "attrs-dangling", "container-words", "currentmodule", "frontmatter-title",
        "index-directive", "md-html-meta", "module", "option-class-words", "option-name-words",
        "orphan",
    ),
    "shown elsewhere, when it is asked for": (
        "abbr-explanation", "link-title", "picture-title", "title-only-page-in-hidden",
        "toctree-title", "toctree-url",
    ),
    "shown, but not as it was meant": (
        "cite-bold-role", "cite-in-heading-code", "cite-in-math", "link-ref-space",
        "md-backslash-path", "md-dollar-money", "md-hash-closing", "md-list-number",
        "rst-backslash-path",
    ),
    "shown, but for the style or the maths": (
        "bibliography-dropdown", "dropdown-print", "hidden-class-block", "hidden-class-sd",
        "hidden-class-span", "math-phantom", "md-math-latex-comment", "picture-only-dark",
        "picture-scale-zero", "picture-svg-empty", "picture-width-zero", "tab-unselected-print",
        "white-text",
    ),
    "lost in LaTeX alone": (
        "evalrst-footnote", "latex-local-bibliography-place", "link-latex-text", "octicon-latex",
        "picture-alt-latex", "picture-svg-latex", "rubric-footnotes",
    ),
}  # fmt: skip
LEFT = {name for names in NOT_TOLD.values() for name in names}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What one build finds on each page."""
    made = Project(tmp_path_factory.mktemp("vanish"))
    made.write("conf.py", CONF)
    made.write("references.bib", WORKS)
    (made.root / "docs").mkdir()
    (made.root / "docs" / "pic.png").write_bytes(PIXEL)
    made.write("docs/pic.svg", '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9"/></svg>')
    pages = {name: f"{name}/page" if "files" in case else name for name, case in CASES.items()}
    for name, case in CASES.items():
        made.write(f"docs/{pages[name]}.{case['page']}", case["text"])
        for file, text in case.get("files", {}).items():
            made.write(f"docs/{name}/{file}", text)
    made.write("docs/index.md", INDEX.format("\n".join(["bib", *pages.values()])))
    made.write("docs/bib.md", "# Works\n\n```{bibliography}\n:all:\n```\n")
    built = made.build("citations")
    messages = defaultdict(list)
    for one in json.loads((built.out / "output.json").read_text("utf-8"))["findings"]:
        if place := re.match(r"docs/([\w-]+)[/.]", one["path"]):
            messages[place[1]].append(one["wrong"])
    return messages


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "lost" in case])
def test_what_vanishes_is_told(found: dict[str, list[str]], name: str) -> None:
    assert bool(found[name]) == (name not in LEFT)


def test_the_list_of_what_is_not_told_names_cases() -> None:
    assert set(CASES) >= LEFT
    assert len(LEFT) < len(CASES) / 4


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "lost" not in case])
def test_where_nothing_vanishes_nothing_is_told(found: dict[str, list[str]], name: str) -> None:
    assert not any("reach no reader" in message for message in found[name]), found[name]
