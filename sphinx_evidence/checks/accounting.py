"""The accounting of words: what was written is what was read, or the build stops and says where.

Parsers drop what they do not understand without a word. So each word of a source has to be in the
tree that was read from it, as often as it was typed. What is left out on purpose is no word of
the source: comments, and what `sphinx_evidence.markup.source_words` takes for markup.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from docutils.parsers.rst.languages import en
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.citations.plain_text import markup_of
from sphinx_evidence.diagnostics.finding import Finding, Location, display_path
from sphinx_evidence.markup.source_words import Word, source_words, words_in
from sphinx_evidence.rulebook.rule import Rule, Severity
from sphinx_evidence.runtime.abort import faults
from sphinx_evidence.runtime.shared import severities_of
from sphinx_evidence.text.lines import Lines

_UNSEEN = (
    nodes.comment, nodes.Invisible, nodes.system_message, nodes.substitution_definition,
    addnodes.index,
)  # fmt: skip
_ATTRIBUTES = ("alt", "caption", "explanation", "reftitle")
# What is shown as it is typed: the directives of docutils, Sphinx and these extensions.
_PLAIN = re.compile(r"(?:docutils|myst_parser|sphinx(?!\.ext)|sphinx_design|sphinx_evidence)\.")
_NOTEBOOK = ".ipynb"  # whose source is no text, but JSON
_UNDERLINE = re.compile(r"([^\w\s])\1{2,}\s*")
_MOST = 12  # words that a message gives


def check_words(app: Sphinx, doctree: nodes.document) -> None:
    """Keep for the gate what was typed on a page and not read."""
    if severities_of(app.config)[Rule.PAGE_LOST] is Severity.OFF:
        return
    path = Path(app.env.doc2path(app.env.docname))
    if path.suffix == _NOTEBOOK:
        return
    lines = Lines(path.read_text("utf-8", "replace"))
    markup = markup_of(path)
    typed = source_words(lines.text, markup=markup, shows=_shows(app.env))
    found = [_finding(run, lines, path, markup) for run in lost(typed, tree_words(doctree))]
    if found:
        doctree += faults(findings=found)


def tree_words(tree: nodes.Node) -> Iterator[str]:
    """The words of a tree that reach readers, in one way or another."""
    parts: list[str] = []
    holder: Any = None
    for node in tree.findall(descend=True):
        if isinstance(node, nodes.Text):
            block: Any = node.parent
            while isinstance(block, nodes.Inline):
                block = block.parent  # type: ignore[attr-defined]
            if not _is_unseen(node.parent):
                parts += ["" if block is holder else "\n", node.astext().replace("\0", "")]
            holder = block
        elif isinstance(node, addnodes.pending_xref) and node.get("refdomain") == "cite":
            parts.append(f"\n{node['reftarget']}\n")
        elif isinstance(node, nodes.Element):
            parts += [f"\n{node[name]}\n" for name in _ATTRIBUTES if node.get(name)]
    return (word.text for word in words_in("".join(parts)))


def lost(typed: Sequence[Word], read: Iterator[str]) -> Iterator[list[Word]]:
    """The runs of words that were typed more often than they were read."""
    left = Counter(word.text for word in typed)
    left.subtract(read)
    # Markup between them has parted words on one side only.
    rest = "\n".join(word for word, count in left.items() for _ in range(-count))
    missing = {word: count for word, count in left.items() if count > 0}
    for word in sorted(missing, key=len, reverse=True):
        while missing[word] and word in rest:
            rest = rest.replace(word, "\n", 1)
            missing[word] -= 1
    yield from _runs(typed, {word: count for word, count in missing.items() if count})


def _runs(typed: Sequence[Word], missing: dict[str, int]) -> Iterator[list[Word]]:
    """Where the missing words stand: where most of them stand together, each once."""
    spans: list[list[Word]] = []
    for word, before in zip(typed, [None, *typed], strict=False):
        if word.text not in missing:
            continue
        if spans and spans[-1][-1] is before:
            spans[-1].append(word)
        else:
            spans.append([word])
    for span in sorted(spans, key=len, reverse=True):
        run = []
        for word in span:
            if missing[word.text]:
                missing[word.text] -= 1
                run.append(word)
        if run:
            yield run


def _is_unseen(node: Any) -> bool:  # noqa: ANN401  # docutils does not type a parent
    while node is not None:
        if isinstance(node, _UNSEEN) or node.get("refdomain") == "cite":
            return True
        node = node.parent
    return False


def _shows(env: BuildEnvironment) -> Callable[[str], bool]:
    """Whether a directive shows its content as it is."""
    known: dict[str, bool] = {}

    def shows(name: str) -> bool:
        if name not in known:
            found: object = env.domains.standard_domain.directive(name)
            if name in en.directives or name in directives._directives:  # type: ignore[attr-defined]  # noqa: SLF001
                found, _ = directives.directive(name, en, nodes.document(None, None))  # type: ignore[arg-type]
            own = isinstance(found, type) and issubclass(found, Directive)
            known[name] = own and bool(_PLAIN.match(found.__module__))
        return known[name]

    return shows


def _finding(run: Sequence[Word], lines: Lines, path: Path, markup: str) -> Finding:
    line, column = lines.position(run[0].offset)
    words = " ".join(word.text for word in run[:_MOST]) + ("…" if len(run) > _MOST else "")
    wrong = f"“{words}” is typed here, but would reach no reader."
    typed = lines.line(line).strip()
    remedy = "Put an empty line before it and after it, and look at the page."
    if markup == "myst" and typed.startswith("%"):
        remedy = "A line that begins with % is a comment: begin it with \\%."
    elif markup == "myst" and re.match(r"\[[^\[\]]+\]:", typed):
        remedy = "This defines the target of a link, which no link uses: write \\[ for a bracket."
    elif "|" in typed and markup == "myst":
        remedy = "A row has no more cells than the head of its table: add | to the head."
    elif markup == "rst" and typed.startswith(".. _"):
        remedy = "Behind the name of a target stands where it leads: put the words two lines below."
    elif markup == "rst" and (sign := _UNDERLINE.fullmatch(lines.line(line + 1))):
        remedy = (
            f"Underlined with {sign[1]}, this title skips a level: "
            "take the sign of titles one level below the one above it."
        )
    elif markup == "rst" and typed.startswith(".."):
        remedy = "This is a comment: a directive has two colons, as in .. note::"
    return Location(display_path(path), line, column).finding(Rule.PAGE_LOST, wrong, remedy)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Count once all have changed the tree that was read."""
    app.connect("doctree-read", check_words, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
