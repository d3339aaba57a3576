"""The list of all pages, resolved and written once for a build and not once for each page.

Where conf.py sets ``evidence_page_tree``. Sphinx resolves the global list of contents for every
page anew, so a site of twice the pages takes four times as long. Here it is written once, as for no
page at all, with marks in place of what differs; for each page, the links are made relative, and
its own entry and those above it are marked as the current ones. What comes out is the same, byte
for byte: the first pages are written both ways, and where they differ, Sphinx does all of them.

It knows no other part of this package but settings: what a theme asks is the function ``toctree``
of its templates. furo makes more of the answer, which is kept, too; pydata-sphinx-theme and its
kin keep what they make themselves, and ask only for a tree that begins at the first page.
"""

import re
import sys
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, repeat
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.environment.adapters.toctree import TocTree
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.runtime.config import read, register
from sphinx_evidence.runtime.site import SITES_OF_PAGES
from sphinx_evidence.runtime.written import now_of
from sphinx_evidence.settings import about

_Context = dict[str, Any]
logger = logging.getLogger(__name__)

# Characters for private use, which no title has, stand for a page and for the class "current".
_LINK = re.compile('<a [^>]*href="\ue000([0-9]+)\ue001([^"]*)"[^>]*>')
_PLACE = re.compile('\ue000[0-9]+\ue001[^"]*')
_MARK = "\ue002"
_UNMARKED = re.compile(f' class="{_MARK}"| {_MARK}|{_MARK} ')
_TAG = re.compile("(</?(?:ul|li)(?: [^>]*)?>\n?)")
_ANY, _BEGINNING = 0, 1  # of the links to a page
_PROOFS = 2  # pages that are written both ways, and so show that a tree can be trusted
# What furo asks for, and how it writes the entries above a page.
_FURO = {"collapse": False, "titles_only": True, "maxdepth": -1, "includehidden": True}
_FURO_CURRENT = re.compile('<li class="[^"]* current[^"]*">')
_UNLIKE = (AssertionError, AttributeError, LookupError, TypeError, ValueError)


@dataclass(frozen=True)
class PageTreeSettings:
    """How often the list of all pages is written."""

    page_tree: bool = field(
        default=False,
        metadata=about(
            "Whether the list of all pages, which many themes show beside each page, is written "
            "once for the whole site. The pages stay the same, byte for byte; a site of hundreds "
            "is built in a part of the time.",
            rebuild="",
        ),
    )


@dataclass(eq=False)
class _Part:
    """A list or an item of one; the whole, which has no tag."""

    start: str = ""
    end: str = ""
    inside: "list[str | _Part]" = field(default_factory=list)
    page: str = ""  # of an item: what its link leads to
    cut: bool = False  # a list that lies deeper than is shown
    own: tuple[set[str], set[str]] = field(default_factory=lambda: (set(), set()))
    # Pages to which a link leads, and those to whose beginning one leads: here or further inside.
    holds: tuple[set[str], set[str]] = field(default_factory=lambda: (set(), set()))

    def parts(self) -> "Iterator[_Part]":
        """The lists of an item, the items of a list."""
        return (one for one in self.inside if isinstance(one, _Part))


class _Tree:
    """One list of contents with its marks, to be written for any page."""

    def __init__(self, html: str, names: list[str], depths: list[int], proofs: int) -> None:
        """Read it; ``depths`` says how deep each of its outermost lists is shown."""
        self.names = names
        self.unproved = proofs
        self._folder = ""  # that of the page before, for which texts and addresses hold
        self._texts: dict[_Part, str] = {}
        self._uris: dict[str, str] = {}
        self.whole = _Part()
        around = [self.whole]
        depth, limits = 0, chain(depths, repeat(-1))
        limit = -1
        for piece in _TAG.split(html):
            part = around[-1]
            if not _TAG.fullmatch(piece):
                part.inside.append(piece)
                for link in _LINK.finditer(piece):
                    part.page = names[int(link[1])]
                    part.own[_ANY].add(part.page)
                    if not link[2]:
                        part.own[_BEGINNING].add(part.page)
            elif piece.startswith("</"):
                part.end = piece
                depth -= piece.startswith("</ul")
                around.pop()
                for kind in (_ANY, _BEGINNING):
                    part.holds[kind].update(part.own[kind])
                    around[-1].holds[kind].update(part.holds[kind])
            else:
                if piece.startswith("<ul"):
                    depth += 1
                    limit = next(limits) if depth == 1 else limit
                inner = _Part(piece, cut=piece.startswith("<ul") and 1 < depth > limit > 0)
                part.inside.append(inner)
                around.append(inner)

    def texts_for(self, folder: str) -> tuple[dict[_Part, str], dict[str, str]]:
        """What was written of the tree for pages of a folder, as far as it is the same there."""
        if folder != self._folder:
            self._folder, self._texts, self._uris = folder, {}, {}
        return self._texts, self._uris


class _Writer:
    """Writes a tree as one page has it."""

    def __init__(
        self, tree: _Tree, page: str, builder: StandaloneHTMLBuilder, opened: set[str] | None
    ) -> None:
        """All is unfolded, or what lies in the pages ``opened`` alone."""
        self.tree, self.page, self.builder, self.opened = tree, page, builder, opened
        folder = builder.get_target_uri(page).rpartition("/")[0]
        self.texts, self.uris = tree.texts_for(folder)

    def text(self, part: _Part) -> str:
        """A part, with the links and the marks of the page."""
        if part in self.texts and not self._holds(part, _ANY):
            return self.texts[part]
        about_page = self._holds(part, _ANY)
        unfolded = not part.page or self.opened is None or (about_page and part.page in self.opened)
        inside = (
            _LINK.sub(self._link, one) if isinstance(one, str) else self.text(one)
            for one in part.inside
            if isinstance(one, str) or (unfolded and not one.cut)
        )
        start = _marked(part.start, current=about_page and self._holds(part, _BEGINNING))
        made = f"{start}{''.join(inside)}{part.end}"
        if not about_page:
            self.texts[part] = made
        return made

    def _holds(self, part: _Part, kind: int) -> bool:
        """Whether links to the page are in a part, apart from what Sphinx leaves folded."""
        if self.page in part.own[kind]:
            return True
        if self.page not in part.holds[kind]:
            return False
        if self.opened is None:
            return True
        looked_into = not part.page or part.page in self.opened
        return looked_into and any(self._holds(one, kind) for one in part.parts())

    def _link(self, found: re.Match[str]) -> str:
        target, place = self.tree.names[int(found[1])], found[2]
        if target == self.page:
            address = f"{self.builder.get_relative_uri(target, target)}{place}" or "#"
        else:
            if target not in self.uris:
                self.uris[target] = self.builder.get_relative_uri(self.page, target)
            address = f"{self.uris[target]}{place}"
        tag = _PLACE.sub(lambda _: address, found[0])
        return _marked(tag, current=target == self.page and not place)


def _marked(tag: str, *, current: bool) -> str:
    return tag.replace(_MARK, "current") if current else _UNMARKED.sub("", tag, count=1)


class PageTree:
    """The trees of one build, by what a theme asks for."""

    def __init__(self, env: BuildEnvironment, builder: StandaloneHTMLBuilder) -> None:
        """Begin without any."""
        self.env, self.builder = env, builder
        self.distrusted = False
        self.known = now_of(builder)
        self._proofs = 0 if self.known.is_proved else _PROOFS
        self._trees: dict[tuple[object, ...], _Tree] = {}
        self._ancestors: tuple[str, list[str]] = ("", [])
        # What is in an "only" has no classes on the pages below it alone.
        self._only = {n for n, toc in env.tocs.items() if any(toc.findall(addnodes.only))}

    def toctree(self, page: str, slow: Callable[..., str], **options: Any) -> str:  # noqa: ANN401  # a theme's
        """What ``slow``, the function of Sphinx's templates, gives for a page."""
        return self._proved(page, partial(slow, **options), options, lambda html: html)

    def furo(self, page: str, slow: Callable[..., str], navigation: Callable[[str], str]) -> str:
        """What furo makes of the tree with its function ``navigation``."""

        def expected() -> str:
            return navigation(slow(**_FURO))

        return self._proved(page, expected, _FURO, navigation, _finished_for_furo)

    def _proved(
        self,
        page: str,
        slow: Callable[[], str],
        options: dict[str, Any],
        change: Callable[[str], str],
        finish: Callable[[str], str] = str,
    ) -> str:
        if self.distrusted or not self._only.isdisjoint(self._above(page)):
            return slow()
        try:
            tree = self._tree(options, change)
            collapse = options.get("collapse", True)
            opened = self._opened(page) if collapse else None
            made = finish(_Writer(tree, page, self.builder, opened).text(tree.whole))
        except _UNLIKE:
            self._distrust()
            return slow()
        if not tree.unproved:
            return made
        tree.unproved -= page in tree.whole.holds[_ANY]
        expected = slow()
        if made != expected:
            self._distrust()
        all_proved = not any(one.unproved for one in self._trees.values())
        self.known.is_proved = all_proved and not self.distrusted
        return expected

    def _tree(self, options: dict[str, Any], change: Callable[[str], str]) -> _Tree:
        """The tree for some options, made when it is asked for the first time."""
        depth = int(options.get("maxdepth") or 0)
        titles, hidden = options.get("titles_only", False), options.get("includehidden", False)
        if not options.keys() <= {"collapse", "maxdepth", "titles_only", "includehidden"}:
            raise TypeError
        key = (change, depth, bool(titles), bool(hidden))
        if key not in self._trees:
            names: dict[str, int] = {}

            def place(from_: str, to: str, typ: str | None = None) -> str:
                del from_, typ
                return f"\ue000{names.setdefault(to, len(names))}\ue001"

            builder = copy(self.builder)
            builder.get_relative_uri = place  # type: ignore[method-assign]
            whole, depths = addnodes.compact_paragraph(toctree=True), list[int]()
            for toctree in self.env.master_doctree.findall(addnodes.toctree):
                resolved = self.env.resolve_toctree(
                    "", builder, toctree, maxdepth=-1, titles_only=titles, includehidden=hidden
                )
                if resolved is not None:
                    whole += resolved.children
                    depths.append(depth or toctree.get("maxdepth", -1))
            for node in whole.findall(nodes.Element):
                leads = isinstance(node, nodes.reference) and node["refuri"].endswith("\ue001")
                if leads or isinstance(node, (nodes.bullet_list, nodes.list_item)):
                    node["classes"].append(_MARK)
            html = self.builder.render_partial(whole if depths else None)["fragment"]
            self._trees[key] = _Tree(change(html), [*names], depths, self._proofs)
        return self._trees[key]

    def _above(self, page: str) -> list[str]:
        """The page, and the pages above it in the tree."""
        if page != self._ancestors[0]:
            self._ancestors = page, TocTree(self.env).get_toctree_ancestors(page)
        return self._ancestors[1]

    def _opened(self, page: str) -> set[str]:
        """The pages whose contents Sphinx unfolds for a page."""
        return {n for n in self._above(page) if self.env.metadata[n].get("tocdepth", 0) <= 0}

    def _distrust(self) -> None:
        if not self.distrusted:
            logger.warning(
                "The theme does not write the list of pages as it is written here, so each page "
                "gets it from Sphinx, slowly. Set evidence_page_tree = False in conf.py.",
                type="evidence", subtype="page-tree",
            )  # fmt: skip
        self.distrusted, self.known.is_proved = True, False


def _finished_for_furo(html: str) -> str:
    """With what furo adds to the entries above a page: they are unfolded, and one is the last."""
    for number, entry in enumerate(reversed([*_FURO_CURRENT.finditer(html)])):
        tag = f'{entry[0][:-2]} current-page">' if not number else entry[0]
        rest = html[entry.end() :]
        if "has-children" in tag:
            box = ' class="toctree-checkbox"'  # its attributes are in the order of the alphabet
            rest = rest.replace(box, f' checked=""{box}', 1)
        html = f"{html[: entry.start()]}{tag}{rest}"
    return html


class _Events:
    """What is done when a page is written."""

    def __init__(self) -> None:
        self.tree: PageTree | None = None
        self.slow: Callable[..., str] = str  # Sphinx's function of the page
        self.fast: Callable[..., str] = str  # ours
        self.left: Callable[..., str] | None = None  # what furo has asked

    def begin(self, app: Sphinx, builder: Builder) -> None:
        """Forget what was read before."""
        named = builder.name in SITES_OF_PAGES and read(PageTreeSettings, app.config).page_tree
        ours = named and isinstance(builder, StandaloneHTMLBuilder)
        self.tree = PageTree(app.env, builder) if ours else None  # type: ignore[arg-type]

    def first(self, _app: Sphinx, page: str, _name: str, context: _Context, _tree: object) -> None:
        """Answer in the place of Sphinx, before another extension puts its own answer there."""
        self.left = None
        if self.tree and "toctree" in context:
            self.slow = context["toctree"]
            context["toctree"] = self.fast = partial(self.tree.toctree, page, self.slow)

    def before(self, app: Sphinx, page: str, name: str, context: _Context, _tree: object) -> None:
        """Hand furo nothing, which it hands on; else it would read the tree for each page."""
        del page, name
        fast = self.fast
        if self.tree and context.get("toctree") is fast and "furo" in app.extensions and _furo():

            def without_furo(**options: Any) -> str:  # noqa: ANN401  # a theme's
                return "" if options == _FURO else fast(**options)

            context["toctree"] = self.left = without_furo

    def after(self, _app: Sphinx, page: str, _name: str, context: _Context, _tree: object) -> None:
        """Give furo's template what furo makes of the tree."""
        navigation = _furo()
        if self.tree and self.left and context["toctree"] is self.left and navigation:
            context["toctree"] = self.fast
            context["furo_navigation_tree"] = self.tree.furo(page, self.slow, navigation)


def _furo() -> Callable[[str], str] | None:
    """The function by which furo makes its own tree."""
    return getattr(sys.modules.get("furo.navigation"), "get_navigation_tree", None)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Come before all others, and around the theme (500)."""
    register(app, PageTreeSettings)
    events = _Events()
    app.connect("write-started", events.begin)
    app.connect("html-page-context", events.first, priority=1)
    app.connect("html-page-context", events.before, priority=499)
    app.connect("html-page-context", events.after, priority=501)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
