"""Checks of the built files, without a browser: links, metadata and the sitemap."""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

CARD_SIZE = (1200, 630)  # the size that services expect of a preview image
NOT_LISTED = {"404.html", "search.html"}  # pages without content of their own
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@dataclass
class HtmlFile:
    """What the checks need to know of a page."""

    lang: str | None = None
    h1: int = 0
    summary: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Fills an ``HtmlFile``."""

    def __init__(self) -> None:
        super().__init__()
        self.found = HtmlFile()
        self.in_summary = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.found.ids.add(values.get("id", ""))
        if tag == "html":
            self.found.lang = values.get("lang")
        elif tag == "h1":
            self.found.h1 += 1
        elif tag == "meta" and "content" in values:
            self.found.meta[values.get("property") or values.get("name", "")] = values["content"]
        elif tag == "p" and values.get("class") == "summary":
            self.in_summary = True
        for name in ("href", "action") if tag in {"a", "form"} else ():
            if name in values:
                self.found.links.append(values[name])

    def handle_endtag(self, tag: str) -> None:
        self.in_summary = self.in_summary and tag != "p"

    def handle_data(self, data: str) -> None:
        if self.in_summary:
            self.found.summary += data


def read_html(text: str) -> HtmlFile:
    """Read one page."""
    reader = _Reader()
    reader.feed(text)
    reader.found.ids.discard("")
    return reader.found


MOVED = '<meta http-equiv="refresh"'


def read_site(folder: Path) -> dict[str, HtmlFile]:
    """Read all pages of a built site, by file name, but for those that lead on to another."""
    texts = {path.name: path.read_text("utf-8") for path in folder.glob("*.html")}
    return {name: read_html(text) for name, text in texts.items() if MOVED not in text}


def inner_links(name: str, page: HtmlFile, prefix: str) -> Iterator[tuple[str, str]]:
    """The links of a page that stay in the site, as path below the site and fragment."""
    for link in page.links:
        parts = urlsplit(urljoin(f"{prefix}{name}", link))
        if not parts.scheme and not parts.netloc:
            yield unquote(parts.path.removeprefix(prefix)), unquote(parts.fragment)


def link_findings(pages: Mapping[str, HtmlFile], folder: Path, prefix: str = "/") -> list[str]:
    """Links to files or places that do not exist."""
    findings = []
    for name, page in sorted(pages.items()):
        for path, fragment in inner_links(name, page, prefix):
            if not (folder / path).is_file():
                findings.append(f"{name}: no file {path}")
            elif fragment and path in pages and fragment not in pages[path].ids:
                findings.append(f"{name}: no place {path}#{fragment}")
    return findings


def reach_findings(pages: Mapping[str, HtmlFile], prefix: str = "/") -> list[str]:
    """Pages to which no links lead from the start page."""
    reached, waiting = set(), ["index.html"]
    while waiting:
        name = waiting.pop()
        if name in pages and name not in reached:
            reached.add(name)
            waiting += [path for path, _ in inner_links(name, pages[name], prefix)]
    return [f"not reached: {name}" for name in sorted(pages.keys() - reached - {"404.html"})]


def head_findings(name: str, page: HtmlFile) -> list[str]:
    """Faults in what a page says of itself."""
    findings = []
    if page.lang != "en-GB":
        findings.append(f"{name}: language is {page.lang}")
    if page.h1 != 1:
        findings.append(f"{name}: {page.h1} main headings")
    wanted = {"description"} if name in NOT_LISTED else {
        "description", "og:title", "og:description", "og:image", "og:image:alt", "og:url",
    }  # fmt: skip
    findings += [f"{name}: no {key}" for key in sorted(wanted) if not page.meta.get(key)]
    if name not in NOT_LISTED:
        summary = " ".join(page.summary.split())
        findings += [
            f"{name}: {key} is not the summary"
            for key in ("description", "og:description")
            if not summary or " ".join(page.meta.get(key, "").split()) != summary
        ]
    return findings


def card_findings(pages: Mapping[str, HtmlFile], folder: Path, site: str) -> list[str]:
    """Faults of the preview image."""
    findings = []
    for address in sorted({page.meta.get("og:image", "") for page in pages.values()} - {""}):
        path = folder / address.removeprefix(site)
        if not address.startswith(site) or not path.is_file():
            findings.append(f"no image at {address}")
        elif (size := struct.unpack(">II", path.read_bytes()[16:24])) != CARD_SIZE:
            findings.append(f"{address} is {size[0]} by {size[1]} pixels")
    return findings


def sitemap_findings(sitemap: str, pages: Mapping[str, HtmlFile], site: str) -> list[str]:
    """Pages that the sitemap lacks, and addresses that are no pages."""
    tree = ET.fromstring(sitemap)  # noqa: S314  # written by our own build
    listed = {loc.text or "" for loc in tree.iter(f"{NAMESPACE}loc")}
    wanted = {site + name for name in pages.keys() - NOT_LISTED}
    return [f"not in the sitemap: {url}" for url in sorted(wanted - listed)] + [
        f"not a page: {url}" for url in sorted(listed - wanted)
    ]
