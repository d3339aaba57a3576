"""A writer's own words in a block, and where its sentences begin."""

import re
from collections.abc import Iterator

OPAQUE = "\ufffc"  # stands for what are nobody's words, or somebody else's
# What is no word of the writer: code and roles, addresses and files, HTML, quoted words.
_NOT_OWN = (
    re.compile(r"(?:\{[\w:+.-]+\})?(?<!`)(`+)(?!`)(?:(?!\1(?!`)).)+\1(?!`)", re.DOTALL),
    re.compile(r"(?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)"),
    re.compile(r"<[!/?a-zA-Z][^<>]*>"),
    re.compile(r"(?:https?://|www\.)[^\s<>]*[^\s<>.,;:!?)\]’”*_]"),
    re.compile(r"(?<![\w/])[\w./-]{0,80}\w\.[a-z]\w{1,4}\b(?![\w/])(?:#[\w-]+)?"),
    re.compile(r"(?<=[\w\])}])\{[^{}\n]*\}"),  # attributes, as in [word]{.class}
    re.compile(r"“[^”]*”|«[^»]*»|„[^“”]*[“”]"),
    re.compile(r"(?<![\w”])\"[^\"]*\"(?!\w)"),
    re.compile(r"(?<!\w)‘[^‘’]*(?:’\w[^‘’]*)*’(?!\w)"),
)
# Of the writer, but a title or an aside: a stop in it ends no sentence.
_ASIDE = (
    re.compile(r"\[[^\[\]]*\]"),
    re.compile(r"\([^()]*\)"),
    re.compile(r"(?<![\w*])(\*{1,3})(?=\S)[^*]+\1(?![\w*])|(?<!\w)(_{1,3})(?=\S)[^_]+\2(?!\w)"),
)
# A stop, what closes behind it, white space, what opens, and the first letter of what follows.
_END = re.compile(rf"(?:(?<![.…])\.|[?!]+)[)\]’”\"'{OPAQUE}]*(\s+)[*_(\[“‘\"']*([^\W\d_]|{OPAQUE})")
_LETTERS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*")  # J., e.g., U.S.
_OWN = re.compile(r"[^\w\n]*\w")
_WORD = re.compile(r"[^\W\d_][\w.’'-]*\Z")
# Abbreviations that a name may follow.
_SHORT = {
    "al", "approx", "assn", "ave", "bros", "ca", "capt", "cf", "ch", "cit", "co", "col", "corp",
    "dept", "dr", "ed", "eds", "esp", "est", "fig", "figs", "gen", "gov", "hon", "ibid", "inc",
    "inst", "jr", "lt", "ltd", "messrs", "mr", "mrs", "ms", "mt", "mx", "op", "pp", "prof", "pt",
    "repr", "rev", "sec", "sen", "seq", "sgt", "sr", "st", "suppl", "trans", "univ", "viz", "vol",
    "vols", "vs",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
}  # fmt: skip


def own_words(text: str) -> str:
    """``text`` with what are not the writer's own words opaque; offsets and lines stay."""
    return _hidden(text, *_NOT_OWN)


def sentence_starts(text: str) -> Iterator[tuple[int, str]]:
    """The offset of each sentence in ``text`` but the first, and the white space before it."""
    plain = _hidden(own_words(text), *_ASIDE, *_ASIDE[:2])  # brackets in brackets
    for found in _END.finditer(plain):
        stop, (gap, letter) = found.start(), found.groups()
        word = _WORD.search(plain, max(stop - 40, 0), stop)
        if plain[stop] == "." and word and _is_short(word[0]):
            continue
        # What is opaque to the end of its line is a citation or an aside behind the stop.
        if letter.isupper() or (letter == OPAQUE and _OWN.match(plain, found.end(1))):
            yield found.end(1), gap


def _is_short(word: str) -> bool:
    return bool(_LETTERS.fullmatch(word)) or word.casefold() in _SHORT


def _hidden(text: str, *patterns: re.Pattern[str]) -> str:
    for pattern in patterns:
        text = pattern.sub(lambda found: re.sub(r"[^\n]", OPAQUE, found[0]), text)
    return text
