"""Where boxes, tables, figures and terms are mentioned, told below each of them.

Where conf.py sets ``evidence_mentions``. On the site this is folded.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import traverse_parent
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.runtime.config import read, register
from sphinx_evidence.runtime.folded import FOLDS
from sphinx_evidence.runtime.passages import (
    Passage,
    Ref,
    by_page,
    changed,
    gathered,
    held_in,
    links,
)
from sphinx_evidence.runtime.site import SITES, add_static
from sphinx_evidence.settings import about

_Thing = tuple[str, str]  # a page, and a place on it
_STATIC = Path(__file__).parent / "static"
_NAMES = {"keyword", "myst", "numref", "ref"}  # the kinds of references to a name


@dataclass(frozen=True)
class MentionsSettings:
    """What is told of references to a thing."""

    mentions: bool = field(
        default=False,
        metadata=about(
            "Whether each box, table, figure and term of a glossary tells where it is mentioned.",
            rebuild="env",
        ),
    )


def name_references(app: Sphinx, doctree: nodes.document) -> None:
    """Give each cross-reference of a page an id, so that links can lead back to it."""
    if not read(MentionsSettings, app.config).mentions:
        return
    for number, node in enumerate(doctree.findall(addnodes.pending_xref), 1):
        # A title is copied into lists of contents.
        titled = any(isinstance(one, nodes.title) for one in traverse_parent(node))
        if node.get("reftype") in {*_NAMES, "term"} and not node["ids"] and not titled:
            node["ids"] = [nodes.make_id(f"mention-{app.env.docname}-{number}")]


def _meant(env: BuildEnvironment, docname: str, ref: Ref) -> Iterator[_Thing]:
    """The place that a cross-reference leads to; its own surroundings are no mention of them."""
    std, kind, name = env.domains.standard_domain, ref.kind, ref.target
    found: tuple[str, ...] | None = None
    if kind == "term":  # as Sphinx looks it up
        found = std.objects.get(("term", name)) or std._terms.get(name.lower())  # noqa: SLF001
    elif kind in _NAMES:
        found = std.labels.get(name) or std.anonlabels.get(name)
    if found is None:
        return
    page, place = found[:2]
    if page != docname or (kind != "term" and place not in ref.around):
        yield page, place


_found: WeakKeyDictionary[BuildEnvironment, dict[_Thing, list[Passage]]] = WeakKeyDictionary()


def _mentions(env: BuildEnvironment) -> dict[_Thing, list[Passage]]:
    """All mentions in the project, gathered once for all pages and copies."""
    if env not in _found:
        _found[env] = gathered(env, lambda docname, ref: _meant(env, docname, ref))
    return _found[env]


def write_again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages whose things are mentioned elsewhere than before."""
    if not read(MentionsSettings, app.config).mentions:
        return []
    told: dict[str, dict[str, list[Passage]]] = {}
    for (page, place), found in _mentions(env).items():
        told.setdefault(page, {})[place] = found
    return changed(env, "evidence_mentions", told)


def add_files(app: Sphinx) -> None:
    """Let the site have the style sheet."""
    if app.builder.name in SITES and read(MentionsSettings, app.config).mentions:
        add_static(app, _STATIC)


def load(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: nodes.document | None
) -> None:
    """Load it on the pages that need it."""
    if '<details class="mentions' in context.get("body", ""):
        app.add_css_file("evidence-mentions.css")


class MentionsTransform(SphinxPostTransform):
    """Put the way back below each thing, and a place to come back to around each reference."""

    default_priority = 6  # before it is folded (7), and cross-references are resolved (10)

    def run(self, **kwargs: object) -> None:  # noqa: ARG002  # docutils' signature
        """Do both, where the project wants it."""
        if not read(MentionsSettings, self.config).mentions:
            return
        for link in [*self.document.findall(addnodes.pending_xref)]:
            if link["ids"] and link.get("refdomain") != "cite":
                around = nodes.inline("", ids=link["ids"])
                link["ids"] = []
                link.replace_self(around)
                around += link
        self.held = held_in(self.env, self.document)
        kinds = self.env.domains.standard_domain.enumerable_nodes
        for node in [*self.document.findall(nodes.Element)]:
            if isinstance(node, addnodes.glossary):
                for item in node.findall(nodes.definition_list_item):
                    self._tell_of_terms(item)
            elif type(node) in kinds and not isinstance(node, nodes.container):
                self._tell_of(node)

    def _tell_of(self, node: nodes.Element) -> None:
        """Put the passages behind a box, a table or a figure, and behind where that is from."""
        found = self._passages(node)
        below = node.next_node(descend=False, siblings=True)
        if isinstance(below, nodes.paragraph) and "source" in below["classes"]:
            node = below
        count = f"Mentioned in {len(found)} passage{'' if len(found) == 1 else 's'}"
        for paragraph in self._told(node, count, found):
            node.parent.insert(node.parent.index(node) + 1, paragraph)

    def _tell_of_terms(self, item: nodes.definition_list_item) -> None:
        """Put the pages, each once, behind what one term or several mean."""
        found = [one for term in item.findall(nodes.term) for one in self._passages(term)]
        first = [one._replace(passages=1) for one in by_page(found)]
        definition = item.next_node(nodes.definition)
        if definition is not None:
            count = f"Mentioned on {len(first)} page{'' if len(first) == 1 else 's'}"
            definition += [*self._told(definition, count, first)]

    def _passages(self, node: nodes.Element) -> list[Passage]:
        page, known = self._docname(node), _mentions(self.env)
        found = (one for name in node["ids"] for one in known.get((page, name), ()))
        return [one for one in dict.fromkeys(found) if one.docname in self.held]

    def _docname(self, node: nodes.Element) -> str:
        """The page of a node; Sphinx notes it at the sections of pages that it puts together."""
        named = (one["docname"] for one in traverse_parent(node) if one.get("docname"))
        return str(next(named, self.env.docname))

    def _told(
        self, place: nodes.Element, count: str, found: list[Passage]
    ) -> Iterator[nodes.paragraph]:
        if found:
            paragraph = nodes.paragraph(classes=["mentions", "reference-backlinks", FOLDS])
            paragraph += [nodes.strong("", count), nodes.Text(": ")]
            paragraph += [*links(found, self.env, self._docname(place))]
            yield paragraph


def setup(app: Sphinx) -> ExtensionMetadata:
    """Come when a page has been read, and when it is written."""
    for part in ("folded", "passages"):
        app.setup_extension(f"sphinx_evidence.runtime.{part}")
    register(app, MentionsSettings)
    app.connect("doctree-read", name_references)
    app.connect("env-get-updated", write_again)
    app.add_post_transform(MentionsTransform)
    app.connect("builder-inited", add_files)
    app.connect("html-page-context", load)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
