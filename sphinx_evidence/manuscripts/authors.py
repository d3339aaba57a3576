"""Read the names at the head of an entry: people with initials or given names, or an organisation.

Every repetition is bounded.
"""

import re
from itertools import pairwise

from sphinx_evidence.prose.words import CONNECTIVES, GIVEN_NAMES, ORGANISATION, PARTICLES

People = tuple[tuple[str, str], ...]  # pairs of surname and initials or given names

PARTICLE = "|".join(sorted(PARTICLES, key=len, reverse=True))
_NAME = r"[^\W\d_a-z][\w'’\u02bc`\u2010\u2011-]*"
AUTHOR = re.compile(
    rf"(?<!\w)((?:(?:{PARTICLE})[\s-]+){{0,3}}{_NAME}(?:\s{_NAME}){{0,2}}?)"
    r",?\s+((?:[^\W\d_a-z]\.?[\s-]?){1,4}(?:(?:d[aeo]s?|e)\s[^\W\d_a-z]\.)?)(?=[\s,.;&]|$)"
)
EDITORS = re.compile(r"[(\[]?\b(?:eds?\b\.?|editors?\b)[)\]]?", re.IGNORECASE)
ELIDED = re.compile(r"\bet\s+al\b\.?|\.\s?\.\s?\.|…|\band others\b", re.IGNORECASE)
REPEATED = re.compile(r"[*_]{0,2}(?:[—–⸺⸻-]{1,6}(?:\s[—–-]){0,4}|_{2,20})[*_]{0,2}(?=[\s.,]|$)")
_BEHIND = re.compile(  # Beta, B. de los
    rf"(?<!\w)({_NAME}), ((?:[^\W\d_a-z]\.[ -]?){{1,4}}) ([a-z]{{2,3}}(?: [a-z]{{2,3}})?)(?=[;.]|$)"
)
_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|I{2,3}|IV)\b\.?")
_GROUP = re.compile(
    r"[\s.,;]{0,4}(?:(?:and|&)\s+)?(?:(?:for|on behalf of)\s+)?(?:the\s+)?"
    r"([^\W\d_a-z][^,;.()]{3,120}?)(?:,\s(?:for\s)?the)?[\s.,]{0,3}"
)
_SPOKEN = re.compile(
    rf"(?:{_NAME}|(?:[^\W\d_a-z]\.){{1,3}})(?:[\s-](?:[^\W\d_a-z]\.|{_NAME}|{PARTICLE})){{0,3}}\s{_NAME}"
)
_GIVEN = re.compile(rf"{_NAME}\.?(?:[\s-](?:{PARTICLE}|{_NAME}\.?)){{0,4}}$")
_ORGANISED = ORGANISATION | (CONNECTIVES - PARTICLES)


def authors(head: str) -> tuple[People, bool]:
    """Pairs of surname and initials, and whether they are an organisation."""
    head = ELIDED.sub(",", EDITORS.sub("", head))
    head = " ".join(re.sub(r"[*_]", "", head).split()).strip(" ,;:&([–-")
    head = _SUFFIX.sub("", head)
    head = _BEHIND.sub(r"\3 \1, \2", head)
    found = [(a[1], " ".join(a[2].split())) for a in AUTHOR.finditer(head)]
    rest = re.sub(r"\band\b|[\s,.;&]", "", AUTHOR.sub("", head))
    if found and len(rest) < 3:  # noqa: PLR2004
        return tuple(found), False
    if people := _with_group(head) or with_single(head):
        return people, False
    head = re.sub(r"(?<=[^\W\d_]{2})\.$", "", head.strip(" ,"))
    if not head:
        return (), False
    if people := _as_spoken(head) or _given_first(head):
        return people, False
    if re.search(r"\d", head) or _words(head) & _ORGANISED:
        return ((head.replace("{", "").replace("}", ""), ""),), True
    return _in_groups(head, found)


def _with_group(head: str) -> People:
    """People before a group: ``Alpha, A., Beta, B., & CONSORT Group``."""
    found = list(AUTHOR.finditer(head))
    if not found or head[: found[0].start()].strip():
        return ()
    between = [head[one.end() : two.start()] for one, two in pairwise(found)]
    group = _GROUP.fullmatch(head, found[-1].end())
    if (
        not group
        or not _words(group[1]) & (ORGANISATION | CONNECTIVES)
        or any(re.sub(r"\band\b|[\s,.;&]", "", words) for words in between)
    ):
        return ()
    return (*((one[1], " ".join(one[2].split())) for one in found), (group[1], ""))


def with_single(head: str) -> People:
    """People of whom some have one name: ``Alpha, A., Shubham, Beta, B.``."""
    found = list(AUTHOR.finditer(head))
    if len(found) < 2 or head[: found[0].start()].strip() or head[found[-1].end() :].strip(" .,"):  # noqa: PLR2004
        return ()
    people: list[tuple[str, str]] = []
    before = 0
    for one in found:
        between = re.sub(r"\band\b|&", ",", head[before : one.start()])
        names = [name for part in between.split(",") if (name := part.strip(" .;"))]
        if not all(re.fullmatch(_NAME, name) for name in names):
            return ()
        people += [*((name, "") for name in names), (one[1], " ".join(one[2].split()))]
        before = one.end()
    return tuple(people)


def _words(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[^\W\d_]+", text)}


def _as_spoken(head: str) -> People:
    """``Ann B. Alpha and C. Beta``, none of whose names is turned round."""
    parts = [part for part in re.split(r",?\s+(?:and|&)\s+|[,;]\s+", head) if part]
    if not all(_SPOKEN.fullmatch(part) for part in parts):
        return ()
    given = [part.split()[0] for part in parts]
    known = ["." in name or name.casefold() in GIVEN_NAMES for name in given]
    initials = [bool(re.search(r"\s[^\W\d_a-z]\.", part)) for part in parts]
    return tuple(map(_turned, parts)) if any(known) or any(initials) else ()


def _given_first(head: str) -> People:
    """Chicago: ``Lave, Jean, Ann Lee and Etienne van Wenger``, whose first name is turned round."""
    parts = re.split(r",?\s+(?:and|&)\s+|,\s+", head)
    first = " ".join(re.split(r"\s+(?:and|&)\s+", head.partition(",")[0]))
    if len(parts) < 2 or first != parts[0] or len(first.split()) > 3:  # noqa: PLR2004
        return ()
    if re.search(r"\d", head) or _words(f"{first} {parts[1]}") & _ORGANISED:
        return ()
    others = [(part, "") if _words(part) & ORGANISATION else _turned(part) for part in parts[2:]]
    named = all(surname and (given or " " in surname) for surname, given in others)
    if not named or not all(_GIVEN.match(part) for part in parts[1:]):
        return ()
    return (parts[0], parts[1]), *others


def added(text: str) -> People:
    """The people who follow a dash for the authors above: ``Beta, B.`` or ``Bo Beta``."""
    people, _ = authors(text)
    if any(given for _, given in people):
        return people
    names = re.split(r",?\s+(?:and|&)\s+|,\s+", text.strip(" .,"))
    return tuple(_turned(name) for name in names if name.strip())


def _turned(name: str) -> tuple[str, str]:
    """``Etienne van Wenger`` becomes ``van Wenger`` and ``Etienne``."""
    words = name.rstrip(".").split()
    at = len(words) - 1
    while at > 1 and words[at - 1].casefold() in PARTICLES:
        at -= 1
    return " ".join(words[at:]), " ".join(words[:at])


def _in_groups(head: str, found: list[tuple[str, str]]) -> tuple[People, bool]:
    joined = re.split(r"\s+(?:and|&)\s+", head)
    if "," not in head and any(len(part.split()) > 2 for part in joined):  # noqa: PLR2004
        return ((head, ""),), True  # Environment and Climate Change Canada
    groups = [g.strip(" ,") for g in re.split(r"\s+(?:and|&)\s+|;", head) if g.strip(" ,")]
    people: list[tuple[str, str]] = []
    for group in groups:
        surname, _, given = (part.strip(" .") for part in group.partition(","))
        if found and len(surname.split()) > 3:  # noqa: PLR2004
            continue
        people += [(part.strip(), "") for part in group.split(",")] if given.count(",") else [
            (surname, given)
        ]  # fmt: skip
    people = [(surname, given) for surname, given in people if surname]
    one = len(people) == 1 and not people[0][1]
    bare_words = [w for w in head.split() if w.casefold() not in PARTICLES]
    if one and (len(bare_words) > 1 or head.isupper()):
        return ((head, ""),), True
    return tuple(found) if len(found) >= len(people) else tuple(people), False
