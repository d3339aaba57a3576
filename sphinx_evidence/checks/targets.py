"""Every link of the site leads to something that was written, in this very output.

Sphinx resolves a link by what it has read. What an extension or a class leaves out afterwards is
only missed here: a list of references, and all citations that lead to it. So is a page of the
site whose full address is typed. The builders that write one file say so themselves.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit
from weakref import WeakKeyDictionary

from docutils import nodes
from selectolax.lexbor import LexborHTMLParser
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.diagnostics.finding import Finding, Location, display_path
from sphinx_evidence.rulebook.rule import Rule, Severity
from sphinx_evidence.runtime.abort import abort_on
from sphinx_evidence.runtime.location import NodeLocator
from sphinx_evidence.runtime.shared import severities_of


@dataclass
class _Written:
    """What one run has written: the anchors of each page, and where its links lead."""

    pages: dict[str, str]  # from the address of each to its name
    anchors: dict[str, set[str]] = field(default_factory=dict)
    links: list[tuple[str, str, str, Location]] = field(default_factory=list)  # to page and anchor
    addresses: list[tuple[str, Location]] = field(default_factory=list)  # files of the site


_written: WeakKeyDictionary[Builder, _Written] = WeakKeyDictionary()


def note(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Note what a page has become, when all others have changed it."""
    if app.builder.name not in {"html", "dirhtml"}:
        return
    address = app.builder.get_target_uri
    if app.builder not in _written:
        pages = {posixpath.normpath(address(name)): name for name in app.env.found_docs}
        _written[app.builder] = _Written(pages)
    written = _written[app.builder]
    elements: list[nodes.Element] = list(doctree.findall(nodes.Element))
    written.anchors[docname] = set(chain.from_iterable(one.get("ids", ()) for one in elements))
    locator, page = NodeLocator(app.env), Path(app.env.doc2path(docname))
    for link in elements:
        if not isinstance(link, nodes.reference):
            continue
        leads = docname, link.get("refid", "")
        if link.get("internal") and "refuri" in link:
            path, _, anchor = link["refuri"].partition("#")
            to = posixpath.normpath(posixpath.join(posixpath.dirname(address(docname)), path))
            leads = written.pages.get(to, "") if path else docname, anchor
        base, uri = f"{app.config.html_baseurl.rstrip('/')}/", str(link.get("refuri", ""))
        if all(leads):
            written.links.append((*leads, link.astext(), _place(locator, link, page)))
        elif base != "/" and uri.startswith(base):
            # As a browser does: no address leads out of the site.
            path = posixpath.normpath(f"/{unquote(urlsplit(uri[len(base) :]).path)}").lstrip("/")
            written.addresses.append((path, _place(locator, link, page)))


def _place(locator: NodeLocator, link: nodes.Element, page: Path) -> Location:
    path, line = locator.locate(link, page)
    return Location(display_path(path), line)


def check_targets(app: Sphinx, error: Exception | None) -> None:
    """Stop at a link without its target, before the site takes its place."""
    written = _written.pop(app.builder, None)
    if written and not error:
        own = severities_of(app.config)
        found = (one for one in _findings(app, written) if own[one.rule] is Severity.ERROR)
        abort_on(sorted(set(found)))


def _findings(app: Sphinx, written: _Written) -> Iterator[Finding]:
    for path, place in written.addresses:
        # What has no ending, or lies in no folder of this site, may be a site of its own beside it.
        file = Path(app.outdir, path)
        if PurePosixPath(path).suffix and file.parent.is_dir() and not file.exists():
            wrong = f'This site has no "{path}".'
            remedy = "Link to the page by its file, as [words](page.md)."
            yield place.finding(Rule.CROSSREF_PAGE, wrong, remedy)
    for docname, anchor, words, place in written.links:
        if docname not in written.anchors:  # it was written in an earlier run
            written.anchors[docname] = _anchors(app.builder, docname)
        if anchor not in written.anchors[docname]:
            wrong = f"The link “{words}” leads to what was not written."
            remedy = "See what leaves it out: a class such as html-only, or an extension."
            yield place.finding(Rule.CROSSREF_NAME, wrong, remedy)


def _anchors(builder: Builder, docname: str) -> set[str]:
    path = Path(builder.outdir, builder.get_target_uri(docname))
    path = path / "index.html" if path.is_dir() else path
    text = path.read_text("utf-8") if path.is_file() else ""
    return {str(one.attributes["id"]) for one in LexborHTMLParser(text).css("[id]")}


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look last, but before the site takes its place (990 and 999)."""
    app.connect("doctree-resolved", note, priority=999)
    app.connect("build-finished", check_targets, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
