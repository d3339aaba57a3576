"""Every link of a project, with its true place: those of the pages, and those of the .bib files."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from docutils import nodes
from sphinx.builders.linkcheck import HyperlinkCollector
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from sphinx_evidence.bibliography.reader import Bibliography
from sphinx_evidence.links.archived_links import COPY
from sphinx_evidence.links.places import Places, Use
from sphinx_evidence.runtime.location import NodeLocator


@dataclass(frozen=True)
class Seen:
    """A link of a doctree."""

    uri: str
    docname: str
    path: Path
    line: int
    bare: bool  # readers see the address itself


def links_of_page(env: BuildEnvironment, doctree: nodes.document, docname: str) -> Iterator[Seen]:
    """Every use of every link of a page; what is a link, Sphinx says."""
    collector, locator = HyperlinkCollector(doctree), NodeLocator(env)
    for node in doctree.findall(nodes.Element):
        uri = collector.find_uri(node)
        if uri and COPY not in node["classes"]:
            path, line = locator.locate(node, Path(env.doc2path(docname)))
            yield Seen(uri, docname, path, line, node.astext() == uri)


def uses(
    seen: Iterable[tuple[Seen, str]], bibliography: Bibliography, config: Config
) -> Iterator[Use]:
    """The uses that are to be checked; with each link comes what events ask in its place.

    A list of references prints what stands in the .bib file, and there it is mended.
    """
    places, chosen = Places(), Chosen(config)
    entries = list(places.in_bibliography(bibliography))
    printed = {use.address for use in entries}
    printed |= {entry.get("url") for entry in bibliography.entries.values()}
    for link, asked in seen:
        if chosen.wants(asked, link.docname):
            asked_for = chosen.trimmed(asked)
            use = places.use(link.uri, asked_for, link.path, link.line, bare=link.bare)
            if use.column or not printed & {use.address, use.uri}:
                yield use
    yield from (use for use in entries if chosen.wants(use.address))


class Chosen:
    """What Sphinx's settings for its own check leave out."""

    def __init__(self, config: Config) -> None:
        """Compile the patterns."""
        self._documents = _patterns(config.linkcheck_exclude_documents)
        self._ignored = _patterns(config.linkcheck_ignore)
        self._anchors = _patterns(config.linkcheck_anchors_ignore)
        self._without_anchors = _patterns(config.linkcheck_anchors_ignore_for_url)
        self._looks_for_anchors = config.linkcheck_anchors

    def wants(self, uri: str, docname: str = "") -> bool:
        """Whether a link is one to ask; mail and telephone are not."""
        if not re.match(r"https?:|doi:", uri, re.IGNORECASE):
            return False
        return not _any(self._documents, docname) and not _any(self._ignored, uri)

    def trimmed(self, uri: str) -> str:
        """The link, without its anchor where that is not to be looked for."""
        address, _, anchor = uri.partition("#")
        looks = self._looks_for_anchors and not _any(self._without_anchors, address)
        return uri if looks and not _any(self._anchors, anchor) else address


def _patterns(given: Iterable[str]) -> list[re.Pattern[str]]:
    return [re.compile(pattern) for pattern in given]


def _any(patterns: Iterable[re.Pattern[str]], text: str) -> bool:
    return any(pattern.match(text) for pattern in patterns)
