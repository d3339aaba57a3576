"""The words of a paragraph of Word as MyST: look, links, notes and roles; all else is plain."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sphinx_evidence.importing.citing import Role
from sphinx_evidence.word.blocks import Paragraph, Span
from sphinx_evidence.word.document import rendered

_SIGNS = re.compile(r"[\\`*_{}\[\]<>$|~^&]")
_FIRST = re.compile(
    r"^(\s*)(?=[#+\-=%:(!.\d])(\d{0,9})([#+\-=%:(!.)])"
)  # begins a block, in Markdown
_ADDRESS = re.compile(r"https?://[^\s<>\"\\]+[^\s<>\"\\.,;:)\]}’”']")
_WEB = re.compile(r"(?:https?://|mailto:)[^\s<>]+")
_POINTER = re.compile(r"\b(Table|Figure|Fig\.?|Box)\s(\d{1,3})(?![\w.]\d|\w)")


@dataclass(frozen=True)
class _Token:
    """Words of one look; ``raw`` are MyST already."""

    text: str
    mark: str = ""
    link: str = ""
    raw: bool = False


def inline(one: Paragraph, start: int, roles: Sequence[Role], names: frozenset[str]) -> str:
    """The paragraph, which begins at ``start`` of the document, in one line.

    ``names`` are those of the boxes, figures and tables of the whole document.
    """
    written = ""
    tokens = _tokens(one, start, roles)
    for (mark, link, raw), same in groupby(tokens, lambda one: (one.mark, one.link, one.raw)):
        words = "".join(token.text for token in same)
        if raw:
            written += words
            continue
        shown = _linked(words, link) if link else _plain(words, names)
        written += _marked(shown, mark)
    line = " ".join(written.split())
    return _FIRST.sub(lambda found: f"{found[1]}{found[2]}\\{found[3]}", line)


def _tokens(one: Paragraph, start: int, roles: Sequence[Role]) -> list[_Token]:
    pieces = iter(rendered(one).pieces)
    tokens: list[_Token] = []
    told: set[Role] = set()
    for span in one.spans:
        if span.note:
            tokens.append(_Token(f"[^{span.note}]", raw=True))
        if not span.text:
            continue
        at = start + next(pieces)[0]
        done = at
        for role in roles:
            if role.end <= done or role.start >= at + len(span.text):
                continue
            if role.start > done:
                tokens.append(_token(span, span.text[done - at : role.start - at]))
            if role not in told:  # which may begin with a mark, or in a span before
                told.add(role)
                tokens.append(_Token(role.text, raw=True))
            done = role.end
        if done < at + len(span.text):
            tokens.append(_token(span, span.text[done - at :]))
    return tokens


def _token(span: Span, text: str) -> _Token:
    mark = "sup" * span.raised + "sub" * span.lowered or "**" * span.bold + "*" * span.italic
    web = span.link if _WEB.fullmatch(span.link) else ""
    return _Token(text, mark, web)


def _linked(words: str, address: str) -> str:
    text = words.strip()
    if text.rstrip("/") == address.rstrip("/") or not text:
        return f"<{address}>"
    return f"{' ' * (words[:1] == ' ')}[{escaped(text)}](<{address}>){' ' * (words[-1:] == ' ')}"


def _plain(words: str, names: frozenset[str]) -> str:
    """Words as they are, with links at addresses, and references to what is there."""
    parts, at = [], 0
    for found in _ADDRESS.finditer(words):
        parts += [_referring(words[at : found.start()], names), f"<{found[0]}>"]
        at = found.end()
    return "".join([*parts, _referring(words[at:], names)])


def _referring(words: str, names: frozenset[str]) -> str:
    def role(found: re.Match[str]) -> str:
        kind = "figure" if found[1].startswith("Fig") else found[1].lower()
        name = f"{kind}-{found[2]}"
        return f"\0{name}\0" if name in names else found[0]

    shown = escaped(_POINTER.sub(role, words))
    return re.sub("\0([a-z]+-[0-9]+)\0", r"{numref}`\1`", shown)


def escaped(text: str) -> str:
    """Words as MyST shows them, whatever signs are in them."""
    text = "".join(sign if sign.isprintable() or sign in "\n\0" else " " for sign in text)
    return _SIGNS.sub(lambda found: f"\\{found[0]}", text)


def _marked(shown: str, mark: str) -> str:
    """Words in their look, where Markdown can tell it without a doubt."""
    inner = shown.strip()
    if not mark or not inner:
        return shown
    before, after = shown[: len(shown) - len(shown.lstrip())], shown[len(shown.rstrip()) :]
    if mark in {"sup", "sub"}:
        return f"{before}{{{mark}}}`{inner}`{after}" if re.fullmatch(r"[\w+-]+", inner) else shown
    sure = re.fullmatch(r"\w.*\w|\w", inner, re.DOTALL) and "<" not in inner and "`" not in inner
    return f"{before}{mark}{inner}{mark[::-1]}{after}" if sure else shown
