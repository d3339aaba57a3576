"""sphinxcontrib-bibtex's domain, in time that grows with the project and not with its square.

The base class goes through all citations of the project for each work of a list, and through all
works of all lists for each citation. So it is shown, each time, those that it looks for.
"""

from ast import dump
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType

from docutils import nodes
from pybtex.database import Entry
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import pending_warnings
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.directives import BibliographyKey
from sphinxcontrib.bibtex.domain import BibtexDomain, Citation, get_docnames
from sphinxcontrib.bibtex.nodes import bibliography
from sphinxcontrib.bibtex.roles import CitationRef
from sphinxcontrib.bibtex.transforms import BibliographyTransform

from sphinx_evidence.references.registered import TOLD, Told, mark_links
from sphinx_evidence.runtime.digests import digest, digest_of_files
from sphinx_evidence.runtime.kept import ground

_MADE_OF = "evidence_made_of"  # in the data of the domain


class IndexedBibtexDomain(BibtexDomain):
    """Knows the citations of each work, and the place of each work in the lists."""

    _prefix = ""  # of the keys of the list whose works are looked for
    citing: Mapping[str, list[CitationRef]] = MappingProxyType({})  # by key
    _places: dict[str, list[int]] | None = None  # from a key to places among the citations

    @contextmanager
    def showing(self, **parts: Sequence[Citation] | Sequence[CitationRef]) -> Iterator[None]:
        """Let the base class see, as its data of these names, these parts alone."""
        whole = self.data
        self.data = whole | parts
        try:
            yield
        finally:
            self.data = whole

    def env_updated(self) -> Iterable[str]:
        """Put the works of all lists together, and see what cites them."""
        self._places = None
        citing = defaultdict(list)
        for ref in self.citation_refs:
            for key in {target.key for target in ref.targets}:
                citing[key].append(ref)
        self.citing = citing
        made_of = self._made_of()
        if self.data.get(_MADE_OF) == (made_of, len(self.citations)):
            return []  # of a page that was read again, they are forgotten
        with pending_warnings() as told:
            updated = super().env_updated()
            # What was told has to be told again by the next build.
            quiet = not getattr(told, "buffer", ())
            self.data[_MADE_OF] = (made_of, len(self.citations)) if quiet else None
        return updated

    def _made_of(self) -> str:
        """A digest of what the works of all lists are put together from."""
        lists = [
            (key, *value._replace(filter_=dump(value.filter_), citation_nodes={}))  # type: ignore[arg-type]
            for key, value in self.bibliographies.items()
        ]
        order = [*get_docnames(self.env)]  # type: ignore[no-untyped-call]
        refs = (f"{ref.docname} {ref.targets}" for ref in self._refs_in(order))
        return digest([digest_of_files(self.bibdata.bibfiles), lists, "\n".join(refs),
                       ground(self.env)])  # fmt: skip

    def _refs_in(self, docnames: Sequence[str]) -> list[CitationRef]:
        """The citations, in the order of their pages."""
        order = {name: place for place, name in enumerate(docnames)}
        return sorted(self.citation_refs, key=lambda ref: order[ref.docname])

    def get_filtered_entries(
        self, bibliography_key: BibliographyKey
    ) -> Iterable[tuple[str, Entry]]:
        """The entries of a list of references, each with its key there."""
        self._prefix = self.bibliographies[bibliography_key].keyprefix
        return list(super().get_filtered_entries(bibliography_key))

    def get_entries(self, bibfiles: list[Path]) -> Iterable[Entry]:
        """The entries of files; who looks at one sees the citations of it alone."""
        for entry in super().get_entries(bibfiles):
            with self.showing(citation_refs=self.citing.get(self._prefix + entry.key, [])):
                yield entry

    def get_all_cited_keys(self, docnames: Sequence[str]) -> Iterator[str]:
        """The keys in the order in which pages cite them."""
        for ref in self._refs_in(docnames):
            yield from (target.key for target in ref.targets)

    def resolve_xref(  # type: ignore[override]  # noqa: PLR0913, PLR0917  # as the base class
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: addnodes.pending_xref,
        contnode: nodes.Element,
    ) -> nodes.Element:
        """What a citation becomes."""
        meant = self._meant(target)
        with self.showing(citations=meant):
            found = super().resolve_xref(env, fromdocname, builder, typ, target, node, contnode)
        works: Mapping[str, Told] = vars(env).get(TOLD, {})
        marks = {one.citation_id: works[one.entry.key].mark for one in meant
                 if one.entry.key in works}  # fmt: skip
        mark_links(found, {place: mark for place, mark in marks.items() if mark})
        return found

    def _meant(self, target: str) -> list[Citation]:
        """The works in lists that a citation means, in the order of the lists."""
        if self._places is None:
            self._places = defaultdict(list)
            for place, citation in enumerate(self.citations):
                self._places[citation.key].append(place)
        keys = set()
        with suppress(ValueError):  # which the base class raises anew
            keys = {one.key for one in parse_citation_targets(target)}
        places = sorted(place for key in keys for place in self._places.get(key, ()))
        return [self.citations[place] for place in places]


class IndexedBibliographyTransform(BibliographyTransform):
    """Writes each list as the base class does, which then finds none left."""

    default_priority = BibliographyTransform.default_priority - 1

    def run(self, **kwargs: object) -> None:
        """Write the lists of a page, then the links back from them to citations on the page."""
        lists = [*self.document.findall(bibliography)]
        if not lists:
            return
        domain: IndexedBibtexDomain = self.env.get_domain("cite")  # type: ignore[assignment]
        with domain.showing(citation_refs=[]):
            super().run(**kwargs)
        for one in lists:
            page = one["docname"]
            listed = domain.bibliographies[BibliographyKey(docname=page, id_=one["ids"][0])]
            for key, node in listed.citation_nodes.items():
                if isinstance(node, nodes.citation):
                    refs = (ref for ref in domain.citing.get(key, ()) if ref.docname == page)
                    node["backrefs"] = [ref.citation_ref_id for ref in refs]
