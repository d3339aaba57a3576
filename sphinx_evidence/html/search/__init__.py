"""A search of the site's own, where conf.py sets ``evidence_search``, in place of Sphinx's.

Sphinx's wants every word and none misspelt, and keeps the last words in the browser. Here, the
search page loads MiniSearch and all passages as scripts, so that it works from a folder, too. Other
pages load nothing for it.
"""

import json
import shutil
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.html.search.passages import is_list, passages
from sphinx_evidence.html.settings import SearchSettings
from sphinx_evidence.runtime.config import read, register
from sphinx_evidence.runtime.site import SITES_OF_PAGES

_PAGE = "search"
_FILES = Path(__file__).parent / "site"
_FOLDER = "_static/search"
_SCRIPTS = ("minisearch.js", "passages.js", "search.js")


def _wanted(app: Sphinx) -> bool:
    return app.builder.name in SITES_OF_PAGES and read(SearchSettings, app.config).search


def free_keys(_app: Sphinx, config: Config) -> None:
    """Let the key / be the browser's, where Sphinx's would look for a field that is not there."""
    if read(SearchSettings, config).search:
        config.html_theme_options.setdefault("enable_search_shortcuts", False)


def replace(app: Sphinx) -> None:
    """Let Sphinx make neither its index nor its page."""
    if _wanted(app):
        app.builder.search = False  # type: ignore[attr-defined]  # of the builders of HTML


def add_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Put the passages into a file, when all pages are written, and make the page beside it."""
    if not _wanted(app):
        return
    assert isinstance(app.builder, StandaloneHTMLBuilder)  # noqa: S101  # as its name says
    folder = Path(app.outdir, _FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    for path in _FILES.iterdir():
        shutil.copyfile(path, folder / path.name)
    (folder / "passages.js").write_text(_data(app, app.builder), "utf-8")
    body = (_FILES.parent / "page.html").read_text("utf-8")
    body = body.replace("{glossary}", _glossary(app, app.builder))
    yield _PAGE, {"title": "Search", "body": body}, "page.html"


def _data(app: Sphinx, builder: StandaloneHTMLBuilder) -> str:
    """The script that holds what can be found: pages, each with its passages, and synonyms."""
    pages = []
    for name in sorted(app.env.found_docs):
        path = Path(builder.get_output_path(name))
        if {"nosearch", "no-search"} & app.env.metadata[name].keys() or not path.is_file():
            continue
        if found := passages(path.read_text("utf-8")):
            found[0].anchor = ""  # the page itself
            pages.append({
                "address": builder.get_relative_uri(_PAGE, name),
                "title": found[0].heading,
                "isList": is_list(found),
                "passages": [[one.anchor, one.heading, one.text, one.entry] for one in found],
            })  # fmt: skip
    data = {"pages": pages, "synonyms": read(SearchSettings, app.config).search_synonyms}
    return f"const SITE = {json.dumps(data, ensure_ascii=False, sort_keys=True)};\n"


def _glossary(app: Sphinx, builder: StandaloneHTMLBuilder) -> str:
    """The words that lead to the glossary, where there is one."""
    terms = app.env.domains.standard_domain.objects
    for (kind, _), (name, _) in sorted(terms.items()):
        if kind == "term":
            address = escape(builder.get_relative_uri(_PAGE, name))
            return f', or look into the <a href="{address}">glossary</a>'
    return ""


def set_scripts(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], _tree: nodes.document | None
) -> None:
    """Load the search on its page alone, and nowhere what marks the last words of Sphinx's."""
    if not _wanted(app):
        return
    context["script_files"][:] = [
        script for script in context["script_files"]
        if not str(getattr(script, "filename", script)).endswith("/sphinx_highlight.js")
    ]  # fmt: skip
    if page == _PAGE:
        context["metatags"] = context.get("metatags", "") + '<meta name="robots" content="noindex">'
        app.add_css_file("search/search.css")
        for script in _SCRIPTS:
            app.add_js_file(f"search/{script}", loading_method="defer")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Take the place of Sphinx's search before it begins."""
    register(app, SearchSettings)
    app.connect("config-inited", free_keys)
    app.connect("builder-inited", replace)
    app.connect("html-collect-pages", add_page)
    app.connect("html-page-context", set_scripts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
