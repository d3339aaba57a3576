"""The reference list as readers see it: a plain list, with the status of each reference.

The status is one line; how it was checked, and a long way back, are folded on the site.
docutils' citation list fails accessibility checks in every theme (deprecated
``doc-biblioentry`` roles), so it becomes a bullet list of class ``references``.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from docutils import nodes
from pybtex.database import Entry
from pybtex.plugin import find_plugin, register_plugin
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.directives import BibliographyDirective
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.roles import CiteRole

from sphinx_evidence.references.domain import IndexedBibliographyTransform, IndexedBibtexDomain
from sphinx_evidence.references.harvard import HarvardStyle
from sphinx_evidence.references.registered import TOLD, Told, mark_before, notices_on, told_of
from sphinx_evidence.registries.settings import RegistriesSettings
from sphinx_evidence.runtime.bibtex import bib_paths
from sphinx_evidence.runtime.config import read, register
from sphinx_evidence.runtime.folded import FOLDS
from sphinx_evidence.runtime.passages import Passage, by_page, changed, gathered, held_in, links
from sphinx_evidence.runtime.shared import SharedSettings

# What the types of entries are called; of the others, nothing is said.
_KINDS = {
    "article": "Journal article", "book": "Book", "collection": "Book",
    "conference": "Conference paper", "dataset": "Data", "electronic": "Web page",
    "inbook": "Chapter", "incollection": "Chapter", "inproceedings": "Conference paper",
    "mastersthesis": "Thesis", "online": "Web page", "phdthesis": "Thesis",
    "proceedings": "Conference proceedings", "report": "Report", "techreport": "Report",
    "thesis": "Thesis", "www": "Web page",
}  # fmt: skip
_FEW = 6  # pages, which take no more than three lines
_TOLD = "evidence_citations"  # where the environment keeps what each page tells of passages
_MARKS = "evidence_marks"  # and of what became of works


class FurtherReadingDirective(BibliographyDirective):
    """``{further-reading}``: one key a line, for works that are listed without being cited."""

    def run(self) -> list[nodes.Node]:
        """List exactly the keys of the body, and note them for the check of keys."""
        self.options["filter"] = "False"
        marker = further_reading(keys=[line.strip() for line in self.content if line.strip()])
        self.set_source_info(marker)
        domain: BibtexDomain = self.env.get_domain("cite")  # type: ignore[assignment]
        known = domain.bibdata.data.entries
        # The check reports an unknown key, with the nearest ones; the base class would not.
        for index in reversed(range(len(self.content))):
            if self.content[index].strip() not in known:
                del self.content[index]
        return [marker, *super().run()]


class further_reading(nodes.Invisible, nodes.Element):  # noqa: N801  # docutils names a node as its tag
    """Marks in the doctree which keys are listed as further reading."""


class CheckedCiteRole(CiteRole):
    """Leaves a target that cannot be read to the gate; the base class crashes without a line."""

    def result_nodes(
        self,
        document: nodes.document,
        env: BuildEnvironment,
        node: nodes.Element,
        is_ref: bool,  # noqa: FBT001  # Sphinx's signature
    ) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The node of the base class, or one that no check lets pass."""
        try:
            list(parse_citation_targets(self.target))
        except ValueError:
            node["refdomain"] = "cite"
            return [node], []
        return super().result_nodes(document, env, node, is_ref)  # type: ignore[no-any-return,no-untyped-call]


class ReferenceListTransform(SphinxPostTransform):
    """Turn citation nodes into list items: the reference, its status, where it is cited."""

    # After the citations are written (4), before Sphinx resolves cross-references (10), among
    # them the ones made here.
    default_priority = 6

    def run(self, **kwargs: object) -> None:  # noqa: ARG002  # docutils' signature
        """Replace each container of citations, and drop the further-reading marks."""
        for marker in list(self.document.findall(further_reading)):
            marker.parent.remove(marker)
        containers = [
            (node, items) for node in self.document.findall(nodes.container)
            if (items := [one for one in node.children if isinstance(one, nodes.citation)])
        ]  # fmt: skip
        if not containers:
            return
        domain: BibtexDomain = self.env.get_domain("cite")  # type: ignore[assignment]
        by_id = {citation.citation_id: citation for citation in domain.citations}
        told: dict[str, dict[str, list[Passage]]] = vars(self.env)[_TOLD]
        works: dict[str, Told] = vars(self.env)[TOLD]
        self.held = held_in(self.env, self.document)
        for container, items in containers:
            key = by_id[items[0]["ids"][0]].bibliography_key
            # Other styles have labels of their own, which readers look for.
            if not _is_ours(domain.bibliographies[key].style):
                continue
            listing = nodes.bullet_list(classes=["references"])
            for item in items:
                citation = by_id[item["ids"][0]]
                of_work = works.get(citation.entry.key, Told())
                listing += nodes.list_item(
                    "",
                    *mark_before(
                        of_work, item.children[1:]
                    ),  # without the label: the year is in it
                    *notices_on(of_work),
                    *self.status(citation.entry, of_work.agreed),
                    *self.backlinks(told[item["docname"]], citation.key, item["docname"]),
                    ids=item["ids"],
                )
                # sphinxcontrib-bibtex fills this very node again when the page is resolved again,
                # for another document.
                item.clear()
            container.replace_self(listing)

    def status(self, entry: Entry, agreed: str) -> Iterator[nodes.paragraph]:
        """What kind of work it is and how sure its details are; how that was checked, for some."""
        wording = read(SharedSettings, self.config).reference_status
        parts: list[nodes.Element] = []
        if wording:
            # A registry that agrees with all that is printed has confirmed it.
            proved = agreed and "confirmed" in wording
            status = "confirmed" if proved else entry.fields.get("status", "")
            # A class, by which a style sheet can give each status a sign of its own.
            classes = [nodes.make_id(f"is-{status}")]
            parts.append(nodes.strong("", wording.get(status, ""), classes=classes))
            if kind := _KINDS.get(entry.type):
                parts.append(nodes.inline("", kind))
        if agreed:
            words = agreed if parts else agreed.capitalize()
            parts.append(nodes.inline("", words, classes=["reference-agreed"]))
        if parts:
            line = nodes.paragraph(classes=["reference-status"])
            for part in parts:
                line += [nodes.Text(" · "), part] if line.children else [part]
            yield line
        # Who was asked says more than who once looked.
        names = ("note",) if agreed else ("checked", "note")
        sentences = (entry.fields.get(name, "").rstrip(".") for name in names)
        told = " ".join(f"{one}." for one in sentences if one)
        if wording and told:
            paragraph = nodes.paragraph(classes=["reference-checked", FOLDS])
            paragraph += nodes.strong("", "Note" if agreed else "How this was checked")
            paragraph += nodes.Text(f": {told}")
            yield paragraph

    def backlinks(
        self, passages: Mapping[str, list[Passage]], key: str, fromdocname: str
    ) -> Iterator[nodes.paragraph]:
        """The way back: a link to the first passage of each page that cites the work."""
        found = by_page(one for one in passages.get(key, ()) if one.docname in self.held)
        if not found:
            return
        paragraph = nodes.paragraph(classes=["reference-backlinks"])
        if len(found) > _FEW:
            paragraph["classes"].append(FOLDS)
            paragraph += nodes.strong("", f"Cited on {len(found)} pages")
            paragraph += nodes.Text(": ")
        else:
            paragraph += nodes.Text("Cited on: ")
        paragraph += [*links(found, self.env, fromdocname)]
        yield paragraph


def _passages(env: BuildEnvironment, domain: BibtexDomain) -> dict[str, list[Passage]]:
    """From each key to the passages that cite it."""
    cited = {
        (ref.docname, ref.citation_ref_id): [target.key for target in ref.targets]
        for ref in domain.citation_refs
    }
    return gathered(env, lambda page, one: cited.get((page, one.place), ()))


def write_again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages with a list or a citation of which something else is told than before."""
    domain: BibtexDomain = env.get_domain("cite")  # type: ignore[assignment]
    pages = {key.docname for key in domain.bibliographies}
    told = dict.fromkeys(pages, _passages(env, domain)) if pages else {}
    works = told_of(app.config, Path(app.confdir))
    setattr(env, TOLD, works)
    marks: dict[str, dict[str, str]] = {}
    for ref in domain.citation_refs if works else ():
        own = {target.key: works[target.key].mark for target in ref.targets if target.key in works}
        marks.setdefault(ref.docname, {}).update(own)
    lists: dict[str, object] = marks | dict.fromkeys(pages, works)
    return [*changed(env, _TOLD, told), *changed(env, _MARKS, lists)]


def _is_ours(style: str) -> bool:
    """Whether a name of a style means the one of this extension; others may be called so, too."""
    return issubclass(find_plugin("pybtex.style.formatting", style), HarvardStyle)


def depend_on_bibliography(app: Sphinx, doctree: nodes.document) -> None:
    """Read a page anew when a .bib file changes: its citations may print another year."""
    if any(node.get("refdomain") == "cite" for node in doctree.findall(addnodes.pending_xref)):
        for path in bib_paths(app.config, Path(app.confdir)):
            app.env.note_dependency(str(path))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the reference list and the further reading; entry points name the styles."""
    for part in ("bibtex", "folded", "passages"):
        app.setup_extension(f"sphinx_evidence.runtime.{part}")
    app.add_domain(IndexedBibtexDomain, override=True)
    app.add_role("cite", CheckedCiteRole(), override=True)
    for name in BibtexDomain.roles:
        app.add_role_to_domain("cite", name, CheckedCiteRole(), override=True)
    # sphinxcontrib-bibtex looks this plugin up at every citation, inside a method that does more:
    # each time it walks through every installed package, a third of the time to build a page.
    # Nothing new is registered: pybtex keeps what it has found.
    plaintext = find_plugin("pybtex.backends", "plaintext")
    register_plugin("pybtex.backends", "plaintext", plaintext, force=True)
    register(app, RegistriesSettings, SharedSettings)
    app.add_node(further_reading)
    app.add_directive("further-reading", FurtherReadingDirective)
    app.add_post_transform(IndexedBibliographyTransform)
    app.add_post_transform(ReferenceListTransform)
    app.connect("doctree-read", depend_on_bibliography)
    app.connect("env-get-updated", write_again)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
