"""Citations and the reference list on a page, as readers get them."""

import re

import pytest
from pypdf import PdfReader

from tests.projects import Project

BIB = """\
@article{leamy2011,
  author = {Leamy, Mary and Bird, V. and Slade, Mike},
  title = {Framework},
  year = {2011},
  journal = {The Journal},
  doi = {10.1234/x},
  status = {confirmed},
  checked = {PubMed 1},
  note = {A note.},
}
@misc{pa1, author = {{PA}}, title = {One}, year = {2024}, status = {unknown},}
@misc{pa2, author = {{PA}}, title = {Two}, year = {2024}, status = {unknown},}
@book{weeghel2019, author = {van Weeghel, J.}, title = {B}, year = {2019}, status = {unknown},}
@book{more2000, author = {More, T.}, title = {M}, year = {2000}, status = {confirmed},}
"""


@pytest.fixture
def sample(project: Project) -> Project:
    """A project with two pages: one cites, one lists."""
    project.write("references.bib", BIB)
    statuses = {"confirmed": "Confirmed", "unknown": "Not known"}
    project.append("conf.py", f"evidence_reference_status = {statuses}\n")
    project.write(
        "docs/index.md",
        "# Sample\n\n{cite:t}`leamy2011` and {cite:p}`{see}leamy2011{p. 3},pa1,pa2`.\n"
        "{cite:ct}`weeghel2019` and {cite:t}`leamy2011{p. 3},pa1` say.\n\n"
        "```{toctree}\nlist\n```\n",
    )
    project.write(
        "docs/list.md",
        "# List\n\n```{bibliography}\n```\n\n## More\n\n```{further-reading}\nmore2000\n```\n",
    )
    return project


@pytest.fixture
def pages(sample: Project) -> dict[str, str]:
    """The text of each page, by name."""
    return built_pages(sample)


def built_pages(project: Project) -> dict[str, str]:
    built = project.build("html")
    assert built.status == 0, built.text
    return {p.stem: p.read_text("utf-8") for p in built.out.glob("*.html")}


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_citations_in_the_text(pages: dict[str, str]) -> None:
    said = text(pages["index"])
    assert "Leamy et al. (2011) and (see Leamy et al., 2011, p. 3; PA, 2024a; PA, 2024b)." in said
    assert "Van Weeghel (2019) and Leamy et al. (2011, p. 3) and PA (2024a) say." in said


def test_reference_list_is_a_plain_list_in_order(pages: dict[str, str]) -> None:
    lists = re.findall(r'<ul class="references.*?</ul>', pages["list"], re.DOTALL)
    heads = [[text(p) for p in re.findall(r"<li.*?</p>", part, re.DOTALL)] for part in lists]
    assert heads == [
        [
            "Leamy, M., Bird, V. and Slade, M. (2011) ‘Framework’, The Journal. https://doi.org/10.1234/x",
            "PA (2024a) One.",
            "PA (2024b) Two.",
            "van Weeghel, J. (2019) B.",
        ],
        ["More, T. (2000) M."],
    ]
    assert "doc-biblioentry" not in pages["list"]


def test_each_reference_tells_status_and_way_back(pages: dict[str, str]) -> None:
    said = text(pages["list"])
    assert "Confirmed · Journal article How this was checked: PubMed 1. A note." in said
    assert said.count("Not known · Book") == 1
    assert said.count("Not known Cited on") == 2  # of a type that says nothing
    assert said.count("Cited on: Sample.") == 4


def test_way_back_names_each_page_once(sample: Project) -> None:
    """In reading order, with its first passage; more than six of them are folded on the site."""
    others = [f"p{number}" for number in range(6)]
    for name in others:
        sample.write(
            f"docs/{name}.md",
            f"# {name.title()}\n\n{{cite:t}}`pa1`, {{cite:t}}`pa1`.\n\n## First *part*\n\n"
            "{cite:t}`pa1` and {cite:p}`pa1`.\n\n## Second part\n\n### Within\n\n{cite:t}`pa1`.\n",
        )
    sample.append("docs/p1.md", "\n{cite:p}`pa2`.\n")
    sample.replace("docs/index.md", "toctree}\n", "\n".join(["toctree}", *others, ""]))
    page = built_pages(sample)["list"]
    said = text(page)
    pages = f"Sample; {'; '.join(f'{name.title()}, in 3 passages' for name in others)}."
    assert f"Cited on 7 pages: {pages}" in said
    assert "Cited on: Sample; P1." in said
    folded = re.findall(r"<details.*?</details>", page, re.DOTALL)
    assert [pages in text(one) for one in folded].count(True) == 1
    for target in re.findall(r'href="(p2\.html#[^"]+)"', page):
        name, _, place = target.partition("#")
        assert f'id="{place}"' in (sample.root / "build/html" / name).read_text("utf-8")
    copy = sample.build("epub", "-Depub_show_urls=no", "-Dversion=1", "-Dcopyright=A", name="book")
    assert copy.status == 0, copy.text
    book = (sample.root / "doctrees/book/_epub/list.xhtml").read_text("utf-8")
    assert "<details" not in book
    assert f"Cited on 7 pages: {pages}" in text(book)
    assert "How this was checked: PubMed 1. A note." in text(book)


def test_way_back_has_page_numbers_on_paper(pristine: Project) -> None:
    pdf = pristine.root / "build/pdf/recovery-based-approaches.pdf"
    words = " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(pdf).pages).split())
    assert re.search(r"Cited on: [^.]+ \(page \d+\), in \d+ passages;", words)
    assert "How this was checked" not in words  # which the complete edition tells


def test_citations_lead_to_their_reference(pages: dict[str, str]) -> None:
    for target in re.findall(r'href="list\.html#([^"]+)"', pages["index"]):
        assert f'id="{target}"' in pages["list"], target


def test_change_of_the_bibliography_reaches_the_pages_that_cite(sample: Project) -> None:
    # A page of its own: the one with the contents is written anew in any case.
    sample.write(
        "docs/other.md", "---\norphan: true\n---\n\n# Other\n\nAs {cite:t}`leamy2011` say.\n"
    )
    assert "Leamy et al. (2011)" in text(built_pages(sample)["other"])
    sample.replace("references.bib", "year = {2011}", "year = {2012}")
    assert "Leamy et al. (2012)" in text(built_pages(sample)["other"])


# A style of the same name that another package brings.
OTHERS = """
from pybtex.plugin import register_plugin
from pybtex.style.formatting.plain import Style
register_plugin("pybtex.style.formatting", "harvard", Style, force=True)
"""


@pytest.mark.parametrize(
    ("setting", "ours"),
    [
        ("bibtex_default_style = bibtex_reference_style = 'evidence-harvard'", True),
        ("bibtex_default_style = 'alpha'", False),
        (OTHERS, False),
    ],
)
def test_the_list_is_that_of_the_style(sample: Project, setting: str, *, ours: bool) -> None:
    sample.append("conf.py", f"{setting}\n")
    page = (sample.build("html").out / "list.html").read_text("utf-8")
    assert ('<ul class="references' in page) is ours
