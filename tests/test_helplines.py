"""Help for a reader in distress: one source, shown in every copy and at the foot of every page."""

import re
import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from tests.projects import Project

NUMBERS = re.compile(r"116 123|0800 83 85 87|0808 808 8000|85258|\b999\b|\b111\b")


def test_numbers_are_links_that_call(project: Project) -> None:
    services = {"Anywhere": "Us, on 116 123; or text HELLO to 85258", "Here": "Them, on 0800 1"}
    project.append("conf.py", f"evidence_helplines = {services}\n")
    project.write("docs/index.md", "# Sample\n\n```{helplines}\n```\n")
    built = project.build("html")
    assert built.status == 0, built.text
    page = BeautifulSoup((built.out / "index.html").read_text("utf-8"), "lxml")
    assert [item.get_text() for item in page.select(".helplines li")] == [
        "Anywhere: Us, on 116 123; or text HELLO to 85258.",
        "Here: Them, on 0800 1.",
    ]
    assert [link["href"] for link in page.select(".helplines a")] == ["tel:116123", "tel:08001"]


@pytest.mark.parametrize("value", ["{'Here': 'Them'}", "{'Here': 111}"])
def test_a_service_without_a_number_is_told(project: Project, value: str) -> None:
    project.append("conf.py", f"evidence_helplines = {value}\n")
    built = project.build("html")
    assert built.status == 1
    assert 'is not a place and a service with its number. Write {"Anywhere' in built.text


def test_every_foot_and_every_copy_name_the_same_numbers(pristine: Project) -> None:
    build = pristine.root / "build"
    told = {}
    for path in (build / "html").glob("*.html"):
        page = BeautifulSoup(path.read_text("utf-8"), "lxml")
        if page.find("main"):  # addresses of old pages only lead on
            (foot,) = page.select("aside.help")
            told[path.name] = NUMBERS.findall(foot.get_text())
            assert {f"tel:{n.replace(' ', '')}" for n in told[path.name]} - {"tel:85258"} == {
                link["href"] for link in foot.select("a")
            }
            if path.name in {"how-to-use.html", "facilitators.html"}:
                (body,) = page.select("main .helplines")
                told[f"{path.name}, text"] = NUMBERS.findall(body.get_text())
    for path in (build / "pdf").glob("*.pdf"):
        if "summary" not in path.name:
            told[path.name] = NUMBERS.findall(_services(path))
    (book,) = (build / "epub").glob("*.epub")
    with zipfile.ZipFile(book) as opened:
        (name,) = (name for name in opened.namelist() if name.endswith("how-to-use.xhtml"))
        page = BeautifulSoup(opened.read(name), "lxml-xml")
    (body,) = page.select(".helplines")
    told[name] = NUMBERS.findall(body.get_text())
    assert len(told) > 12
    assert {tuple(numbers) for numbers in told.values()} == {tuple(told["index.html"])}
    assert len(told["index.html"]) == 8


def _services(path: Path) -> str:
    """What a PDF says between the first of the services and the last."""
    text = " ".join(page.extract_text() for page in PdfReader(path).pages)
    found = re.search(r"In an emergency:.*?Lifeline, on [\d\s]+", text, re.DOTALL)
    assert found
    return " ".join(found[0].split())
