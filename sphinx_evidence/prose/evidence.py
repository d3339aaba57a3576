"""What a sentence says of a lone name and year: an author, or a place, a film, a storm.

Each sign has a weight. `ENOUGH` is the sum that makes a citation even if no entry fits; the bench
``corpus`` prints what other sums would find, and what they would tell wrongly.
"""

import re
from collections import defaultdict
from functools import lru_cache

from sphinx_evidence.prose.citation import Mention
from sphinx_evidence.prose.context import made_of, of_a_title
from sphinx_evidence.prose.names import Reading
from sphinx_evidence.prose.words import CUES, reports

ENOUGH = 2
_OLD = 1850  # few works cited are as old; plays, treaties and discoveries are
_AROUND = 60  # characters of a sentence that are looked at
_CUES = "|".join(sorted(CUES))


def _signs(*signs: tuple[int, str]) -> list[tuple[int, re.Pattern[str]]]:
    return [(weight, re.compile(pattern, re.IGNORECASE)) for weight, pattern in signs]


# What leads to the name; the first that fits counts.
_BEFORE = _signs(
    (3, r"\b(?:as|neither|nor|so|than) (?:did|do|does|had|has|have|would)$"),
    (3, r"\b(?:as|so) (?:also|too) (?:did|does|had|has|in)$|\bas in$"),
    (3, r"\b(?:cit|critici[sz]|critiqu|contradict|disput|echo|extend)(?:e|es|ed|ing|s)?$"),
    (3, r"\b(?:paraphras|quot|rebut|refut|replicat)(?:e|es|ed|ing|s)?$"),
    (3, r"\b(?:I|we) (?:\w+ly )?(?:adapt|adopt|follow|prefer|read|thank|trust)(?:ed)?$"),
    (3, r"\b(?:ascribed|attributed|back|credited|known|owed?(?: \w+)?) to$"),
    (3, r"\b(?:answer|objections?|rejoinder|repl\w+|respon[ds]\w+) to$"),
    (3, r"\bholds? for$|\btrue (?:for|of)$"),
    (3, r"\b(?:authors|critics|others|researchers|scholars|those|who|writers),? (?:like|such as)$"),
    # Nobody had asked before X; little has been written since X.
    (
        3,
        r"\b(?:few|little|nobody|not much|nothing) .*(?:ask|said|writ)\w* .*(?:before|since)$",
    ),
    (2, r"\b(?:agree\w*|compared|disagree\w*|consistent|odds|start\w*|beg[aiu]ns?) with$"),
    (2, r"\b(?:borrow\w*|derive[sd]?|draw[ns]?|drew|know[ns]?|learn\w*)(?: \w+)? from$"),
    (2, r"\b(?:taken?|takes|took)(?: \w+)? from$"),
    (2, r"\b(?:it|that|this) (?:is|was)$|\bamong them,?$"),
    (2, r"(?<!\bafter )(?<!\bbefore )\b(?:ones?|that|those) (?:by|from|in|of)$"),
    (2, r"\w(?:isms?|metry|olog(?:y|ies)|onom(?:y|ies)|sis) (?:by|from|in|of)$"),
    (2, r"\b(?:claim|concept|conclusion|hypothesi|instrument|measure)s? (?:by|from|in|of)$"),
    (2, r"\b(?:method|notion|questionnaire|scale|theorem|view)s? (?:by|from|in|of)$"),
    (2, r"\b(?:another|best|clear|earlier|exception|first|later|next|recent) (?:is|was)$"),
    (2, r"(?:^|[.!?:;] )(?:contra|even|for|here|not so|pace|with)$"),
    (-3, r"(?:^|\s)(?:across|after|an?|around|at|before|between|during|from|her|his|in|into)$"),
    (-3, r"(?:^|\s)(?:its|near|our|outside|over|since|the|their|this|through|till|to|until|via)$"),
)
# What follows the year; the first that fits counts.
_AFTER = _signs(
    (-3, r",? (?:are|is|was|were) (?:built|followed|held|lost|made|not|shown|sold|struck|won)\b"),
    (-3, r" (?:accident|accords?|disaster|edition|games|generation|models|outbreaks?|season)\b"),
    (-2, r" that\b"),
    # Even behind an article: "the Hill (2002) model".
    (7, rf" (?:{_CUES}|approach|criteria|formula|method|scale|typology)\b"),
    (3, r",? (?:among others|and others|for one|who|whose|whom)\b"),
    (3, rf" for (?:an?|the) (?:[\w-]+ )?(?:{_CUES})\b"),
    (
        3,
        rf" (?:gave|gives|had|has|is|offers?|remains|was) (?:[\w-]+ ){{0,4}}(?:{_CUES}|source)s?\b",
    ),
    (2, r",? (?:by contrast|for (?:her|his|their) part|however|in turn|likewise)\b"),
    (2, r",? (?:is|was) (?:[\w-]+ )?(?:alone|at pains|careful|certain|convinced|silent|vague)\b"),
    (2, r" (?:correct|mistaken|right|wrong)\b| (?:disagree|doubt|err|object)(?:s|ed)\b"),
    (2, r" (?:draws|relies) on\b| (?:goes|went) further\b| (?:takes|took) issue\b"),
)
# One capital, or two where a name has a prefix: MacGregor, O’Brien, DiMaggio.
_SURNAME = re.compile(
    r"(?:\S+ )*(?:\w['’]|D[aei]|Fitz|L[aei]|Ma?c|V[ao]n)?[^\W\d_a-z][^\d_A-Z]+(?:-\w+)?"
)


def evidence(text: str, mention: Mention, reading: Reading, page: str) -> int:
    """How much says that the name is an author's: ``page`` is the text of the whole page."""
    before = re.sub(r"\s+", " ", text[max(mention.start - _AROUND, 0) : mention.start]).rstrip()
    after = re.sub(r"\s+", " ", text[mention.end : mention.end + _AROUND])
    total = next((weight for weight, sign in _BEFORE if sign.search(before)), 0)
    total += next((weight for weight, sign in _AFTER if sign.match(after)), 0)
    total += _elsewhere(page, reading.names[0])
    old = mention.works[0].year[:4] < str(_OLD)
    thing = of_a_title(text, mention) or made_of(text, mention)
    return total - 3 * (thing or not _SURNAME.fullmatch(reading.names[0])) - 2 * old


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
