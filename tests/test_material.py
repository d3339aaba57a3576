"""The paper itself: its parts are there. How its pages are written, conf.py asks for as rules."""

import tomllib

import pytest
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from tests.projects import ROOT


@pytest.fixture(scope="module")
def env(app: Sphinx) -> BuildEnvironment:
    """What Sphinx has read of the pages."""
    return app.env


def headings(env: BuildEnvironment, page: str) -> list[str]:
    doctree = env.get_doctree(page)
    return [t.astext() for t in doctree.findall(nodes.title) if isinstance(t.parent, nodes.section)]


def test_table_1_has_header_cells_and_its_statements(env: BuildEnvironment) -> None:
    (table,) = env.get_doctree("the-issue").findall(nodes.table)
    (head,) = table.findall(nodes.thead)
    assert len(list(head.findall(nodes.entry))) == 2
    (body,) = table.findall(nodes.tbody)
    cells = [len(list(cell.findall(nodes.list_item))) for cell in body.findall(nodes.entry)]
    assert cells == [6, 5]
    assert "CC BY-NC-SA 3.0 IGO" in env.get_doctree("the-issue").astext()


def test_chime_has_five_processes_and_a_longer_description(env: BuildEnvironment) -> None:
    doctree = env.get_doctree("chime")
    terms = [term.astext()[0] for term in doctree.findall(nodes.term)]
    assert "".join(terms) == "CHIME"
    assert "Figure 1 in words" in headings(env, "chime")


def test_eight_practices_each_with_its_evidence(env: BuildEnvironment) -> None:
    practices = [
        section
        for page in ("practices", "practices-life")
        for section in env.get_doctree(page).findall(nodes.section)
        if isinstance(section.parent, nodes.section)
    ]
    assert len(practices) == 8
    for practice in practices:
        terms = {term.astext() for term in practice.findall(nodes.term)}
        assert terms >= {"What it is", "What research found"}
        sure = [p for p in practice.findall(nodes.paragraph) if "how-sure" in p["classes"]]
        assert len(sure) == 1


def test_every_change_stands_on_a_page(env: BuildEnvironment) -> None:
    record = tomllib.loads((ROOT / "docs" / "editorial-record.toml").read_text("utf-8"))
    shown = [
        name.removeprefix("change-")
        for page in env.found_docs
        for item in env.get_doctree(page).findall(nodes.list_item)
        for name in item["ids"]
        if name.startswith("change-")
    ]
    assert sorted(shown) == sorted(change["id"] for change in record["change"])


def test_questions_are_numbered_through(env: BuildEnvironment) -> None:
    lists = list(env.get_doctree("discussion-questions").findall(nodes.enumerated_list))
    counts = [len(one) for one in lists]
    starts = [one.get("start", 1) for one in lists]
    assert sum(counts) == 10
    assert starts == [1 + sum(counts[:index]) for index in range(len(counts))]
