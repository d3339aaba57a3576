"""Blocks in blocks: deep enough to be written everywhere, or one message."""

import pytest

from sphinx_evidence.checks.nesting import MOST
from tests.projects import Project

pytestmark = pytest.mark.slow  # what is deep takes long to read

REMEDY = "Take it out of some of them, or give it a section of its own. [evidence.block-nested]"
DEEP = f"ERROR: This stands in {MOST} others: lists, quotations, boxes or tables. {REMEDY}"
UNREAD = f"ERROR: What stands here or near is nested too deep to be read. {REMEDY}"


def nested(kinds: str) -> list[str]:
    """A word in blocks, each with the letter of its kind, from outside."""
    if not kinds:
        return ["Deepest."]
    inner = nested(kinds[1:])
    if kinds[0] == "q":
        return [f"> {line}" for line in inner]
    if kinds[0] == "l":
        return ["- Item", "", *(f"  {line}" for line in inner)]
    fence = "`" * (3 + len(kinds))
    return [f"{fence}{{note}}" if kinds[0] == "n" else f"{fence}{{box}} Title", *inner, fence]


@pytest.fixture
def pages(project: Project) -> Project:
    """A project with what Sphinx wants to know of an e-book, and both sizes of the PDF."""
    project.append("conf.py", "author = copyright = 'Sample'\nversion = release = '1'\n")
    project.append("conf.py", "evidence_rules['crossref-unreferenced'] = 'off'\n")
    project.append(
        "conf.py",
        "evidence_pdf_documents = [{'name': 'a'}, {'name': 'b', 'size': 'large'}]\n",
    )
    return project


def test_what_is_allowed_is_written(pages: Project) -> None:
    for kinds in ("q", "l", "n", "b", "qn", "bq", "lq", "nl", "qbnl"):
        name = kinds
        text = "\n".join(nested((kinds * MOST)[:MOST]))
        pages.write(f"docs/{name}.md", f"# Page\n\n{text}\n")
    pages.append("docs/index.md", "\n```{toctree}\n:glob:\n\n*\n```\n")
    for builder in ("html", "epub", "pdf"):
        assert pages.build(builder).text == ""
    for path in (pages.root / "build/html").glob("?*.html"):
        if path.stem not in {"index", "genindex", "search"}:
            assert "Deepest." in path.read_text("utf-8"), path.name


@pytest.mark.parametrize("builder", ["html", "epub", "pdf"])
@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (">" * 1500 + " deep", "5:1", DEEP),
        ("\n".join(nested("q" * (MOST + 1))), "5:1", DEEP),
        ("\n".join("  " * depth + "- item" for depth in range(500)), "11:13", DEEP),
        ("*a **b " * 400 + "c" + "** d*" * 400, "5", UNREAD),
        ("\n".join(nested("n" * 300)), "5", UNREAD),
    ],
    ids=["quotations", "one too many", "lists", "stars", "remarks"],
)
def test_too_deep(text: str, place: str, message: str, builder: str, pages: Project) -> None:
    pages.append("docs/index.md", f"\nWords.\n\n{text}\n")
    built = pages.build(builder)
    assert built.status == 1
    assert f"docs/index.md:{place}: {message}" in built.text
    assert built.text.count("\n") == 2, built.text


def test_the_pdf_says_so_where_nobody_else_does(project: Project) -> None:
    project.append("conf.py", "evidence_rules['block-nested'] = 'off'\n")
    project.append("docs/index.md", "\n> Words.\n\n" + "\n".join(nested("lqqqqqqqq")))
    built = project.build("pdf")
    assert built.status == 1
    assert built.text == (
        "docs/index.md:7: this is nested too deep to be set. Take it out of what is around it.\n"
    )
