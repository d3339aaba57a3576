"""Whether two entries with one title and year are one work, whatever differs in their spelling."""

import re

from sphinx_evidence.bibliography.known import misspelt
from sphinx_evidence.bibliography.reader import Entry
from sphinx_evidence.bibliography.surnames import surnames
from sphinx_evidence.text.normalise import plain, spelt_out

LONG = 16  # letters of a title that few works share; "Introduction" is that of many
_DOI = re.compile(r"\b10\.\d{4,}/\S+")
# A set and its volumes, a book and its chapters share a title.
_IN_PARTS = {"book", "collection", "inbook", "mvbook", "mvcollection", "proceedings", "reference"}
_CONTAINERS = "journal", "journaltitle", "booktitle", "school", "institution", "publisher"
_SAID = "type", "series", "archiveprefix", "eprinttype", "publisher", "howpublished"
_PREPRINT = re.compile(
    r"preprint|\w*rxiv|\bssrn|unpublished|working paper|research ?square|10\.(?:1101|2139|31234)/",
    re.IGNORECASE,
)


def doi(entry: Entry) -> str:
    """The DOI in its field or, where there is none, in the address."""
    found = _DOI.search(entry.get("doi") or entry.get("url"))
    return found[0].casefold() if found else ""


def part(entry: Entry) -> str:
    """What tells the parts of one book apart."""
    return entry.get("pages") + entry.get("chapter") + entry.get("volume")


def year(entry: Entry) -> str:
    """The year alone, whether it stands in ``year`` or in a whole ``date``."""
    given = entry.get("year") or entry.get("date")
    found = re.search(r"\d{4}[a-z]?", given)
    return found[0] if found else given


def people(entry: Entry) -> list[str]:
    """The surnames of the authors, or of the editors of a work that has none."""
    names, _ = surnames(entry.get("author") or entry.get("editor"))
    return [spelt_out(name) for name in names if name != "others"]


def main_title(entry: Entry) -> str:
    """The title without its subtitle."""
    return re.split(r"[:?!.]\s|\s[–—-]+\s", entry.get("title"), maxsplit=1)[0]


def title_of(entry: Entry) -> str:
    """What entries of one work have alike: the main title, or a short title and its first page.

    It is empty where a title alone says nothing.
    """
    main, whole = plain(main_title(entry)), plain(entry.get("title"))
    if len(main) > LONG:
        return main
    if len(whole) > LONG:
        return whole
    page = _first_page(entry)
    return f"{whole} {page}" if whole and page else ""


def one_work(one: Entry, two: Entry) -> bool:
    """Whether two entries of one year, with the same ``title_of``, are one work."""
    titles = {plain(entry.get("title")) for entry in (one, two)}
    if len(titles) > 1 and titles.isdisjoint({plain(main_title(one)), plain(main_title(two))}):
        return False  # two subtitles
    return not _told_apart(one, two) and _share_people(one, two, first=len(titles) > 1)


def _told_apart(one: Entry, two: Entry) -> bool:
    pages = _first_page(one), _first_page(two)
    numbers = doi(one), doi(two)
    return (
        any(_differ(one, two, name) for name in ("volume", "number", "chapter", "edition", "pmid"))
        or (all(numbers) and numbers[0] != numbers[1])
        or (all(pages) and pages[0] != pages[1])
        or (bool({one.type, two.type} & _IN_PARTS) and part(one) != part(two))
        or (one.type != two.type and _differ(one, two, *_CONTAINERS))
        or _preprint(one) != _preprint(two)
    )


def _share_people(one: Entry, two: Entry, *, first: bool) -> bool:
    """Whether somebody, or the ``first`` person, wrote both, maybe with a slip in the name."""
    names, others = (people(entry)[: 1 if first else None] for entry in (one, two))
    known = [name for name in others if len(name) > len("Sen")]  # which is not Senn
    return names == others or any(name in others or misspelt(name, known) for name in names)


def _first_page(entry: Entry) -> str:
    found = re.search(r"\w+", entry.get("pages") or entry.get("eid"))
    return found[0] if found else ""


def _differ(one: Entry, two: Entry, *names: str) -> bool:
    """Whether both entries say something else in the first of ``names`` that they have."""
    first, second = (
        next((plain(entry.get(name)) for name in names if entry.get(name)), "")
        for entry in (one, two)
    )
    return bool(first and second) and first != second


def _preprint(entry: Entry) -> bool:
    """Whether the entry is what came out before the article, which may be cited, too."""
    where = entry.get("journal") or entry.get("journaltitle") or entry.get("booktitle")
    said = [entry.type, *map(entry.get, (*_SAID, "note", "doi", "url"))]
    return bool(_PREPRINT.search(where or " ".join(said)) or (entry.get("eprint") and not where))
