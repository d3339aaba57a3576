"""What the rules need to know of the pages, collected from the doctrees."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from docutils import nodes
from docutils.nodes import make_id
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.util import docname_join
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.domain import BibtexDomain

from sphinx_evidence.checks import markup
from sphinx_evidence.checks.fences import unclosed
from sphinx_evidence.checks.followups import Lost
from sphinx_evidence.checks.nesting import check_nesting
from sphinx_evidence.checks.parser import slips
from sphinx_evidence.checks.resolution import unread_inventories, unresolved
from sphinx_evidence.checks.slips import SlipChecker
from sphinx_evidence.checks.unread import unread_pages
from sphinx_evidence.citations.alignment import LATE
from sphinx_evidence.citations.rules import Use
from sphinx_evidence.crossrefs.rules import Image, Numbered, Reference, Targets, is_known
from sphinx_evidence.crossrefs.typed import Numbers
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
from sphinx_evidence.runtime.cells import is_output, names_of_cells
from sphinx_evidence.runtime.location import NodeLocator


class _Led(NamedTuple):
    """A cross-reference of a page, and a copy of its node."""

    docname: str
    ref: Reference
    xref: addnodes.pending_xref


class Collector:
    """The facts that the rules need, collected page by page from the doctrees."""

    def __init__(self, env: BuildEnvironment) -> None:
        """Read every doctree once."""
        self.env = env
        self.locator = NodeLocator(env)
        self.lost: list[Lost] = []
        self.acronyms: dict[str, str] = {}
        self._last: dict[tuple[Path, int, str], Location] = {}  # where words were found last
        self._led: list[_Led] = []
        # From page and id to the first id of the same thing, which has its number.
        self._counted: dict[tuple[str, str], str] = {}
        self._sections: dict[tuple[str, str], str] = {}
        self._of_cells: set[str] = set()  # names of what appears when code is run
        self.uses: list[Use] = []
        self.references: list[Reference] = []
        self.numbered: list[Numbered] = []
        self.images: list[Image] = []
        self.findings: list[Finding] = []
        self.suppressions: list[Suppression] = []
        self.std = env.domains.standard_domain
        self.cite: BibtexDomain = env.get_domain("cite")  # type: ignore[assignment]
        self._footcite = env.config.bibtex_footcite_id or "footcite-{key}"
        self._footnotes = cache(self._footcite_ids)
        self.prefixes = {bib.keyprefix for bib in self.cite.bibliographies.values()} - {""}
        self.slips = SlipChecker(self.cite, self.locator)
        self.unchecked: list[str] = []
        for page in unread_pages(env).values():
            self.findings.append(page.finding)
            self.lost.append(page.lost)
            self.unchecked.append(f"the page {page.lost.path}, which cannot be read")
        for docname in sorted(env.found_docs):
            self._collect(docname)
        self.targets = self._targets()
        self.references.extend(self._asked())

    def _locate(
        self, node: nodes.Element, docname: str, words: str = "", before: str = ""
    ) -> Location:
        """File and line of a node, or the location of the next ``words`` from there on.

        docutils gives the first line of a block only; authors need the words.
        """
        source, line = self.locator.locate(node, Path(self.env.doc2path(docname)))
        lines = self.locator.sources[source]
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

    def _collect(self, docname: str) -> None:
        def locate(node: nodes.Element, words: str = "", before: str = "") -> Location:
            return self._locate(node, docname, words, before)

        doctree = self.env.get_doctree(docname)
        lines = self.locator.sources[Path(self.env.doc2path(docname))]
        self.findings.extend(
            markup.check_markup(doctree, locate, self.cite.bibdata.data.entries, lines)
        )
        self.findings.extend(self.slips.check(doctree, Path(self.env.doc2path(docname))))
        self.findings.extend(check_nesting(doctree, locate))
        self.findings.extend(self._merged(doctree, docname))
        self.findings.extend(self._unclosed(docname))
        self.suppressions.extend(self._suppressions(doctree, docname))
        self.acronyms |= acronyms(doctree.astext())
        self._note_xrefs(doctree, docname, locate)
        for link in doctree.findall(nodes.reference):
            if link.get("id_link") and "refid" in link:  # MyST has found it
                at = locate(link, f"#{link['refid']}")
                found = Reference("heading", link["refid"], at, page=docname, found=True)
                self.references.append(found)
        self.uses.extend(self._unlinked(doctree, locate))
        self._take_over(doctree, locate)
        for image in doctree.findall(nodes.image):
            if is_output(image):
                continue  # the code has drawn it
            uri = image.get("uri", "")
            place = locate(image, Path(uri).name)
            html = "<img" in self.locator.sources[Path(place.path)].line(place.line)
            self.images.append(Image(uri, image.get("alt", ""), place, html))
        numbered: Iterator[nodes.Element] = doctree.findall(self._is_numbered)  # type: ignore[assignment]
        for node in numbered:
            kind = self.std.get_enumerable_node_type(node) or node.tagname
            title = self.std.get_numfig_title(node) or "without a title"
            names = tuple(name for name in node["names"] if name)
            self.numbered.append(Numbered(kind, title, names, locate(node)))
        self._note_ids(doctree, docname)

    def _note_xrefs(self, doctree: nodes.document, docname: str, locate: markup.Locate) -> None:
        """Note the citations and the cross-references of a page."""
        for xref in doctree.findall(addnodes.pending_xref):
            if xref.get("refdomain") == "cite":
                keys = _keys(xref["reftarget"])
                for index, key in enumerate(keys):
                    again = key in keys[:index]
                    at = locate(xref, _words(xref, key))
                    prefix = self._prefix(key)
                    bare = key.removeprefix(prefix)
                    self.uses.append(Use(bare, at, again=again, prefix=prefix))
            else:
                at = locate(xref, _words(xref))
                alone = xref.deepcopy()  # without its page
                self._led.extend(_Led(docname, ref, alone) for ref in _reference(xref, docname, at))

    def _note_ids(self, doctree: nodes.document, docname: str) -> None:
        """Note which ids are those of one section, figure or the like."""
        self._of_cells |= set(names_of_cells(doctree))
        elements: Iterator[nodes.Element] = doctree.findall(nodes.Element)
        for element in elements:
            ids: list[str] = element.get("ids", [])
            first = {(docname, one): ids[0] for one in ids}
            if isinstance(element, nodes.section):
                self._sections |= first
            elif type(element) in self.std.enumerable_nodes:
                self._counted |= first

    def _asked(self) -> Iterator[Reference]:
        """The references, of which Sphinx itself has found those that are not known here."""
        unknown = [led for led in self._led if not is_known(led.ref, self.targets)]
        wrong: set[int] = set()
        for docname, of_page in groupby(unknown, key=lambda led: led.docname):
            wrong |= unresolved(self.env, docname, list(dict.fromkeys(led.xref for led in of_page)))
        unnumbered = self.targets.sections - self.targets.numbered
        missing = unread_inventories(self.env) if wrong else ()
        if elsewhere := {id(led.xref) for led in unknown if missing and _may_lead_out(led)} & wrong:
            wrong -= elsewhere
            names = ", ".join(sorted(missing))
            self.unchecked.append(f"names that may be of {names}, whose lists were not to be had")
        for led in self._led:
            known = id(led.xref) not in wrong or led.ref.target in self._of_cells
            found = known and bool(led.ref.target.strip())
            # Of a section without a number Sphinx has no word, but prints "Section" alone.
            bare = led.ref.kind == "number" and led.ref.target in unnumbered
            yield replace(led.ref, found=found and not bare)

    def _take_over(self, doctree: nodes.document, locate: markup.Locate) -> None:
        """What was noted of a page while it was read."""
        for refused in doctree.findall(faults):
            if refused.get("hides"):
                for one in refused["findings"]:
                    self.lost.append(Lost(one.path, range(one.line, one.line + 1), frozenset()))
        for carrier in doctree.findall(slips):
            self.findings.extend(carrier["findings"])
            self.lost.extend(carrier["lost"])
            for key, line in carrier["unknown"]:
                note = nodes.inline()
                note.line = line
                self.uses.append(Use(key, locate(note, key), footnote=True))

    def _merged(self, doctree: nodes.document, docname: str) -> Iterator[Finding]:
        """Lines that a merge of two versions has left, outside of code."""
        path = Path(self.env.doc2path(docname))
        for number, line in enumerate(self.locator.sources[path].texts, 1):
            if line.startswith(MARKERS) and not any(
                line in code.astext() for code in doctree.findall(nodes.literal_block)
            ):
                yield Location(display_path(path), number, 1).finding(
                    Rule.MERGE_LEFT, MERGED, UNMERGE, line
                )
                return  # the other lines are the same fault

    def _unclosed(self, docname: str) -> Iterator[Finding]:
        """A block that begins on a page and does not end on it."""
        path = Path(self.env.doc2path(docname))
        if path.suffix == ".md":
            found = unclosed(
                self.locator.sources[path], display_path(path), colons=self.locator.colons
            )
            if found:
                yield found

    def _suppressions(self, doctree: nodes.document, docname: str) -> Iterator[Suppression]:
        """The suppressions of a page; those that it prints as an example are none."""
        said = " ".join(comment.astext() for comment in doctree.findall(nodes.comment))
        if "evidence-ignore" in said:
            for suppression in suppressions_in([Path(self.env.doc2path(docname))]):
                if all(rule in said for rule in suppression.rules):
                    yield suppression

    def _unlinked(self, doctree: nodes.document, locate: markup.Locate) -> Iterator[Use]:
        """Works in footnotes, which need no list, and those of further reading."""
        footnotes = list(doctree.findall(nodes.footnote))
        for footnote in footnotes:
            names = {*footnote["names"], *footnote["dupnames"]}
            for key in self._footnoted(names, len(footnotes)):
                yield Use(key, locate(footnote, key), footnote=True)
        for marker in doctree.findall(further_reading):
            for key in marker["keys"]:
                yield Use(key, locate(marker, key), further_reading=True)

    def _is_numbered(self, node: nodes.Node) -> bool:
        """Boxes, tables, figures and what else is numbered, but not containers of code."""
        return type(node) in self.std.enumerable_nodes and not isinstance(node, nodes.container)

    def _footnoted(self, names: Iterable[str], lists: int) -> list[str]:
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

    def _prefix(self, key: str) -> str:
        """The prefix of a key that a list of references gives it; empty where it has none."""
        entries = self.cite.bibdata.data.entries
        fit = [p for p in self.prefixes if key.startswith(p)] if key not in entries else []
        return max(
            fit, key=lambda prefix: (key.removeprefix(prefix) in entries, prefix), default=""
        )

    def listed(self) -> set[str]:
        """The keys that a citation can lead to, with the prefixes of their lists."""
        lists = self.cite.bibliographies
        return {c.key for c in self.cite.citations if lists[c.bibliography_key].list_ == "citation"}

    def shown(self) -> set[str]:
        """The keys of entries that some list shows, whether they are cited or not."""
        return {citation.entry.key for citation in self.cite.citations}

    def numbers(self) -> Numbers:
        """The numbers of boxes, tables and figures; nothing where the project counts none."""
        if not self.env.config.numfig or self._of_cells:  # which count, where they are run
            return Numbers()
        formats = self.env.config.numfig_format
        kinds = {kind for kind, _ in self.std.enumerable_nodes.values()}
        labels = {**self.std.anonlabels, **self.std.labels}
        names = {(docname, anchor): name for name, (docname, anchor, *_) in labels.items()}
        return Numbers(
            {
                word.strip(" .").casefold(): kind
                for kind in kinds & formats.keys()
                for word in (kind, formats[kind].partition("%")[0])
            },
            {
                (kind, ".".join(map(str, number))): names.get((docname, anchor), "")
                for docname, counted in self.env.toc_fignumbers.items()
                for kind, numbers in counted.items()
                for anchor, number in numbers.items()
            },
        )

    def _targets(self) -> Targets:
        """Everything on the pages that a reference can lead to."""
        env, std = self.env, self.std
        names = {**std.anonlabels, **std.labels}
        headings: dict[str, set[str]] = {docname: set() for docname in env.found_docs}
        twins: dict[str, set[str]] = {}
        for docname in env.found_docs:
            slugs = env.metadata[docname].get("myst_slugs", {})
            headings[docname] = {*slugs, *(slug[1] for slug in slugs.values())}
            titles = Counter(title for _, _, title in slugs.values())
            first = {title: name for name, (_, _, title) in reversed(slugs.items())}
            twins[docname] = {first[title] for title, count in titles.items() if count > 1}
        for name, (docname, anchor, *_) in names.items():
            headings.setdefault(docname, set()).update((name, anchor))
        numbered, sections = set(), set()
        for name, (docname, anchor, *_) in names.items():
            at = docname, anchor
            counts = env.toc_fignumbers.get(docname, {}).values()
            if at in self._counted and any(self._counted[at] in count for count in counts):
                numbered.add(name)
            if at in self._sections:
                sections.add(name)
                of_page = env.toc_secnumbers.get(docname, {})
                if of_page.get(f"#{self._sections[at]}", of_page.get("")):
                    numbered.add(name)
        terms = {name for kind, name in std.objects if kind == "term"}
        pages, counted = set(env.found_docs), bool(env.config.numfig)
        return Targets(pages, headings, set(names), numbered, terms, twins, sections, counted)


def _may_lead_out(led: _Led) -> bool:
    """Whether a reference may be to a name in another project; a file of MyST is one of this."""
    file = led.xref.get("reftype") == "myst" and PurePosixPath(led.ref.target).suffix == ".md"
    return led.ref.kind in {"name", "page", "term"} and not file


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
