"""What the rules need to know of the pages, together."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import PurePosixPath

from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.domain import BibtexDomain

from sphinx_evidence.checks.facts import FactFinder, Facts, Led
from sphinx_evidence.checks.followups import Lost
from sphinx_evidence.checks.resolution import unread_inventories, unresolved
from sphinx_evidence.checks.unread import unread_pages
from sphinx_evidence.citations.rules import Use
from sphinx_evidence.crossrefs.rules import Image, Numbered, Reference, Targets, is_known
from sphinx_evidence.crossrefs.typed import Numbers
from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.diagnostics.suppressions import Suppression
from sphinx_evidence.runtime.kept import kept
from sphinx_evidence.runtime.location import NodeLocator


class Collector:
    """The facts that the rules need, put together from those of each page."""

    def __init__(self, env: BuildEnvironment) -> None:
        """Look through the pages that were read since they were looked through last."""
        self.env = env
        self.locator = NodeLocator(env)
        self.lost: list[Lost] = []
        self.acronyms: dict[str, str] = {}
        self._led: list[tuple[str, Led]] = []  # each with its page
        # From page and id to the first id of the same thing, which has its number.
        self._counted: dict[tuple[str, str], str] = {}
        self._sections: dict[tuple[str, str], str] = {}
        self._of_cells: set[str] = set()
        self.uses: list[Use] = []
        self.references: list[Reference] = []
        self.numbered: list[Numbered] = []
        self.images: list[Image] = []
        self.findings: list[Finding] = []
        self.suppressions: list[Suppression] = []
        self.std = env.domains.standard_domain
        self.cite: BibtexDomain = env.get_domain("cite")  # type: ignore[assignment]
        self.prefixes = {bib.keyprefix for bib in self.cite.bibliographies.values()} - {""}
        self.unchecked: list[str] = []
        for page in unread_pages(env).values():
            self.findings.append(page.finding)
            self.lost.append(page.lost)
            self.unchecked.append(f"the page {page.lost.path}, which cannot be read")
        finder = FactFinder(env, self.locator)
        for docname in sorted(env.found_docs):
            self._add(docname, kept(env, "facts", docname, partial(finder.of, docname)))
        self.targets = self._targets()
        self.references.extend(self._asked())

    def _add(self, docname: str, facts: Facts) -> None:
        """Add the facts of a page."""
        self.acronyms |= facts.acronyms
        self.findings += facts.findings
        self.images += facts.images
        self.lost += facts.lost
        self.numbered += facts.numbered
        self.references += facts.references
        self.suppressions += facts.suppressions
        self.uses += map(self._parted, facts.uses) if self.prefixes else facts.uses
        self._led += ((docname, led) for led in facts.led)
        self._of_cells |= facts.of_cells
        self._counted |= {(docname, one): first for one, first in facts.counted.items()}
        self._sections |= {(docname, one): first for one, first in facts.sections.items()}

    def _parted(self, use: Use) -> Use:
        """The prefix that a list of references gives to a key, apart from it."""
        entries = self.cite.bibdata.data.entries
        if use.footnote or use.further_reading or use.key in entries:
            return use
        fit = [prefix for prefix in self.prefixes if use.key.startswith(prefix)]
        prefix = max(fit, key=lambda one: (use.key.removeprefix(one) in entries, one), default="")
        return replace(use, key=use.key.removeprefix(prefix), prefix=prefix)

    def _asked(self) -> Iterator[Reference]:
        """The references, of which Sphinx itself has found those that are not known here."""
        unknown = [one for one in self._led if not is_known(one[1].ref, self.targets)]
        wrong = {
            (docname, number)
            for docname, of_page in groupby(unknown, key=itemgetter(0))
            for number in unresolved(self.env, docname, {led.number for _, led in of_page})
        }
        unnumbered = self.targets.sections - self.targets.numbered
        missing = unread_inventories(self.env) if wrong else ()
        outward = {(docname, led.number) for docname, led in unknown if _may_lead_out(led)}
        if missing and (elsewhere := outward & wrong):
            wrong -= elsewhere
            names = ", ".join(sorted(missing))
            self.unchecked.append(f"names that may be of {names}, whose lists were not to be had")
        for docname, led in self._led:
            known = (
                docname,
                led.number,
            ) not in wrong or led.ref.target.casefold() in self._of_cells
            found = known and bool(led.ref.target.strip())
            # Of a section without a number Sphinx has no word, but prints "Section" alone.
            bare = led.ref.kind == "number" and led.ref.target in unnumbered
            yield replace(led.ref, found=found and not bare)

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
        paths = {f"{page}.md": str(env.doc2path(page, base=False)) for page in pages}
        files = {page: path for page, path in paths.items() if page != path}
        return Targets(
            pages, headings, set(names), numbered, terms, twins, sections, counted, files
        )


def _may_lead_out(led: Led) -> bool:
    """Whether a reference may be to a name in another project; a file of MyST is one of this."""
    file = led.of_myst and PurePosixPath(led.ref.target).suffix == ".md"
    return led.ref.kind in {"name", "page", "term"} and not file
