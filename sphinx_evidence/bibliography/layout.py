"""The one layout of a .bib file, so that a change shows as the lines that changed.

One blank line between entries, one field a line.
"""

import re
from collections.abc import Iterator

from sphinx_evidence.bibliography.reader import Bibliography, Entry
from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.lines import Lines

LONG = 500  # lines of an entry, from which on the differences are found roughly


def laid_out(entry: Entry) -> str:
    """The text of one entry in the one layout."""
    fields = "".join(f"  {name} = {{{field.value}}},\n" for name, field in entry.fields.items())
    return f"@{entry.type}{{{entry.key},\n{fields}}}\n"


def check_layout(text: str, path: str, bibliography: Bibliography) -> Iterator[Finding]:
    """Where the file departs from the layout; the file must have been read without findings."""
    lines = Lines(text).texts
    entries = list(bibliography.entries.values())
    ends = [*(entry.line - 1 for entry in entries[1:]), len(lines)][: len(entries)]
    for index, (entry, end) in enumerate(zip(entries, ends, strict=True)):
        # What stands before the first entry belongs to it.
        numbers = range(entry.line - 1 if index else 0, end)
        wanted = laid_out(entry) + ("\n" if entry is not entries[-1] else "")
        if "".join(f"{lines[n]}\n" for n in numbers) == wanted:
            continue
        have = [(n + 1, lines[n]) for n in numbers if not lines[n].startswith("%")]
        yield from _departures(have, Lines(wanted).texts, path)


def _folded(line: str) -> str:
    """The line with spaces such as U+2028 as in the value of a field, which folds them."""
    return re.sub(r"\s+", lambda found: " " if found[0].strip(" \t") else found[0], line)


def _departures(have: list[tuple[int, str]], wanted: list[str], path: str) -> Iterator[Finding]:
    """Where the numbered lines of one entry are not ``wanted``."""
    found_lines = [_folded(line) for _, line in have]
    if found_lines == wanted:
        return
    import difflib  # noqa: PLC0415  # slow to load

    matcher = difflib.SequenceMatcher(None, found_lines, wanted, autojunk=len(have) > LONG)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        line = have[min(i1, len(have) - 1)][0]
        found_parts, wanted_parts = (
            [part.strip() for part in parts] for parts in (found_lines[i1:i2], wanted[j1:j2])
        )
        found = " / ".join(found_parts) or "nothing"
        should = "\n".join(wanted[j1:j2]) or "(delete the line)"
        wrong = f'The layout is not the agreed one: found "{found[:60]}".'
        remedy = f"Write:\n{should}"
        if found_parts == wanted_parts:
            remedy = "Begin the line with two spaces, or with none if it starts or ends an entry."
        elif not any([*found_parts, *wanted_parts]):
            last = i2 == len(have) and not wanted[j1:j2] and wanted[-1:] == ["}"]
            wrong = "The layout is not the agreed one."
            remedy = "Between two entries stands one empty line."
            if last:
                remedy = "Delete the empty lines at the end of the file."
        typed = have[i1][1] if i1 < i2 else ""
        words = typed.strip()
        column = typed.index(words) + 1 if words else 0
        yield Finding(path, line, Rule.BIB_LAYOUT, wrong, remedy, column, words)
