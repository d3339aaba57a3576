"""``sphinx-evidence convert``: works of any format as entries, printed or added to a .bib file."""

from collections import ChainMap
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pybtex.database import parse_string

from sphinx_evidence.bibliography.duplicates import check_duplicates
from sphinx_evidence.bibliography.keys import new_key
from sphinx_evidence.bibliography.layout import laid_out
from sphinx_evidence.bibliography.order import inserted
from sphinx_evidence.bibliography.reader import LARGEST, Bibliography, Entry, read
from sphinx_evidence.diagnostics.finding import not_utf8
from sphinx_evidence.formats.csl import FormatError, csl_json
from sphinx_evidence.formats.reading import Works, read_works
from sphinx_evidence.formats.ris import ris
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.atomic import write_atomically
from sphinx_evidence.text.source import check_file

__all__ = ["FormatError", "add", "converted"]
_WRITERS = {"ris": ris, "csl-json": csl_json}


def converted(path: Path, to: str) -> str:
    """The works of a file in another format: ``bibtex``, ``ris`` or ``csl-json``.

    Raises FormatError and OSError.
    """
    works = _works(path)
    text = "\n".join(laid_out(entry) for entry in _keyed(works.entries, {}))
    if to == "bibtex":
        return text
    return _WRITERS[to]({str(k): work for k, work in parse_string(text, "bibtex").entries.items()})


def add(path: Path, into: Path) -> str:
    """Add the works of a file to a .bib file, and say of each what became of it.

    Raises FormatError and OSError, with the file as it was.
    """
    works = _works(path)
    text = _text(into)
    bibliography = read(text, str(into))
    for finding in bibliography.findings:
        wrong = f"{into}:{finding.line}: {finding.wrong}"
        raise FormatError(f"{wrong} Mend this first: sphinx-evidence bib {into}")
    entries = _keyed(works.entries, bibliography.entries)
    all_of_them = Bibliography(bibliography.entries | {entry.key: entry for entry in entries})
    twice = {
        fault.entry.key: fault.wrong.partition(" at ")[0]
        for fault in check_duplicates(all_of_them) if fault.rule is Rule.BIB_WORK_TWICE
    }  # fmt: skip
    lines = []
    for entry in entries:
        if entry.key in twice:
            lines.append(f"not added: {entry.get('title')[:60]}: {twice[entry.key]}.")
        else:
            text = inserted(text, entry)
            lines.append(f"added: {entry.key}")
    write_atomically(into, text.encode())
    lines += [f"left out: {name} ({count})" for name, count in sorted(works.left_out.items())]
    return "".join(f"{line}\n" for line in lines)


def _works(path: Path) -> Works:
    try:
        works = read_works(_text(path))
    except FormatError as error:
        raise FormatError(f"{path}: {error}") from error
    if not works.entries:
        raise FormatError(f"{path}: there is no work in it. Export it again.")
    return works


def _text(path: Path) -> str:
    check_file(path)
    if path.stat().st_size > LARGEST:
        raise FormatError(f"{path}: it is larger than {LARGEST:,} bytes. Export fewer works.")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(f"{path}: {not_utf8(path, error)}") from error


def _keyed(entries: Iterable[Entry], taken: dict[str, Entry]) -> list[Entry]:
    """Entries with keys that nobody has yet."""
    keyed: dict[str, Entry] = {}
    for entry in entries:
        key = new_key(entry, ChainMap(keyed, taken))
        keyed[key] = replace(entry, key=key)
    return [*keyed.values()]
