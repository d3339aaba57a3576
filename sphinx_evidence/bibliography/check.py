"""Every rule on .bib files, their layout and suppressions included."""

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from sphinx_evidence.bibliography.layout import check_layout
from sphinx_evidence.bibliography.reader import Bibliography, read_files
from sphinx_evidence.bibliography.rules import check_entries
from sphinx_evidence.diagnostics.finding import Finding, display_path
from sphinx_evidence.diagnostics.suppressions import apply_suppressions, suppressions_in
from sphinx_evidence.rulebook.rule import Rule


def check_files(
    paths: Sequence[Path], also: Callable[[Bibliography], Iterable[Finding]] = lambda _: ()
) -> tuple[list[Finding], int, list[str]]:
    """Every finding on .bib files, which are one bibliography; its works; what is not checked.

    ``also`` finds more in the bibliography.
    """
    files = [Path(os.path.realpath(path)) for path in paths]  # Path.resolve raises in a loop
    bibliography = read_files(files)
    found = [*bibliography.findings, *check_entries(bibliography), *also(bibliography)]
    faulty = {found.path for found in bibliography.findings}
    for path in files:
        name = display_path(path)
        if name in faulty:
            continue
        content = path.read_text("utf-8-sig")
        of_file = {key: one for key, one in bibliography.entries.items() if one.path == name}
        found += check_layout(content, name, Bibliography(of_file))
    # What cannot be read may be what a suppression is for, so none is unused then.
    judged = frozenset[Rule]() if faulty else {rule for rule in Rule if not rule.from_outside}
    kept = apply_suppressions(found, list(suppressions_in(files)), judged=judged)
    return kept, len(bibliography.entries), bibliography.unchecked
