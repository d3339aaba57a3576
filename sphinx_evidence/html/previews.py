"""What a citation or a cross-reference leads to, in the page itself, to be shown beside the link.

Where conf.py sets ``evidence_previews``: every page of the site is then read at each build. A page
gets one ``<template>`` for each reference, term, box, figure or table that it links to. It is
inert: not read aloud, printed or searched, and its pictures are not loaded. A script shows it;
without one, a link leads where it always did. The content is taken from the page that it stands
on, as that was written, so that it says the same, and needs no request.
"""

import posixpath
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.html.settings import PreviewsSettings
from sphinx_evidence.policy.settings import PolicySettings
from sphinx_evidence.policy.written import prove_inert
from sphinx_evidence.runtime.config import read, register
from sphinx_evidence.runtime.shared import SharedSettings
from sphinx_evidence.runtime.site import SITES, add_static

_STATIC = Path(__file__).parent / "static"
_NAME = "evidence-previews"  # of the style sheet and the script
_BEGIN, _END = "<!-- previews -->\n", "<!-- /previews -->\n"
_BLOCK = re.compile(f"{_BEGIN}.*?{_END}", re.DOTALL)
# Names, which a page may have only once, what refers to them, and looks of the place they are for.
_LEFT = (
    "aria-controls", "aria-describedby", "aria-details", "aria-labelledby", "data-style", "for",
    "headers", "id", "name", "style",
)  # fmt: skip
_TEMPLATE = '<template data-preview="{}">\n{}</template>\n'
_WAYS = """
<p class="preview-ways"><a href="{way}">See it in “{title}”</a>
<button type="button">Close</button></p>
"""


class _Page(NamedTuple):
    """What is kept of a page of the site as it was written; its tree would take most of it."""

    title: str
    links: tuple[str, ...]  # the address of each link to a place within the site, once
    contents: Mapping[str, str]  # what is shown of the places that links lead to


def _bare(path: Path) -> str:
    """The text of a page, without what a build before this one has put in."""
    return _BLOCK.sub("", path.read_text("utf-8"))


def _links(path: Path) -> tuple[str, ...]:
    links = LexborHTMLParser(_bare(path)).css('a.internal[href*="#"]')
    return tuple(dict.fromkeys(link.attributes["href"] or "" for link in links))


def _page(path: Path, links: tuple[str, ...], wanted: Container[str]) -> _Page:
    tree = LexborHTMLParser(_bare(path))
    heading = tree.css_first("h1")
    title = _copy(heading).text().strip() if heading else path.stem
    places = {node.id or "": node for node in tree.css("[id]") if node.id in wanted}
    return _Page(title, links, {place: _content(node) for place, node in places.items()})


def _content(node: LexborNode) -> str:
    """What is shown of a place; of most there is nothing."""
    if node.tag == "span" and not node.text() and node.parent:
        node = node.parent  # which has a second name
    if node.parent is None:
        return ""
    classes, around = _classes(node), _classes(node.parent)
    if node.tag in {"figure", "table"}:
        return _copy(node).html or ""
    if "box" in classes:
        return _inner(_copy(node))
    if "references" in around:
        return _without_ways_back(node)
    return _definition(node) if node.tag == "dt" and "glossary" in around else ""


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()


def _inner(node: LexborNode) -> str:
    return "".join(child.html or "" for child in node.iter(include_text=True))


def _copy(node: LexborNode) -> LexborNode:
    """A copy without names, and with the words alone of links that stay in the site.

    So a preview opens no other one: the one way on is the link to the whole.
    """
    body = _parsed(node.html or "")
    for mark in body.css("a.headerlink"):
        mark.decompose()
    for link in body.css("a:not(.external)"):
        link.unwrap()
    for one in body.css("*"):
        for name in _LEFT:
            if name in one.attributes:
                del one.attrs[name]
    return body.child or body


def _parsed(content: str) -> LexborNode:
    (body,) = LexborHTMLParser(f"<!DOCTYPE html><body>{content}").css("body")
    return body


def _without_ways_back(item: LexborNode) -> str:
    """What an entry of a list says; what is folded away, and the way back, stay in the list."""
    entry = _copy(item)
    for one in entry.css("details, .reference-backlinks"):
        one.decompose()
    return _inner(entry)


def _definition(term: LexborNode) -> str:
    """A term and what it means, which several terms may share."""
    meaning = term.next
    while meaning is not None and meaning.tag != "dd":
        meaning = meaning.next
    if meaning is None:
        return ""
    return f'<p class="preview-term">{_inner(_copy(term))}</p>{_without_ways_back(meaning)}'


def _moved(content: str, origin: str, page: str) -> str:
    """Content whose pictures are found from another page."""
    if "<img" not in content:
        return content
    body = _parsed(content)
    for image in body.css('img:not([src^="data:"])'):
        path = posixpath.join(posixpath.dirname(origin), image.attributes["src"] or "")
        image.attrs["src"] = posixpath.relpath(path, posixpath.dirname(page) or ".")
    return _inner(body)


def _target(page: str, href: str, pages: Container[str]) -> tuple[str, str]:
    """The page that an address leads to, by its name in the site, and the place on it."""
    path, _, place = href.partition("#")
    written = posixpath.join(posixpath.dirname(page), unquote(path))
    named = [posixpath.normpath(posixpath.join(written, end)) for end in ("", "index.html")]
    name = next((one for one in named if one in pages), "") if path else page
    return name, unquote(place.rpartition("#")[2])  # singlehtml names the page there, too


def kept_of(site: Path, names: Iterable[str]) -> dict[str, _Page]:
    """What is kept of each page, by its name in the site."""
    links = {name: _links(site / name) for name in names}
    wanted: dict[str, set[str]] = {name: set() for name in links}
    for page, found in links.items():
        for name, place in (_target(page, href, links) for href in found):
            if name:
                wanted[name].add(place)
    return {name: _page(site / name, links[name], wanted[name]) for name in links}


def previews(page: str, pages: Mapping[str, _Page]) -> Iterator[tuple[str, str]]:
    """The address of each link of a page that has a preview, and what that holds."""
    for href in pages[page].links:
        name, place = _target(page, href, pages)
        if name and (content := pages[name].contents.get(place)):
            way = f"{href.partition('#')[0]}#{quote(place)}"
            title = escape(pages[name].title, quote=False)
            yield href, _moved(content, name, page) + _WAYS.format(way=escape(way), title=title)


def _wanted(app: Sphinx) -> bool:
    return app.builder.name in SITES and read(PreviewsSettings, app.config).previews


def write(app: Sphinx, error: Exception | None) -> None:
    """Put into each page the templates that it needs now: another page may have changed."""
    builder = app.builder
    if error or not _wanted(app) or not isinstance(builder, StandaloneHTMLBuilder):
        return
    site = Path(app.outdir)
    single = builder.name == "singlehtml"
    docnames = [app.config.root_doc] if single else sorted(app.env.found_docs)
    paths = {name: Path(builder.get_outfilename(name)) for name in docnames}
    sources = {  # without those that could not be written, of which the end of the build tells
        path.relative_to(site).as_posix(): name for name, path in paths.items() if path.is_file()
    }
    pages = kept_of(site, sources)
    for name in pages:
        found = dict(previews(name, pages))
        prove_inert("\n".join(found.values()), app.env.doc2path(sources[name]), app.config)
        block = "".join(_TEMPLATE.format(escape(href), found[href]) for href in found)
        bare = _bare(site / name)
        head, body, foot = bare.rpartition("</body>")
        text = f"{head}{_BEGIN}{block}{_END}{body}{foot}" if found else bare
        if text != (site / name).read_text("utf-8"):
            (site / name).write_text(text, "utf-8")


def add_files(app: Sphinx) -> None:
    """Let the site have the script and its style sheet."""
    if _wanted(app):
        add_static(app, _STATIC)
        app.add_css_file(f"{_NAME}.css")
        app.add_js_file(f"{_NAME}.js", loading_method="defer")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Come when every page is written, and before the policy leaves its own marks (990)."""
    register(app, PolicySettings, PreviewsSettings, SharedSettings)
    app.connect("builder-inited", add_files)
    app.connect("build-finished", write, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
