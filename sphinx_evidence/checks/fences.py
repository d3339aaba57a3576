"""Blocks of MyST that begin with a fence and never end."""

from sphinx_evidence.diagnostics.finding import Finding, Location
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.fences import fences
from sphinx_evidence.text.lines import Lines


def unclosed(lines: Lines, path: str, *, colons: bool) -> Finding | None:
    """The fence that takes in the rest of the page; ``colons`` says whether colons are one."""
    fence = next((fence for fence in fences(lines, colons=colons) if not fence.last), None)
    if fence is None:
        return None
    line = lines.line(fence.first)
    wrong = f'"{line.strip()}" is not closed, so the rest of the page stands in it.'
    remedy = f"Type {fence.marks} on a line of its own where it ends."
    location = Location(path, fence.first, line.index(fence.marks) + 1)
    return location.finding(Rule.FENCE_OPEN, wrong, remedy, line.strip())
