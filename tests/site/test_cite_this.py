"""“Cite this page”: on the real site, in a browser, and what it leads to."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
import rispy
from bs4 import BeautifulSoup
from playwright.sync_api import Page, expect
from pybtex.database import parse_file

from sphinx_evidence.formats import csl
from tests.real import SITE
from tests.site.checks import Watch, axe_findings, overflow_findings

Visit: TypeAlias = Callable[..., tuple[Page, Watch]]


@pytest.fixture(scope="module")
def with_box(site_dir: Path) -> str:
    """A page that has a box to be cited."""
    return min(site_dir.glob("cite/*.box-*.bib")).name.partition(".")[0] + ".html"


@pytest.mark.parametrize("mode", ["light-320", "dark-320"])
def test_a_citation_is_copied(visit: Visit, with_box: str, mode: str) -> None:
    page, watch = visit(with_box, mode)
    citation = page.locator(".cite-this-text").first
    expect(citation).to_be_hidden()
    page.get_by_text("Cite this page").press("Enter")
    expect(page.locator(".cite-this-text")).to_have_count(2)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy citation").first.press("Enter")
    expect(page.locator(".cite-this [role=status]").first).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == " ".join(str(citation.text_content()).split())
    assert axe_findings(page) + overflow_findings(page) + watch.findings == []


def test_without_a_script_there_are_files_and_no_dead_button(
    visit: Visit, with_box: str, site_dir: Path
) -> None:
    page, watch = visit((site_dir / with_box).as_uri(), "no-script")
    page.get_by_text("Cite this page").click()
    expect(page.locator(".cite-this button")).to_have_count(0)
    page.locator(".cite-this").get_by_role("link", name="BibTeX").first.click()
    page.wait_for_url(f"**/cite/{with_box.replace('.html', '.bib')}")  # shown as text from a folder
    assert watch.findings == []


def test_every_page_and_box_says_the_same_in_each_form(site_dir: Path) -> None:
    """Author, title, year and address, and the address leads to the page or the box."""
    names = sorted(path.with_suffix("") for path in site_dir.glob("cite/*.bib"))
    assert {name.name for name in names} >= {"index", "references"}
    for name in names:
        (entry,) = parse_file(f"{name}.bib").entries.values()
        (ris,) = rispy.loads(Path(f"{name}.ris").read_text("utf-8"))
        (item,) = json.loads(Path(f"{name}.json").read_text("utf-8"))
        assert [str(person) for person in entry.persons["author"]] == ris["authors"]
        assert [csl.inverted(person) for person in item["author"]] == ris["authors"]
        assert csl.plain(entry.fields["title"]) == ris["title"] == item["title"]
        assert entry.fields["year"] == ris["year"] == str(item["issued"]["date-parts"][0][0])
        assert entry.fields["url"] == ris["urls"][0] == item["URL"]
        page, _, place = item["URL"].removeprefix(SITE).partition("#")
        text = (site_dir / page).read_text("utf-8")
        assert not place or f'id="{place}"' in text
        html = BeautifulSoup(text, "html.parser")
        (data,) = html.select('script[type="application/ld+json"]')
        told = json.loads(data.text)
        known = [told, *told.get("hasPart", [])]
        assert [one["url"] for one in known if one["name"] == item["title"]] == [item["URL"]]
        assert html.select('meta[name="citation_title"]')[0]["content"] == told["name"]


def test_the_whole_list_is_offered(site_dir: Path) -> None:
    html = BeautifulSoup((site_dir / "references.html").read_text("utf-8"), "html.parser")
    listed = len(html.select(".references > li"))
    links = [str(link["href"]) for link in html.select(".reference-files a")]
    assert links == [f"references.{ending}" for ending in ("bib", "ris", "json")]
    assert listed == len(parse_file(str(site_dir / links[0])).entries)
    assert listed == len(rispy.loads((site_dir / links[1]).read_text("utf-8")))
    assert listed == len(json.loads((site_dir / links[2]).read_text("utf-8")))
