"""How easy a page is to read: the reading ease of Flesch, for a trend and not for a verdict.

Syllables are counted by their vowels. Of words with a known number, that misses some 2 in 100;
hyphenation (pyphen), which leaves out what no line may break at, misses 7 to 24, and would flatter
every page. A dictionary of sounds is fetched from the network (textstat) or under the GPL.
"""

import re
from collections.abc import Iterable, Mapping
from statistics import mean

from sphinx_evidence.style.page import Block
from sphinx_evidence.style.sentences import sentence_starts

HARD = 60  # below, plain English ends
_FEW = 30  # words, of which nothing can be said
# What is shown of roles and links; of citations and notes, nothing is read as a sentence.
_UNREAD = re.compile(r"\{(?:cite:\w+|edition-note|numref)\}`[^`]*`")
_SHOWN = (
    (re.compile(r"\{[\w:-]+\}`([^`<]*?)(?:\s*<[^`>]*>)?`"), r"\1"),
    (re.compile(r"\[([^\[\]]*)\]\([^()]*\)"), r"\1"),
    (re.compile(r"https?://\S+|<[^<>\s]*>"), ""),
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MUTE = re.compile(r"(?<![^aeiouy]l)(?:(?<![cgsxz])es|(?<![dt])ed|e)$")
_MUTE_WITHIN = re.compile(r"(?<=^ev)e(?=ry)|e(?=(?:ments?|ly|f[u]l|less|works?|land)$)")
_VOWELS = re.compile(r"[aeiouy]+")
# Two sounds in one run of vowels, or one of none.
_APART = re.compile(r"(?<![cgst])i[ao]|ie(?:n[ct]|t(?:i|y)|rs?$)|[ey]ing|uie|[dr]eas?$|isms?$")


def syllables(word: str) -> int:
    """The syllables of an English word, nearly always."""
    small = re.sub(r"['’]s?$", "", word.casefold())
    spoken = _MUTE_WITHIN.sub("", _MUTE.sub("", small))
    return max(1, len(_VOWELS.findall(spoken)) + len(_APART.findall(small)))


def trend(pages: Mapping[str, float]) -> str:
    """One line: the mean of the pages, and those that are hard to read."""
    if not pages:
        return ""
    hard = [f"{name} {int(ease)}" for name, ease in pages.items() if ease < HARD]
    below = f"; below {HARD}: {', '.join(hard)}" if hard else f"; no page below {HARD}"
    return f"Reading ease (Flesch): {mean(pages.values()):.0f} on average{below}.\n"


def reading_ease(blocks: Iterable[Block]) -> float | None:
    """From 100, very easy, to 0; nothing for a page of hardly any sentences."""
    sentences, words = 0, list[str]()
    for block in blocks:
        if block.kind != "paragraph":
            continue
        text = _UNREAD.sub("", block.text)
        for pattern, shown in _SHOWN:
            text = pattern.sub(shown, text)
        if found := _WORD.findall(text):
            words += found
            sentences += 1 + len(list(sentence_starts(text)))
    if len(words) < _FEW:
        return None
    spoken = sum(syllables(part) for word in words for part in word.split("-"))
    return 206.835 - 1.015 * len(words) / sentences - 84.6 * spoken / len(words)
