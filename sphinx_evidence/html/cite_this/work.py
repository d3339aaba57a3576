"""The work that a site holds, as its CITATION.cff says: https://citation-file-format.github.io."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml
from pybtex.database import Entry, Person

from sphinx_evidence.diagnostics.finding import Finding, display_path
from sphinx_evidence.formats.bibtex import latex
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.source import check_file

# The types of works there as types of BibTeX and biblatex; of others, "misc".
_TYPES = {
    "article": "article", "book": "book", "conference-paper": "inproceedings", "data": "dataset",
    "database": "dataset", "dataset": "dataset", "manual": "manual", "report": "report",
    "software": "software", "thesis": "thesis", "website": "online",
}  # fmt: skip
_FIELDS = {
    "title": "title", "journal": "journal", "volume": "volume", "issue": "number", "year": "year",
    "month": "month", "edition": "edition", "version": "version", "institution": "institution",
    "publisher": "publisher", "doi": "doi", "notes": "note",
}  # fmt: skip
_PARTS = {"family-names": "last", "given-names": "first", "name-particle": "prelast",
          "name-suffix": "lineage"}  # fmt: skip
_NO_BRACES = str.maketrans("", "", "{}\\")  # which would end a value of BibTeX


class CitationFileError(ValueError):
    """Says what is wrong with a CITATION.cff, and where."""

    def __init__(self, path: Path, wrong: str, remedy: str, line: int = 1) -> None:
        """Make the finding."""
        self.finding = Finding(display_path(path), line, Rule.SETTING, wrong, remedy)
        super().__init__(wrong)


def read_work(path: Path) -> Entry:
    """The work that is to be cited: the preferred citation, where there is one."""
    try:
        check_file(path)
        text = path.read_text("utf-8")
        given = yaml.load(text, yaml.BaseLoader)  # noqa: S506  # makes texts alone: 1.10 stays 1.10
    except (OSError, UnicodeDecodeError) as error:
        wrong = "This file of the setting evidence_cite_this cannot be read."
        raise CitationFileError(path, wrong, "Create it, or correct the setting.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        wrong = f"This is not YAML: {getattr(error, 'problem', None) or 'it cannot be read'}."
        raise CitationFileError(
            path, wrong, "Correct this line.", mark.line + 1 if mark else 1
        ) from error
    except RecursionError as error:
        wrong = "This is nested too deep to be read."
        raise CitationFileError(path, wrong, "Write lists and tables of a few levels.") from error
    whole = given if isinstance(given, dict) else {}
    preferred = whole.get("preferred-citation") or whole
    if not isinstance(preferred, dict):
        wrong = '"preferred-citation" is no table.'
        raise CitationFileError(path, wrong, "Write type:, title: and authors: below it.")
    # The version is that of the whole file.
    work = {"version": whole.get("version"), **preferred}
    persons = {role: list(_people(path, work, f"{role}s")) for role in ("author", "editor")}
    if not _text(work.get("title")) or not persons["author"]:
        wrong = "The work to be cited has no title, or no authors."
        raise CitationFileError(path, wrong, "Write title: and authors:, as CFF 1.2.0 has them.")
    kind = _TYPES.get(str(work.get("type", "software")), "misc")
    return Entry(
        kind, dict(_fields(work)), {role: people for role, people in persons.items() if people}
    )


def _fields(work: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    released = _text(work.get("date-released")).split("-")
    dated = dict(zip(("year", "month"), released, strict=False)) if released[0] else {}
    for name, field in _FIELDS.items():
        value = work.get(name) or dated.get(name)
        if isinstance(value, dict):  # an institution
            value = value.get("name")
        if text := _text(value):
            yield field, text.translate(_NO_BRACES) if field == "doi" else latex(text)


def _text(value: object) -> str:
    """A text in one line, of letters that files can hold; what is a list or a table is none.

    Aliases of YAML can make a list of a few lines too long to be written.
    """
    words = " ".join(value.split()) if isinstance(value, str) else ""
    return words.encode("utf-8", "replace").decode("utf-8")


def _people(path: Path, work: Mapping[str, object], role: str) -> Iterator[Person]:
    given = work.get(role) or []
    for one in given if isinstance(given, list) else [given]:
        names = one if isinstance(one, dict) else {}
        own = {part: words for name, part in _PARTS.items() if (words := _text(names.get(name)))}
        if name := _text(names.get("name")):  # of an organisation, kept whole
            yield Person(last=f"{{{latex(name)}}}")
        elif "last" in own:
            # A comma would part the name anew.
            yield Person(**{part: latex(words.replace(",", "")) for part, words in own.items()})
        else:
            wrong = f'"{role}" holds what is neither a person nor an organisation.'
            raise CitationFileError(
                path, wrong, "Write family-names: and given-names:, or name: of an organisation."
            )


def at(work: Entry, url: str) -> Entry:
    """The work with its address, where that is known."""
    return Entry(work.type, {**work.fields, **({"url": url} if url else {})}, work.persons)


def part(work: Entry, title: str, url: str) -> Entry:
    """A page or a box of the work."""
    fields = {name: value for name, value in work.fields.items() if name not in {"title", "doi"}}
    own = {"title": latex(title), "booktitle": work.fields["title"]}
    return at(Entry("incollection", {**own, **fields}, work.persons), url)
