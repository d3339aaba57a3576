"""Citations that bring brackets of their own into a bracket: ((Leamy, 2011))."""

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
    for cited in citations:
        start = _around(text, cited.at, brackets)
        stop = _around(text, cited.at, brackets, step=1)
        if not cited.bracketed or start < 0 or stop < 0 or cited.at < ends:
            continue
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


def _around(text: str, at: int, brackets: tuple[str, str], *, step: int = -1) -> int:
    """The offset of the bracket that is open at an offset, or of the one that closes it."""
    wanted, other = brackets if step < 0 else brackets[::-1]
    depth, at = 0, at + step
    while 0 <= at < len(text):
        if text[at] == wanted:
            if not depth:
                return at
            depth -= 1
        depth += text[at] == other
        at += step
    return -1


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
