"""Citations that bring brackets of their own into a bracket: ((Leamy, 2011))."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sphinx_evidence.markup.slip import OPAQUE, Slip
from sphinx_evidence.rulebook.rule import Rule

_LEADS = {"see", "see also", "cf.", "e.g.", "for example", "see, for example,", "see e.g."}


class Cited(NamedTuple):
    """A citation in a text: one character, with its target and whether it brings brackets."""

    at: int
    target: str
    bracketed: bool


def find_brackets(
    text: str, citations: Sequence[Cited], brackets: tuple[str, str], markup: str
) -> Iterator[Slip]:
    """One finding for each bracket that touches a citation's own."""
    ends = -1
    pairs = _pairs(text, brackets) if any(cited.bracketed for cited in citations) else []
    for cited in citations:
        around = [pair for pair in pairs if pair[0] < cited.at < pair[1]]
        if not cited.bracketed or not around or cited.at < ends:
            continue
        start, stop = max(around)  # the innermost
        lead, tail = text[start + 1 : cited.at], text[cited.at + 1 : stop]
        if lead.strip() and tail.strip():
            continue  # a citation amid the words of a bracket
        ends = stop
        inside = [other for other in citations if start < other.at < stop]
        shown = f"{brackets[0] * 2}…{brackets[1] * 2}"
        wrong = f'Readers would see "{shown}": the citation brings brackets of its own.'
        remedy = f"Write {_right(text[start + 1 : stop], inside, brackets, markup)}"
        sign = f"`{cited.target}`"
        yield Slip(Rule.CITATION_BRACKETS, sign, wrong, remedy, brackets[0], code=True)


def _pairs(text: str, brackets: tuple[str, str]) -> list[tuple[int, int]]:
    """Where each bracket that is closed opens and closes."""
    opened, pairs = list[int](), list[tuple[int, int]]()
    for found in re.finditer(rf"[{re.escape(''.join(brackets))}]", text):
        if found[0] == brackets[0]:
            opened.append(found.start())
        elif opened:
            pairs.append((opened.pop(), found.start()))
    return pairs


def _right(inside: str, citations: Sequence[Cited], brackets: tuple[str, str], markup: str) -> str:
    """The role alone where it can hold all words, else the words with a role without brackets."""
    role = "{{cite:{}}}`{}`" if markup == "myst" else ":cite:{}:`{}`"
    bare = inside.replace(OPAQUE, "").strip(" ,;&\n").removesuffix("and").strip(" ,;")
    targets = ",".join(cited.target for cited in citations)
    if not bare:
        return role.format("p", targets)
    if len(citations) == 1 and "{" not in targets:
        if bare in _LEADS and inside.strip().startswith(bare):
            return role.format("p", f"{{{bare}}}{targets}")
        if bare.startswith(("p. ", "pp. ", "p.", "para. ")) and len(bare.split()) < 3:  # noqa: PLR2004
            return role.format("p", f"{targets}{{{bare}}}")
    for cited in citations:
        inside = inside.replace(OPAQUE, role.format("alp", cited.target), 1)
    return brackets[0] + " ".join(inside.split()) + brackets[1]
