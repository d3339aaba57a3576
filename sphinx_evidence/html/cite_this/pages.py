"""“Cite this page” at the foot of each page, the files it leads to, and the same as metadata.

What stands on the page and in the tags of its head comes before the policy's proof (200). JSON-LD
stands in an element called script, which no page may hold: it comes after, is written by json, and
holds no ``<``. A browser runs nothing of it, so a Content-Security-Policy has nothing to refuse.
"""

import json
from collections.abc import Iterator
from functools import cache, partial
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from docutils import nodes
from pybtex.backends.html import Backend
from pybtex.database import Entry
from pybtex.plugin import find_plugin
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.osutil import relative_uri
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.formats.bibtex import bibtex
from sphinx_evidence.formats.csl import csl_item, csl_json, csl_name, inverted, plain, schema_type
from sphinx_evidence.formats.ris import ris
from sphinx_evidence.html import downloads
from sphinx_evidence.html.cite_this.work import CitationFileError, at, part, read_work
from sphinx_evidence.html.settings import CiteThisSettings, DownloadsSettings
from sphinx_evidence.runtime.abort import abort_on
from sphinx_evidence.runtime.config import read, register
from sphinx_evidence.runtime.site import SITES_OF_PAGES, add_static

FORMATS = {
    "bib": ("BibTeX", bibtex),
    "ris": ("RIS", ris),
    "json": ("CSL-JSON", csl_json),
}
_STATIC = Path(__file__).parent / "static"
_LONGEST = 200  # bytes of the name of a file, without its ending
_NAME = "evidence-cite-this"  # of the style sheet and the script
_PANEL = """
<details class="cite-this html-only">
<summary>{summary}</summary>
<div id="cite-this">
{citations}{ends}</div>
</details>
"""
_CITATION = """\
<div class="cite-this-one">
<p class="cite-this-what">{what}</p>
<p class="cite-this-text">{text}</p>
<p class="cite-this-files">For a reference manager: {links}</p>
</div>
"""


class Citation(NamedTuple):
    """What can be cited: what it is, the names of its files without ending, its key and entry."""

    what: str
    file: str
    key: str
    entry: Entry


class _Words(Backend):  # type: ignore[misc]  # pybtex is untyped
    """Keeps the italics of a reference, and of its address the words: it leads to this page."""

    def format_href(self, url: str, text: str, external: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002  # pybtex's signature
        return text

    def format_protected(self, text: str) -> str:
        return text


def wanted(app: Sphinx) -> bool:
    """Whether this build gives its pages and its list to be cited."""
    return app.builder.name in SITES_OF_PAGES and bool(read(CiteThisSettings, app.config).cite_this)


def citations(app: Sphinx, work: Entry, docname: str) -> Iterator[Citation]:
    """What can be cited of a page: the page, or the whole work on the first one, and each box."""
    env, base = app.env, app.config.html_baseurl.rstrip("/")
    url = f"{base}/{quote(app.builder.get_target_uri(docname))}" if base else ""
    name = inverted(csl_name(work.persons["author"][0])).partition(",")[0]
    key = f"{name} {work.fields.get('year', '')}"
    title, file = env.titles[docname].astext(), f"cite/{docname}"
    if docname == app.config.root_doc:
        yield Citation("The whole work", file, _key(key), at(work, url))
    else:
        key = f"{key} {docname}"
        yield Citation("This page", file, _key(key), part(work, title, url))
    for place, box, words in _boxes(env, docname):
        inside = f"{title}: {box}, {words}"
        address = f"{url}#{quote(place)}" if url else ""
        box_key = _key(f"{key} {place}")
        yield Citation(box, _file(env, docname, place), box_key, part(work, inside, address))


def _key(words: str) -> str:
    """A key, also where no letter of the words can stand in one."""
    return nodes.make_id(words) or "work"


def _file(env: BuildEnvironment, docname: str, place: str) -> str:
    """The file of a box: that of no page, and with a name that no folder refuses."""
    folder, slash, page = docname.rpartition("/")
    name = f"{page}.{place}"
    if len(name.encode()) > _LONGEST:
        name = f"box-{sha256(name.encode()).hexdigest()[:16]}"
    while f"{folder}{slash}{name}" in env.found_docs:
        name += "-box"
    return f"cite/{folder}{slash}{name}"


def _boxes(env: BuildEnvironment, docname: str) -> Iterator[tuple[str, str, str]]:
    """The id, the number and the title of each box of a page that has a name."""
    numbers = env.toc_fignumbers.get(docname, {}).get("box", {})
    for page, place, words in env.domains.standard_domain.labels.values():
        if page == docname and place in numbers:
            number = ".".join(map(str, numbers[place]))
            yield place, env.config.numfig_format["box"].replace("%s", number), words


def harvard(entry: Entry) -> str:
    """A citation in the Harvard style, as HTML."""
    return str(_style().format_entry("", entry).text.render(_Words()))


@cache  # pybtex walks through every installed package
def _style() -> Any:  # noqa: ANN401  # pybtex is untyped
    return find_plugin("pybtex.style.formatting", "evidence-harvard")()


def links(names: Iterator[tuple[str, str]]) -> str:
    """Links to files: ``BibTeX, RIS or CSL-JSON``."""
    written = [f'<a href="{escape(href)}" download>{words}</a>' for words, href in names]
    return f"{', '.join(written[:-1])} or {written[-1]}"


def add_panel(  # Sphinx's signature, and the work
    work: Entry,
    app: Sphinx,
    docname: str,
    _template: str,
    context: dict[str, Any],
    tree: nodes.document | None,
) -> None:
    """Write “Cite this page” behind what the page holds, and tags for its head."""
    if tree is None:  # a page without a source, as that of the search
        return
    found = list(citations(app, work, docname))
    here, root = app.builder.get_target_uri(docname), app.config.root_doc

    def files(name: str) -> str:
        return links(
            (words, relative_uri(here, f"{quote(name)}.{ending}"))
            for ending, (words, _) in FORMATS.items()
        )

    ends = ["Add the day on which you read it."]
    if docname != root:
        way = relative_uri(here, app.builder.get_target_uri(root)) or "./"
        ends[0] += f' <a href="{escape(way)}#cite-this">Cite the whole work</a>'
    elif note := work.fields.get("note"):
        ends.append(escape(plain(note)))
    context["body"] += _PANEL.format(
        summary="Cite this work" if docname == root else "Cite this page",
        citations="".join(
            _CITATION.format(what=escape(one.what), text=harvard(one.entry), links=files(one.file))
            for one in found
        ),
        ends="".join(f"<p>{one}</p>\n" for one in ends),
    )
    context["metatags"] = context.get("metatags", "") + "".join(
        f'<meta name="{name}" content="{escape(value)}">\n'
        for name, value in _highwire(app, found[0].entry)
    )


def _highwire(app: Sphinx, entry: Entry) -> Iterator[tuple[str, str]]:
    """The tags that Google Scholar and Zotero read."""
    item = csl_item("", entry)
    yield "citation_title", item["title"]
    yield from (("citation_author", inverted(name)) for name in item["author"])
    if "date-parts" in item.get("issued", {}):
        date = item["issued"]["date-parts"][0]
        yield "citation_publication_date", "/".join(f"{number:02}" for number in date)
    if item["type"] == "chapter":
        yield "citation_inbook_title", item["container-title"]
    elif pdf := _pdf(app):
        yield "citation_pdf_url", pdf
    if "DOI" in item:
        yield "citation_doi", item["DOI"]
    if "URL" in item:
        yield "citation_public_url", item["URL"]
    yield "citation_language", app.config.language


def _pdf(app: Sphinx) -> str:
    """The address of the first PDF that the site offers, which holds the whole."""
    base = app.config.html_baseurl.rstrip("/")
    offered = downloads.files(app.config) if base else ()
    paths = (Path(app.srcdir, name) for name in offered if name.endswith(".pdf"))
    return next((f"{base}/{quote(path.name)}" for path in paths if path.is_file()), "")


def add_linked_data(  # Sphinx's signature, and the work
    work: Entry,
    app: Sphinx,
    docname: str,
    _template: str,
    context: dict[str, Any],
    tree: nodes.document | None,
) -> None:
    """Write what schema.org calls the page, its boxes and the work, as JSON-LD."""
    if tree is None:  # a page without a source, as that of the search
        return
    own, *boxes = citations(app, work, docname)
    data: dict[str, Any] = {"@context": "https://schema.org", **_thing(app, own.entry)}
    if docname != app.config.root_doc:
        (whole, *_) = citations(app, work, app.config.root_doc)
        data["isPartOf"] = _thing(app, whole.entry)
    elif pdf := _pdf(app):
        data["encoding"] = {
            "@type": "MediaObject", "contentUrl": pdf, "encodingFormat": "application/pdf",
        }  # fmt: skip
    if boxes:
        data["hasPart"] = [_thing(app, box.entry) for box in boxes]
    written = json.dumps(data, ensure_ascii=False).replace("<", r"\u003c")
    tag = f'<script type="application/ld+json">{written}</script>\n'
    context["metatags"] = context.get("metatags", "") + tag


def _thing(app: Sphinx, entry: Entry) -> dict[str, Any]:
    item = csl_item("", entry)
    thing = {"@type": schema_type(entry), "name": item["title"]}
    for role in ("author", "editor"):
        if role in item:
            thing[role] = [_somebody(name) for name in item[role]]
    if "date-parts" in item.get("issued", {}):
        date = item["issued"]["date-parts"][0]
        thing["datePublished"] = "-".join(f"{number:02}" for number in date)
    known = {"version": "version", "URL": "url", "DOI": "sameAs"}
    thing |= {name: item[variable] for variable, name in known.items() if variable in item}
    if "DOI" in item:
        thing["sameAs"] = f"https://doi.org/{item['DOI']}"
    return thing | {"inLanguage": app.config.language}


def _somebody(name: dict[str, str]) -> dict[str, str]:
    if "literal" in name:
        return {"@type": "Organization", "name": name["literal"]}
    parts = [name.get(part) for part in ("given", "non-dropping-particle", "family", "suffix")]
    return {"@type": "Person", "name": " ".join(filter(None, parts))}


def write_files(work: Entry, app: Sphinx, error: Exception | None) -> None:
    """Write the citations of all pages, also of those that are not written anew."""
    for docname in sorted(app.env.found_docs) if error is None else ():
        for one in citations(app, work, docname):
            write(app, one.file, {one.key: one.entry})


def write(app: Sphinx, name: str, entries: dict[str, Entry]) -> None:
    """Write entries in each format."""
    for ending, (_, written) in FORMATS.items():
        path = Path(app.outdir, f"{name}.{ending}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written(entries), "utf-8", newline="\n")


def begin(app: Sphinx) -> None:
    """Stop at a work that cannot be read; else give the site what it needs to be cited."""
    if not wanted(app):
        return
    path = Path(app.confdir, read(CiteThisSettings, app.config).cite_this)
    try:
        work = read_work(path)
    except CitationFileError as error:
        abort_on([error.finding])
        raise
    add_static(app, _STATIC)
    app.add_css_file(f"{_NAME}.css")
    app.add_js_file(f"{_NAME}.js", loading_method="defer")

    def depend_on_work(app: Sphinx, _tree: nodes.document) -> None:
        app.env.note_dependency(str(path))

    app.connect("doctree-read", depend_on_work)
    app.connect("html-page-context", partial(add_panel, work), priority=150)
    app.connect("html-page-context", partial(add_linked_data, work))
    app.connect("build-finished", partial(write_files, work))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Come when it is known which builder writes."""
    register(app, CiteThisSettings, DownloadsSettings)
    app.connect("builder-inited", begin)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
