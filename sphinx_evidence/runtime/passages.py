"""The passages that refer to a thing, whatever it is: the way back to them.

A passage is the first reference below a heading. Its place is the id of that reference, which
sphinxcontrib-bibtex gives to citations, and `sphinx_evidence.mentions` to what it looks after.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import chain
from typing import NamedTuple, NoReturn, TypeVar
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode, traverse_parent
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator
from sphinxcontrib.bibtex.domain import get_docnames

from sphinx_evidence.runtime.kept import kept

T = TypeVar("T", bound=Hashable)
# Post-transforms have no public way to the builder that they work for.
_BUILDERS: WeakKeyDictionary[BuildEnvironment, Builder] = WeakKeyDictionary()


class Passage(NamedTuple):
    """A reference to come back to: its page, its id, and how page and heading are called."""

    docname: str
    place: str
    page: str
    heading: str  # empty where it is that of the page, or none is told
    passages: int = 1  # on the page, for which it stands


class way_back(nodes.reference):  # noqa: N801  # docutils names a node as its tag
    """A link to a passage, which the site writes in few bytes: of some works there are dozens."""


class Ref(NamedTuple):
    """A reference on a page, as far as anybody asks what it means."""

    place: str  # its id
    kind: str
    target: str
    heading: str  # of the section in which it stands, and which one that is on the page
    section: int
    around: frozenset[str]  # the ids of what it stands in; of a citation, nobody asks for them


def gathered(
    env: BuildEnvironment, meant: Callable[[str, Ref], Iterable[T]]
) -> dict[T, list[Passage]]:
    """From each thing that a reference on a page means to its passages, in reading order."""
    found: dict[T, list[Passage]] = {}
    for docname in get_docnames(env):  # type: ignore[no-untyped-call]
        page = env.titles[docname].astext()
        told: set[tuple[T, int]] = set()
        for ref in kept(env, "references", docname, partial(_references, env, docname)):
            heading = "" if ref.heading == page else ref.heading
            for thing in meant(docname, ref):
                if (thing, ref.section) not in told:
                    told.add((thing, ref.section))
                    passage = Passage(docname, ref.place, page, heading)
                    found.setdefault(thing, []).append(passage)
    return found


def _references(env: BuildEnvironment, docname: str) -> list[Ref]:
    """The references of a page to which somebody can come back; copies hold what is no HTML."""
    found = []
    sections: dict[int, int] = {}  # which one it is on the page
    for node in env.get_doctree(docname).findall(addnodes.pending_xref):
        if node["ids"] and not _is_html_only(node):
            section = next((one for one in traverse_parent(node, nodes.section)), None)
            number = sections.setdefault(id(section), len(sections))
            cites = node.get("refdomain") == "cite"
            around: frozenset[str] = frozenset() if cites else frozenset(
                chain.from_iterable(one.get("ids", ()) for one in traverse_parent(node))
            )  # fmt: skip
            kind, target = node.get("reftype", ""), node["reftarget"]
            found.append(Ref(node["ids"][0], kind, target, _title(section), number, around))
    return found


def changed(env: BuildEnvironment, name: str, told: Mapping[str, object]) -> list[str]:
    """The pages that tell of other passages than at the build before, to be written again."""
    before = vars(env).get(name, {})
    setattr(env, name, told)
    return [page for page in env.found_docs if told.get(page) != before.get(page)]


def held_in(env: BuildEnvironment, tree: nodes.document) -> AbstractSet[str]:
    """The pages that are in the copy for which a tree is resolved: to be asked once for a tree."""
    files = [*tree.findall(addnodes.start_of_file)]
    if files:  # one tree for the whole copy; a box without its page is no page
        held = {file["docname"] for file in files if file.next_node(nodes.section)}
        return held | {tree.get("docname", env.docname)}
    of_book = getattr(_BUILDERS[env], "order", None)
    return env.found_docs if of_book is None else set(of_book)


def by_page(passages: Iterable[Passage]) -> list[Passage]:
    """For each page the first passage on it, which stands for all."""
    found: dict[str, Passage] = {}
    for one in passages:
        first = found.get(one.docname, one._replace(heading="", passages=0))
        found[one.docname] = first._replace(passages=first.passages + 1)
    return [*found.values()]


def links(
    passages: Iterable[Passage], env: BuildEnvironment, fromdocname: str
) -> Iterator[nodes.Node]:
    """Links to passages, parted as in a sentence, to its full stop."""
    mark = ""
    for docname, place, page, heading, count in passages:
        if mark:
            yield nodes.Text(mark)
        mark = f", in {count} passages; " if count > 1 else "; "
        words = nodes.inline(classes=["std", "std-ref"])  # as Sphinx has it, for who looks for it
        words += nodes.Text(f"{page}, “{heading}”" if heading else page)
        link = make_refnode(_BUILDERS[env], fromdocname, docname, place, words)
        yield way_back("", "", *link.children, **link.attributes)
    yield nodes.Text(f"{mark[:-2]}.")


def visit_way_back(self: HTML5Translator, node: way_back) -> NoReturn:
    """Write a link without classes, by which nobody looks for it."""
    address = self.attval(node.get("refuri") or f"#{node['refid']}")
    self.body.append(f'<a href="{address}">{self.encode(node.astext())}</a>')
    raise nodes.SkipNode


def _is_html_only(node: nodes.Element) -> bool:
    return any("html-only" in one.get("classes", ()) for one in traverse_parent(node))


def _title(section: nodes.Element | None) -> str:
    title = section.next_node(nodes.title) if section is not None else None
    return title.astext() if title is not None else ""


def note_builder(app: Sphinx) -> None:
    """Remember which builder a reading of the pages is for."""
    _BUILDERS[app.env] = app.builder


def setup(app: Sphinx) -> ExtensionMetadata:
    """Come before anything is resolved."""
    app.setup_extension("sphinx_evidence.runtime.kept")
    app.add_node(way_back, html=(visit_way_back, None))
    app.connect("builder-inited", note_builder)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
