"""The paper itself: its parts are there, and its pages are what readers were promised."""

import re
from pathlib import Path

import pytest
from docutils import nodes
from pypdf import PdfReader
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from tests.projects import ROOT, Project

PAGES = sorted(path.stem for path in (ROOT / "docs").glob("*.md"))
LISTS = {"editorial-record", "glossary", "questions-for-the-author", "references"}

# Box 1 of the paper asks for people first, and for no label as a name.
LABELS = r"the mentally ill|sufferers?\b|suffer(s|ing)? from|schizophrenics?\b|struggling with"


@pytest.fixture(scope="module")
def env(app: Sphinx) -> BuildEnvironment:
    """What Sphinx has read of the pages."""
    return app.env


def headings(env: BuildEnvironment, page: str) -> list[str]:
    doctree = env.get_doctree(page)
    return [t.astext() for t in doctree.findall(nodes.title) if isinstance(t.parent, nodes.section)]


def test_table_1_has_header_cells_and_its_statements(env: BuildEnvironment) -> None:
    (table,) = env.get_doctree("meanings").findall(nodes.table)
    (head,) = table.findall(nodes.thead)
    assert len(list(head.findall(nodes.entry))) == 2
    (body,) = table.findall(nodes.tbody)
    cells = [len(list(cell.findall(nodes.list_item))) for cell in body.findall(nodes.entry)]
    assert cells == [6, 5]
    assert "CC BY-NC-SA 3.0 IGO" in env.get_doctree("meanings").astext()


def test_chime_has_five_processes_and_a_longer_description(env: BuildEnvironment) -> None:
    doctree = env.get_doctree("chime")
    terms = [term.astext()[0] for term in doctree.findall(nodes.term)]
    assert "".join(terms) == "CHIME"
    assert "Figure 1 in words" in headings(env, "chime")


def test_eight_practices_each_with_its_evidence(env: BuildEnvironment) -> None:
    pages = ("practices-support", "practices-life")
    assert sum(len(headings(env, page)) - 1 for page in pages) == 8
    for page in pages:
        terms = [term.astext() for term in env.get_doctree(page).findall(nodes.term)]
        assert terms == ["What it is", "The evidence", "Where to find out more"] * 4


def test_questions_are_numbered_through(env: BuildEnvironment) -> None:
    lists = list(env.get_doctree("discussion-questions").findall(nodes.enumerated_list))
    counts = [len(one) for one in lists]
    starts = [one.get("start", 1) for one in lists]
    assert sum(counts) == 10
    assert starts == [1 + sum(counts[:index]) for index in range(len(counts))]


@pytest.mark.parametrize("page", PAGES)
def test_page_opens_with_a_summary(env: BuildEnvironment, page: str) -> None:
    (section,) = (n for n in env.get_doctree(page).children if isinstance(n, nodes.section))
    lead = section[1]
    assert isinstance(lead, nodes.paragraph)
    assert "summary" in lead["classes"]
    sentences = re.findall(r"[.?!](?=\s|$)", lead.astext())
    assert 1 <= len(sentences) <= 3


@pytest.mark.parametrize("page", sorted(set(PAGES) - LISTS - {"index"}))
def test_page_is_short_and_leads_on(env: BuildEnvironment, page: str) -> None:
    text = (ROOT / "docs" / f"{page}.md").read_text("utf-8")
    assert len(env.get_doctree(page).astext().split()) < 800
    assert re.search(r"\[[^\]]+\]\([a-z-]+\.md\)", text.rstrip().splitlines()[-1])


@pytest.mark.parametrize("page", PAGES)
def test_page_puts_people_first(page: str) -> None:
    text = (ROOT / "docs" / f"{page}.md").read_text("utf-8")
    # What the source says may be quoted: the rule is for our own voice.
    own = re.sub(r"“[^”]*”", "", text)
    assert re.search(LABELS, own, re.IGNORECASE) is None


@pytest.mark.parametrize("path", sorted((ROOT / "docs").glob("*.md")), ids=lambda p: p.stem)
def test_one_sentence_a_line(path: Path) -> None:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        plain = re.sub(r"`[^`]*`|\([^)]*\)|“[^”]*”", "", line)
        assert not re.search(r"[a-z]{2}[.?!] +[A-Z][a-z]+ [a-z]", plain), f"{path.name}:{number}"


def test_questions_fit_on_one_sheet(pristine: Project) -> None:
    path = pristine.root / "build" / "pdf" / "recovery-based-approaches.pdf"
    sheets = [page.extract_text() for page in PdfReader(path).pages]
    (sheet,) = (
        text for text in sheets if "Questions for discussion" in text and "To begin" in text
    )
    assert "the IMPACT team?" in sheet
