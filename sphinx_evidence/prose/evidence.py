"""What a sentence says of a lone name and year: an author, or a place, a film, a storm.

Each of the ``signs`` has a weight. `ENOUGH` is the sum that makes a citation even if no entry fits;
the bench ``corpus`` prints what other sums would find, and what they would tell wrongly.
"""

import re
from collections import defaultdict
from functools import lru_cache

from sphinx_evidence.prose.citation import Mention
from sphinx_evidence.prose.context import made_of, of_a_person, of_a_title
from sphinx_evidence.prose.names import Reading
from sphinx_evidence.prose.signs import AFTER, BEFORE
from sphinx_evidence.prose.words import CUES, reports

ENOUGH = 2
_OLD = 1850  # few works cited are as old; plays, treaties and discoveries are
_AROUND = 60  # characters of a sentence that are looked at
# One capital, or two where a name has a prefix: MacGregor, O’Brien, DiMaggio.
_SURNAME = re.compile(
    r"(?:\S+ )*(?:\w['’]|D[aei]|Fitz|L[aei]|Ma?c|V[ao]n)?[^\W\d_a-z][^\d_A-Z]+(?:-\w+)?"
)
# Blocks of a table whose cells are works: the head of a column, or names that are joined.
_SOURCES = re.compile(
    r"(?:\A|\n\n)(?:(?:author|described in|paper|reference|source|stud(?:y|ie))s?"
    r"|[^\n()]{2,60} (?:et al\.?|(?:and|&) [^\n()]{3,40}) \((?:1[5-9]|20)\d\d\))(?=\n\n|\Z)",
    re.IGNORECASE,
)
# How surnames are built, and few other names.
_BUILT = re.compile(
    r"(?:[^aeiou]son|cki|czyk|dóttir|enko|escu|ez|idis|ić|mann|oğlu|poulos|qvist|sen|[lnw]sk[ai]|"
    r"ström|vich|wicz)\Z|^(?:Mac|Mc|O['’]|Fitz)[A-Z]"
)


def evidence(text: str, mention: Mention, reading: Reading, page: str) -> int:
    """How much says that the name is an author's: ``page`` is the text of the whole page."""
    before = re.sub(r"\s+", " ", text[max(mention.start - _AROUND, 0) : mention.start]).rstrip()
    after = re.sub(r"\s+", " ", text[mention.end : mention.end + _AROUND])
    total = next((weight for weight, sign in BEFORE if sign.search(before)), 0)
    total += next((weight for weight, sign in AFTER if sign.match(after)), 0)
    total += _elsewhere(page, reading.names[0])
    total += bool(led_by_initials(text, reading) or _BUILT.search(reading.names[0]))
    total += of_a_person(text, mention.end)
    alone = text[: mention.start].strip() == text[mention.end :].strip() == ""
    total += 3 * (alone and among_sources(page))
    old = mention.works[0].year[:4] < str(_OLD)
    thing = of_a_title(text, mention) or made_of(text, mention)
    return total - 3 * (thing or not _SURNAME.fullmatch(reading.names[0])) - 2 * old


def led_by_initials(text: str, reading: Reading) -> bool:
    """Whether a name has its initials before it, and is not the “Model T”."""
    return bool(re.match(r"[^\W\d_a-z]\.", text[reading.start : reading.start + 2]))


@lru_cache(maxsize=1)
def among_sources(page: str) -> bool:
    """Whether the cells of a table on the page are works."""
    return bool(_SOURCES.search(page))


@lru_cache(maxsize=1)
def _words(page: str) -> dict[str, list[re.Match[str]]]:
    """Where each word stands, so that a page is read once."""
    words = defaultdict(list)
    for found in re.finditer(r"[^\W\d_][\w-]*", page):
        words[found[0]].append(found)
    return words


@lru_cache
def _elsewhere(page: str, name: str) -> int:
    """What the page says of the name in other places."""
    author = thing = False
    last = name.rsplit(maxsplit=1)[-1]
    for found in _words(page).get(last, ()):
        rest = page[found.end() : found.end() + _AROUND]
        after = re.match(r"(?: \([12]\d{3}[a-z]?\))?(['’]s)?\s+([a-z]+)", rest)
        said = after and (reports(after[2]) if not after[1] else after[2].rstrip("s") in CUES)
        author = author or bool(said or re.match(r"\s+et\s+al\b|,\s+[12]\d{3}", rest))
        lead = page[max(found.start() - 8, 0) : found.start()]
        thing = thing or bool(re.search(r"\b(?:[Tt]he|[Aa]t|[Nn]ear)\s$", lead))
    if author:
        return 3
    return -2 * (thing or last.casefold() in _words(page))
