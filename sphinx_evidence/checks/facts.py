"""What the rules need to know of one page, from its doctree and its source."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from docutils.nodes import make_id
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.util import docname_join
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.domain import BibtexDomain

from sphinx_evidence.checks.fences import unclosed
from sphinx_evidence.checks.followups import Lost
from sphinx_evidence.checks.markup import check_markup
from sphinx_evidence.checks.nesting import check_nesting
from sphinx_evidence.checks.parser import slips
from sphinx_evidence.checks.slips import SlipChecker
from sphinx_evidence.citations.alignment import LATE
from sphinx_evidence.citations.rules import Use
from sphinx_evidence.crossrefs.rules import Image, Numbered, Reference
from sphinx_evidence.diagnostics.finding import (
    MARKERS,
    MERGED,
    UNMERGE,
    Finding,
    Location,
    display_path,
)
from sphinx_evidence.diagnostics.suppressions import Suppression, suppressions_in
from sphinx_evidence.prose.matching import acronyms
from sphinx_evidence.references.reference_list import further_reading
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.runtime.abort import faults
from sphinx_evidence.runtime.cells import is_output, names_glued, names_of_cells
from sphinx_evidence.runtime.location import NodeLocator


class Led(NamedTuple):
    """A cross-reference, and which one its node is among those of the page."""

    ref: Reference
    number: int
    of_myst: bool


@dataclass
class Facts:
    """What the rules need to know of one page."""

    acronyms: dict[str, str] = field(default_factory=dict)
    counted: dict[str, str] = field(default_factory=dict)  # from each id of a box to its first one
    findings: list[Finding] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    led: list[Led] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    numbered: list[Numbered] = field(default_factory=list)
    of_cells: set[str] = field(default_factory=set)  # names of what appears when code is run
    references: list[Reference] = field(default_factory=list)
    sections: dict[str, str] = field(default_factory=dict)  # as of boxes, which have numbers
    suppressions: list[Suppression] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)  # with keys as they are typed


class FactFinder:
    """Finds the facts of the pages of one project."""

    def __init__(self, env: BuildEnvironment, locator: NodeLocator) -> None:
        """Know what is the same for all pages."""
        self.env, self.locator = env, locator
        self.std = env.domains.standard_domain
        self.cite: BibtexDomain = env.get_domain("cite")  # type: ignore[assignment]
        self.slips = SlipChecker(self.cite, locator)
        self._footcite = env.config.bibtex_footcite_id or "footcite-{key}"
        self._footnotes = cache(self._footcite_ids)

    def of(self, docname: str) -> Facts:
        """The facts of a page."""
        return _Page(self, docname).facts

    def footnoted(self, names: Iterable[str], lists: int) -> list[str]:
        """The keys of works whose footnotes have these names, under one of so many lists."""
        counted = "{footbibliography_count}" in self._footcite
        ids = map(self._footnotes, range(1, lists + 1 if counted else 2))
        return [of[name] for of in ids for name in sorted(names) if name in of]

    def _footcite_ids(self, count: int) -> dict[str, str]:
        """From the names of the footnotes under a list to the keys of their works."""
        return {
            make_id(self._footcite.format(footbibliography_count=count, key=key)): key
            for key in self.cite.bibdata.data.entries
        }


class _Page:
    """One page, as it is looked through."""

    def __init__(self, finder: FactFinder, docname: str) -> None:
        self.finder, self.docname = finder, docname
        self.path = Path(finder.env.doc2path(docname))
        self.lines = finder.locator.sources[self.path]
        self.doctree = finder.env.get_doctree(docname)
        self._last: dict[tuple[Path, int, str], Location] = {}  # where words were found last
        self.facts = Facts(acronyms=acronyms(self.doctree.astext()))
        self._check()
        self._note_xrefs()
        for link in self.doctree.findall(nodes.reference):
            if link.get("id_link") and "refid" in link:  # MyST has found it
                at = self.locate(link, f"#{link['refid']}")
                found = Reference("heading", link["refid"], at, page=docname, found=True)
                self.facts.references.append(found)
        self.facts.uses.extend(self._unlinked())
        self._take_over()
        self._note_things()

    def locate(self, node: nodes.Element, words: str = "", before: str = "") -> Location:
        """File and line of a node, or the location of the next ``words`` from there on.

        docutils gives the first line of a block only; authors need the words.
        """
        source, line = self.finder.locator.locate(node, self.path)
        lines = self.finder.locator.sources[source]
        location = Location(display_path(source), line)
        if not words:  # the first letter of the line
            text = lines.line(line)
            return location._replace(column=len(text) - len(text.lstrip()) + 1)
        of = (source, line, before + words)
        last = self._last.get(of, location)
        found = lines.find(words, line=last.line, column=last.column, before=before)
        if not found and last is location:  # some directives count a line of their own twice
            found = lines.find(words, line=line - LATE, before=before)
        self._last[of] = Location(last.path, *found) if found else last
        return self._last[of]

    def _check(self) -> None:
        """Note what is wrong with the page by itself."""
        keys = self.finder.cite.bibdata.data.entries
        self.facts.findings += [
            *check_markup(self.doctree, self.locate, keys, self.lines),
            *self.finder.slips.check(self.doctree, self.path),
            *check_nesting(self.doctree, self.locate),
            *self._merged(),
            *self._unclosed(),
        ]
        self.facts.suppressions += self._suppressions()

    def _note_xrefs(self) -> None:
        """Note the citations and the cross-references."""
        for number, xref in enumerate(self.doctree.findall(addnodes.pending_xref)):
            if xref.get("refdomain") == "cite":
                keys = _keys(xref["reftarget"])
                for index, key in enumerate(keys):
                    at = self.locate(xref, _words(xref, key))
                    self.facts.uses.append(Use(key, at, again=key in keys[:index]))
            else:
                at = self.locate(xref, _words(xref))
                found, of_myst = _reference(xref, self.docname, at), xref.get("reftype") == "myst"
                self.facts.led.extend(Led(ref, number, of_myst) for ref in found)

    def _note_things(self) -> None:
        """Note images, what is numbered, and which ids are those of one section or the like."""
        std = self.finder.std
        for image in self.doctree.findall(nodes.image):
            card = any(one.startswith("sd-card-img") for one in image["classes"])
            if not (card or is_output(image)):  # which repeats a title, or which code has drawn
                uri = image.get("uri", "")
                at = self.locate(image, Path(uri).name)
                html = "<img" in self.finder.locator.sources[Path(at.path)].line(at.line)
                self.facts.images.append(Image(uri, image.get("alt", ""), at, html))
        names = (*names_of_cells(self.doctree), *names_glued(self.lines.text))
        self.facts.of_cells |= {name.casefold() for name in names}
        elements: Iterator[nodes.Element] = self.doctree.findall(nodes.Element)
        for node in elements:
            ids: list[str] = node.get("ids", [])
            first = dict.fromkeys(ids, *ids[:1])
            if isinstance(node, nodes.section):
                self.facts.sections |= first
            elif type(node) in std.enumerable_nodes:
                self.facts.counted |= first
                if not isinstance(node, nodes.container):  # of code
                    kind = std.get_enumerable_node_type(node) or node.tagname
                    title = std.get_numfig_title(node) or "without a title"
                    names = tuple(name for name in node["names"] if name)
                    self.facts.numbered.append(Numbered(kind, title, names, self.locate(node)))

    def _take_over(self) -> None:
        """What was noted of the page while it was read."""
        for refused in self.doctree.findall(faults):
            if refused.get("hides"):
                for one in refused["findings"]:
                    lost = Lost(one.path, range(one.line, one.line + 1), frozenset())
                    self.facts.lost.append(lost)
        for carrier in self.doctree.findall(slips):
            self.facts.findings.extend(carrier["findings"])
            self.facts.lost.extend(carrier["lost"])
            for key, line in carrier["unknown"]:
                note = nodes.inline()
                note.line = line
                self.facts.uses.append(Use(key, self.locate(note, key), footnote=True))

    def _merged(self) -> Iterator[Finding]:
        """Lines that a merge of two versions has left, outside of code."""
        for number, line in enumerate(self.lines.texts, 1):
            if line.startswith(MARKERS) and not any(
                line in code.astext() for code in self.doctree.findall(nodes.literal_block)
            ):
                yield Location(display_path(self.path), number, 1).finding(
                    Rule.MERGE_LEFT, MERGED, UNMERGE, line
                )
                return  # the other lines are the same fault

    def _unclosed(self) -> Iterator[Finding]:
        """A block that begins on the page and does not end on it."""
        if self.path.suffix == ".md":
            colons = self.finder.locator.colons
            found = unclosed(self.lines, display_path(self.path), colons=colons)
            if found:
                yield found

    def _suppressions(self) -> Iterator[Suppression]:
        """The suppressions of the page; those that it prints as an example are none."""
        said = " ".join(comment.astext() for comment in self.doctree.findall(nodes.comment))
        if "evidence-ignore" in said:
            for suppression in suppressions_in([self.path]):
                if all(rule in said for rule in suppression.rules):
                    yield suppression

    def _unlinked(self) -> Iterator[Use]:
        """Works in footnotes, which need no list, and those of further reading."""
        footnotes = list(self.doctree.findall(nodes.footnote))
        for footnote in footnotes:
            names = {*footnote["names"], *footnote["dupnames"]}
            for key in self.finder.footnoted(names, len(footnotes)):
                yield Use(key, self.locate(footnote, key), footnote=True)
        for marker in self.doctree.findall(further_reading):
            for key in marker["keys"]:
                yield Use(key, self.locate(marker, key), further_reading=True)


def _words(node: addnodes.pending_xref, key: str = "") -> str:
    """What to look for in the source: the key or the target; the whole role where it is empty."""
    words = (key or str(node.get("reftarget", ""))).strip()
    return words or re.sub(r"^:([^`]+):`", r"{\1}`", node.rawsource).rstrip("` ")


def _keys(target: str) -> list[str]:
    """The keys of a citation; the whole text where it cannot be read, which then is no key."""
    try:
        return [target.key for target in parse_citation_targets(target)]
    except ValueError:
        return [target]


def _reference(node: addnodes.pending_xref, docname: str, place: Location) -> Iterator[Reference]:
    """The cross-reference of a node, if it is of a kind that the rules know."""
    kind, target = node.get("reftype"), str(node.get("reftarget", ""))
    if kind == "myst" and node.get("refdomain") == "doc":
        yield Reference("page", target, place)
        if node.get("reftargetid"):
            yield Reference("heading", node["reftargetid"], place, page=target)
    elif kind == "myst" and not node.get("reflocalid"):
        yield Reference("name", target, place)
    elif kind == "numref":
        yield Reference("number", target, place)
    elif kind in {"ref", "keyword"}:
        yield Reference("name", target, place)
    elif kind == "doc":
        yield Reference("page", docname_join(node.get("refdoc", docname), target), place)
    elif kind == "term":
        yield Reference("term", target, place)
