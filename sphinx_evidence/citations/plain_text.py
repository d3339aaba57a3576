"""Citations that were typed as plain words: which work is meant, and the role to type."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from sphinx_evidence.bibliography.reader import Bibliography, Entry
from sphinx_evidence.bibliography.surnames import surname_first, surnames
from sphinx_evidence.prose.adjacency import with_neighbours
from sphinx_evidence.prose.citation import Cited, Mention
from sphinx_evidence.prose.context import founding, goes_on, of_a_title
from sphinx_evidence.prose.matching import Library, Match, Work, slip_of
from sphinx_evidence.prose.nameless import nameless
from sphinx_evidence.prose.scanner import odd, scan
from sphinx_evidence.prose.words import places, times
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.normalise import as_read, plain
from sphinx_evidence.text.spans import meeting

_BESIDE = re.compile(r"[\s.,;:)\]]*(?:[a-z]+\s)?[\[(]?")  # “Slade’s 2009 paper [1]”
_NEXT_SENTENCE = re.compile(r"[.!?]\s+[^\W\d_a-z]")
ABOUT = 2  # words round a citation from which on a link leads to something about the work


@dataclass(frozen=True)
class PlainCitation:
    """A citation typed as plain words: its span in a text, what is wrong, what to type.

    ``certain`` is the span and the text of a replacement that keeps the meaning, if any.
    """

    start: int
    end: int
    rule: Rule
    wrong: str
    remedy: str
    keys: tuple[str, ...] = ()
    certain: tuple[int, int, str] | None = None


def role(name: str, target: str, *, markup: str) -> str:
    """A citation role in MyST or reStructuredText."""
    return f":cite:{name}:`{target}`" if markup == "rst" else f"{{cite:{name}}}`{target}`"


# “Leamy, M., & Bird, V. (2011). A framework. https://doi.org/…”: a reference that is whole.
_INVERTED = re.compile(r"\w, (?:[^\W\d_]\.[ -]?)+")
_WHOLE = "This is a reference that is typed by hand."
_FOUND_AT = re.compile(r"https?://|\bdoi:\s*10\.|\b10\.\d{4,9}/")


def markup_of(path: Path) -> str:
    """The markup of a file."""
    return "rst" if path.suffix in {".rst", ".txt", ".py"} else "myst"


def works_of(bibliography: Bibliography) -> Iterator[Work]:
    """The entries as the matcher knows them."""
    for entry in bibliography.entries.values():
        people = entry.get("author") or entry.get("editor")
        names, organisation = surnames(people)
        yield Work(
            key=entry.key,
            names=names,
            year=entry.get("year") or entry.get("date"),
            title=entry.get("title").replace("{", "").replace("}", ""),
            short=_short(entry),
            organisation=organisation,
            full=() if organisation else surname_first(people),
        )


def _short(entry: Entry) -> str:
    return entry.get("shorthand") or entry.get("shortauthor") or entry.get("shorttitle")


class Marks(NamedTuple):
    """What is marked up in a text: spans in italics, spans that lead somewhere, and citations.

    Each citation is one character, at its place. ``asides`` are links that lead to no work;
    ``given`` are the places of citations, also in footnotes, and what they lead to; nothing where
    that is a work on a page.
    """

    titles: Sequence[tuple[int, int]] = ()
    links: Sequence[tuple[int, int]] = ()
    asides: Sequence[tuple[int, int]] = ()
    roles: Sequence[int] = ()
    given: Sequence[tuple[int, str]] = ()


def find_plain_citations(
    text: str,
    library: Library,
    *,
    markup: str,
    marks: Marks = Marks(),  # noqa: B008  # immutable
    page: str = "",
) -> Iterator[PlainCitation]:
    """Every citation in ``text`` that is typed as plain words, or as a number.

    ``page`` is the text of the whole page, which may name the same people elsewhere. Words
    inside links lead somewhere by themselves, so they count only where an entry fits.
    """
    read = as_read(text)
    titles, links, asides = (
        [(read.at(start), read.at(end)) for start, end in marked]
        for marked in (marks.titles, marks.links, marks.asides)
    )
    given = [(read.at(at), target) for at, target in marks.given]
    placed = Marks(titles, links, asides, [read.at(at) for at in marks.roles], given)
    for typed in _find(read.text, library, markup, placed, page):
        start, end = read.span(typed.start, typed.end)
        certain = typed.certain and (*read.span(*typed.certain[:2]), typed.certain[2])
        yield replace(typed, start=start, end=end, certain=certain)
    for start, end in nameless(text):
        wrong = f"“{' '.join(text[start:end].split())}” names no work."
        remedy = f"Write {role('p', 'key', markup=markup)} with the key of the work that is meant."
        if not meeting(marks.links, start, end):
            yield PlainCitation(start, end, Rule.CITATION_NAMELESS, wrong, remedy)


def _find(
    text: str, library: Library, markup: str, marks: Marks, page: str
) -> Iterator[PlainCitation]:
    found = scan(text, marks.titles, page)
    matched = [_groups(mention, library) for mention in found]
    fitting = [all(match.exact for _, match in groups) for groups in matched]
    found = with_neighbours(found, text, fitting, marks.roles)
    mentions = list(zip(found, matched, strict=True))
    for index, (mention, groups) in enumerate(mentions):
        if _of_a_link(text, mention, marks) or _is_given(text, mention, matched[index], marks):
            continue
        if fitting[index]:
            passes = mention.form == "bare" and _bears_name(text, groups)
        else:
            passes = _lets_pass(text, mention, groups, marks)
        if passes:
            continue
        peers = [
            other for other in mentions[max(index - 20, 0) : index + 20]
            if mention.bracket and other[0].bracket == mention.bracket
            and other[0].form == "parenthetical" == mention.form
        ]  # fmt: skip
        typed = _typed(text, mention, groups, peers, markup)
        typed = replace(typed, start=_whole(text, typed.start, groups))
        if fitting[index] and _is_whole(text, mention):
            new = role("p", ",".join(typed.keys), markup=markup)
            remedy = f"Cite it in the text, as with {new}, and delete it here."
            typed = replace(typed, wrong=_WHOLE, remedy=remedy, certain=None)
        span = typed.certain
        if span and meeting(marks.links, *span[:2]):
            typed = replace(typed, certain=None)  # a link inside a link cannot be
        yield typed


def _of_a_link(text: str, mention: Mention, marks: Marks) -> bool:
    """Whether a link around the words leads to what is said of a work, and not to the work."""
    if meeting(marks.asides, mention.start, mention.end):
        return True
    link = meeting(marks.links, mention.start, mention.end)
    if not link or mention.start < link[0] or link[1] < mention.end:
        return False
    others = re.findall(r"\w+", f"{text[link[0] : mention.start]} {text[mention.end : link[1]]}")
    return len(others) >= ABOUT


Groups = list[tuple[Cited, Match]]


def _is_given(text: str, mention: Mention, groups: Groups, marks: Marks) -> bool:
    """Whether a citation that is marked up leads to the work: “Slade (2009) [1]”.

    It stands right behind the words, or at the end of a sentence about names and a year in it, “In
    1996, Weld wrote that [1]”; there it leads to the work, unless an entry fits and it leads to
    another.
    """
    keys = {work.key for _, match in groups for work in match.exact}
    end = _NEXT_SENTENCE.search(text, mention.end) if mention.apart else None
    last = end.start() if end else len(text)
    for at, target in marks.given:
        leads = not target or bool(keys & set(re.split(r"[\s,{}]+", target)))
        if mention.end <= at and leads and _BESIDE.fullmatch(text, mention.end, at):
            return True
        if mention.apart and mention.end <= at < last and (leads or not keys):
            return True
    return False


def _groups(mention: Mention, library: Library) -> Groups:
    return [(cited, library.match(cited)) for cited in mention.works]


def _bears_name(text: str, groups: Groups) -> bool:
    """Whether the name is that of a thing, “Flight Harper 2009”: no given name stands before it."""
    cited, match = groups[0]
    first, reading = cited.readings[0], match.reading
    if not reading or reading.comma or reading.et_al or reading.joined:
        return False
    words = text[first.start : reading.start]
    if any(word[:1].islower() for word in words.split()):  # "Nothing in Harper's 2009 book"
        return False
    before = plain(words)
    given = {plain(word)[:1] for work in match.exact for full in work.full for word in full.split()}
    return bool(before and given) and before[0] not in given


def _lets_pass(text: str, mention: Mention, groups: Groups, marks: Marks) -> bool:
    """Whether words that no entry fits may be something else than a citation."""
    link = meeting(marks.links, mention.start, mention.end)
    if (link and mention.end <= link[1]) or _is_reference(text, mention):  # it leads to the work
        return True
    if mention.sure:
        return False
    reading = groups[0][0].readings[0]
    thing = (reading.start, reading.end) in marks.titles or goes_on(text, mention)
    thing = thing or of_a_title(text, mention) or _other_things(groups)
    if mention.unmarked or thing:
        return True
    nearly = all(
        match.exact or any(", its year" not in differs for _, differs in match.near)
        for _, match in groups
    )
    place = any(plain(name) in places() for name in reading.names)
    slip = _slip_of_a_year(groups)
    if any(odd(cited.year) for cited, _ in groups) and not slip:
        return True
    bare = mention.form == "bare" and (mention.apart or not (slip and _by_itself(groups)))
    if not nearly or (place and not slip) or bare:
        return True
    return bool(reading.organisation) and founding(text, mention.start, mention.end)


def _is_reference(text: str, mention: Mention) -> bool:
    """Whether the words begin a whole reference that says where the work is found."""
    return _is_whole(text, mention) and bool(_FOUND_AT.search(text, mention.end))


def _is_whole(text: str, mention: Mention) -> bool:
    """Whether the words begin a reference: surnames first, and a title behind the year."""
    begins = not text[: mention.start].strip() and ", " in text[mention.start : mention.end]
    inverted = begins and _INVERTED.search(text, mention.start, mention.end)
    return bool(inverted and re.match(r"\W+(?:[\w’'-]+\W+){2}", text[mention.end :]))


def _other_things(groups: Groups) -> bool:
    """Whether the year goes with a noun: “Barrow (2014, fire)”."""
    post = groups[-1][0].post
    return bool(post) and not re.search(r"\d", post)


def _by_itself(groups: Groups) -> bool:
    """Whether no article or other name stands before: not “Capitol Hill 2001” for Hill."""
    cited, match = groups[0]
    first = cited.readings[0]
    whole = match.reading is not None and match.reading.start == first.start
    article = re.search(r"\b(?:an?|the)$", first.before, re.IGNORECASE)
    return whole and not first.initials and not article


def _slip_of_a_year(groups: Groups) -> bool:
    """Whether entries of the very names are of nearly the year, so that no place is meant."""
    return all(
        any(
            differs.startswith("its year") and slip_of(cited.year, work.year)
            for work, differs in match.near
        )
        for cited, match in groups
    )


def _whole(text: str, start: int, groups: Groups) -> int:
    """The start with the given name before it: “Maeve O’Neill (2011)” is one name."""
    first = max(start - 60, 0)
    lead = re.search(r"(?:[^\W\d_][\w.'’-]*\s+){1,3}\Z", text[first:start])
    match = groups[0][1]
    full = match.exact[0].full if match.exact else ()
    words = lead[0].split() if lead and full and match.reading else []
    for count in range(len(words), 0, -1):
        given = " ".join(words[-count:])
        if lead and plain(f"{match.exact[0].names[0]} {given}") == plain(full[0]):
            return first + lead.start() + lead[0].rindex(words[-count])
    return start


def _typed(
    text: str, mention: Mention, groups: Groups, peers: list[tuple[Mention, Groups]], markup: str
) -> PlainCitation:
    first = groups[0][1].reading
    start = first.start if first and not mention.apart else mention.start
    words = " ".join(text[start : mention.end].split())
    wrong = f"“{words}” is typed as plain words, so it leads to no reference."
    keys = tuple(work.key for _, match in groups for work in match.exact)
    if not all(match.exact for _, match in groups):
        if re.search(r"(?:&|\band)\s*$", text[mention.start : start]):
            start = mention.start  # not the last of two names alone
        words = " ".join(text[start : mention.end].split())
        return PlainCitation(
            start, mention.end, Rule.CITATION_UNMATCHED, *_unmatched(words, groups, mention, markup)
        )
    if any(len(match.exact) > 1 for _, match in groups):
        choices = " or ".join(
            role(_role_of(mention), key, markup=markup) for key in dict.fromkeys(keys)
        )
        remedy = f"Several entries fit: write {choices}."
        return PlainCitation(start, mention.end, Rule.CITATION_PLAIN, wrong, remedy, keys)
    target = ",".join(_target(cited, match) for cited, match in groups)
    if mention.apart or (mention.form == "narrative" and mention.possessive):
        new = role(_textual(text, start, groups), target, markup=markup)
        turned = " around it" if mention.apart else ": “the account of …” for “…’s account”"
        remedy = f"Write {new}, and turn the sentence{turned}."
        return PlainCitation(start, mention.end, Rule.CITATION_PLAIN, wrong, remedy, keys)
    if mention.form == "narrative":
        new = role(_textual(text, start, groups), target, markup=markup)
        reading = groups[0][1].reading
        tail = "" if mention.whole else text[mention.end : (mention.bracket or (0, 0))[1] + 1]
        certain = None
        if (
            mention.whole
            and _keeps_all(mention)
            and not (reading and reading.initials)
            and not tail
        ):
            certain = (start, mention.end, new)
        return PlainCitation(
            start, mention.end, Rule.CITATION_PLAIN, wrong, f"Write {new}.", keys, certain
        )
    bracket = _bracket(text, peers, markup)
    if bracket and _keeps_all(mention):
        remedy = f"Write {bracket[2]} in place of the whole bracket."
        return PlainCitation(start, mention.end, Rule.CITATION_PLAIN, wrong, remedy, keys, bracket)
    new = role("alp", target, markup=markup)
    end = mention.end
    bare = ",".join(_target(c, m, bare=True) for c, m in groups)
    reading = groups[0][1].reading
    # "In May 2004" and "the Green 1995 vintage" are no citations.
    people = mention.form == "parenthetical" or (reading and (reading.et_al or reading.joined))
    certain = None
    if people and _keeps_all(mention) and not mention.possessive:
        certain = (start, end, role("alp", bare, markup=markup))
    return PlainCitation(start, end, Rule.CITATION_PLAIN, wrong, f"Write {new}.", keys, certain)


def _textual(text: str, start: int, groups: Groups) -> str:
    """The role whose words belong to the sentence, with a capital where a particle has one."""
    names = groups[0][1].exact[0].names
    return "ct" if text[start].isupper() and names and names[0][:1].islower() else "t"


def _keeps_all(mention: Mention) -> bool:
    """Whether no name is a month as well, May (2004), and no second year would be lost."""
    if any(len(re.findall(r"\d{4}", cited.year)) > 1 for cited in mention.works):
        return False
    names = mention.works[0].names
    return bool(mention.works[0].et_al) or not any(name.casefold() in times() for name in names)


def _role_of(mention: Mention) -> str:
    if mention.apart:
        return "t"
    return {"narrative": "t", "parenthetical": "p"}.get(mention.form, "alp")


def _target(cited: Cited, match: Match, *, bare: bool = False) -> str:
    pre = f"{{{cited.pre}}}" if cited.pre and not bare else ""
    post = f"{{{cited.post}}}" if cited.post and not bare else ""
    return f"{pre}{match.exact[0].key}{post}"


def _bracket(
    text: str, peers: list[tuple[Mention, Groups]], markup: str
) -> tuple[int, int, str] | None:
    """The role for a whole bracket, where it holds citations of one work each and no more."""
    if not peers or not peers[0][0].bracket or not peers[-1][0].whole:
        return None
    start, end = peers[0][0].bracket
    at, targets = start + 1, []
    for mention, groups in peers:
        if any(len(match.exact) != 1 for _, match in groups) or not _keeps_all(mention):
            return None
        pre = groups[0][0].pre
        gap = " ".join(text[at : mention.start].split())
        if not re.fullmatch(rf"[;,\s]*(?:and|&)?\s*{re.escape(pre)}[,:]?", gap):
            return None
        targets += [_target(cited, match) for cited, match in groups]
        post = groups[-1][0].post
        at = mention.end
        found = re.match(
            rf"[\s,:]*{re.escape(post.removeprefix('p. '))}" if post else "", text[at : at + 120]
        )
        if post:
            full = text.find(post.split()[-1], at, at + 120)
            at = full + len(post.split()[-1]) if full >= 0 else at
        elif found:
            at += found.end()
    if text[at:end].strip():
        return None
    return start, end + 1, role("p", ",".join(targets), markup=markup)


def _unmatched(words: str, groups: Groups, mention: Mention, markup: str) -> tuple[str, str]:
    """What is wrong and what to do, where no entry fits fully."""
    near = [pair for _, match in groups for pair in match.near]
    wrong = f"“{words}” looks like a citation, but no reference fits."
    if not near:
        remedy = "Add the work to the .bib file and cite it by its key, or correct the words."
        return wrong, remedy
    offers = [
        f"{role(_role_of(mention), work.key, markup=markup)} ({differs})"
        for work, differs in dict.fromkeys(near)
    ]
    return wrong, f"If it is meant, write {' or '.join(offers[:3])}."
