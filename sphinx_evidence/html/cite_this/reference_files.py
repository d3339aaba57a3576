"""``{reference-files}``: the whole reference list for reference managers."""

from docutils import nodes
from pybtex.database import Entry
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from sphinx_evidence.formats.bibtex import latex
from sphinx_evidence.html.cite_this.pages import FORMATS, links, wanted, write
from sphinx_evidence.html.settings import CiteThisSettings
from sphinx_evidence.runtime.config import read, register
from sphinx_evidence.runtime.shared import SharedSettings
from sphinx_evidence.runtime.site import SITES_OF_PAGES

_NAME = "references"
_TOLD = ("status", "checked", "note")  # which the reference list says in words


class reference_files(nodes.General, nodes.Element):  # noqa: N801  # docutils names a node as its tag
    """The links, filled in when the page is written."""


class ReferenceFilesDirective(SphinxDirective):
    """Offers the list as files, where the site has them."""

    def run(self) -> list[nodes.Node]:
        """Leave a mark."""
        node = reference_files(classes=["html-only"])
        self.set_source_info(node)
        return [node]


def visit_reference_files(self: HTML5Translator, node: reference_files) -> None:
    """Write a line of links."""
    if read(CiteThisSettings, self.config).cite_this and self.builder.name in SITES_OF_PAGES:
        page = self.builder.get_target_uri(self.builder.current_docname)
        written = links(
            (words, relative_uri(page, f"{_NAME}.{ending}"))
            for ending, (words, _) in FORMATS.items()
        )
        self.body.append(self.starttag(node, "p", CLASS="reference-files"))
        self.body.append(f"The whole list, for a reference manager: {written}</p>\n")
    raise nodes.SkipNode


def skip_reference_files(_translator: object, _node: reference_files) -> None:
    """Offer no files in a copy."""
    raise nodes.SkipNode


def listed(app: Sphinx) -> dict[str, Entry]:
    """The works that the project lists, in the order of its lists."""
    if "cite" not in app.env.domains:
        return {}
    found = app.env.domains["cite"].citations  # type: ignore[attr-defined]  # of sphinxcontrib-bibtex
    wording = read(SharedSettings, app.config).reference_status
    return {one.key: _told(one.entry, wording) if wording else one.entry for one in found}


def _told(entry: Entry, wording: dict[str, str]) -> Entry:
    """An entry with what the list says of its details as an annotation, which no style prints."""
    status, checked, note = (entry.fields.get(name, "").rstrip(".") for name in _TOLD)
    kept = {name: value for name, value in entry.fields.items() if name.lower() not in _TOLD}
    how = checked and f"How this was checked: {checked}"
    said = (latex(wording.get(status, "")), how, note)
    annote = " ".join(f"{one}." for one in said if one)
    fields = {**kept, "annote": annote} if annote else kept
    made = Entry(entry.type, fields, entry.persons)
    made.original_type = entry.original_type
    return made


def write_list(app: Sphinx, error: Exception | None) -> None:
    """Write the list in each format."""
    if not error and wanted(app) and (entries := listed(app)):
        write(app, _NAME, entries)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, its node and the writing."""
    register(app, CiteThisSettings, SharedSettings)
    app.add_directive("reference-files", ReferenceFilesDirective)
    skip = (skip_reference_files, None)
    app.add_node(
        reference_files, html=(visit_reference_files, None), latex=skip, man=skip, texinfo=skip,
        text=skip,
    )  # fmt: skip
    app.connect("build-finished", write_list)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
