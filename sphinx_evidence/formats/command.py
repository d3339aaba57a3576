"""``sphinx-evidence convert``: works of any format as entries, printed or added to a .bib file."""

from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pybtex.database import parse_string

from sphinx_evidence.bibliography.duplicates import check_duplicates
from sphinx_evidence.bibliography.keys import new_key
from sphinx_evidence.bibliography.layout import laid_out
from sphinx_evidence.bibliography.order import inserted
from sphinx_evidence.bibliography.reader import LARGEST, Bibliography, Entry, Field, read
from sphinx_evidence.diagnostics.finding import not_utf8
from sphinx_evidence.formats.csl import FormatError, csl_json
from sphinx_evidence.formats.reading import Works, read_works
from sphinx_evidence.formats.ris import ris
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.atomic import write_atomically
from sphinx_evidence.text.source import check_file

__all__ = ["FormatError", "add", "converted", "with_keys"]
_WRITERS = {"ris": ris, "csl-json": csl_json}


def converted(path: Path, to: str) -> tuple[str, str]:
    """The works of a file in another format, and lines on what is left out.

    ``to`` is ``bibtex``, ``ris`` or ``csl-json``. Works that have keys, by which somebody may cite
    them, keep them. Raises FormatError and OSError.
    """
    works = _works(path)
    keyed = all(entry.key for entry in works.entries)
    entries = works.entries if keyed else with_keys(works.entries, {})
    text = "\n".join(laid_out(entry) for entry in entries)
    if to != "bibtex":
        found = parse_string(text, "bibtex").entries.items()
        text = _WRITERS[to]({str(key): work for key, work in found})
    return text, _left_out(works)


def add(path: Path, into: Path) -> tuple[str, str]:
    """Add the works of a file to a .bib file: what became of each, and what is left out.

    Raises FormatError and OSError, with the file as it was.
    """
    works = _works(path)
    after = placed(text_of(into), works.entries, into)
    if after.keys:
        write_atomically(into, after.text.encode())
    return after.lines, _left_out(works)


class Placed(NamedTuple):
    """The text of a .bib file with more works, their keys, and what became of each."""

    text: str
    keys: tuple[str, ...]
    lines: str


def placed(text: str, works: Sequence[Entry], into: Path) -> Placed:
    """The text of a .bib file with those works that are not in it yet. Raises FormatError."""
    bibliography = read(text, str(into))
    for finding in bibliography.findings:
        wrong = f"{into}:{finding.line}: {finding.wrong}"
        raise FormatError(f"{wrong} Mend this first: sphinx-evidence bib {into}")
    entries = with_keys(works, bibliography.entries)
    all_of_them = Bibliography(bibliography.entries | {entry.key: entry for entry in entries})
    twice = {
        fault.entry.key: fault.wrong.partition(" at ")[0]
        for fault in check_duplicates(all_of_them) if fault.rule is Rule.BIB_WORK_TWICE
    }  # fmt: skip
    new = [entry for entry in entries if entry.key not in twice]
    lines = [
        f"not added: {entry.get('title')[:60]}: {twice[entry.key]}.\n"
        if entry.key in twice else f"added: {entry.key}\n"
        for entry in entries
    ]  # fmt: skip
    return Placed(inserted(text, new), tuple(entry.key for entry in new), "".join(lines))


def _left_out(works: Works) -> str:
    return "".join(
        f"left out: {name} ({count})\n" for name, count in sorted(works.left_out.items())
    )


def _works(path: Path) -> Works:
    try:
        works = read_works(text_of(path))
    except FormatError as error:
        raise FormatError(f"{path}: {error}") from error
    if not works.entries:
        raise FormatError(f"{path}: there is no work in it. Export it again.")
    return works


def text_of(path: Path) -> str:
    """The text of a file that is not too large. Raises FormatError and OSError."""
    check_file(path)
    if path.stat().st_size > LARGEST:
        raise FormatError(f"{path}: it is larger than {LARGEST:,} bytes. Export fewer works.")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(f"{path}: {not_utf8(path, error)}") from error


def with_keys(entries: Sequence[Entry], taken: dict[str, Entry]) -> list[Entry]:
    """Entries with keys that nobody has yet; those that lean on another one go on to do so."""
    keyed: dict[str, Entry] = {}
    names: dict[str, str] = {}  # what each was called before
    for entry in entries:
        key = new_key(entry, ChainMap(keyed, taken))
        keyed[key] = replace(entry, key=key)
        names[entry.key] = key
    return [_leaning(entry, names) for entry in keyed.values()]


def _leaning(entry: Entry, names: Mapping[str, str]) -> Entry:
    leans = {
        name: ",".join(names.get(key.strip(), key) for key in entry.get(name).split(","))
        for name in ("crossref", "xdata") if entry.get(name)
    }  # fmt: skip
    fields = entry.fields | {name: Field(value, 0) for name, value in leans.items()}
    return replace(entry, fields=fields)
