"""Apply certain replacements to files, and show them as a diff."""

import difflib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from sphinx_evidence.diagnostics.finding import Edit, Finding
from sphinx_evidence.text.atomic import write_atomically
from sphinx_evidence.text.lines import Lines
from sphinx_evidence.text.source import read_exactly

_NO_END = "\n\\ No newline at end of file\n"  # as diff and git say it


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """``text`` after ``edits``; the first of several that overlap is applied."""
    parts, end = [], 0
    for edit in sorted(set(edits), key=lambda edit: (edit.start, -edit.end)):
        if edit.start >= end:
            parts += [text[end : edit.start], edit.text]
            end = edit.end
    return "".join([*parts, text[end:]])


def apply_fixes(findings: Iterable[Finding], base: Path) -> tuple[str, int]:
    """Apply every edit, then every rewrite; give the diff and the number of files changed.

    Paths of edits are relative to ``base``. Each file is replaced whole or not at all.
    """
    by_path: dict[str, list[Edit]] = defaultdict(list)
    rewrites: dict[str, set[Callable[[str], str]]] = defaultdict(set)
    for finding in findings:
        if finding.edit:
            by_path[finding.edit.path].append(finding.edit)
        if finding.rewrite:
            rewrites[finding.path].add(finding.rewrite)
    diffs: list[str] = []
    changed = 0
    for name in sorted(by_path.keys() | rewrites):
        path = base / name
        before = read_exactly(path)
        after = apply_edits(before, by_path[name])
        for rewrite in rewrites[name]:
            after = rewrite(after)
        if after == before:
            continue
        changed += 1
        lines = difflib.unified_diff(
            Lines(before).with_ends, Lines(after).with_ends, name, name, n=1
        )
        diffs += (line if line.endswith(("\r", "\n")) else line + _NO_END for line in lines)
        write_atomically(path, after.encode())
    return "".join(diffs), changed
