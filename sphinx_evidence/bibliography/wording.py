"""Rules on names and titles, and on the fields that an entry needs.

Pure: imports neither Sphinx nor docutils.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from pybtex.bibtex.utils import split_name_list

from sphinx_evidence.bibliography.faults import Fault, every
from sphinx_evidence.bibliography.reader import Bibliography, Entry

# Of BibTeX and biblatex; each inner tuple gives alternatives.
NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "article": (("author", "editor"), ("journal", "journaltitle"), ("year", "date")),
    "book": (("author", "editor"), ("publisher",), ("year", "date")),
    "incollection": (("author", "editor"), ("booktitle",), ("year", "date")),
    "inproceedings": (("author", "editor"), ("booktitle",), ("year", "date")),
    "phdthesis": (("author",), ("school", "institution"), ("year", "date")),
    "report": (("author", "editor", "institution"), ("year", "date")),
    "techreport": (("author",), ("institution",), ("year", "date")),
}
# What leads a reader to the work beside that: one of each tuple.
RECOMMENDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "article": (("volume", "number", "doi"), ("pages", "eid", "doi")),
    "incollection": (("pages", "chapter", "doi"), ("publisher", "doi")),
    "inproceedings": (("pages", "eid", "doi", "url"),),
    "online": (("url", "doi"), ("author", "editor", "organization")),
}
_LATEX = re.compile(r"\\(?:emph|textit|textbf|it|bf|em)\b|(?<!\\)\$[^$]{1,80}\$|(?<=\w)~(?=\w)")


def check(bibliography: Bibliography) -> Iterator[Fault]:
    """Every fault of names, titles and missing fields."""
    for entry in bibliography.entries.values():
        yield from _missing("bib-needed", entry, NEEDED)
        yield from _missing("bib-recommended", entry, RECOMMENDED)
    for entry, name, value in every(bibliography.entries, "author", "editor"):
        yield from _people(entry, name, value)
    for entry, name, value in every(bibliography.entries, "title"):
        if value.endswith(".") and not value.endswith(("...", "..", "etc.", "U.S.", "U.K.")):
            remedy = "Delete it: the reference list adds its own."
            yield Fault("bib-title-stop", entry, name, "the title ends in a full stop.", remedy)
        names = _unprotected(value)
        if names:
            wrong = (
                f'the title has "{names[0]}" without braces; some styles write it in small letters.'
            )
            yield Fault("bib-title-case", entry, name, wrong, f"Write {{{names[0]}}}.")
    for entry, name, value in every(bibliography.entries, "title", "journal", "booktitle"):
        found = _LATEX.search(value)
        if found:
            wrong = f'the {name} holds "{found[0]}", which is LaTeX.'
            remedy = "Write the words alone; a space for ~."
            yield Fault("bib-latex", entry, name, wrong, remedy)


def _missing(
    rule: str, entry: Entry, wanted: Mapping[str, Sequence[Sequence[str]]]
) -> Iterator[Fault]:
    for names in wanted.get(entry.type, ()):
        if not any(entry.get(name) for name in names) and not entry.get("crossref"):
            wrong = f"@{entry.type} has no {' or '.join(names)}."
            remedy = f"Add {names[0]} = {{…}}, or say in a remark why it is not known."
            yield Fault(rule, entry, "", wrong, remedy)


def _unprotected(title: str) -> list[str]:
    """Names and acronyms in a title in sentence case that stand outside braces.

    Of a title in which most words have a capital it cannot be said which of them are names.
    """
    bare = re.sub(r"\{[^{}]*\}", "0", title)
    mixed = [w for w in re.findall(r"[^\W\d_][\w'’]*", bare) if re.search(r"[A-Z]", w[1:])]
    inside = re.findall(r"(?<=[\w,;)] )([^\W\d_][\w'’-]*)", bare)
    names = [word for word in inside if word[0].isupper() and word not in mixed]
    return mixed + (names if len(names) * 3 <= len(inside) else [])


def _people(entry: Entry, name: str, value: str) -> Iterator[Fault]:
    people = split_name_list(value)
    for person in people:
        bare = person.strip()
        if bare.startswith("{"):
            continue  # in braces the words are meant as they are
        if re.search(r"\bet\.? al\b|\.\.\.|…", bare, re.IGNORECASE):
            remedy = "Name all of them, or end the list with: and others."
            yield Fault("bib-people", entry, name, f'"{bare}" is no name.', remedy)
            return
        surname = bare.split(",")[0].strip()
        if re.fullmatch(r"(?:[A-Z]\.[ -]?){1,3}", surname) and "," in bare:
            wrong = f'"{bare}" has initials where the surname stands.'
            yield Fault("bib-people", entry, name, wrong, "Write Surname, A. B.")
            return
        if re.fullmatch(r"[A-Z][\w'’-]+ (?:[A-Z]\.? ?){1,3}", bare) and re.search(r"[a-z]", bare):
            wrong = f'"{bare}" would be read as a person with the surname "{bare.split()[-1]}".'
            remedy = f"Write {bare.split()[0]}, {' '.join(bare.split()[1:])}"
            yield Fault("bib-people", entry, name, wrong, remedy)
            return
        letters = re.sub(r"[^\w]", "", surname)
        if len(letters) > 3 and letters.isupper() and "," in bare:  # noqa: PLR2004  # an acronym
            remedy = "Write it with one capital; an organisation has two pairs of braces."
            yield Fault("bib-people", entry, name, f'"{surname}" is all in capitals.', remedy)
            return
