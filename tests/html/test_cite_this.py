"""How a site says that it is cited: what is written is read back by programs that others wrote."""

import json
import os
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import rispy
from bs4 import BeautifulSoup
from pybtex.database import Entry, parse_file, parse_string

from sphinx_evidence.formats import bibtex, csl, ris
from sphinx_evidence.html.cite_this import pages
from sphinx_evidence.html.cite_this.work import CitationFileError, read_work
from sphinx_evidence.policy.page import active_content
from tests.projects import ROOT, WORKS, Project

# What is hard to keep: letters in LaTeX, an organisation with a comma, particles, no date, an
# address with _ and %, a range, months, and two editors.
HARD = r"""
@book{accents,
  author = {M{\"u}ller-L{\"u}denscheid, J{\"u}rgen and van Weeghel, Jaap and Lucas, Jr., R. A.},
  title = {{\'E}tude de l'{\'\i}le: R\&D at 5\% for \$3 in the {UK}},
  year = {1999},
  publisher = {Verlag \& S{\"o}hne},
  address = {K{\"o}ln},
  edition = {2nd},
  isbn = {978-0-9556359-0-8},
}

@report{organisation,
  author = {{Department of Health, Social Services and Public Safety}},
  title = {A report},
  year = {n.d.},
  institution = {An {Institution}},
  number = {7},
  url = {https://example.org/a_b%20c?d=e&f=g#h},
  urldate = {2024-09-03},
}

@incollection{chapter,
  author = {{de Jong}, M. H. and Plato},
  editor = {Thornicroft, G. and Ruggeri, M.},
  title = {A chapter},
  booktitle = {The whole},
  year = {2013},
  month = aug,
  pages = {1057--1069},
}

@misc{single, editor = {Ruggeri, M.}, title = {Untitled -- perhaps}, date = {2004/2006}}

@article{one, author = {A, B.}, title = {T}, year = {in press}, journal = {J}, pages = {3}}
"""
LISTS = {"the paper": (ROOT / "references.bib").read_text("utf-8"), "hard cases": HARD}
CFF = """\
cff-version: 1.2.0
title: A tool
version: 1.10
authors: [{name: The team}]
preferred-citation:
  type: report
  title: "A & B_c: 100% {sure}"
  authors:
    - {family-names: Weeghel, name-particle: van, given-names: Jaap}
    - name: "Health, Care & Co"
  editors: [{name: the team}]
  year: 2024
  month: 8
  institution: {name: The Institute}
  notes: An edition.
"""


def works(text: str) -> dict[str, Entry]:
    """The works of a .bib file by their keys."""
    return {str(key): entry for key, entry in parse_string(text, "bibtex").entries.items()}


@pytest.fixture(params=LISTS, scope="module")
def entries(request: pytest.FixtureRequest) -> dict[str, Entry]:
    """The works of a list."""
    return works(LISTS[request.param])


def ris_names(people: list[dict[str, str]]) -> list[str]:
    return [csl.inverted(name) for name in people]


def test_bibtex_is_read_back(entries: dict[str, Entry]) -> None:
    read = works(bibtex.bibtex(entries))
    assert read == entries
    assert [*read] == [*entries]


def test_csl_json_is_read_back(entries: dict[str, Entry]) -> None:
    items = {item["id"]: item for item in json.loads(csl.csl_json(entries))}
    assert [*items] == [*entries]
    known = {*csl.VARIABLES, "author", "editor", "checked", "status"}
    for key, entry in entries.items():
        item, fields = items[key], entry.fields
        for role, people in entry.persons.items():
            assert len(item[role]) == len(people)
            names = [csl.plain(str(person)) for person in people]
            assert ris_names(item[role]) == [reordered(name) for name in names]
        assert item["title"] == csl.plain(fields["title"])
        assert "{" not in json.dumps([v for v in item.values() if isinstance(v, str)])
        if fields.get("year", "").isdecimal():
            assert item["issued"]["date-parts"][0][0] == int(fields["year"])
        for name, variable in (("doi", "DOI"), ("url", "URL"), ("pmid", "PMID"), ("isbn", "ISBN")):
            assert item.get(variable) == fields.get(name)
        assert not {name.lower() for name in fields} - known - csl.ALIASES.keys() - DATES


DATES = {"date", "month", "urldate", "year"}


def reordered(name: str) -> str:
    """``Lucas, R. A., Jr.`` for BibTeX's ``Lucas, Jr., R. A.``"""
    surname, *rest = name.split(", ")
    return ", ".join([surname, *reversed(rest)]) if "Jr." in rest else name


def test_ris_says_the_same_as_csl_json(entries: dict[str, Entry]) -> None:
    read = {one["id"]: one for one in rispy.loads(ris.ris(entries))}
    assert [*read] == [*entries]
    for key, entry in entries.items():
        one, item = read[key], csl.csl_item(key, entry)
        others = one.pop("unknown_tag", {})
        assert one.pop("authors", []) == ris_names(item.get("author", []))
        assert others.pop("ED", []) == ris_names(item.get("editor", []))
        assert others == {}
        said: set[str] = set()
        for value in one.values():
            said |= set(value) if isinstance(value, list) else {value}
        texts = {value for name, value in item.items() if isinstance(value, str) and name != "type"}
        pages = set(item.get("page", "").split("-"))
        assert texts - {item.get("page")} | pages - {""} <= said
        if issued := item.get("issued"):
            year = issued["date-parts"][0][0] if "date-parts" in issued else issued["literal"]
            assert one["year"] == str(year)
        else:
            assert "year" not in one


def test_hard_cases() -> None:
    items = json.loads(csl.csl_json(works(HARD)))
    accents, organisation, chapter, single, article = items
    assert accents["title"] == "Étude de l'íle: R&D at 5% for $3 in the UK"
    assert accents["author"][1:] == [
        {"family": "Weeghel", "given": "Jaap", "non-dropping-particle": "van"},
        {"family": "Lucas", "given": "R. A.", "suffix": "Jr."},
    ]
    assert (accents["publisher"], accents["publisher-place"]) == ("Verlag & Söhne", "Köln")
    department = "Department of Health, Social Services and Public Safety"
    assert organisation["author"] == [{"literal": department}]
    assert (organisation["number"], organisation["publisher"]) == ("7", "An Institution")
    assert "issued" not in organisation
    assert organisation["accessed"] == {"date-parts": [[2024, 9, 3]]}
    assert chapter["author"] == [{"family": "de Jong", "given": "M. H."}, {"family": "Plato"}]
    assert (chapter["page"], chapter["issued"]) == ("1057-1069", {"date-parts": [[2013, 8]]})
    assert single["issued"] == {"date-parts": [[2004], [2006]]}
    assert article["issued"] == {"literal": "in press"}


@pytest.mark.parametrize("text", [r"\ & % $ # _ ~", "“ – ” é ß", "100 % \\end"])
def test_plain_text_becomes_bibtex_and_comes_back(text: str) -> None:
    read = parse_string(f"@misc{{k, title = {{{bibtex.latex(text)}}}}}", "bibtex").entries["k"]
    assert csl.plain(read.fields["title"]) == text


@pytest.fixture
def cited(project: Project) -> Project:
    """A project with a box, a reference list, and letters that HTML takes for itself."""
    project.append(
        "conf.py",
        "evidence_cite_this = 'CITATION.cff'\nhtml_baseurl = 'https://example.org/p/'\n"
        "evidence_downloads = {'To print': {'The paper': '../paper one.pdf'}}\n",
    )
    project.write("CITATION.cff", CFF)
    project.write("paper one.pdf", "")
    project.write("references.bib", WORKS)
    project.write("docs/index.md", "# Sample\n\n```{toctree}\nmore/page\n```\n")
    project.write(
        "docs/more/page.md",
        "# A `</script><b>` & “page”\n\nWords {cite:p}`leamy2011`, {cite:p}`anthony1993`, see "
        "{numref}`box-a`.\n\n```{box} A *box*\n:name: box-a\n\nWords.\n```\n\n"
        "```{reference-files}\n```\n\n```{bibliography}\n```\n",
    )
    return project


def read_everything(out: Path, name: str) -> tuple[Entry, dict[str, Any], dict[str, Any]]:
    """What a citation is in its three files."""
    (entry,) = parse_file(str(out / f"{name}.bib")).entries.values()
    (ris,) = rispy.loads((out / f"{name}.ris").read_text("utf-8"))
    (item,) = json.loads((out / f"{name}.json").read_text("utf-8"))
    return entry, ris, item


@pytest.mark.parametrize(
    ("builder", "page", "address", "up"),
    [
        ("html", "more/page.html", "more/page.html", "../"),
        ("dirhtml", "more/page/index.html", "more/page/", "../../"),
    ],
)
def test_a_page_and_its_box(cited: Project, builder: str, page: str, address: str, up: str) -> None:
    built = cited.build(builder)
    assert (built.status, built.text) == (0, "")
    title, whole = "A </script><b> & “page”", "A & B_c: 100% (sure)"
    url = f"https://example.org/p/{address}"
    authors = ["van Weeghel, Jaap", "Health, Care & Co"]
    for name, words, link in (
        ("cite/more/page", title, url),
        ("cite/more/page.box-a", f"{title}: Box 1, A box", f"{url}#box-a"),
    ):
        entry, ris, item = read_everything(built.out, name)
        assert csl.plain(entry.fields["title"]) == ris["title"] == item["title"] == words
        assert csl.plain(entry.fields["booktitle"]) == ris["secondary_title"] == whole
        assert ris_names(item["author"]) == ris["authors"] == authors
        assert entry.fields["url"] == ris["urls"][0] == item["URL"] == link
        assert (entry.fields["year"], ris["year"], ris["date"]) == ("2024", "2024", "2024/08")
        assert ris["unknown_tag"] == {"ED": ["the team"]}
        assert item["issued"] == {"date-parts": [[2024, 8]]}
        assert entry.key == item["id"] == ris["id"]

    text = (built.out / page).read_text("utf-8")
    html = BeautifulSoup(text, "html.parser")
    panel = html.select_one("details.cite-this")
    assert panel
    assert [*active_content(str(panel))] == []
    own, box = (" ".join(one.get_text().split()) for one in panel.select(".cite-this-text"))
    assert own == (
        f"van Weeghel, J. and Health, Care & Co (2024) ‘{title}’, in {whole}. Edited by the team. "
        f"Version 1.10. The Institute. Available at: {url}"
    )
    assert f"‘{title}: Box 1, A box’" in box
    hrefs = [str(link["href"]) for link in html.select("a[download]")]
    assert hrefs == [
        f"{up}{name}.{ending}"
        for name in ("references", "cite/more/page", "cite/more/page.box-a")
        for ending in ("bib", "ris", "json")
    ]
    assert all((built.out / page).parent.joinpath(href).is_file() for href in hrefs)
    metas = [(str(m["name"]), m["content"]) for m in html.select('meta[name^="citation_"]')]
    assert metas == [
        ("citation_title", title),
        *(("citation_author", name) for name in authors),
        ("citation_publication_date", "2024/08"),
        ("citation_inbook_title", whole),
        ("citation_public_url", url),
        ("citation_language", "en"),
    ]
    (data,) = html.select('script[type="application/ld+json"]')
    assert "<" not in data.text
    told = json.loads(data.text)
    assert (told["@type"], told["name"], told["url"]) == ("Chapter", title, url)
    assert [one["name"] for one in told["author"]] == ["Jaap van Weeghel", "Health, Care & Co"]
    assert told["isPartOf"]["name"] == whole
    assert told["hasPart"][0]["url"] == f"{url}#box-a"

    first = BeautifulSoup((built.out / "index.html").read_text("utf-8"), "html.parser")
    assert 'content="https://example.org/p/paper%20one.pdf" name="citation_pdf_url"' in str(first)
    assert first.select_one("#cite-this > p:last-child").text == "An edition."  # type: ignore[union-attr]
    assert parse_file(str(built.out / "references.bib")).entries.keys() == {
        "anthony1993", "leamy2011",
    }  # fmt: skip


def test_changes_reach_pages_and_files(cited: Project) -> None:
    """Of the work, and of the setting: without it, there is nothing."""
    cited.build("html")
    cited.replace("CITATION.cff", "2024", "2025")
    built = cited.build("html")
    page = built.out / "more/page.html"
    assert "(2025)" in page.read_text("utf-8")
    assert "{2025}" in (built.out / "cite/more/page.bib").read_text("utf-8")
    cited.replace("conf.py", "'CITATION.cff'", "''")
    assert cited.build("html").status == 0
    written = page.read_text("utf-8")
    assert not re.search(r"cite-this|citation_|ld\+json|reference-files", written)


def test_what_is_not_known_is_left_out(project: Project) -> None:
    project.append("conf.py", "evidence_cite_this = 'CITATION.cff'\nnumfig = False\n")
    project.write("CITATION.cff", "title: A tool\nauthors: [{alias: me, family-names: Plato}]\n")
    built = project.build("html")
    assert (built.status, built.text) == (0, "")
    entry, _, item = read_everything(built.out, "cite/index")
    assert dict(entry.fields.items()) == {"title": "A tool"}
    assert item == {
        "id": "plato", "type": "software", "author": [{"family": "Plato"}], "title": "A tool",
    }  # fmt: skip
    assert not (built.out / "references.bib").exists()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (None, 1, "This file of the setting evidence_cite_this cannot be read. Create it"),
        ("title: [\n", 2, "This is not YAML: "),
        ("title: \0", 1, "This is not YAML: "),
        ("", 1, "The work to be cited has no title, or no authors. Write title: and authors:"),
        ("title: A\nauthors: []\n", 1, "The work to be cited has no title, or no authors."),
        (
            "title: [A]\nauthors: [{name: B}]\n",
            1,
            "The work to be cited has no title, or no authors.",
        ),
        ("title: A\nauthors: [B]\n", 1, '"authors" holds what is neither a person nor an'),
        ("title: A\nauthors: [{name: [B]}]\n", 1, '"authors" holds what is neither a person nor'),
        ("title: A\nauthors: [{name: ' '}]\n", 1, '"authors" holds what is neither a person nor'),
        ("title: A\nauthors: [{given-names: B}]\n", 1, '"authors" holds what is neither a person'),
        ("title: A\npreferred-citation: B\n", 1, '"preferred-citation" is no table. Write type:'),
        ("title: " + "{a: " * 3_000 + "}" * 3_000, 1, "This is nested too deep to be read."),
        ("title: " + "[" * 3_000 + "]" * 3_000, 1, "This is nested too deep to be read."),
    ],
)
def test_a_work_that_cannot_be_cited(
    text: str | None, line: int, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "CITATION.cff"
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(CitationFileError) as raised:
        read_work(path)
    assert raised.value.finding.line == line
    assert str(raised.value.finding).startswith(message)


def test_a_work_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "CITATION.cff")
    with pytest.raises(CitationFileError, match="cannot be read"):
        read_work(tmp_path / "CITATION.cff")


# Of aliases that would make ten million letters; of numbers, letters and names that are none.
STRANGE = {
    "aliases": "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]\n" for a, b in pairwise("abcdefgh"))
    + "journal: *h\n",
    "a month": f"year: 2024\nmonth: '{'1' * 5_000}'\n",
    "half a letter": 'publisher: "\\ud800"\n',
    "a field in a DOI": "doi: '10.1/x}, note = {y'\n",
    "a line in a DOI": 'doi: "10.1/x\\nTY  - JOUR"\n',
    "commas": "editors: [{family-names: 'A, B, C, D', given-names: E}]\n",
}


@pytest.mark.parametrize("name", STRANGE)
def test_strange_values_are_left_out_or_stay_values(name: str, tmp_path: Path) -> None:
    path = tmp_path / "CITATION.cff"
    path.write_text(f"title: A\nauthors: [{{name: B}}]\n{STRANGE[name]}", "utf-8")
    entry = read_work(path)
    for written in (bibtex.bibtex, ris.ris, csl.csl_json):
        assert len(written({"k": entry}).encode()) < 7_000
    (read,) = works(bibtex.bibtex({"k": entry})).values()
    assert {*read.fields} <= {"title", "year", "month", "publisher", "doi"}
    assert ris.ris({"k": entry}).count("TY  - ") == 1
    assert pages.harvard(entry)


def test_each_citation_has_a_file_and_a_key(cited: Project) -> None:
    """Also where a page is named as a page with its box, and where a name is long."""
    cited.write("CITATION.cff", "title: A\nauthors: [{family-names: 中}]\n")
    long = "x" * 260
    cited.write("docs/more/page.box-a.md", "# Another page\n")
    cited.replace("docs/index.md", "more/page\n", "more/page\nmore/page.box-a\n")
    words = f"{{numref}}`{long}`\n\n```{{box}} Long\n:name: {long}\n\nWords.\n```\n"
    cited.append("docs/more/page.md", f"\n{words}")
    built = cited.build("html")
    assert (built.status, built.text) == (0, "")
    files = {path: parse_file(str(path)).entries for path in built.out.glob("cite/**/*.bib")}
    assert all([*entries] != [""] for entries in files.values())
    titles = [entry.fields["title"] for entries in files.values() for entry in entries.values()]
    assert len(titles) == len({*titles}) == 5
    html = BeautifulSoup((built.out / "more/page.html").read_text("utf-8"), "html.parser")
    hrefs = [str(link["href"]) for link in html.select("a[download]")]
    assert all((built.out / "more" / href).is_file() for href in hrefs)


def test_a_work_that_cannot_be_cited_stops_the_build(project: Project) -> None:
    project.append("conf.py", "evidence_cite_this = 'CITATION.cff'\n")
    built = project.build("html")
    assert built.status == 1
    assert "CITATION.cff:1: ERROR: This file of the setting" in built.text
    assert built.text.count("ERROR") == 1
    assert "Traceback" not in built.text
    assert not (built.out / "index.html").exists()
