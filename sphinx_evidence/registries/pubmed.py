"""Works as ESummary of NCBI's E-utilities describes them, in PubMed and in PubMed Central.

https://www.ncbi.nlm.nih.gov/books/NBK25499/; notices:
https://www.nlm.nih.gov/bsd/policy/errata.html
"""

import re

from sphinx_evidence.registries import notices, replies
from sphinx_evidence.registries.record import Notice, NoticeKind, Person, Record

# What happened to this work, in words and as MEDLINE abbreviates them; of a notice: to another.
_HERE = re.compile(
    r"(?:retract|partialretract|expressionofconcern|errat|correct)\w*in|p?rin|eci|ein|crin|rrin"
)
_ELSEWHERE = re.compile(
    r"(?:retract|partialretract|expressionofconcern|errat)\w*(?:of|for)|p?rof|ecf|efr"
)
_ABBREVIATED = {
    "rin": NoticeKind.RETRACTION, "rrin": NoticeKind.RETRACTION,
    "prin": NoticeKind.PARTIAL_RETRACTION, "eci": NoticeKind.CONCERN,
    "ein": NoticeKind.CORRECTION, "crin": NoticeKind.CORRECTION,
}  # fmt: skip
_NOTICES = {
    "retraction of publication",
    "retraction notice",
    "published erratum",
    "expression of concern",
}
_NAME = re.compile(
    r"(?P<family>.+?) (?P<initials>[A-Z]{1,4})(?: (?P<suffix>Jr|Sr|\d(?:st|nd|rd|th)))?"
)


def read(record: dict[str, object], number: str) -> tuple[Record, tuple[Notice, ...]] | None:
    """A work, and the notices on it; ``number`` is what was asked. None where it cannot be read."""
    if replies.text(record.get("uid")) != number or not replies.text(record.get("title")):
        return None
    numbers = {
        replies.text(one.get("idtype")): replies.text(one.get("value"))
        for one in replies.mappings(record.get("articleids"))
    }
    title = replies.text(record.get("title")).removesuffix(".")
    # A title in brackets is a translation by the editors of PubMed.
    title = title[1:-1].removesuffix(".") if title[:1] + title[-1:] == "[]" else title
    people = [(one, _person(one)) for one in replies.mappings(record.get("authors"))]
    book = replies.text(record.get("booktitle"))
    types = [one.lower() for one in replies.texts(record.get("pubtype"))]
    made = Record(
        type=", ".join(types),
        title=title,
        other_titles=tuple(replies.texts(record.get("vernaculartitle"))),
        authors=tuple(who for one, who in people if one.get("authtype") != "Editor" and who),
        editors=tuple(who for one, who in people if one.get("authtype") == "Editor" and who),
        container=book or replies.text(record.get("fulljournalname")),
        other_containers=tuple(replies.texts(record.get("source"))),
        printed=replies.first_year(record.get("printpubdate") or record.get("pubdate")),
        online=replies.first_year(record.get("epubdate")),
        volume=replies.text(record.get("volume")),
        issue=replies.text(record.get("issue")),
        pages=replies.text(record.get("pages")),
        publisher=replies.text(record.get("publishername")),
        issn=tuple(filter(None, (replies.text(record.get(name)) for name in ("issn", "essn")))),
        doi=replies.doi(numbers.get("doi")),
        pmid=_digits(numbers.get("pubmed") or numbers.get("pmid")),
        pmcid=_pmcid(numbers),
        preprint="preprint" in types,
        notice=bool(_NOTICES & set(types)) or any(map(_is_elsewhere, _references(record))),
    )  # fmt: skip
    told = [_notice(words, one) for words, one in _references(record) if _HERE.fullmatch(words)]
    if "retracted publication" in types:
        told.append(Notice(NoticeKind.RETRACTION, "Retracted Publication", source="PubMed"))
    return made, notices.each_once(told)


def _references(record: dict[str, object]) -> list[tuple[str, dict[str, object]]]:
    """Each relation to another work, by its words in small letters without spaces."""
    given = replies.mappings(record.get("references"))
    return [(re.sub(r"[^a-z]", "", replies.text(one.get("reftype")).lower()), one) for one in given]


def _is_elsewhere(reference: tuple[str, dict[str, object]]) -> bool:
    return bool(_ELSEWHERE.fullmatch(reference[0]))


def _notice(words: str, reference: dict[str, object]) -> Notice:
    year = replies.first_year(reference.get("refsource"))
    doi = re.search(r"doi:\s*(10\.\S+?)[.;]?(?:\s|$)", replies.text(reference.get("refsource")))
    return Notice(
        _ABBREVIATED.get(words) or notices.kind_of(words),
        replies.text(reference.get("reftype")),
        str(year or ""),
        "PubMed",
        replies.doi(doi[1]) if doi else "",
        _digits(reference.get("pmid")),
    )


def _person(one: dict[str, object]) -> Person | None:
    """A person from a name with its initials, ``Le Boutillier C``; a group under its own name."""
    name = replies.text(one.get("name"))
    found = _NAME.fullmatch(name)
    if one.get("authtype") == "CollectiveName" or not found:
        return Person(group=name) if name else None
    return Person(found["family"], " ".join(f"{letter}." for letter in found["initials"]))


def _digits(value: object) -> str:
    found = replies.text(value)
    return found if re.fullmatch(r"[1-9]\d{0,8}", found) else ""


def _pmcid(numbers: dict[str, str]) -> str:
    found = re.search(r"PMC[1-9]\d{0,8}", numbers.get("pmc", "") or numbers.get("pmcid", ""))
    return found[0] if found else ""
