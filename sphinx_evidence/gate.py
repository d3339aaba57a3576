"""The gate: nothing is written while a citation, a reference or an image is at fault.

It stands between reading and writing, so it holds for every builder and needs no ``-W``.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import docname_join
from sphinx.util.nodes import get_node_line, get_node_source
from sphinx.util.typing import ExtensionMetadata
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.domain import BibtexDomain

from sphinx_evidence.bibliography import fields
from sphinx_evidence.bibliography.reader import Bibliography, read_files
from sphinx_evidence.boxes import box, box_title
from sphinx_evidence.citations import rules as citation_rules
from sphinx_evidence.citations.rules import Use
from sphinx_evidence.crossrefs import rules as crossref_rules
from sphinx_evidence.crossrefs.rules import Image, Numbered, Reference, Targets
from sphinx_evidence.findings import Finding, line_of, shown
from sphinx_evidence.references.reference_list import further_reading
from sphinx_evidence.stopping import faults, stop_on

# From a node, and words to look for after it, to file and line.
Place = Callable[..., tuple[str, int]]

# A role or a fence that was not recognised, and citations in the form of other systems.
_UNREAD = re.compile(
    r"\{(cite:?\s*\w*|numref|ref|doc|term)\}|^\s*[`:~]{3,}\{[\w-]+\}|\bcite:(p|t|ct|alp)\b|\[@\w+",
    re.MULTILINE,
)


class Pages:
    """The facts that the rules need, collected page by page from the doctrees."""

    def __init__(self, env: BuildEnvironment) -> None:
        """Read every doctree once."""
        self.env = env
        self._lines: dict[Path, list[str]] = {}
        self.uses: list[Use] = []
        self.references: list[Reference] = []
        self.numbered: list[Numbered] = []
        self.images: list[Image] = []
        self.findings: list[Finding] = []
        self.std = env.domains.standard_domain
        for docname in sorted(env.found_docs):
            self._collect(docname)

    def _place(self, node: nodes.Element, docname: str, *words: str) -> tuple[str, int]:
        """File and line of a node, or of the first of ``words`` from there on."""
        # A directive may have set another file: one that it reads texts from.
        source = Path(get_node_source(node) or self.env.doc2path(docname))
        if not source.is_file():
            source = self.env.doc2path(docname)
        if source not in self._lines:
            self._lines[source] = source.read_text("utf-8").splitlines()
        line = get_node_line(node) or 1
        for word in words:
            line = line_of(word, self._lines[source], start=line)
        return shown(source), line

    def _collect(self, docname: str) -> None:
        def place(node: nodes.Element, *words: str) -> tuple[str, int]:
            return self._place(node, docname, *words)

        doctree = self.env.get_doctree(docname)
        self.findings.extend(_content(doctree, place))
        for xref in doctree.findall(addnodes.pending_xref):
            if xref.get("refdomain") == "cite":
                for key in _keys(xref["reftarget"]):
                    self.uses.append(Use(key, *place(xref, key)))
            else:
                self.references.extend(_reference(xref, place(xref, xref["reftarget"])))
        for marker in doctree.findall(further_reading):
            for key in marker["keys"]:
                self.uses.append(Use(key, *place(marker, key), further_reading=True))
        for image in doctree.findall(nodes.image):
            uri = image.get("uri", "")
            self.images.append(Image(uri, image.get("alt", ""), *place(image, Path(uri).name)))
        numbered: Iterator[nodes.Element] = doctree.findall(self._is_numbered)  # type: ignore[assignment]
        for node in numbered:
            kind = self.std.get_enumerable_node_type(node) or node.tagname
            title = self.std.get_numfig_title(node) or "without a title"
            names = tuple(name for name in node["names"] if name)
            self.numbered.append(Numbered(kind, title, names, *place(node)))

    def _is_numbered(self, node: nodes.Node) -> bool:
        """Boxes, tables, figures and what else is numbered, but not containers of code."""
        return type(node) in self.std.enumerable_nodes and not isinstance(node, nodes.container)

    def listed(self) -> set[str]:
        """The keys that some list of references shows."""
        domain: BibtexDomain = self.env.get_domain("cite")  # type: ignore[assignment]
        lists = map(domain.get_filtered_entries, domain.bibliographies)
        return {key for entries in lists for key, _ in entries}

    def targets(self) -> Targets:
        """Everything on the pages that a reference can lead to."""
        env, std = self.env, self.std
        names = {**std.anonlabels, **std.labels}
        headings: dict[str, set[str]] = {docname: set() for docname in env.found_docs}
        for docname in env.found_docs:
            slugs = env.metadata[docname].get("myst_slugs", {})
            headings[docname] = {*slugs, *(slug[1] for slug in slugs.values())}
        for name, (docname, anchor, *_) in names.items():
            headings.setdefault(docname, set()).update((name, anchor))
        numbered = {
            name
            for name, (docname, anchor, *_) in names.items()
            if any(anchor in ids for ids in env.toc_fignumbers.get(docname, {}).values())
            or f"#{anchor}" in env.toc_secnumbers.get(docname, {})
        }
        terms = {name for kind, name in std.objects if kind == "term"}
        return Targets(set(env.found_docs), headings, set(names), numbered, terms)


def _keys(target: str) -> list[str]:
    """The keys of a citation; the whole text where it cannot be read, which then is no key."""
    try:
        return [target.key for target in parse_citation_targets(target)]
    except ValueError:
        return [target]


def _content(doctree: nodes.document, place: Place) -> Iterator[Finding]:
    """What is wrong with the text of a page by itself."""
    for carrier in doctree.findall(faults):
        yield from carrier["findings"]
    for text in doctree.findall(nodes.Text):
        yield from _markup_left(text, place)
    for raw in doctree.findall(nodes.raw):
        yield from _raw_html(raw, place)
    for around in doctree.findall(box):
        for heading in around.findall(nodes.rubric):
            wrong = f'A heading, "{heading.astext()}", stands in the box "{box_title(around)}".'
            remedy = "Close the box before it, with as many backticks as it begins with."
            yield Finding(*place(heading), "box-open", wrong, remedy)


def _markup_left(text: nodes.Text, place: Place) -> Iterator[Finding]:
    """A role or directive that was read as plain text or, after a broken fence, as code."""
    found = _UNREAD.search(text)
    # Code that names its language may well show markup on purpose.
    shown_on_purpose = text.parent.get("language", "none") not in {"none", "default", "text"}
    if found and not shown_on_purpose and not isinstance(text.parent, nodes.literal | nodes.raw):
        wrong = f'"{found[0]}" is not read as markup, so readers would see it.'
        remedy = "Write {cite:p}`key`: no space, a backtick at both ends; none in a fence's title."
        yield Finding(*place(text.parent, found[0].strip()), "markup-left", wrong, remedy)


def _raw_html(node: nodes.raw, place: Place) -> Iterator[Finding]:
    """HTML that other formats would drop without a word; a remark is no text."""
    text = re.sub(r"(?s)<!--.*?-->", "", node.astext()).strip()
    if text and "html" in node["format"].split() and "html-only" not in node["classes"]:
        wrong = f'"{text[:40]}" is HTML, which the PDF cannot show.'
        yield Finding(*place(node), "raw-html", wrong, "Write it in Markdown.")


def _reference(node: addnodes.pending_xref, place: tuple[str, int]) -> Iterator[Reference]:
    """The cross-reference of a node, if it is of a kind that the rules know."""
    kind, target = node.get("reftype"), str(node["reftarget"])
    if kind == "myst" and node.get("refdomain") == "doc":
        yield Reference("page", target, *place)
        if node.get("reftargetid"):
            yield Reference("heading", node["reftargetid"], *place, page=target)
    elif kind == "myst" and not node.get("reflocalid"):
        yield Reference("name", target, *place)
    elif kind == "numref":
        yield Reference("number", target, *place)
    elif kind in {"ref", "keyword"}:
        yield Reference("name", target, *place)
    elif kind == "doc":
        yield Reference("page", docname_join(node["refdoc"], target), *place)
    elif kind == "term":
        yield Reference("term", target, *place)


def bib_paths(config: Config, confdir: Path) -> list[Path]:
    """The .bib files of the project, as sphinxcontrib-bibtex finds them."""
    return [(confdir / name).resolve() for name in config.bibtex_bibfiles or []]


def find_all(pages: Pages, bibliography: Bibliography, config: Config) -> list[Finding]:
    """Every finding of every rule, in the order of files and lines."""
    statuses = list(config.evidence_reference_status)
    return sorted({
        *bibliography.findings,
        *fields.check(bibliography),
        *pages.findings,
        *citation_rules.unlisted(pages.uses, bibliography, pages.listed()),
        *citation_rules.check(pages.uses, bibliography, statuses),
        *crossref_rules.check(pages.references, pages.numbered, pages.images, pages.targets()),
    })  # fmt: skip


def check_bibliography(app: Sphinx, config: Config) -> None:
    """Stop before sphinxcontrib-bibtex reads a .bib file that it would read wrongly."""
    bibliography = read_files(bib_paths(config, Path(app.confdir)))
    # pybtex stops with a traceback at a name that it cannot read.
    people = [f for f in fields.check(bibliography) if f.rule in {"bib-author", "bib-editor"}]
    stop_on([*bibliography.findings, *people])


def check_encoding(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Stop before Sphinx fails at a page that is not UTF-8."""
    del app
    findings = []
    for path in map(env.doc2path, docnames):
        try:
            path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            wrong = "A letter on this line is not UTF-8."
            remedy = "Save the file with UTF-8 encoding."
            findings.append(Finding(shown(path), line, "page-encoding", wrong, remedy))
    stop_on(findings)


def check_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Stop before anything is written, also where an earlier run has read the pages."""
    bibliography = read_files(bib_paths(app.config, Path(app.confdir)))
    stop_on(find_all(Pages(env), bibliography, app.config))
    return []


def read_again(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Pages that a stopped run has read: newer on disk than what Sphinx knows of them."""
    del changed, removed
    saved = Path(app.doctreedir, ENV_PICKLE_FILENAME)
    if not saved.is_file():
        return []
    limit = saved.stat().st_mtime_ns
    trees = {name: Path(app.doctreedir, f"{name}.doctree") for name in env.found_docs - added}
    return [n for n, tree in trees.items() if tree.is_file() and tree.stat().st_mtime_ns > limit]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Hang the two checks into the build."""
    app.connect("config-inited", check_bibliography)
    app.connect("env-get-outdated", read_again)
    app.connect("env-before-read-docs", check_encoding)
    # After the collectors have given numbers to boxes, tables and figures (500); before the
    # environment is saved, so that a run that was stopped is stopped again.
    app.connect("env-get-updated", check_pages, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
