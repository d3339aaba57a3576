"""The one layout of a .bib file, so that a change shows as the lines that changed.

Pure. Entries in the order of their keys, one blank line between them, one field a line.
"""

import difflib
import itertools
from collections.abc import Iterator

from sphinx_evidence.bibliography.reader import Bibliography, Entry
from sphinx_evidence.findings import Finding


def laid_out(entry: Entry) -> str:
    """The text of one entry in the one layout."""
    fields = "".join(f"  {name} = {{{field.value}}},\n" for name, field in entry.fields.items())
    return f"@{entry.type}{{{entry.key},\n{fields}}}\n"


def check(text: str, path: str, bibliography: Bibliography) -> Iterator[Finding]:
    """Where the file departs from the layout; the file must have been read without findings."""
    keys = list(bibliography.entries)
    for before, key in itertools.pairwise(keys):
        if key.casefold() < before.casefold():
            line = bibliography.entries[key].line
            wrong = f'The entry "{key}" stands after "{before}".'
            remedy = "Entries are in the order of their keys: move it up."
            yield Finding(path, line, "bib-order", wrong, remedy)
    wanted = "\n".join(laid_out(entry) for entry in bibliography.entries.values())
    remarks = [line for line in text.splitlines() if line.startswith("%")]
    have = [line for line in text.splitlines() if line not in remarks]
    wanted_lines = wanted.splitlines()
    matcher = difflib.SequenceMatcher(None, have, wanted_lines, autojunk=False)
    numbers = [n for n, line in enumerate(text.splitlines(), 1) if line not in remarks]
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        line = numbers[min(i1, len(numbers) - 1)]
        found = " / ".join(part.strip() for part in have[i1:i2]) or "nothing"
        should = "\n".join(wanted_lines[j1:j2]) or "(delete the line)"
        wrong = f'The layout is not the agreed one: found "{found[:60]}".'
        remedy = f"Write:\n{should}"
        if [part.strip() for part in have[i1:i2]] == [part.strip() for part in wanted_lines[j1:j2]]:
            remedy = "Begin the line with two spaces, or with none if it starts or ends an entry."
        elif not any(part.strip() for part in [*have[i1:i2], *wanted_lines[j1:j2]]):
            remedy = "Between two entries stands one empty line."
        yield Finding(path, line, "bib-layout", wrong, remedy)
