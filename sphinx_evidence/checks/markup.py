"""Faults in the text of a page by itself: markup that was not read, HTML, boxes left open."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from docutils import nodes

from sphinx_evidence.boxes import box, box_title
from sphinx_evidence.citations.plain_text import markup_of, role
from sphinx_evidence.diagnostics.finding import Finding, Location, did_you_mean, nearest
from sphinx_evidence.markup.parser_messages import unclosed_role
from sphinx_evidence.policy.allowed import COMMENT
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.runtime.abort import faults
from sphinx_evidence.text.fences import Fence, fences
from sphinx_evidence.text.lines import Lines

# From a node, words to look for from there on, and what stands before them, to their location.
Locate = Callable[..., Location]

_NOT_PROSE = (nodes.comment, nodes.literal, nodes.math, nodes.math_block, nodes.raw)
# A role or a fence that was not recognised, and citations in the form of other systems.
_ROLES = r"(?:foot)?cite\W?\s*\w*|numref|ref|doc|term"
_UNREAD = re.compile(
    rf"\{{(?P<myst>{_ROLES})\}}|:(?P<rst>(?:foot)?cite:\w+|numref|ref|doc|term):(?!\w)"
    r"|^\s*[`:~]{3,}\{[\w-]+\}|\bcite:(?:p|t|ct|alp)\b",
    re.MULTILINE,
)
_FENCED = re.compile(r"[`:~]{3,}(\{[\w-]+\})")
_BEGUN = re.compile(r"[\s>*+\d.)-]*(?:`{3,}|~{3,})")
_FENCED_AGAIN = "See that the block around it has more backticks, and that the one above is closed."
_PANDOC = re.compile(r"\[(?:[^\[\]@]{0,80}[\s;-])?-?@\{?\w[^\[\]]{0,400}\]|\[-?@\{?\w+")
_PANDOC_CITED = re.compile(
    r"(?P<before>[^\[\]@]*?)-?@(?P<key>\w[\w:.+/-]*\w|\w)[\s,]*(?P<after>[^\]]*)"
)
_PANDOC_NUMBERED = re.compile(r"(?:fig|figure|tbl|tab|table|eq|sec|lst)[:-]", re.IGNORECASE)


def check_markup(
    doctree: nodes.document, locate: Locate, keys: Iterable[str], lines: Lines
) -> Iterator[Finding]:
    """What is wrong with the text of a page by itself; ``keys`` are those of the works."""
    for carrier in doctree.findall(faults):
        yield from carrier["findings"]
    astray = any(_holds_another(fence, lines) for fence in fences(lines, colons=False))
    for text in doctree.findall(nodes.Text):
        if astray or not _is_example(text.parent, lines, locate):
            yield from _markup_left(text, locate, keys)
    for raw in doctree.findall(nodes.raw):
        yield from _raw_html(raw, locate)
    for around in doctree.findall(box):
        for heading in around.findall(nodes.rubric):
            wrong = f'A heading, "{heading.astext()}", stands in the box "{box_title(around)}".'
            remedy = "Close the box before it, with as many backticks as it begins with."
            yield locate(heading, heading.astext()).finding(
                Rule.BOX_OPEN, wrong, remedy, heading.astext()
            )


def _is_example(node: nodes.Element, lines: Lines, locate: Locate) -> bool:
    """Whether markup stands in code on purpose: code of MyST that is indented may be a slip."""
    if not isinstance(node, nodes.literal_block):
        return False
    place = locate(node)
    begun = _BEGUN.match(lines.line(place.line))
    return markup_of(Path(place.path)) == "rst" or bool(begun)


def _holds_another(fence: Fence, lines: Lines) -> bool:
    """Whether a fence without a name holds the first line of a block that it cannot hold."""
    rest = range(fence.first + 1, (fence.last or len(lines.texts)) + 1)
    begun = re.compile(rf" {{0,3}}{fence.marks}+\{{")
    return not fence.words and any(begun.match(lines.line(number)) for number in rest)


def _markup_left(text: nodes.Text, locate: Locate, keys: Iterable[str]) -> Iterator[Finding]:
    """A role or directive that was read as plain text or, after a broken fence, as code."""
    # Code that names its language may well show markup on purpose.
    on_purpose = text.parent.get("language", "none") not in {"none", "default", "text"}
    if on_purpose or isinstance(text.parent, _NOT_PROSE):
        return
    found = _UNREAD.search(text)
    if found:
        words = found[0].strip()
        fenced = _FENCED.match(words)
        # The same words may stand before as markup: look for what stands around them, too.
        start = found.start() + found[0].index(words)
        lead = text[max(text.rfind("\n", 0, start) + 1, start - 20) : start]
        location = locate(text.parent, words, lead)
        name = found["myst"] or found["rst"] or ""
        typed = re.sub(r"\W+", ":", name.strip()) if name else "cite:p"
        rule, wrong, remedy = unclosed_role(typed, words, markup=markup_of(Path(location.path)))
        if fenced:
            remedy = (
                f"{_FENCED_AGAIN} A title with backticks needs ~~~{fenced[1]} above, ~~~ below."
            )
        yield location.finding(rule, wrong, remedy, words)
    for found in _PANDOC.finditer(text):
        words = Lines(found[0]).line(1)
        wrong = f'"{words}" is not read as markup, so readers would see it.'
        location = locate(text.parent, words)
        remedy = _for_pandoc(found[0], markup_of(Path(location.path)), keys)
        yield location.finding(Rule.CITATION_PANDOC, wrong, remedy, words)


def _for_pandoc(bracket: str, markup: str, keys: Iterable[str]) -> str:
    """The role for a citation in Pandoc's form, with the words before and behind each key."""
    bracket = re.sub(r"@\{([^{}]+)\}", r"@\1", bracket)
    parts = re.split(r";(?=[^;]*@)", bracket)  # other words belong to the work before them
    cited = [found for part in parts if (found := _PANDOC_CITED.search(part))]
    named = [found["key"] for found in cited]
    if all(_PANDOC_NUMBERED.match(key) for key in named):
        return f"Write {' and '.join(f'{{numref}}`{key}`' for key in named)}."
    targets = [
        "".join((
            f"{{{before}}}" if (before := " ".join(found["before"].split())) else "",
            found["key"],
            f"{{{after}}}" if (after := " ".join(found["after"].split())) else "",
        ))
        for found in cited
    ]  # fmt: skip
    remedy = f"Write {role('p', ','.join(targets), markup=markup)}."
    for key in sorted({*named}.difference(keys)):
        near = [f'"{name}"' for name in nearest(key, keys)]
        remedy += f' No reference has the key "{key}". {did_you_mean(near, "Add the work.")}'
    return remedy


def _raw_html(node: nodes.raw, locate: Locate) -> Iterator[Finding]:
    """HTML that other formats would drop without a word; a comment is no text."""
    text = node.astext().strip()
    if text and "html" in node["format"].split() and not COMMENT.fullmatch(text):
        wrong = f'"{text[:40]}" is HTML, which the PDF cannot show.'
        words = Lines(text).line(1)
        yield locate(node, words).finding(Rule.RAW_HTML, wrong, "Write it in Markdown.", words)
