"""Reads the pages of the site, and those of the e-book, which are HTML, too."""

import re
import zipfile
from collections.abc import Callable, Container, Iterator, Mapping
from copy import copy
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from tests.parity.content import (
    ONLY_ON_THE_SITE,
    Content,
    Heading,
    Landing,
    Link,
    Numbered,
    Target,
    plain,
)

Held = Callable[[str], bool]  # whether a copy holds a page
SITE = "https://example.org/"  # where the copies find the pages that they do not hold
OPF = "{http://www.idpf.org/2007/opf}"
WITHIN_A_LINE = {"a", "abbr", "b", "code", "em", "i", "kbd", "span", "strong", "sub", "sup"}


def everything(_page: str) -> bool:
    """Hold every page."""
    return True


def read_site(
    folder: Path,
    held: Held = everything,
    *,
    tables_as_lists: bool = False,
    brief_references: bool = False,
) -> Content:
    """Read the pages of the site that a copy holds, in the order of its links to the next page."""
    pages, name = {}, "index.html"
    while name:
        page = BeautifulSoup((folder / name).read_text("utf-8"), "html.parser")
        if tables_as_lists:
            unfold_tables(page)
        if brief_references:
            for note in page.select(".reference-checked"):
                note.decompose()
        if held(name.rpartition(".")[0]):
            leave_out_passages(page, name, held)
            pages[name] = page.select_one("main")
        onward = page.select_one("a.next-page")
        name = str(onward["href"]) if onward else ""
    return read_pages(pages)


def read_book(path: Path) -> Content:
    """Read the e-book in the order of its spine."""
    with zipfile.ZipFile(path) as file:
        package = ET.fromstring(file.read("EPUB/package.opf"))  # noqa: S314  # written by our build
        paths = {item.get("id"): str(item.get("href")) for item in package.iter(f"{OPF}item")}
        names = [paths[item.get("idref")] for item in package.iter(f"{OPF}itemref")]
        return read_pages({
            name: BeautifulSoup(file.read(f"EPUB/{name}"), "html.parser").select_one("main")
            for name in names if name != "nav.xhtml"  # the book's own list of contents
        })  # fmt: skip


def read_pages(pages: Mapping[str, Tag | None]) -> Content:
    """Read pages by their file names, in reading order."""
    found = Content()
    kept = {}
    for name, page in pages.items():
        assert page is not None, f"{name} has no text"
        for element in page.select(", ".join(ONLY_ON_THE_SITE)):
            element.decompose()
        for note in page.select("aside.footnote"):
            found.notes.append(plain(" ".join(text(part) for part in note.find_all("p"))))
        for element in page.select("aside.footnote, .footnote-reference"):
            element.decompose()
        kept[name] = page
    places = {name.rpartition(".")[0]: _places(page) for name, page in kept.items()}
    for name, page in kept.items():
        page_name = name.rpartition(".")[0]
        waiting: list[str] = []  # places after which nothing has stood yet
        for element in page.select("*"):
            if element.get("id"):
                waiting.append(str(element["id"]))
            landing = _landing(element, found)
            _note(element, name, places, found)
            if landing:
                for place in waiting:
                    found.landings[Target(page_name, places[page_name][place])] = landing
                waiting.clear()
    return found


def _landing(element: Tag, found: Content) -> Landing | None:
    """What begins with an element, if it is among what is noted; a definition, with its term."""
    match element.name:
        case "li" | "th":
            return found.landing("items")
        case "dt" if getattr(element.find_previous_sibling(), "name", "") != "dt":
            return found.landing("items")
        case "a" if element.get("href"):
            return found.landing("links")
        case "span" if "caption-number" in (element.get("class") or []):
            return found.landing("numbered")
        case _:
            return None


def leave_out_passages(page: Tag, name: str, held: Held) -> None:
    """Take the passages of pages that a copy does not hold out of the ways back to them."""
    for way in page.select(".reference-backlinks"):
        links = way.select("a")
        pages = (str(link["href"]).partition("#")[0] or name for link in links)
        kept = [link for link, of in zip(links, pages, strict=True) if held(of.rpartition(".")[0])]
        told = re.match(r"(Cited on|Mentioned [io]n)(?: \d+ (page|passage))?", text(way))
        assert told
        if len(kept) == len(links):
            continue
        count = f" {len(kept)} {told[2]}{'' if len(kept) == 1 else 's'}" if told[2] else ""
        few = told[1] == "Cited on" and len(kept) <= 6
        after = [re.findall(r"^, in \d+ passages", str(link.next_sibling)) for link in kept]
        way.clear()
        way.append(f"{told[1]}{'' if few else count}: ")
        for link, more in zip(kept, after, strict=True):
            way.extend([link, f"{''.join(more)}{'.' if link is kept[-1] else '; '}"])
        if not kept:
            way.decompose()


def unfold_tables(page: Tag) -> None:
    """Put the heading of its column before each cell; of several rows, each becomes a list."""
    for table in page.select("table"):
        heads = table.select("thead th")
        rows = table.select("tbody tr")
        for row in rows:
            for head, cell in zip(heads, row.select("td"), strict=True):
                if len(rows) == 1:
                    cell.insert_before(copy(head))
                else:
                    cell.name = "li"
                    cell.insert(0, f"{text(head)} ")
            if len(rows) > 1:
                row.name = "ul"
                row.wrap(Tag(name="li"))
        for head in heads:
            head.decompose()


def _note(element: Tag, name: str, places: Mapping[str, Mapping[str, str]], found: Content) -> None:
    """Add what an element says to what was found."""
    match element.name:
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            found.headings.append(Heading(int(element.name[1]), text(element)))
        case "img":
            found.images.append(str(element.get("alt")))
        case "li" | "dd" | "th":
            found.items.append(own_words(element))
        case "a" if element.get("href"):
            found.links.append(Link(text(element), _target(str(element["href"]), name, places)))
        case "span" if "caption-number" in (element.get("class") or []):
            assert element.parent is not None
            label = text(element)
            found.numbered.append(Numbered(label, text(element.parent).removeprefix(label).strip()))


def _places(page: Tag) -> dict[str, str]:
    """Each id of a page, and the first id of the same element; that of the page for none."""
    found = {str(element["id"]): str(element["id"]) for element in page.select("[id]")}
    for extra in page.select("span[id]:empty"):  # how docutils writes the other ids of an element
        assert extra.parent is not None
        found[str(extra["id"])] = str(extra.parent.get("id"))
    section = page.select_one("section[id]")
    found[""] = str(section["id"]) if section else ""
    return found


def _target(href: str, name: str, places: Mapping[str, Mapping[str, str]]) -> Target:
    address = urlsplit(urljoin(name, href))
    if address.scheme:
        return Target(href)
    page = unquote(address.path).rpartition(".")[0]
    if page not in places:
        return Target(urljoin(SITE, urljoin(name, href)))
    return Target(page, places[page][unquote(address.fragment)])


def text(element: Tag) -> str:
    """The words of an element."""
    return plain("".join(_pieces(element, without=())))


def own_words(item: Tag) -> str:
    """The words of a list item, without those of lists within it."""
    return plain("".join(_pieces(item, without=("dl", "ol", "ul"))))


def _pieces(element: Tag, without: Container[str]) -> Iterator[str]:
    gap = "" if element.name in WITHIN_A_LINE else " "
    yield gap
    for child in element.children:
        if isinstance(child, Tag):
            if child.name not in without:
                yield from _pieces(child, without)
        elif type(child) is NavigableString:  # no comment
            yield re.sub(r"\s+", " ", child)
    yield gap
