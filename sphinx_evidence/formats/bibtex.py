"""References as BibTeX: entries of pybtex as they are written, and entries from items of CSL.

pybtex's own writer puts a backslash before each ``_`` of an address.
"""

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pybtex.database import Entry as Work

from sphinx_evidence.bibliography.reader import Entry, Field
from sphinx_evidence.formats.csl import VARIABLES, Item

# Letters that LaTeX takes for itself; braces, of which pybtex loses some, become round.
_ESCAPES = str.maketrans({
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "{": "(", "}": ")",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
})  # fmt: skip
_TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "book": "book", "chapter": "incollection", "dataset": "dataset", "entry": "incollection",
    "entry-dictionary": "incollection", "entry-encyclopedia": "incollection",
    "paper-conference": "inproceedings", "post": "online", "post-weblog": "online",
    "report": "report", "review": "article", "software": "software", "thesis": "phdthesis",
    "webpage": "online",
}  # fmt: skip
_FIELDS = {variable: name for name, variable in reversed(VARIABLES.items())}
# What holds the work, and who brings it out, by the type of the entry.
_CONTAINERS = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
_PUBLISHERS = {"phdthesis": "school", "mastersthesis": "school", "online": "organization"}
_DATED = {"online", "misc"}  # types of which a reference gives the month, too
_MASTER = re.compile(r"master|\bm\.?\s?(?:a|sc|phil)\b", re.IGNORECASE)
_VERBATIM = {"doi", "url"}
_ORDER = (
    "author", "editor", "title", "booktitle", "year", "month", "journal", "series", "volume",
    "number", "eid", "pages", "edition", "version", "publisher", "school", "organization",
    "address", "howpublished", "isbn", "issn", "doi", "pmid", "pmcid", "url", "urldate",
    "language",
)  # fmt: skip


def latex(text: str) -> str:
    """A plain text as a value of BibTeX."""
    return text.translate(_ESCAPES)


def bibtex(works: Mapping[str, Work]) -> str:
    """A .bib file: the values as they are written in the project's own."""
    return "\n".join(
        "".join([
            f"@{work.original_type}{{{key},\n",
            *(f"  {name} = {{{value}}},\n" for name, value in _values(work)),
            "}\n",
        ])
        for key, work in works.items()
    )  # fmt: skip


def _values(work: Work) -> Iterator[tuple[str, str]]:
    for role, people in work.persons.items():
        yield role, " and ".join(str(person) for person in people)
    yield from work.fields.items()


def entry_of(item: Item, key: str) -> Entry:
    """An item as an entry: a variable that has no field of its own is not in it."""
    kind = _TYPES.get(str(item.get("type")), "misc")
    if kind == "phdthesis" and _MASTER.search(str(item.get("genre"))):
        kind = "mastersthesis"
    values: dict[str, str] = {}
    for role in ("author", "editor"):
        if role in item:
            values[role] = " and ".join(_person(name) for name in item[role])
    for variable, value in item.items():
        name = _field(variable, kind)
        if name and isinstance(value, str):
            values[name] = value if name in _VERBATIM else latex(value)
    values |= _dates(item, kind)
    if "title" in values:
        values["title"] = _protected(values["title"])
    if "pages" in values:
        values["pages"] = re.sub(r"\s*[-–—]+\s*", "--", values["pages"])
    fields = {name: Field(values[name], 0) for name in _ORDER if values.get(name)}
    return Entry(key, kind, "", 0, fields)


def left_out(item: Item) -> Iterator[str]:
    """The variables of an item that its entry has no field for."""
    kind = _TYPES.get(str(item.get("type")), "misc")
    used = {"id", "type", "genre", "author", "editor", "issued", "accessed"}
    yield from (name for name in item if name not in used and not _field(name, kind))


def _field(variable: str, kind: str) -> str:
    """The field of a type for a variable of CSL, or an empty string."""
    if variable == "container-title":
        return _CONTAINERS.get(kind) or ("organization" if kind == "online" else "")
    if variable == "publisher":
        return _PUBLISHERS.get(kind, "publisher")
    if variable == "number":
        return "eid" if kind == "article" else "number"
    if variable == "medium":
        return "howpublished" if kind == "misc" else ""
    name = _FIELDS.get(variable, "")
    return name if name in _ORDER else ""


def _person(name: Mapping[str, str]) -> str:
    """``van Weeghel, Jaap``; an organisation in braces, so that BibTeX does not part it."""
    if "literal" in name or "given" not in name:
        whole = name.get("literal") or " ".join(filter(None, [_particle(name), name["family"]]))
        return f"{{{latex(whole)}}}"
    surname = " ".join(filter(None, [_particle(name), name.get("family")]))
    given = " ".join(filter(None, [name["given"], name.get("dropping-particle")]))
    parts = [_whole(surname), *([name["suffix"]] if name.get("suffix") else []), given]
    return ", ".join(latex(part) if part is not parts[0] else part for part in parts)


def _particle(name: Mapping[str, str]) -> str | None:
    return name.get("non-dropping-particle")


def _whole(surname: str) -> str:
    """A surname; in braces where BibTeX would part it at ``and`` or a comma."""
    text = latex(surname)
    return f"{{{text}}}" if re.search(r",|\band\b", text) else text


def _dates(item: Item, kind: str) -> dict[str, str]:
    dates = {}
    issued = item.get("issued", {})
    if "date-parts" in issued:
        first = issued["date-parts"][0]
        dates["year"] = str(first[0])
        if len(first) > 1 and kind in _DATED:
            dates["month"] = calendar.month_name[first[1]]
    elif issued:
        dates["year"] = latex(issued["literal"])
    accessed: Sequence[Any] = item.get("accessed", {}).get("date-parts", [[]])[0]
    if accessed:
        dates["urldate"] = "-".join(f"{part:02}" for part in accessed)
    return dates


def _protected(title: str) -> str:
    """A title with braces around ``UK`` and ``ImROC``, which a style would write small."""
    if title.isupper():
        return title
    return re.sub(
        r"(?<![\\\w])\w+",
        lambda word: f"{{{word[0]}}}" if any(sign.isupper() for sign in word[0][1:]) else word[0],
        title,
    )
