"""Lists of contents that lead back to a page above them: one message, before anybody walks them."""

import re

import pytest

from sphinx_evidence.checks.circles import steps_back
from tests.projects import Project

pytestmark = pytest.mark.slow  # each in three builders

ITSELF = (
    "ERROR: This list of contents names its own page. "
    "Delete the line; where readers shall find this page in the list, write self."
)
DELETE = "Delete the line: a page is named by one list above it, and by none below."


def contents(*names: str) -> str:
    return "# Page\n\n```{toctree}\n:maxdepth: 1\n\n" + "\n".join(names) + "\n```\n"


CASES = {
    "the first page itself": ({"index": contents("a", "index"), "a": "# A\n"}, "index.md:7:1", ""),
    "another page itself": ({"index": contents("a"), "a": contents("a.md")}, "a.md:6:1", ""),
    "the first page": (
        {"index": contents("a"), "a": contents("/index")},
        "a.md:6:1",
        "index → a → index",
    ),
    "a page below": (
        {"index": contents("a"), "a": contents("b"), "b": contents("Title <a>")},
        "b.md:6:1",
        "a → b → a",
    ),
    "by a pattern": (
        {"index": contents("a"), "a": contents("i*").replace(":maxdepth: 1", ":glob:")},
        "a.md:3",
        "index → a → index",
    ),
    "pages that no list names": (
        {"index": "# Page\n", "a": contents("b"), "b": contents("a")},
        "b.md:6:1",
        "a → b → a",
    ),
}


@pytest.mark.parametrize("runs", [["html"], ["citations"], ["html", "-j2"]], ids=str)
@pytest.mark.parametrize("case", CASES)
def test_one_message_at_the_line_that_closes_the_circle(
    case: str, runs: list[str], project: Project
) -> None:
    pages, place, way = CASES[case]
    for name, text in pages.items():
        project.write(f"docs/{name}.md", text)
    wrong = f'This list of contents leads back to "{way.split(" ")[0]}": {way}. {DELETE}'
    message = f"ERROR: {wrong}" if way else ITSELF
    for _ in range(2):  # a run that was stopped is stopped again
        built = project.build(*runs)
        assert built.status == 1
        found = built.text.replace("error:", "ERROR:")
        assert f"docs/{place}: {message} [evidence.page-circle]" in found
        assert len(re.findall("ERROR|WARNING|nonexisting|Traceback", found)) == 1


def test_a_page_below_two_lists_is_no_circle() -> None:
    assert list(steps_back({"index": ["a", "b"], "a": ["b", "b"], "b": ["c"]}, ["index"])) == []


def test_a_long_way_is_walked() -> None:
    below = {str(n): [str(n + 1)] for n in range(5000)} | {"5000": ["0"]}
    ((page, way),) = steps_back(below, ["0"])
    assert (page, len(way)) == ("5000", 5002)
