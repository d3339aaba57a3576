"""Harvard author-year style: how a reference is sorted, told apart and printed.

The form follows *Cite Them Right*:
names, (year), ‘title’ or *title*, where it appeared, and the identifier as a link.
"""

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from pybtex.database import Entry, Person
from pybtex.richtext import HRef, Protected, Tag, Text
from pybtex.style.formatting import BaseStyle
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.sorting import BaseSortingStyle

from sphinx_evidence.bibliography.surnames import decoded

NO_DATE = "n.d."
RICH = {
    "booktitle",
    "doi",
    "journal",
    "journaltitle",
    "title",
    "url",
}  # read as LaTeX later, or never
# As biblatex and theses call them.
ALIASES = {
    "journaltitle": "journal",
    "location": "address",
    "organization": "institution",
    "school": "institution",
}


def sort_text(text: str) -> str:
    """Letters and digits alone, without accents or case: O’Brien sorts as obrien."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in plain if char.isalnum() or char == " ")


def surname(person: Person) -> str:
    """The surname with its particle (van Weeghel), or an organisation's whole name."""
    words = person.prelast_names + person.last_names + person.lineage_names
    return decoded(" ".join(words)).replace("{", "").replace("}", "")


def initials(person: Person) -> str:
    """Given names as initials: ``J.K.`` from ``Jan Kåre``, ``J.-P.`` from ``Jean-Pierre``."""
    given = decoded(" ".join(person.first_names + person.middle_names))
    words = given.replace("{", "").replace("}", "").replace(".", " ").split()
    return "".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in words)


def people(entry: Entry) -> list[Person]:
    """The authors, or the editors of a work that has none."""
    return entry.persons.get("author") or entry.persons.get("editor") or []


def short_names(entry: Entry) -> str:
    """The names as a citation gives them: one, two, or the first ‘et al.’ from three on."""
    names = [surname(person) for person in people(entry)]
    if not names:
        return str(entry.fields.get("shorttitle") or entry.fields.get("title", entry.key))
    if len(names) > 2:  # noqa: PLR2004  # Harvard: from three on
        return f"{names[0]} et al."
    return " and ".join(names)


def year(entry: Entry) -> str:
    """The year as printed, or that there is no date; of biblatex's ``date`` the year or years."""
    given = str(entry.fields.get("year") or "")
    years = re.findall(r"(?:^|/)(\d{4})", str(entry.fields.get("date", "")))
    return given or "–".join(dict.fromkeys(years)) or NO_DATE


class HarvardSorting(BaseSortingStyle):  # type: ignore[misc]  # pybtex is untyped
    """By all names, then year, then title."""

    def sorting_key(self, entry: Entry) -> tuple[list[str], str, str]:
        """The particle counts: van Weeghel stands under V."""
        names = [sort_text(f"{surname(p)} {initials(p)}") for p in people(entry)]
        title = sort_text(str(entry.fields.get("title", "")))
        return names or [title], year(entry), title


class AuthorYearLabels(BaseLabelStyle):  # type: ignore[misc]  # pybtex is untyped
    """The label is what a citation shows: names and year, with a letter where both are the same."""

    def format_labels(self, sorted_entries: Iterable[Entry]) -> Iterator[str]:
        """``PA, 2024a``, ``PA, 2024b`` in the order of the list; ``n.d.-a`` without a year."""
        plain = [f"{short_names(entry)}, {year(entry)}" for entry in sorted_entries]
        counts = Counter(plain)
        letters = {label: iter(string.ascii_lowercase) for label in counts}
        for label in plain:
            dash = "-" if label.endswith(NO_DATE) else ""
            yield f"{label}{dash}{next(letters[label])}" if counts[label] > 1 else label


def label_year(label: str) -> str:
    """The year of a label, with its letter."""
    return label.rsplit(", ", 1)[-1]


class HarvardStyle(BaseStyle):  # type: ignore[misc]  # pybtex is untyped
    """One form for every type of work: what is there is printed, in a fixed order."""

    default_sorting_style = "evidence-harvard"
    default_label_style = "evidence-harvard"
    # What was formatted last: of each entry, it is asked for the list and then for the tooltips.
    _last: tuple[Entry | None, Entry] = None, None

    def format_entry(self, label: str, entry: Entry, bib_data: object = None) -> Entry:
        """Format one entry; pybtex's own templates cannot see the label that holds the year."""
        del bib_data
        from pybtex.style import FormattedEntry  # noqa: PLC0415  # keeps pybtex.style lazy

        last, made = self._last
        if last is not entry or made.label != label:
            made = FormattedEntry(entry.key, reference_text(entry, label), label)
            self._last = entry, made
        return made


def reference_text(entry: Entry, label: str) -> Text:
    """The whole reference as rich text."""
    when = f"({label_year(label) or year(entry)})"  # a footnote has no label
    fields = {
        name.lower(): str(value) if name.lower() in RICH else decoded(str(value))
        for name, value in entry.fields.items()
    }
    for alias, name in ALIASES.items():
        if alias in fields:
            fields.setdefault(name, fields[alias])
    part_of_whole = "journal" in fields or "booktitle" in fields
    title = Text.from_latex(fields.get("title", "")) if fields.get("title") else Text(entry.key)
    parts: list[Text] = [Text(_head(entry), f" {when} " if people(entry) else "")]
    parts[0] += Text("‘", title, "’") if part_of_whole else Tag("em", title)
    if not people(entry):
        parts[0] += Text(f" {when}")
    container = Text(", ").join(_container(fields))
    if container:
        parts[0] += Text(", ", container)
    if entry.persons.get("author") and (editors := entry.persons.get("editor")):
        names = [" ".join(filter(None, [initials(p), surname(p)])) for p in editors]
        parts.append(Text(f"Edited by {_joined(names)}"))
    if "version" in fields:
        parts.append(Text(f"Version {fields['version']}"))
    publisher = fields.get("publisher") or fields.get("institution")
    if publisher:
        place = fields.get("address")
        parts.append(Text(f"{place}: {publisher}" if place else publisher))
    body = Text(". ").join(parts)
    if not str(body).endswith((".", "?", "!")):
        body += Text(".")
    return Text(body, *_identifiers(fields))


def _head(entry: Entry) -> str:
    names = [f"{surname(p)}, {initials(p)}" if initials(p) else surname(p) for p in people(entry)]
    editors = not entry.persons.get("author") and entry.persons.get("editor")
    joined = _joined(names)
    if editors:
        joined += " (ed.)" if len(names) == 1 else " (eds)"
    return joined


def _joined(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _container(fields: dict[str, str]) -> Iterator[Text]:
    """Journal or book, with volume, issue and pages."""
    whole = fields.get("journal") or fields.get("booktitle")
    pages = fields.get("pages", "").replace("--", "–")
    details = []
    if "volume" in fields:
        issue = f"({fields['number']})" if "number" in fields else ""
        details.append(f"{fields['volume']}{issue}")
    if "eid" in fields:
        details.append(f"article {fields['eid']}")
    if pages:
        details.append(f"pp. {pages}" if "–" in pages or "," in pages else f"p. {pages}")
    if whole:
        name = Tag("em", Text.from_latex(whole))
        lead = "in " if "booktitle" in fields and "journal" not in fields else ""
        yield Text(lead, name, *(f", {detail}" for detail in details))
    elif "edition" in fields:
        yield Text(f"{fields['edition']} edn")


def _identifiers(fields: dict[str, str]) -> Iterator[Text]:
    """DOI as a link, else the address; then the numbers that find the work elsewhere."""
    if "doi" in fields:
        address = f"https://doi.org/{fields['doi']}"
        yield Text(" ", HRef(address, Protected(address)))
    elif "url" in fields:
        yield Text(" Available at: ", HRef(fields["url"], Protected(fields["url"])))
        if "urldate" in fields:
            yield Text(f" (accessed {fields['urldate']})")
    numbers = [
        f"{name} {fields[field]}"
        for field, name in (("isbn", "ISBN"), ("pmid", "PMID"), ("pmcid", "PMCID"))
        if field in fields
    ]
    if numbers:
        yield Text(f" {', '.join(numbers)}.")
