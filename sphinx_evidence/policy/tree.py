"""What a page came to when it was read: its addresses, its files, its letters."""

from collections.abc import Iterator
from pathlib import Path

import imagesize
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.diagnostics.finding import Finding, Location, display_path
from sphinx_evidence.policy.allowed import (
    COMMENT,
    FILES,
    PICTURES,
    SCHEMES,
    address_fault,
    is_inside,
)
from sphinx_evidence.policy.characters import find_characters
from sphinx_evidence.policy.page import active_content
from sphinx_evidence.policy.settings import PolicySettings
from sphinx_evidence.policy.sources import FOUND
from sphinx_evidence.policy.svg import svg_faults
from sphinx_evidence.rulebook.rule import Rule, Severity
from sphinx_evidence.runtime.abort import faults
from sphinx_evidence.runtime.cells import is_output
from sphinx_evidence.runtime.config import read, register
from sphinx_evidence.runtime.location import NodeLocator
from sphinx_evidence.runtime.shared import SharedSettings, severities_of
from sphinx_evidence.text.lines import Lines


class _Page:
    """One page as it was read."""

    def __init__(self, env: BuildEnvironment, doctree: nodes.document) -> None:
        """Know the page; its source is read when a fault has to be located."""
        self.env, self.doctree = env, doctree
        self.path = Path(env.doc2path(env.docname))
        self.allowed = read(PolicySettings, env.config)
        self.locator = NodeLocator(env)

    def at(self, node: nodes.Element, words: str) -> Location:
        """The place of words of a node."""
        path, line = self.locator.locate(node, self.path)
        found = self.locator.sources[path].find(words, line=line) if words else None
        line, column = found or (line, 0)
        return Location(display_path(path), line, column)

    def findings(self) -> Iterator[Finding]:
        """Everything that a page of this project may not hold."""
        own = severities_of(self.env.config)
        looks = {
            Rule.POLICY_CONTENT: self.html,
            Rule.POLICY_ADDRESS: self.addresses,
            Rule.POLICY_FILE: self.files,
            Rule.POLICY_CHARACTER: self.characters,
        }
        for rule, look in looks.items():
            if own[rule] is not Severity.OFF:
                yield from look()

    def html(self) -> Iterator[Finding]:
        """HTML that does something; what is inert is for another rule."""
        for raw in self.doctree.findall(nodes.raw):
            for words in active_content(raw.astext(), self.allowed.names("schemes", SCHEMES)):
                wrong = f"Pages may not hold {words}."
                remedy = "Write it in the markup of the page."
                place = self.at(raw, Lines(raw.astext().strip()).line(1))
                yield place.finding(Rule.POLICY_CONTENT, wrong, remedy, words)

    def addresses(self) -> Iterator[Finding]:
        """Addresses of a kind that is not allowed, and pictures from elsewhere."""
        schemes = self.allowed.names("schemes", SCHEMES)
        for node, uri in self._addresses():
            if fault := address_fault(uri, schemes):
                wrong, remedy = (
                    f'"{uri[:60]}": {fault}.',
                    "Write an address that begins with https://.",
                )
                yield self.at(node, uri).finding(Rule.POLICY_ADDRESS, wrong, remedy, uri)
        for image in self.doctree.findall(nodes.image):
            uri = image["uri"]
            if address_fault(uri, frozenset()):
                wrong = f'The picture "{uri[:60]}" lies elsewhere.'
                remedy = "Put it into the project, and give its path."
                yield self.at(image, uri).finding(Rule.POLICY_ADDRESS, wrong, remedy, uri)

    def _addresses(self) -> Iterator[tuple[nodes.Element, str]]:
        for node in self.doctree.findall(nodes.Element):
            if "refuri" in node:
                yield node, str(node["refuri"])
            if isinstance(node, addnodes.toctree):  # a list of contents stands on every page
                yield from ((node, str(target)) for _, target in node["entries"])

    def files(self) -> Iterator[Finding]:
        """Pictures and downloads from elsewhere, or of a kind that is not allowed."""
        endings = self.allowed.names("files", FILES)
        for node, named, path in self._files():
            remedy = "Put the file beside the page, and give its name."
            ending = path.suffix.lstrip(".").lower()
            if not is_inside(path, Path(self.env.srcdir)):
                wrong = f'"{named}" lies outside the folder of the pages.'
            elif ending not in endings:
                wrong = f'Pages may not show or offer files that end in ".{ending}".'
                remedy = f"Use one of: {', '.join(sorted(endings))}."
            elif path.exists() and not path.is_file():
                wrong = f'"{named}" is a folder or a device, not a file.'
            elif ending in PICTURES - {"svg"} and path.is_file() and _size(path) == (-1, -1):
                wrong = f'"{named}" is no picture, whatever its name says.'
                remedy = "Save the picture again, and put that file here."
            else:
                yield from _svg(path)
                continue
            yield self.at(node, named).finding(Rule.POLICY_FILE, wrong, remedy, named)

    def _files(self) -> Iterator[tuple[nodes.Element, str, Path]]:
        """Each file that the page asks for: as it is named there, and where it lies."""
        for image in self.doctree.findall(nodes.image):
            # One for each format, where a star stands for the ending.
            for named in {image["uri"], *image.get("candidates", {}).values()}:
                if not named.endswith(".*") and not address_fault(named, frozenset()):
                    yield image, named, Path(self.env.srcdir, named.lstrip("/"))
        for download in self.doctree.findall(addnodes.download_reference):
            named = download["reftarget"]
            if not address_fault(named, frozenset()):
                yield download, named, Path(self.env.relfn2path(named)[1])

    def characters(self) -> Iterator[Finding]:
        """Hidden characters of the source, and those that the page names by a number."""
        source = self.locator.sources[self.path]
        found = [(source.position(offset), name) for offset, name in find_characters(source.text)]
        for place, name in found:
            yield _hidden(Location(display_path(self.path), *place), name)
        texts = self.doctree.findall(nodes.Text) if not found else ()
        for text in (text for text in texts if not is_output(text)):
            for _, name in find_characters(text.astext()):  # without docutils' own marks
                yield _hidden(self.at(text.parent, ""), name)


def _size(path: Path) -> tuple[int, int]:
    """Width and height; -1 where the file holds no picture."""
    width, height = imagesize.get(path)
    return int(width), int(height)


def _svg(path: Path) -> Iterator[Finding]:
    if path.suffix.lower() == ".svg" and path.is_file():
        for line, words in svg_faults(path):
            wrong = f"The picture holds {words}, which pictures may not."
            remedy = "Save it again as plain SVG, or delete that part."
            yield Location(display_path(path), line).finding(Rule.POLICY_FILE, wrong, remedy)


def _hidden(place: Location, name: str) -> Finding:
    wrong = f"A character that is not seen stands here: {name}."
    return place.finding(Rule.POLICY_CHARACTER, wrong, "Delete it, and type the words again.")


def check_tree(app: Sphinx, doctree: nodes.document) -> None:
    """Keep what is wrong for the gate, and take comments out: no writer has to trust them."""
    for raw in list(doctree.findall(nodes.raw)):
        if COMMENT.fullmatch(raw.astext()):
            raw.parent.remove(raw)
    found = [*(app.env.temp_data.get(FOUND) or ()), *_Page(app.env, doctree).findings()]
    if found:
        doctree += faults(findings=found)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look at each page once, after Sphinx has found its files (500)."""
    register(app, PolicySettings, SharedSettings)
    app.connect("doctree-read", check_tree, priority=800)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
