"""What a sentence says of a lone name and year: an author, or a place, a film, a storm.

Each sign has a weight. `ENOUGH` is the sum that makes a citation even if no entry fits; the bench
``corpus`` prints what other sums would find, and what they would tell wrongly.
"""

import re
from collections.abc import Iterator

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
    (3, r"\b(?:so|as|nor|neither|than) (?:did|do|does|had|has|have|would)$"),
    (3, r"\b(?:as|so) (?:too|also) (?:did|does|had|has|in)$|\bas in$"),
    (3, r"\b(?:cit|critici[sz]|critiqu|contradict|disput|echo|extend|paraphras|quot|rebut|refut|"
        r"replicat)(?:e|es|ed|ing|s)?$"),
    (3, r"\b(?:I|we) (?:\w+ly )?(?:adapt|adopt|follow|prefer|read|thank|trust)(?:ed)?$"),
    (3, r"\b(?:ascribed|attributed|credited|known|owed?|owed? \w+|back|objections?|repl\w+|"
        r"respon[ds]\w+|answer|rejoinder) to$"),
    (3, r"\b(?:is|be|was|remains|holds?) (?:also )?true (?:of|for)$|\bholds? for$"),
    (2, r"\b(?:agree\w*|compared|disagree\w*|consistent|conflicts?|odds|start\w*|beg[ai]ns?) with$"),
    (2, r"\b(?:borrow\w*|derive[sd]?|draw[ns]?|drew|know[ns]?|learn\w*|took|takes?|taken) from$"),
    (2, r"\b(?:it|this|that) (?:is|was)$|\bamong them,?$"),
    (2, r"\b(?:that|those|ones?|\w+(?:olog|onom)(?:y|ies)|\w+(?:isms?|metry|sis)|(?:claim|concept|"
        r"conclusion|hypothesi|instrument|measure|method|notion|questionnaire|scale|theorem|"
        r"view)s?) (?:by|of|in|from)$"),
    (2, r"\b(?:first|later|earlier|next|another|exception|recent|clear|best) (?:is|was)$"),
    (2, r"(?:^|[.!?:;] |\n)(?:for|with|here|contra|pace|even|not so)$"),
    (1, r"\b(?:such as|including|like|unlike|against|than|notably|especially|not even)$"),
    (-3, r"(?:^|\s)(?:across|after|an?|around|at|before|between|during|from|her|his|in|into|its|"
         r"near|our|outside|over|since|the|their|this|through|till|to|until|via)$"),
)  # fmt: skip
# What follows the year; the first that fits counts.
_AFTER = _signs(
    (-3, r",? (?:is|was|are|were) (?:his|her|not|held|won|sold|lost|shown|followed|struck|built|"
         r"made)\b| (?:accident|accords?|disaster|edition|games|generation|models?|outbreaks?|"
         r"release|season)\b"),
    (-2, r" that\b"),
    (3, r",? (?:who|whose|whom|for one|among others|and others)\b"),
    (3, rf" (?:is|was|remains|offers?|offered|gives|gave|provides|has|had) (?:[\w-]+ ){{0,4}}"
        rf"(?:{_CUES}|source|reference)s?\b| for (?:an?|the) (?:[\w-]+ )?(?:{_CUES})\b"),
    (2, r",? (?:by contrast|however|in turn|likewise|for (?:her|his|their) part)\b"),
    (2, r",? (?:is|was) (?:[\w-]+ )?(?:alone|at pains|careful|certain|convinced|silent|unsure|vague)\b"),
    (2, r" (?:agree|disagree|doubt|err|object)(?:s|ed)\b"),
    (2, r" (?:draws|relies) on\b| (?:goes|went) further\b| (?:takes|took) issue\b"),
)  # fmt: skip
# One capital, or two where a name has a prefix: MacGregor, O’Brien, DiMaggio.
_SURNAME = re.compile(
    r"(?:\S+ )*(?:\w['’]|D[aei]|Fitz|L[aei]|Ma?c|V[ao]n)?[^\W\d_a-z][^\d_A-Z]+(?:-\w+)?"
)


def evidence(text: str, mention: Mention, reading: Reading, page: str) -> int:
    """How much says that the name is an author's: ``page`` is the text of the whole page."""
    before = " ".join(text[max(mention.start - _AROUND, 0) : mention.start].split(" ")).rstrip()
    after = re.sub(r"\s+", " ", text[mention.end : mention.end + _AROUND])
    before = re.sub(r"[^\S\n]+", " ", before)
    total = next((weight for weight, sign in _BEFORE if sign.search(before)), 0)
    total += next((weight for weight, sign in _AFTER if sign.match(after)), 0)
    total += sum(_elsewhere(page, reading.names[0]))
    old = mention.works[0].year[:4] < str(_OLD)
    thing = of_a_title(text, mention) or made_of(text, mention)
    return total - 3 * (thing or not _SURNAME.fullmatch(reading.names[0])) - 2 * old


def _elsewhere(page: str, name: str) -> Iterator[int]:
    """What the page says of the name in other places."""
    author = thing = False
    for found in re.finditer(rf"(?<!\w){re.escape(name)}(?![\w-])", page):
        rest = page[found.end() : found.end() + _AROUND]
        after = re.match(r"(?: \([12]\d{3}[a-z]?\))?(['’]s)?\s+([a-z]+)", rest)
        said = after and (reports(after[2]) if not after[1] else after[2].rstrip("s") in CUES)
        author = author or bool(said or re.match(r"\s+et\s+al\b|,\s+[12]\d{3}", rest))
        lead = page[max(found.start() - 8, 0) : found.start()]
        thing = thing or bool(re.search(r"\b(?:[Tt]he|[Aa]t|[Nn]ear)\s$", lead))
    if author:
        yield 3
    elif thing or re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", page):
        yield -2
