"""Blocks in blocks in blocks, deeper than they can be read and set.

MyST leaves out what is nested deeper than some ten lists, without a word, and Typst stops at the
eighth quotation.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.build_phase import BuildPhase
from sphinx.util.nodes import traverse_parent
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.boxes import box
from sphinx_evidence.checks.blocks import is_indented_list
from sphinx_evidence.checks.markup import Locate
from sphinx_evidence.diagnostics.finding import Finding, Location, display_path
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.runtime.abort import abort_on
from sphinx_evidence.text.source import Sources

MOST = 6  # blocks in one another
_BLOCKS = (
    nodes.Admonition, nodes.block_quote, nodes.bullet_list, nodes.definition_list,
    nodes.enumerated_list, nodes.table, box,
)  # fmt: skip
_MARKS = re.compile(r"[*_>\[\]:`~-]")
_REMEDY = "Take it out of some of them, or give it a section of its own."


def check_nesting(doctree: nodes.document, locate: Locate) -> Iterator[Finding]:
    """What is too deep, once for each outermost block."""
    told: set[nodes.Element] = set()
    for node in doctree.findall(nodes.Element):
        if not _is_block(node):
            continue
        around = list(filter(_is_block, traverse_parent(node)))
        if len(around) > MOST and around[-1] not in told:
            told.add(around[-1])
            wrong = f"This stands in {MOST} others: lists, quotations, boxes or tables."
            yield locate(node).finding(Rule.BLOCK_NESTED, wrong, _REMEDY)


def _is_block(node: nodes.Element) -> bool:
    quote = isinstance(node, nodes.block_quote)
    return isinstance(node, _BLOCKS) and not (quote and is_indented_list(node))


def stop_at_recursion(app: Sphinx, error: Exception | None) -> None:
    """Name the line farthest in, or with the most marks, where a page was too deep to be read."""
    # With -j, the words alone have come from another process, and without the page.
    too_deep = isinstance(error, RecursionError) or str(error).startswith("RecursionError")
    if not too_deep or app.builder.phase is not BuildPhase.READING:
        return
    names = [app.env.current_document.docname or "", *sorted(app.env.found_docs)]
    paths = [Path(app.env.doc2path(name)) for name in (names[:1] if names[0] else names[1:])]
    marks = [
        (_depth(line), Location(display_path(path), number))
        for path in paths for number, line in enumerate(Sources()[path].texts, 1)
    ]  # fmt: skip
    _, at = max(marks, key=lambda one: one[0])  # the first of several
    wrong = "What stands here or near is nested too deep to be read."
    abort_on([at.finding(Rule.BLOCK_NESTED, wrong, _REMEDY)])


def _depth(line: str) -> int:
    return len(_MARKS.findall(line)) + len(line) - len(line.lstrip())


def setup(app: Sphinx) -> ExtensionMetadata:
    """Listen to how the reading ends, when others have tidied up."""
    app.connect("build-finished", stop_at_recursion, priority=1000)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
